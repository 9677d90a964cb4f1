"""From a score to what makes it, the dial, what nobody knows, the ranking and the project's page, in the browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_balance import article

SCORED = pytest.mark.parametrize("address", [("--stage", "conflicts found")], indirect=True)


@SCORED
def test_a_score_is_explained_turned_and_worked_on(visit: Visit) -> None:
    priya = visit()
    score = article(priya, ": a first score")
    priya.snap("70-score")
    score.get_by_role("button", name="Why these numbers?").click()
    expect(priya.modal).to_contain_text("Eight in ten projects that fit the answers")
    priya.snap("71-reasons")
    priya.press("Close", priya.modal)
    score.get_by_role("button", name="Turn the accuracy dial").click()
    expect(score.locator(".replies")).to_be_visible()
    score.locator(".replies").click()
    expect(priya.thread.get_by_role("img", name=re.compile("The work rises"))).to_be_visible()
    priya.snap("72-dial")
    priya.thread.get_by_role("button", name="99", exact=True).click()
    priya.sees("at 99 right of 100", priya.thread)
    priya.snap("73-dial-turned")
    priya.page.get_by_role("button", name="Close thread").click()
    score.get_by_role("button", name="Ask this next").click()
    expect(priya.modal).to_contain_text("The answer may bring")
    priya.snap("74-ask-next")
    priya.press("Cancel", priya.modal)


@SCORED
def test_what_nobody_knows_is_listed_and_shown_as_a_chart(visit: Visit) -> None:
    priya = visit()
    priya.type("/ml-kickoff unknowns")
    expect(priya.modal).to_contain_text("open at the start")
    priya.snap("75-unknowns")
    priya.modal.get_by_role("button", name="Edit").first.click()
    expect(priya.modal).to_contain_text("How far is it?")
    priya.snap("76-unknown-edited")
    priya.press("Cancel", priya.modal)
    expect(priya.modal).to_have_count(0)
    priya.type("/ml-kickoff unknowns")
    expect(priya.modal).to_contain_text("open at the start")
    priya.press("Show it in the channel", priya.modal)
    priya.press("Close", priya.modal)
    article(priya, ": a first score").locator(".replies").click()
    priya.sees("what nobody knows yet", priya.thread)
    expect(priya.thread.get_by_role("img", name=re.compile("Open questions")).locator("canvas, svg")).to_be_visible()
    priya.snap("77-burn-down")


@SCORED
def test_the_backlog_is_ranked_and_a_project_opened_at_home(visit: Visit) -> None:
    priya = visit()
    priya.type("/ml-kickoff rank")
    priya.page.get_by_role("button", name="ML Kickoff", exact=True).click()
    priya.sees("The backlog: 1 project in order", priya.conversation)
    priya.snap("78-ranking")
    priya.conversation.get_by_role("button", name="What matters to you").click()
    priya.press("It helps the users", priya.modal)
    expect(priya.modal).to_contain_text("1. It helps the users")
    priya.snap("79-what-matters")
    priya.press("Close", priya.modal)
    priya.type("/ml-kickoff team")
    expect(priya.modal).to_contain_text("jobs that this goal needs")
    priya.snap("80-team")
    priya.press("Close", priya.modal)
