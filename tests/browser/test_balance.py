"""From the conflict board to the charter in the browser, where three have agreed on a balance and signed it."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit, Visitor

AGREED = pytest.mark.parametrize("address", [("--stage", "balance agreed")], indirect=True)
FOUND = pytest.mark.parametrize("address", [("--stage", "conflicts found")], indirect=True)


def article(visitor: Visitor, heading: str) -> Locator:
    """The message in the channel with this heading, scrolled into view."""
    found = visitor.conversation.get_by_role("article").filter(
        has=visitor.page.get_by_role("heading", name=re.compile(heading))
    )
    found.last.scroll_into_view_if_needed()
    return found.last


@AGREED
def test_a_balance_is_agreed_on_and_becomes_a_charter(visit: Visit) -> None:
    priya = visit()
    card = article(priya, ": goal card")
    expect(card).to_contain_text("3 of 3 approve.")
    priya.snap("50-goal-card")
    card.get_by_role("button", name="Read it").click()
    expect(priya.modal).to_contain_text("What the model does")
    priya.snap("51-goal-card-read")
    priya.press("Close", priya.modal)

    round_ = article(priya, "how to balance the goals")
    expect(round_).to_contain_text("The vote is over: 3 of 3 voted.")
    round_.locator(".replies").click()
    priya.thread.get_by_text("Share evenly").first.scroll_into_view_if_needed()
    priya.sees("gives up")
    priya.snap("52-options")
    priya.page.get_by_role("button", name="Close thread").click()

    priya.type("/ml-kickoff charter")
    priya.sees("Version 1 of the charter is", priya.conversation)
    priya.go("Charter: Streaming feed")
    expect(priya.conversation).to_contain_text("Signatures")
    priya.snap("53-charter")


@FOUND
def test_a_link_is_judged_and_the_board_follows(visit: Visit) -> None:
    fiona = visit("Fiona Feld")
    board = article(fiona, ": goals side by side")
    expect(board.get_by_role("img", name=re.compile("Pull apart"))).to_be_visible()
    fiona.snap("54-board")
    board.get_by_role("button", name="Explain").nth(1).click()
    expect(fiona.modal).to_contain_text("What I assume.")
    fiona.snap("55-explain")
    fiona.modal.get_by_role("button", name="Not here").first.click()
    expect(fiona.modal).to_contain_text("You said so.")
    fiona.snap("56-explain-judged")
    fiona.press("Close", fiona.modal)
    expect(board).to_contain_text("says:")
    board.locator(".replies").click()
    fiona.sees("I see it otherwise")
    fiona.snap("57-board-judged")

    priya = visit()
    article(priya, ": goals side by side").get_by_role("button", name="Find a balance").click()
    expect(priya.conversation.get_by_role("heading", name="how to balance the goals")).to_be_visible()
    article(priya, "how to balance the goals").get_by_role("button", name="Rank them in private").click()
    expect(priya.modal.get_by_text("Your first choice")).to_be_visible()
    priya.snap("58-ballot")
