"""The Home tab: open questions are answered there as in their threads, and it keeps itself up to date."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from bot.blocks import VIEW_BLOCKS
from bot.home import draw_home
from bot.kickoff_card import refresh
from flows import interviews
from flows.cadence import MONDAYS
from flows.interview import DONE, Interview
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing
from flows.roles import Role
from playground.faults import ApiError, ServerError
from playground.person import Person
from playground.reading import words
from playground.records import View
from storage import kickoffs
from tests.bot.balance_stage import FIRST as FIRST_CHOICE
from tests.bot.balance_stage import choice, next_round, offered, settled, vote
from tests.bot.conftest import BILL, FINANCES, Stage
from tests.questions import FIRST, begin

NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)
GOAL = "What should this project achieve"


async def at_home(stage: Stage, person: Person, wanted: str | Callable[[str], bool]) -> View:
    """Somebody's Home tab, once it shows these words."""

    def find() -> View | None:
        view = stage.slack.workspace.views.home(person.id)
        shown = view.words() if view else ""
        return view if (wanted in shown if isinstance(wanted, str) else wanted(shown)) else None

    found = await stage.slack.workspace.log.wait_for(find, 5)
    view = stage.slack.workspace.views.home(person.id)
    assert found is not None, f"the Home tab never showed {wanted!r}: {view.words() if view else None}"
    return found


async def asked(stage: Stage, person: Person | None = None) -> View:
    """The Home tab of somebody who is asked for their goal."""
    person = person or stage.fiona
    await person.sees(GOAL, thread=await stage.opening(person))
    await person.open_home()
    return await at_home(stage, person, GOAL)


def published(stage: Stage, person: Person) -> int:
    log = stage.slack.workspace.log.happenings
    return sum(one.kind == "home_published" and one.person == person.id for one in log)


async def test_it_says_what_to_type_where_there_is_nothing_yet(stage: Stage) -> None:
    await stage.victor.open_home()
    view = await at_home(stage, stage.victor, "You take part in no kickoff yet.")
    assert "type `/ml-kickoff` in your project's channel" in view.words()


async def test_a_question_looks_as_in_its_thread(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    view = await asked(stage)
    opening = await stage.opening(stage.fiona)
    question = await stage.fiona.sees(GOAL, thread=opening)
    drawn = [{key: value for key, value in one.items() if key != "block_id"} for one in question.blocks]
    shown = [{key: value for key, value in one.items() if key != "block_id"} for one in view.blocks]
    assert [block for block in drawn if block not in shown] == []
    assert "*Churn radar* · 0 of 2 answered" in view.words()
    assert f"slack.com/archives/{stage.channel.id}/p{opening.ts.replace('.', '')}|open the thread>" in str(shown)
    assert "0 of 1 done" in view.words()


async def test_an_interview_is_held_at_home_from_the_first_question_to_submit(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.fiona.press(await asked(stage), "Fill in a form")
    form = await stage.fiona.view("Your goal")
    goal = {
        "What should change?": "cloud bill",
        "Which way?": "Reduce it",
        "By how much, or to what level?": "10",
        "What does that number count?": "% compared with today",
    }
    assert await stage.fiona.submit(form, goal) is None
    await stage.fiona.press(await at_home(stage, stage.fiona, "another goal"), "That's all")
    budget = await at_home(stage, stage.fiona, "whole project cost")
    assert "Question 2 of 2" in budget.words()
    await stage.fiona.press(budget, "Fill in a form")
    answer = await stage.fiona.view("Your answer")
    assert await stage.fiona.submit(answer, {answer.labels[0]: "€80,000"}) is None
    await stage.fiona.press(await at_home(stage, stage.fiona, "These are your answers"), "Submit")
    view = await at_home(stage, stage.fiona, "No question waits for you")
    assert "1 of 1 done" in view.words()
    # All of it was said in the thread too.
    await stage.fiona.sees("your answers are in", thread=await stage.opening(stage.fiona))
    await stage.fiona.sees("a first score", channel=stage.channel)


async def test_a_vote_is_cast_from_the_home_tab(stage: Stage) -> None:
    await offered(stage)
    await stage.fiona.open_home()
    view = await at_home(stage, stage.fiona, "options wait for your ranking")
    assert "No question waits for you." in view.words()
    await stage.fiona.press(view, "Rank them in private")
    ballot = await stage.fiona.view("Rank the options")
    assert await stage.fiona.submit(ballot, {FIRST_CHOICE: choice(ballot, "A")}) is None
    await stage.fiona.sees("1 of 3 have voted", channel=stage.channel)


async def test_the_owner_accepts_the_risks_from_the_home_tab(stage: Stage) -> None:
    await settled(stage)
    await stage.victor.open_home()
    assert "The risks wait for you." not in (await at_home(stage, stage.victor, "The goal card waits")).words()
    await stage.priya.open_home()
    view = await at_home(stage, stage.priya, "The risks wait for you.")
    await stage.priya.press(view, "Accept the risks")
    assert await stage.priya.submit(await stage.priya.view("Accept the risks")) is None
    await at_home(stage, stage.priya, lambda shown: "The goal card waits" in shown and "The risks wait" not in shown)


async def test_the_owner_decides_from_the_home_tab(stage: Stage) -> None:
    round_ = await offered(stage)
    for number in (2, 3, 4):
        for person, first in ((stage.priya, "A"), (stage.victor, "B"), (stage.fiona, "C")):
            await vote(stage, person, round_, first)
        round_ = await next_round(stage, number) if number < 4 else round_
    await stage.priya.open_home()
    await stage.priya.press(await at_home(stage, stage.priya, "You decide which option it is."), "Decide")
    assert (await stage.priya.view("Decide")).title == "Decide"


async def test_it_follows_an_answer_in_the_thread(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await asked(stage)
    opening = await stage.opening(stage.fiona)
    await stage.fiona.say(stage.channel, BILL, thread=opening)
    view = await at_home(stage, stage.fiona, "I read this as")
    await stage.fiona.press(view, "Yes, that's right")
    await at_home(stage, stage.fiona, "another goal")
    # A step back changes no progress, and still the question that waits.
    await stage.fiona.press(await stage.fiona.sees("another goal", thread=opening), "Back")
    await at_home(stage, stage.fiona, "Your goal:")


async def test_a_press_counts_once_wherever_it_is_made(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    view = await asked(stage)
    question = await stage.fiona.sees(GOAL, thread=await stage.opening(stage.fiona))
    await asyncio.gather(stage.fiona.press(view, "Skip"), stage.fiona.press(question, "Skip"))
    view = await at_home(stage, stage.fiona, "whole project cost")
    await stage.slack.quiet()
    (fiona,) = stage.kickoffs()[0].participants
    assert list(fiona.interview.answers) == [FIRST.goal.id]


async def test_a_press_on_what_is_out_of_date_says_so_and_mends_it(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    stale = await asked(stage)
    question = await stage.fiona.sees(GOAL, thread=await stage.opening(stage.fiona))
    stage.slack.faults.add("views.publish", ApiError("internal_error_of_some_kind"), times=None)
    await stage.fiona.press(question, "Skip")
    await stage.fiona.sees("whole project cost")
    await stage.all_is_sent()
    stage.slack.faults.clear()
    await stage.fiona.press(stale, "Skip")
    await stage.fiona.sees("That question was already answered", channel=stage.fiona.dm)
    await at_home(stage, stage.fiona, "whole project cost")
    (fiona,) = stage.kickoffs()[0].participants
    assert len(fiona.interview.answers) == 1


@pytest.mark.parametrize("button", ["Fill in a form", "Why?"])
async def test_buttons_that_open_or_explain_are_refused_too_when_out_of_date(stage: Stage, button: str) -> None:
    await stage.start(Finance=stage.fiona)
    stale = await asked(stage)
    stage.slack.faults.add("views.publish", ApiError("unknown_method"), times=None)
    await stage.fiona.press(await stage.fiona.sees(GOAL, thread=await stage.opening(stage.fiona)), "Skip")
    await stage.fiona.sees("whole project cost")
    await stage.all_is_sent()
    stage.slack.faults.clear()
    await stage.fiona.press(stale, button)
    await stage.fiona.sees("That question was already answered", channel=stage.fiona.dm)
    await at_home(stage, stage.fiona, "whole project cost")


async def test_why_is_answered_in_direct_messages(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.fiona.press(await asked(stage), "Why?")
    await stage.fiona.sees(FIRST.goal.why, channel=stage.fiona.dm)


async def test_what_is_between_us_is_marked_at_home_too(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.fiona.choose(await asked(stage), "interview.more", "Keep this between us")
    await at_home(stage, stage.fiona, "stays between us")


async def test_several_kickoffs_newest_first(stage: Stage) -> None:
    for name in ("Churn radar", "Spam filter"):
        await stage.start(None, name, Finance=stage.fiona)
        await stage.fiona.sees(GOAL, thread=await stage.opening(stage.fiona, name))
    await stage.fiona.open_home()
    view = await at_home(stage, stage.fiona, lambda shown: shown.count(GOAL) == 2)
    assert view.words().index("Spam filter") < view.words().index("Churn radar")
    newest, older = [
        (block, one)
        for block in view.blocks
        for one in block.get("elements", ())
        if one["type"] == "button" and one["text"]["text"] == "Skip"
    ]
    await stage.fiona.use(view, *older)
    await at_home(stage, stage.fiona, "whole project cost")
    radar = next(one for one in stage.kickoffs() if one.name == "Churn radar")
    assert older[1]["value"].startswith(f"{radar.participants[0].interview_id}:")
    assert newest[1]["value"] != older[1]["value"]


async def test_the_owner_sees_who_is_waited_for_and_reminds_them(stage: Stage) -> None:
    await stage.start_with_all()
    await asked(stage, stage.priya)
    await stage.fiona.sees(GOAL, thread=await stage.opening(stage.fiona))
    view = await at_home(stage, stage.priya, lambda shown: shown.count("[Remind]") == 2)
    assert "0 of 3 done" in view.words()
    await stage.play(stage.victor, SPONSORS_SKIPPING)
    view = await at_home(stage, stage.priya, "1 of 3 done")
    before = remind_at(stage, stage.fiona)
    await stage.priya.press(view, "Remind")
    await stage.priya.sees(f"I remind {stage.fiona.mention} as soon as their hours allow", channel=stage.priya.dm)
    assert remind_at(stage, stage.fiona) <= before
    stage.clock.set(before)
    await stage.tick()
    await stage.fiona.sees("are left on *Churn radar*")


SPONSORS_SKIPPING = ((GOAL, "[Skip]"), ("In how many months", "[Skip]"), ("How many teams", "[Skip]"))


def remind_at(stage: Stage, person: Person) -> datetime:
    participant = stage.kickoffs()[0].find(person.id)
    assert participant is not None
    assert participant.remind_at is not None
    return participant.remind_at


async def test_stakeholders_who_own_nothing_see_no_buttons_to_remind(stage: Stage) -> None:
    await stage.start_with_all()
    view = await asked(stage, stage.fiona)
    assert "Waiting for" not in view.words()
    assert "[Remind]" not in view.words()


async def test_only_owner_and_starter_can_remind(stage: Stage) -> None:
    await stage.start_with_all()
    await asked(stage, stage.priya)
    await stage.fiona.sees(GOAL, thread=await stage.opening(stage.fiona))
    view = await at_home(stage, stage.priya, lambda shown: shown.count("[Remind]") == 2)
    block = next(one for one in view.blocks if one.get("accessory"))
    await stage.victor.use(view, block, block["accessory"])
    await stage.victor.sees("can decide this", channel=stage.victor.dm)


async def test_nobody_else_answers_from_a_home_tab(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    view = await asked(stage)
    await stage.victor.press(view, "Skip")
    await stage.victor.sees("These questions are for someone else", channel=stage.victor.dm)
    assert stage.kickoffs()[0].participants[0].interview.answers == {}


async def test_a_kickoff_leaves_the_home_tab_of_whoever_is_taken_out_of_it(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await asked(stage)
    await stage.slack.quiet()
    app = stage.started.app

    def take_out(connection: Connection) -> None:
        (kickoff,) = kickoffs.of_person(connection, stage.slack.workspace.team_id, stage.fiona.id)
        (fiona,) = kickoff.participants
        kickoffs.save_participant(connection, fiona, replace(fiona, standing=Standing.REMOVED), app.clock())
        refresh(connection, kickoff, app)

    await app.transact(take_out)
    await at_home(stage, stage.fiona, "You take part in no kickoff yet.")


async def test_it_is_redrawn_only_for_those_who_have_opened_it(stage: Stage) -> None:
    await stage.start_with_all()
    await asked(stage, stage.priya)
    await stage.play(stage.fiona, FINANCES)
    await at_home(stage, stage.priya, "1 of 3 done")
    await stage.slack.quiet()
    assert published(stage, stage.fiona) == published(stage, stage.victor) == 0


async def test_the_messages_tab_is_none_of_its_business(stage: Stage) -> None:
    stage.slack.workspace.note("messages_opened", channel=stage.fiona.dm.id, person=stage.fiona.id)
    await stage.slack.quiet()
    assert published(stage, stage.fiona) == 0


@pytest.mark.parametrize("error", ["unknown_method", "missing_scope", "not_enabled", "some_new_error"])
async def test_where_slack_has_no_home_tab_all_else_goes_on(stage: Stage, error: str) -> None:
    stage.slack.faults.add("views.publish", ApiError(error), times=None)
    await stage.start(Finance=stage.fiona)
    await stage.fiona.open_home()
    await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel)
    await stage.all_is_sent()


async def test_it_is_published_again_where_slack_stumbled(stage: Stage) -> None:
    stage.slack.faults.add("views.publish", ServerError())
    await stage.fiona.open_home()
    await at_home(stage, stage.fiona, "You take part in no kickoff yet.")


# How it is drawn


def participant(
    number: int, interview: Interview, person: str = "U1", standing: Standing = Standing.OPEN
) -> Participant:
    return Participant(number, person, standing, "C1", interview)


def kickoff(number: int, *participants: Participant, name: str = "") -> Kickoff:
    nudge = Nudge(MONDAYS, "UTC", None)
    name = name or f"Project {number}"
    return Kickoff(number, "T1", "C1", name, "", "U9", Place.THREADS, participants, nudge, FIRST)


def many(count: int, interview: Interview) -> list[Kickoff]:
    return [kickoff(number, participant(number, interview)) for number in range(count, 0, -1)]


def shown(view: dict[str, object]) -> str:
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    assert len(blocks) <= VIEW_BLOCKS
    return words("", blocks)


def reviewed(*roles: Role) -> Interview:
    interview = begin(*roles).interview
    while interview.question:
        interview = interviews.skip(interview).interview
    return interview


def test_many_kickoffs_are_cut() -> None:
    said = shown(draw_home("U1", many(40, begin(Role.FINANCE).interview), NOW, {}))
    assert said.count(GOAL) >= 9
    assert "Questions wait in their threads too:" in said
    assert "more." in said
    assert "And 30 more, which are older." in said


def test_one_long_review_leaves_room_for_other_questions() -> None:
    long = kickoff(3, participant(3, reviewed(*Role)))
    asking = kickoff(1, participant(1, begin(Role.FINANCE).interview))
    said = shown(draw_home("U1", [long, asking], NOW, {}))
    assert "[Submit]" in said
    assert GOAL in said


def test_many_who_are_waited_for_are_cut() -> None:
    everybody = [participant(number, begin(Role.FINANCE).interview, f"U{number}") for number in range(100, 140)]
    said = shown(draw_home("U9", [kickoff(1, *everybody)], NOW, {}))
    assert said.count("[Remind]") == 15
    assert "And 25 more." in said


def test_nobody_is_reminded_before_they_are_asked_or_after_the_last_day() -> None:
    invited = participant(1, begin(Role.FINANCE).interview, standing=Standing.INVITED)
    late = replace(
        kickoff(2, participant(2, begin(Role.FINANCE).interview, "U2")), answers_due=NOW.date().replace(day=20)
    )
    said = shown(draw_home("U9", [kickoff(1, invited), late], NOW, {}))
    assert "Waiting for" in said
    assert "[Remind]" not in said


def test_peoples_words_are_escaped_in_links_too() -> None:
    sly = kickoff(1, participant(1, begin(Role.FINANCE).interview), name="<!channel> & <@U1>|x")
    links = {"card:1": "https://t.slack.com/archives/C1/p1", "interview:1": "https://t.slack.com/archives/C1/p2"}
    said = str(draw_home("U1", [sly], NOW, links)["blocks"])
    assert "<!channel>" not in said
    assert "<https://t.slack.com/archives/C1/p1|&lt;!channel&gt; &amp; &lt;@U1&gt;|x>" in said


def test_a_finished_interview_is_no_open_question() -> None:
    done = replace(begin(Role.FINANCE).interview, step=DONE)
    view = draw_home("U1", [kickoff(1, participant(1, done, standing=Standing.FINISHED))], NOW, {})
    assert "No question waits for you." in shown(view)
