"""Six weeks in: the digest, the nudge, the pilot, the log and the picture of the progress, in the browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_balance import article

SIX_WEEKS = pytest.mark.parametrize("address", [("--stage", "six weeks in")], indirect=True)


@SIX_WEEKS
def test_six_weeks_of_a_project_are_told_asked_about_and_estimated(visit: Visit) -> None:
    priya = visit()
    digest = article(priya, ": the week to 18 December 2026")
    expect(digest).to_contain_text("the error fell from 41 % to 27 %")
    digest.scroll_into_view_if_needed()
    priya.snap("90-digest")

    priya.conversation.get_by_role("article").filter(has_text="Kickoff: Streaming feed").first.locator(
        ".replies"
    ).click()
    nudge = priya.thread.get_by_role("article").filter(has_text="has anybody from the business side seen").last
    nudge.scroll_into_view_if_needed()
    priya.snap("91-nudge")
    nudge.get_by_role("button", name="Not yet", exact=True).click()
    priya.sees("please show one result to one person who will use it")

    pilot = priya.thread.get_by_role("article").filter(has_text="Solve first:").last
    expect(pilot).to_contain_text("So far 76.")
    pilot.scroll_into_view_if_needed()
    priya.snap("92-pilot")
    pilot.get_by_role("button", name="Why, and what to watch").click()
    expect(priya.modal).to_contain_text("A person keeps 7 definitions in mind")
    priya.snap("93-pilot-why")
    priya.press("Close", priya.modal)
    pilot.get_by_role("button", name="It is solved").click()
    priya.sees("It is not simply 5 times the pilot")
    priya.snap("94-whole")

    priya.type("/ml-kickoff progress")
    priya.type("/ml-kickoff time")
    priya.page.get_by_role("button", name=re.compile(r"^ML Kickoff(?! ·)")).click()
    priya.sees(": hours", priya.conversation)
    expect(priya.conversation.get_by_role("img", name=re.compile("The error was"))).to_be_visible()
    priya.snap("95-progress-and-time")
    priya.conversation.get_by_role("button", name="My entries").click()
    expect(priya.modal).to_contain_text("labelled 600 sessions")
    priya.snap("96-my-entries")
    priya.press("Close", priya.modal)
