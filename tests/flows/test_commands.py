import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.commands import USAGE, Command, Help, Log, Nudge, Start, Status, Unknown, parse_command

READ: list[tuple[str, Command]] = [
    ("", Start()),
    ("   ", Start()),
    ("new", Start()),
    ("new Churn radar", Start("Churn radar")),
    ("START  Churn radar", Start("Churn radar")),
    ("status", Status()),
    ("Status.", Status()),
    ("help", Help()),
    ("?", Help()),
    ("log", Log("")),
    ("log 2h labelled 300 tickets, error 0.21", Log("2h labelled 300 tickets, error 0.21")),
    ("log 2h looking for labels", Log("2h looking for labels")),
    ("log for Churn radar: 2h labelled", Log("2h labelled", "Churn radar")),
    ("nudge weekly mon 09:30", Nudge("weekly mon 09:30")),
    ("nudge\u00a0off", Nudge("off")),
    ("nudge off for Churn radar", Nudge("off", "Churn radar")),
    ("nudge for Churn radar: off", Nudge("off", "Churn radar")),
    ("nudge for Churn radar", Nudge("", "Churn radar")),
    ("nudge cron “30 9 * * 1-5”", Nudge('cron "30 9 * * 1-5"')),
    ("remind weekly", Nudge("weekly")),
    ("stauts", Unknown("stauts", "status")),
    ("hlep me", Unknown("hlep me", "help")),
    ("nugde off", Unknown("nugde off", "nudge off")),
    ("xyzzy", Unknown("xyzzy", None)),
]


@pytest.mark.parametrize(("typed", "read"), READ)
def test_what_was_typed(typed: str, read: Command) -> None:
    assert parse_command(typed) == read


def test_everything_that_help_lists_is_understood() -> None:
    for typed, _ in USAGE:
        assert not isinstance(parse_command(typed.removeprefix("/ml-kickoff")), Unknown), typed


@given(st.text())
def test_any_text_is_some_command(typed: str) -> None:
    parse_command(typed)
