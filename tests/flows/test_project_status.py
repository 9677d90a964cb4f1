"""Where a project stands, in one word."""

import pytest

from flows.project_status import SAYS, ProjectStatus, status_of


@pytest.mark.parametrize(
    ("kinds", "concluded", "status"),
    [
        ([], False, ProjectStatus.INTERVIEWS),
        (["link_judged"], True, ProjectStatus.RESULTS),
        (["round_opened", "ballot_cast"], True, ProjectStatus.VOTE),
        (["round_opened", "balance_settled", "signed"], True, ProjectStatus.SETTLED),
        (["round_opened", "balance_settled", "balance_dropped"], True, ProjectStatus.RESULTS),
        (["project_closed"], False, ProjectStatus.CLOSED),
        (["round_opened", "project_closed", "balance_settled"], True, ProjectStatus.CLOSED),
        (["balance_settled", "project_closed", "project_reopened"], True, ProjectStatus.SETTLED),
    ],
)
def test_the_last_line_that_counts_says_it(kinds: list[str], *, concluded: bool, status: ProjectStatus) -> None:
    assert status_of(kinds, concluded=concluded) is status


def test_each_has_words() -> None:
    assert set(SAYS) == set(ProjectStatus)
