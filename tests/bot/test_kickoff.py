"""The main job, through the real door: from the command to the first nudge."""

import asyncio

import pytest

from flows.kickoffs import Standing
from playground.faults import ApiError
from tests.bot.conftest import BILL, COMMAND, FINANCES, GOAL, OWNERS, SPONSORS, Stage, staged
from tests.conftest import FakeClock


async def test_from_the_command_to_the_results(stage: Stage) -> None:
    await stage.start_with_all(**{"What_problem_should_it_solve?": "People leave early."})
    await stage.card("0 of 2")
    await stage.finish_all()
    goals = await stage.priya.sees("Churn radar: goals side by side", channel=stage.channel)
    shown = stage.slack.workspace.plain(goals)
    for words in ("@Priya Patel time on platform +15 %", "@Fiona Feld monthly cloud bill −10 %"):
        assert words in shown
    await stage.priya.press(goals, "All goals")
    everything = await stage.priya.view("Goals side by side")
    for words in (
        "increase time on platform by at least 15 %, no deadline given",
        "increase advertising revenue by 20 %",
        "reduce monthly cloud bill by 10 %",
    ):
        assert words in str(everything.body)
    await stage.priya.close(everything)
    score = await stage.priya.sees("a first score", channel=stage.channel)
    await stage.priya.press(score, "Why these numbers?")
    assert "12,000 cases a month at 5 minutes each" in str((await stage.priya.view("Why these numbers")).body)
    await stage.card("presses Find a balance under the goals")


async def test_a_conflict_is_explained_link_by_link(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.finish_all()
    board = await stage.priya.sees("Churn radar: goals side by side", channel=stage.channel)
    explains = [block for block in board.blocks if "accessory" in block]
    for block in explains:
        await stage.priya.use(board, block, block["accessory"])
        await stage.priya.close(await stage.priya.view("Why they collide"))
    await stage.priya.use(board, explains[0], explains[0]["accessory"])
    told = str((await stage.priya.view("Why they collide")).body)
    assert "more time on platform → more traffic" in told
    assert "more traffic → a higher cloud bill" in told


async def test_the_form_opens_with_the_name_filled_in(stage: Stage) -> None:
    await stage.priya.command(stage.channel, COMMAND, "new Churn radar")
    form = await stage.priya.view("Start a kickoff")
    assert form.blocks[0]["element"]["initial_value"] == "Churn radar"


async def test_somebody_has_to_be_interviewed(stage: Stage) -> None:
    await stage.priya.command(stage.channel, COMMAND)
    errors = await stage.priya.submit(await stage.priya.view("Start a kickoff"), {"Project name": "Churn radar"})
    assert errors == {"Product owner": "Please pick at least one person to interview, here or below."}
    assert stage.kickoffs() == ()


async def test_one_person_with_two_roles_gets_one_thread(stage: Stage) -> None:
    await stage.start(Product_owner=stage.priya, Finance=stage.priya)
    assert "product owner and finance" in (await stage.opening(stage.priya)).text
    assert len(stage.kickoffs()[0].participants) == 1


async def test_interviews_in_private(stage: Stage) -> None:
    await stage.start(stage.victor, Finance=stage.fiona, Interviews="In private messages")
    opening = await stage.opening(stage.fiona, channel=stage.fiona.dm)
    await stage.fiona.sees("What should this project achieve", channel=stage.fiona.dm, thread=opening)
    # Written beside the thread, as people do in private messages.
    await stage.fiona.say(stage.fiona.dm, BILL)
    shown = await stage.fiona.sees("I read this as", channel=stage.fiona.dm, thread=opening)
    await stage.fiona.press(shown, "Yes, that's right")
    await stage.fiona.sees("another goal", channel=stage.fiona.dm, thread=opening)
    assert not stage.said("What should this project achieve", stage.channel)


async def test_private_words_without_a_question_get_an_answer(stage: Stage) -> None:
    await stage.fiona.say(stage.fiona.dm, "hello")
    await stage.fiona.sees("no question waiting", channel=stage.fiona.dm)


async def test_two_private_interviews_are_never_confused(stage: Stage) -> None:
    for name in ("Churn radar", "Price guard"):
        await stage.start(name=name, Finance=stage.fiona, Interviews="In private messages")
        await stage.opening(stage.fiona, name, stage.fiona.dm)
    await stage.fiona.say(stage.fiona.dm, BILL)
    await stage.fiona.sees("2 interviews open", channel=stage.fiona.dm)
    opening = await stage.opening(stage.fiona, "Price guard", stage.fiona.dm)
    await stage.fiona.say(stage.fiona.dm, BILL, thread=opening)
    await stage.fiona.sees("I read this as", thread=opening)


async def test_only_the_stakeholders_words_are_answers(stage: Stage) -> None:
    await stage.start_with_all()
    opening = await stage.opening(stage.priya)
    question = await stage.priya.sees("What should this project achieve", thread=opening)
    await stage.victor.say(stage.channel, BILL, thread=opening)
    await stage.victor.press(question, "Skip")
    await stage.victor.sees("for someone else")
    await stage.slack.quiet()
    assert stage.kickoffs()[0].participants[0].interview.step == "goal"


async def test_an_unconfirmed_reading_is_not_an_objective(stage: Stage) -> None:
    await stage.start(Product_owner=stage.priya)
    opening = await stage.opening(stage.priya)
    await stage.priya.sees("What should", thread=opening)
    await stage.priya.say(stage.channel, GOAL, thread=opening)
    shown = await stage.priya.sees("I read this as: increase time on platform by at least 15 %, no deadline given.")
    assert stage.kickoffs()[0].stakes == ()
    await stage.priya.press(shown, "Not a goal")
    await stage.priya.sees("I dropped it")
    assert stage.kickoffs()[0].stakes == ()


async def test_a_reading_can_be_changed_in_the_form(stage: Stage) -> None:
    await stage.start(Product_owner=stage.priya)
    opening = await stage.opening(stage.priya)
    await stage.priya.sees("What should", thread=opening)
    await stage.priya.say(stage.channel, GOAL, thread=opening)
    await stage.priya.press(await stage.priya.sees("I read this as"), "Change it")
    form = await stage.priya.view("Your goal")
    filled = {block["label"]["text"]: block["element"].get("initial_value") for block in form.blocks}
    assert filled["What should change?"] == "time on platform"
    assert filled["By how much, or to what level?"] == "15"
    errors = await stage.priya.submit(form, {"By how much, or to what level?": "plenty"})
    assert errors == {"By how much, or to what level?": "I could not read one number there. For example: 15"}
    errors = await stage.priya.submit(
        form,
        {
            "By how much, or to what level?": "12",
            "What is the least you would still accept?": "8",
            "By when?": "2027-03-31",
            "Is the amount firm or flexible?": "Flexible",
        },
    )
    assert errors is None
    await stage.priya.sees("Kept: increase time on platform by at least 12 % by 31 March 2027")
    objective = stage.kickoffs()[0].stakes[0].objective
    assert (objective.amount, objective.floor, objective.family) == (12, 8, "time_on_platform")


async def test_a_form_that_comes_too_late_says_so(stage: Stage) -> None:
    await stage.start(Product_owner=stage.priya)
    opening = await stage.opening(stage.priya)
    question = await stage.priya.sees("What should", thread=opening)
    await stage.priya.press(question, "Fill in a form")
    form = await stage.priya.view("Your goal")
    await stage.priya.say(stage.channel, "skip", thread=opening)
    await stage.priya.sees("How is this done today", thread=opening)
    errors = await stage.priya.submit(form, {"What should change?": "churn", "Which way?": "Reduce it"})
    assert errors == {"What should change?": "You settled this in the thread meanwhile. Please close this form."}


async def test_a_stale_button_changes_nothing(stage: Stage) -> None:
    await stage.start(Product_owner=stage.priya)
    opening = await stage.opening(stage.priya)
    question = await stage.priya.sees("What should", thread=opening)
    stage.slack.faults.add("chat.update", ApiError("edit_window_closed"), times=None)
    await stage.priya.press(question, "Skip")
    await stage.priya.sees("How is this done today", thread=opening)
    await stage.priya.press(question, "I don't know")
    await stage.priya.sees("already answered")
    assert stage.kickoffs()[0].participants[0].interview.answers["goal"].status == "skipped"


async def test_an_answered_question_loses_its_buttons(stage: Stage) -> None:
    await stage.start(Product_owner=stage.priya)
    question = await stage.priya.sees("What should", thread=await stage.opening(stage.priya))
    await stage.priya.press(question, "Skip")

    def closed() -> bool | None:
        return "[Skip]" not in stage.slack.workspace.current(question).words() or None

    assert await stage.slack.workspace.log.wait_for(closed, 5)


async def test_an_answer_changed_after_the_end_brings_results_again(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    last = await stage.play(stage.fiona, FINANCES)
    await stage.fiona.sees("a first score", channel=stage.channel)
    again = await stage.reopen(stage.fiona, last, "€80,000")
    assert "You answered: €80,000" in again.text
    await stage.fiona.say(stage.channel, "€90,000", thread=await stage.opening(stage.fiona))
    await stage.fiona.sees("Noted: €90,000", after=again)
    await stage.submit(stage.fiona, again)
    await stage.fiona.sees("Brought up to date.", channel=stage.channel)
    await stage.all_is_sent()
    assert len(stage.said("a first score")) == 1
    assert len(stage.said("These results are out of date")) == 1


async def test_words_after_the_end_are_comments(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.play(stage.fiona, FINANCES)
    await stage.fiona.say(stage.channel, "thanks", thread=await stage.opening(stage.fiona))
    await stage.fiona.sees("left this as a comment")


async def test_after_the_end_only_the_first_comment_is_answered(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    last = await stage.play(stage.fiona, FINANCES)
    opening = await stage.opening(stage.fiona)
    for comment in ("thanks", "Victor, what do you think?", "yes"):
        await stage.fiona.say(stage.channel, comment, thread=opening)
    await stage.fiona.sees("left this as a comment")
    await stage.slack.quiet()
    assert len(stage.said("left this as a comment")) == 1
    asked = await stage.reopen(stage.fiona, last, "€80,000")
    await stage.fiona.say(stage.channel, "skip", thread=opening)
    again = await stage.submit(stage.fiona, asked)
    await stage.fiona.say(stage.channel, "done", thread=opening)
    await stage.fiona.sees("left this as a comment", after=again)


async def test_a_goal_corrected_by_going_back_stays_one_goal(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    opening = await stage.opening(stage.fiona)
    await stage.fiona.sees("What should", thread=opening)
    await stage.fiona.say(stage.channel, BILL, thread=opening)
    await stage.fiona.press(await stage.fiona.sees("I read this as"), "Yes, that's right")
    await stage.fiona.press(await stage.fiona.sees("another goal", thread=opening), "Back")
    await stage.fiona.sees("Your goal: reduce monthly cloud bill by 10 %")
    await stage.fiona.say(stage.channel, BILL.replace("10", "12"), thread=opening)
    await stage.fiona.press(await stage.fiona.sees("This changes your goal"), "Yes, that's right")
    await stage.fiona.sees("Kept: reduce monthly cloud bill by 12 %")
    assert [stake.objective.amount for stake in stage.kickoffs()[0].stakes] == [12]


async def test_two_goals_for_one_metric_can_both_be_kept(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    opening = await stage.opening(stage.fiona)
    await stage.fiona.sees("What should", thread=opening)
    await stage.fiona.say(stage.channel, f"{BILL}. Reduce the cloud bill by 12%.", thread=opening)
    await stage.fiona.press(await stage.fiona.sees("I found 2 goals"), "Yes, that's right")
    await stage.fiona.press(await stage.fiona.sees("This changes your goal"), "Keep both")
    await stage.fiona.sees("Kept: reduce cloud bill by 12 %")
    assert [stake.objective.amount for stake in stage.kickoffs()[0].stakes] == [10, 12]


async def test_without_any_goal_the_results_say_so(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    script = (("What should this project achieve", "[I don't know]"), ("whole project cost", "[I don't know]"))
    await stage.play(stage.fiona, script)
    await stage.fiona.sees("Nobody named a goal yet")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_over_a_socket(database_url: str, clock: FakeClock) -> None:
    async with staged(database_url, clock, socket=True) as stage:
        await stage.socket_opens()
        await stage.start_with_all()
        await asyncio.gather(
            stage.play(stage.priya, OWNERS), stage.play(stage.victor, SPONSORS), stage.play(stage.fiona, FINANCES)
        )
        await stage.priya.sees("Churn radar: goals side by side", channel=stage.channel)


async def test_everything_delivered_three_times_changes_nothing(stage: Stage) -> None:
    stage.slack.duplicate = 3
    await stage.start_with_all()
    await stage.finish_all()
    await stage.priya.sees("a first score", channel=stage.channel)
    await stage.slack.quiet()
    assert len(stage.kickoffs()) == 1
    assert len(stage.said("Churn radar: goals side by side", stage.channel)) == 1
    assert len(stage.kickoffs()[0].stakes) == 3
    for question, _ in OWNERS[3:]:
        assert len(stage.said(question)) == 1, question


async def test_all_standings_reach_the_end(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.finish_all()
    await stage.priya.sees("a first score", channel=stage.channel)
    assert {one.standing for one in stage.kickoffs()[0].participants} == {Standing.FINISHED}
