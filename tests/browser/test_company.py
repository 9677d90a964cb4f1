"""Twelve people, one for each role: what their kickoff looks like, and what can be done with its people."""

import pytest
from playwright.sync_api import expect

from flows.roles import Role
from tests.browser.conftest import Visit

TWELVE = pytest.mark.parametrize("address", [("--stage", "twelve interviewed")], indirect=True)


@TWELVE
def test_twelve_people_have_been_interviewed(visit: Visit) -> None:
    priya = visit()
    card = priya.conversation.get_by_role("article").filter(has_text="Kickoff: Streaming feed").first
    expect(card).to_contain_text(f"{len(Role)} of {len(Role)} done")
    card.scroll_into_view_if_needed()
    priya.snap("50-twelve-people")
    results = priya.conversation.get_by_role("heading", name="Streaming feed: goals side by side")
    results.scroll_into_view_if_needed()
    priya.snap("51-goals-of-twelve")
    priya.conversation.get_by_role("heading", name="Streaming feed: a first score").scroll_into_view_if_needed()
    priya.snap("52-score-of-twelve")
    priya.type("/ml-kickoff facts")
    priya.sees("Only visible to you", priya.conversation)
    priya.press("Show all", priya.conversation)
    expect(priya.modal.get_by_text("Not known yet")).to_be_attached()
    priya.snap("53-facts")
    priya.press("Close", priya.modal)
    priya.type("/ml-kickoff people")
    expect(priya.modal.get_by_text("Watch without being asked")).to_be_attached()
    priya.snap("54-people")
    priya.press("Cancel", priya.modal)


@TWELVE
def test_an_expert_changes_an_answer_at_home_and_in_the_thread(visit: Visit) -> None:
    dmitri = visit("Dmitri Dahl")
    dmitri.open_own_thread()
    dmitri.sees("Thank you, your answers are in.")
    dmitri.press("Change an answer")
    dmitri.sees("These are your answers")
    dmitri.snap("55-review-of-an-expert")
    dmitri.press("Next page", dmitri.thread)
    expect(dmitri.thread.get_by_text("Page 2 of")).to_be_visible()
    dmitri.snap("55-second-page")
    dmitri.press("Previous page", dmitri.thread)
    expect(dmitri.thread.get_by_text("Page 1 of")).to_be_visible()
    dmitri.thread.get_by_role("button", name="Edit", exact=True).nth(2).click()
    dmitri.sees("what could turn up that is none of the things you have in mind")
    dmitri.snap("56-edit")
    dmitri.go("Home")
    dmitri.sees("Your open questions", dmitri.conversation)
    dmitri.snap("57-home")
    dmitri.press("Skip", dmitri.conversation)
    dmitri.sees("These are your answers", dmitri.conversation)
    dmitri.press("Submit", dmitri.conversation)
    expect(dmitri.conversation.get_by_text("These are your answers")).to_be_hidden()
