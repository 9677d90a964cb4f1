"""What a stakeholder can do beside answering: edit a message, hand a question on, keep it confidential, ask why."""

from dataclasses import replace

from bot.interview_buttons import MORE
from flows.answers import Status
from flows.kickoffs import Kickoff, Participant, Standing
from flows.question_bank import BANK
from flows.roles import Role
from flows.scoring.heard import hear
from playground.person import Person
from playground.records import Message
from storage import kickoffs
from tests.bot.conftest import BILL, COMMAND, FINANCES, GOAL, Stage, staged
from tests.conftest import FakeClock


async def finance_asked(stage: Stage) -> Message:
    await stage.start(None, Finance=stage.fiona, Nudge_us="Never")
    return await stage.opening(stage.fiona)


async def shown(stage: Stage, person: Person, words: str, opening: Message) -> Message:
    place = stage.slack.workspace.channel(opening.channel)
    return await person.sees(words, channel=place, thread=opening)


def of(stage: Stage, person: Person) -> Participant:
    found = newest(stage).find(person.id)
    assert found is not None
    return found


def newest(stage: Stage) -> Kickoff:
    return stage.kickoffs()[0]


async def at_budget(stage: Stage) -> Message:
    opening = await finance_asked(stage)
    for question, answer in FINANCES[:3]:
        asked = await shown(stage, stage.fiona, question, opening)
        if answer.startswith("["):
            await stage.fiona.press(asked, answer.strip("[]"))
        else:
            await stage.fiona.say(stage.channel, answer, thread=opening)
    await shown(stage, stage.fiona, "whole project cost", opening)
    return opening


async def test_an_edited_message_changes_the_answer_and_the_app_says_so(stage: Stage) -> None:
    opening = await at_budget(stage)
    said = await stage.fiona.say(stage.channel, "€80,000", thread=opening)
    await shown(stage, stage.fiona, "These are your answers", opening)
    await stage.fiona.edit(said, "€90,000")
    review = await shown(stage, stage.fiona, "You edited your answer. Noted: €90,000", opening)
    assert of(stage, stage.fiona).interview.answers["budget"].value == 90_000
    await stage.fiona.edit(said, "a lot")
    await shown(stage, stage.fiona, "I kept the old one", opening)
    await stage.fiona.press(review, "Submit")
    await shown(stage, stage.fiona, "your answers are in", opening)
    await stage.fiona.sees("a first score", channel=stage.channel)
    await stage.fiona.edit(said, "€95,000")
    await shown(stage, stage.fiona, "Noted: €95,000. The results in the channel are brought up to date", opening)
    assert of(stage, stage.fiona).standing is Standing.FINISHED


async def test_an_edited_goal_is_shown_again_and_kept_only_after_a_yes(stage: Stage) -> None:
    opening = await finance_asked(stage)
    said = await stage.fiona.say(stage.channel, BILL, thread=opening)
    await stage.fiona.press(await shown(stage, stage.fiona, "I read this as", opening), "Yes, that's right")
    await shown(stage, stage.fiona, "another goal", opening)
    await stage.fiona.edit(said, "reduce the monthly cloud bill by 12%")
    again = await shown(stage, stage.fiona, "You edited your message.", opening)
    assert "This changes your goal" in again.words()
    assert [goal.amount for goal in of(stage, stage.fiona).interview.objectives] == [10]
    await stage.fiona.press(again, "Yes, that's right")
    await shown(stage, stage.fiona, "another goal", opening)
    assert [goal.amount for goal in of(stage, stage.fiona).interview.objectives] == [12]


async def test_a_change_of_a_goal_is_shown_whole_before_a_yes(stage: Stage) -> None:
    opening = await finance_asked(stage)
    said = await stage.fiona.say(stage.channel, GOAL, thread=opening)
    await stage.fiona.press(await shown(stage, stage.fiona, "I read this as", opening), "Yes, that's right")
    await shown(stage, stage.fiona, "another goal", opening)
    await stage.fiona.edit(said, GOAL.replace("15", "10"))
    again = await shown(stage, stage.fiona, "This changes your goal", opening)
    assert "to: increase time on platform by at least 10 %" in again.words()


async def test_comments_and_their_edits_change_nothing(stage: Stage) -> None:
    opening = await at_budget(stage)
    comment = await stage.priya.say(stage.channel, "€1", thread=opening)
    await stage.priya.edit(comment, "€2")
    elsewhere = await stage.fiona.say(stage.channel, "hello")
    await stage.fiona.edit(elsewhere, "€3")
    await stage.slack.quiet()
    assert "budget" not in of(stage, stage.fiona).interview.answers


async def test_why_is_told_to_that_person_alone(stage: Stage) -> None:
    opening = await at_budget(stage)
    asked = await shown(stage, stage.fiona, "whole project cost", opening)
    await stage.fiona.press(asked, "Why?")
    reason = await stage.fiona.sees("It shows early whether the goal and the money fit", channel=stage.channel)
    assert reason.only_for == stage.fiona.id
    await stage.victor.press(asked, "Why?")
    await stage.victor.sees("These questions are for someone else", channel=stage.channel)


async def test_a_question_goes_to_somebody_who_may_know(stage: Stage) -> None:
    opening = await at_budget(stage)
    asked = await shown(stage, stage.fiona, "whole project cost", opening)
    await stage.fiona.choose(asked, MORE, "Ask someone else")
    form = await stage.fiona.view("Ask someone else")
    errors = await stage.fiona.submit(form, {"Who may know?": stage.fiona})
    assert errors is not None
    assert await stage.fiona.submit(form, {"Who may know?": stage.victor}) is None
    await shown(stage, stage.fiona, "These are your answers", opening)
    invited = await stage.victor.sees("thinks that you can help with", channel=stage.channel)
    question = await shown(stage, stage.victor, "whole project cost", invited)
    assert "thinks that you may know" in question.words()
    assert "1 short question" in invited.words()
    await stage.victor.say(stage.channel, "€70,000", thread=invited)
    await stage.victor.press(await shown(stage, stage.victor, "These are your answers", invited), "Submit")
    await shown(stage, stage.victor, "your answers are in", invited)
    assert hear(newest(stage)).number("budget") == 70_000
    handed = of(stage, stage.fiona).interview.answers["budget"]
    assert (handed.status, handed.value) == (Status.HANDED, stage.victor.id)


async def test_a_question_handed_to_somebody_who_has_finished_reopens_their_interview(stage: Stage) -> None:
    await stage.start(None, Finance=stage.fiona, Executive_sponsor=stage.victor, Nudge_us="Never")
    sponsor = await stage.opening(stage.victor)
    for _ in range(3):
        asked = await shown(stage, stage.victor, "Question", sponsor)
        await stage.victor.press(asked, "I don't know")
        await stage.slack.quiet()
    await stage.victor.press(await shown(stage, stage.victor, "These are your answers", sponsor), "Submit")
    await shown(stage, stage.victor, "your answers are in", sponsor)
    finance = await stage.opening(stage.fiona)
    await stage.fiona.press(await shown(stage, stage.fiona, "What should this project", finance), "Skip")
    await shown(stage, stage.fiona, "whole project cost", finance)
    await stage.fiona.say(stage.channel, f"ask {stage.victor.mention}", thread=finance)
    await shown(stage, stage.victor, "whole project cost", sponsor)
    assert of(stage, stage.victor).standing is Standing.OPEN
    review = await shown(stage, stage.fiona, "These are your answers", finance)
    assert "asked @Victor Vance" in stage.slack.workspace.plain(review)


async def test_a_question_handed_to_somebody_who_is_no_longer_waited_for_is_asked_all_the_same(stage: Stage) -> None:
    await stage.start(None, Finance=stage.fiona, Executive_sponsor=[stage.victor, stage.priya], Nudge_us="Never")
    sponsor = await stage.opening(stage.victor)
    asked = await shown(stage, stage.victor, "What should this project achieve", sponsor)
    await stage.all_is_sent()
    go_on_without(stage, stage.victor)
    priyas = await stage.opening(stage.priya)
    await stage.priya.press(await shown(stage, stage.priya, "What should this project", priyas), "Skip")
    await shown(stage, stage.priya, "In how many months", priyas)
    await stage.priya.say(stage.channel, f"ask {stage.victor.mention}", thread=priyas)
    again = await stage.victor.sees("In how many months", channel=stage.channel, thread=sponsor, after=asked)
    assert "@Priya Patel thinks that you may know" in stage.slack.workspace.plain(again)
    assert of(stage, stage.victor).standing is Standing.OPEN


def go_on_without(stage: Stage, person: Person) -> None:
    """The rest of somebody's answers is not waited for."""
    before = of(stage, person)
    after = replace(before, standing=Standing.CLOSED, remind_at=None)
    stage.started.app.database.run(
        lambda connection: kickoffs.save_participant(connection, before, after, stage.clock())
    )


async def test_what_stays_between_us_is_counted_and_not_shown(stage: Stage) -> None:
    opening = await finance_asked(stage)
    asked = await shown(stage, stage.fiona, "What should this project achieve", opening)
    await stage.fiona.choose(asked, MORE, "Keep this between us")
    await shown(stage, stage.fiona, "I keep your goals between us", opening)
    await stage.play(stage.fiona, FINANCES)
    results = await stage.fiona.sees(": goals side by side", channel=stage.channel)
    assert "cloud bill" not in results.words()
    assert "1 goal is kept private" in results.words()
    openly = [one.words() for one in stage.slack.workspace.messages(stage.channel) if one.thread_ts in {None, one.ts}]
    assert not [words for words in openly if "cloud bill" in words]


async def test_goals_that_are_kept_between_us_later_vanish_from_the_results(stage: Stage) -> None:
    opening = await finance_asked(stage)
    await stage.play(stage.fiona, FINANCES)
    results = await stage.fiona.sees(": goals side by side", channel=stage.channel)
    await stage.victor.press(results, "All goals")
    goals = await stage.victor.view("Goals side by side")
    assert "cloud bill" in str(goals.body)
    await stage.victor.close(goals)
    last = await shown(stage, stage.fiona, "your answers are in", opening)
    await stage.fiona.press(last, "Change an answer")
    review = await stage.fiona.sees("These are your answers", channel=stage.channel, thread=opening, after=last)
    await stage.fiona.press(review, "Edit", "Goal")
    goal = await stage.fiona.sees("This is the goal you gave", channel=stage.channel, thread=opening, after=review)
    await stage.fiona.choose(goal, MORE, "Keep this between us")
    await shown(stage, stage.fiona, "I keep your goals between us", opening)
    await stage.all_is_sent()
    assert "1 goal is kept private" in stage.slack.workspace.current(results).words()
    await stage.victor.press(stage.slack.workspace.current(results), "All goals")
    assert "cloud bill" not in str((await stage.victor.view("Goals side by side")).body)


async def test_several_people_hold_one_role_and_one_person_several(stage: Stage) -> None:
    await stage.start(None, Finance=[stage.fiona, stage.victor], Executive_sponsor=stage.victor, Nudge_us="Never")
    await stage.opening(stage.fiona)
    victors = await stage.opening(stage.victor)
    assert "executive sponsor and finance" in victors.words()
    asked = [question.id for question in of(stage, stage.victor).interview.questions]
    assert asked == ["goal", "expected_months", "teams", "budget"]
    assert [question.id for question in of(stage, stage.fiona).interview.questions] == ["goal", "budget"]


async def test_all_roles_can_be_picked(database_url: str, clock: FakeClock) -> None:
    async with staged(database_url, clock, questions=BANK) as stage:
        await stage.priya.command(stage.channel, COMMAND, "new Churn radar")
        await stage.priya.press(await stage.priya.view("Start a kickoff"), "More roles, and people who watch")
        form = await stage.priya.view("Start a kickoff")
        filled = {"Domain expert": [stage.victor], "Watch without being asked": [stage.fiona]}
        assert await stage.priya.submit(form, filled) is None
        opening = await stage.opening(stage.victor)
        assert "your view as domain expert" in opening.words()
        kickoff = newest(stage)
        assert (kickoff.name, kickoff.observers) == ("Churn radar", (stage.fiona.id,))
        assert of(stage, stage.victor).interview.roles == (Role.DOMAIN_EXPERT,)


async def test_a_role_without_questions_has_only_something_to_submit(stage: Stage) -> None:
    await stage.priya.command(stage.channel, COMMAND, "new Churn radar")
    await stage.priya.press(await stage.priya.view("Start a kickoff"), "More roles, and people who watch")
    assert (
        await stage.priya.submit(await stage.priya.view("Start a kickoff"), {"Domain expert": [stage.victor]}) is None
    )
    opening = await stage.opening(stage.victor)
    await stage.victor.press(await shown(stage, stage.victor, "These are your answers", opening), "Submit")
    await shown(stage, stage.victor, "your answers are in", opening)


async def test_an_edited_direct_message_belongs_to_the_project_in_which_it_was_written(stage: Stage) -> None:
    private = {"Interviews": "In private messages", "Nudge_us": "Never"}
    await stage.start(None, Finance=stage.fiona, **private)
    first = await stage.opening(stage.fiona, channel=stage.fiona.dm)
    for question, answer in FINANCES[:3]:
        asked = await shown(stage, stage.fiona, question, first)
        if answer.startswith("["):
            await stage.fiona.press(asked, answer.strip("[]"))
        else:
            await stage.fiona.say(stage.fiona.dm, answer)
    await shown(stage, stage.fiona, "whole project cost", first)
    said = await stage.fiona.say(stage.fiona.dm, "€80,000")
    await stage.fiona.press(await shown(stage, stage.fiona, "These are your answers", first), "Submit")
    await shown(stage, stage.fiona, "your answers are in", first)
    await stage.start(None, name="Second", Finance=stage.fiona, **private)
    await stage.opening(stage.fiona, name="Second", channel=stage.fiona.dm)
    await stage.fiona.edit(said, "€90,000")
    await shown(stage, stage.fiona, "Noted: €90,000", first)
    second, older = stage.kickoffs()
    assert (hear(second).number("budget"), hear(older).number("budget")) == (None, 90_000)


async def test_a_budget_that_stays_between_us_counts_and_is_not_said(stage: Stage) -> None:
    opening = await at_budget(stage)
    asked = await shown(stage, stage.fiona, "whole project cost", opening)
    await stage.fiona.choose(asked, MORE, "Keep this between us")
    await shown(stage, stage.fiona, "I keep your answer between us", opening)
    await stage.fiona.say(stage.channel, "€80,123", thread=opening)
    await stage.fiona.press(await shown(stage, stage.fiona, "These are your answers", opening), "Submit")
    score = await stage.fiona.sees("a first score", channel=stage.channel)
    await stage.victor.press(score, "Why these numbers?")
    reasons = str((await stage.victor.view("Why these numbers")).body)
    assert "It is known, and stays with whoever named it" in reasons
    assert "80,123" not in score.words() + reasons
    assert hear(newest(stage)).number("budget") == 80_123


async def test_somebody_would_rather_answer_in_private(stage: Stage) -> None:
    opening = await at_budget(stage)
    await stage.victor.press(opening, "Answer in private instead")
    await stage.victor.sees("These questions are for someone else", channel=stage.channel)
    await stage.fiona.press(opening, "Answer in private instead")
    private = await stage.opening(stage.fiona, channel=stage.fiona.dm)
    await shown(stage, stage.fiona, "whole project cost", private)
    await stage.all_is_sent()
    assert "answers on *Churn radar* in private" in stage.slack.workspace.current(opening).words()
    await stage.fiona.say(stage.channel, "€1", thread=opening)
    await stage.fiona.say(stage.fiona.dm, "€80,000")
    await stage.fiona.press(await shown(stage, stage.fiona, "These are your answers", private), "Submit")
    await shown(stage, stage.fiona, "your answers are in", private)
    assert hear(newest(stage)).number("budget") == 80_000
    assert of(stage, stage.fiona).channel == stage.fiona.dm.id
