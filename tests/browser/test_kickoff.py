"""A whole kickoff in the browser, as three people: command, form, interviews, conflicts, score, nudge, log."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit, Visitor

REVIEW = "These are your answers"
THANKS = "Thank you, your answers are in."
PROBLEM = "People leave the feed early, and the adverts that we show them earn too little."


def start(priya: Visitor) -> None:
    box = priya.conversation.get_by_role("textbox")
    box.press_sequentially("/ml-kickoff ne")
    expect(priya.page.get_by_role("option", name="/ml-kickoff new Churn radar")).to_be_visible()
    priya.snap("01-command")
    priya.type("/ml-kickoff new Streaming feed")
    expect(priya.modal.get_by_label("Project name")).to_have_value("Streaming feed")
    priya.press("Start", priya.modal)
    expect(priya.modal.get_by_text("Please pick at least one person")).to_be_visible()
    priya.snap("02-form-with-a-complaint")
    priya.modal.get_by_label("What problem should it solve?").fill(PROBLEM)
    priya.pick("Product owner", "Priya Patel")
    priya.pick("Executive sponsor", "Victor Vance")
    priya.pick("Finance", "Fiona Feld")
    priya.snap("03-form")
    priya.press("Start", priya.modal)
    expect(priya.modal).to_be_hidden()
    expect(priya.conversation.get_by_role("heading", name="Kickoff: Streaming feed")).to_be_visible()


def answer_as_owner(priya: Visitor) -> None:
    priya.open_own_thread()
    priya.sees("What should this project achieve for you?")
    priya.snap("04-first-question")
    priya.reply("increase the time users spend on the platform by at least 15%")
    priya.sees("I read this as: increase time on platform by at least 15 %, no deadline given.")
    priya.snap("05-reading")
    priya.press("Change it")
    expect(priya.modal.get_by_label("What should change?")).to_have_value("time on platform")
    priya.snap("06-every-field")
    priya.modal.get_by_label("By when?").fill("2027-06-30")
    priya.press("Keep this goal", priya.modal)
    priya.sees("by 30 June 2027")
    priya.sees("another goal")
    priya.press("That's all")
    priya.sees("How is this done today")
    priya.press("Software with rules")
    priya.sees("what the model should do")
    priya.reply("suggest things that someone may like")
    priya.sees("How many cases")
    priya.reply("about 12,000")
    for question, button in (
        ("gets one wrong", "Someone catches it"),
        ("must it get right", "I don't know"),
        ("past cases", "Yes, a system records them"),
        ("solved this already", "Yes"),
        ("exceptions and special cases", "Skip"),
        ("may use the data", "I don't know"),
        ("none of the things you have in mind", "Skip"),
        ("accept the result", "Skip"),
    ):
        priya.sees(question)
        priya.press(button)
    priya.sees(REVIEW)
    priya.sees("Cases a month: 12,000 cases a month")
    priya.snap("07-review")
    priya.press("Submit")
    priya.sees(THANKS)
    priya.snap("08-thanks")


def answer_as_sponsor(victor: Visitor) -> None:
    victor.open_own_thread()
    victor.reply("increase the revenue from advertisements by 20%")
    victor.sees("I read this as: increase advertising revenue by 20 %")
    victor.press("Yes, that's right")
    victor.sees("another goal")
    victor.press("That's all")
    victor.sees("In how many months")
    victor.reply("12")
    victor.sees("How many teams")
    victor.snap("09-sponsor")
    # An answer that is changed: back, and another number.
    victor.press("Back")
    victor.sees("You answered: 12 months.")
    victor.reply("6")
    victor.sees("Noted: 6 months.")
    for question, button in (
        ("How many teams", "I don't know"),
        ("should move if this works", "Skip"),
        ("smallest version", "Skip"),
        ("would you stop", "Skip"),
        ("look at results", "Every two weeks"),
        ("nothing to show", "No"),
        ("first project change", "One team"),
        ("How sure are you", "Likely"),
        ("taken a model before", "Into use, at least once"),
        ("Which of these jobs", "I don't know"),
    ):
        victor.sees(question)
        victor.press(button)
    victor.sees(REVIEW)
    victor.press("Submit")
    victor.sees(THANKS)


def answer_as_finance(fiona: Visitor) -> None:
    fiona.open_own_thread()
    fiona.reply("it should be nicer for everybody")
    fiona.sees("I could not find a goal in that.")
    fiona.reply("reduce the monthly cloud bill by 10%")
    fiona.sees("I read this as: reduce monthly cloud bill by 10 %")
    fiona.press("Yes, that's right")
    fiona.sees("another goal")
    fiona.press("That's all")
    fiona.sees("whole project cost")
    fiona.reply("€80,000")
    for question, button in (
        ("data about people", "There is none"),
        ("acts or warns when it should not", "I don't know"),
        ("misses a case", "I don't know"),
        ("cost a month to run", "Skip"),
        ("switch the model off", "Skip"),
    ):
        fiona.sees(question)
        fiona.press(button)
    fiona.sees(REVIEW)
    fiona.press("Submit")
    fiona.sees(THANKS)
    fiona.snap("10-finance")


def test_a_whole_kickoff_as_three_people(visit: Visit) -> None:
    priya, victor, fiona = visit("Priya Patel"), visit("Victor Vance"), visit("Fiona Feld")
    start(priya)
    answer_as_owner(priya)
    answer_as_sponsor(victor)
    answer_as_finance(fiona)
    goals = priya.conversation.get_by_role("article").filter(has_text="goals side by side").last
    expect(goals.get_by_text("Pull apart:").first).to_be_visible()
    goals.scroll_into_view_if_needed()
    priya.snap("11-conflicts")
    score = priya.conversation.get_by_role("article").filter(has_text="a first score").last
    expect(score.get_by_text("Impact:")).to_be_visible()
    score.scroll_into_view_if_needed()
    priya.snap("12-score")

    priya.page.get_by_role("button", name="Skip ahead").click()
    to_nudge = priya.page.get_by_role("menuitem", name="To the next nudge")
    expect(to_nudge).to_be_visible()
    priya.snap("13-skip-ahead")
    to_nudge.click()
    card = priya.conversation.get_by_role("article").filter(has_text="Kickoff: Streaming feed").first
    card.locator(".replies").click()
    priya.sees("what moved in")
    expect(priya.page.get_by_role("status")).to_be_hidden()
    priya.snap("14-nudge")
    priya.press("Log progress")
    priya.modal.get_by_label("What happened?").fill("2h labelled 300 tickets, error 0.21")
    priya.snap("15-log")
    priya.press("Log it", priya.modal)
    priya.sees("Logged for Streaming feed: 2 hours, labelling, error 0.21")
    priya.type("/ml-kickoff status")
    priya.sees("Only visible to you", priya.conversation)
    priya.snap("16-status")

    priya.page.get_by_role("button", name="Inspector").click()
    wire = priya.page.get_by_role("complementary", name="Inspector")
    wire.locator("summary").filter(has_text="command /ml-kickoff").first.click()
    expect(wire.get_by_text('"command": "/ml-kickoff"').first).to_be_visible()
    expect(wire.get_by_text("views.open").first).to_be_visible()
    priya.snap("17-inspector")
