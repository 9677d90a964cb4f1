"""A project's end through the door: what was predicted, what happened, and what other scores learn (K15, K37)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.blocks import Words
from bot.brevity import MOST_WORDS, count_words
from bot.calibration import Like, draw_like, draw_taught, say_taught, say_what_follows
from bot.closing import draw_closed, draw_form, draw_looking_back
from bot.decision_list import draw_decisions
from bot.first_score import draw_score
from bot.nudge_messages import LATER
from bot.reasons import About, draw_reasons
from flows.activity import Stage as Kind
from flows.agreement import follow
from flows.closing import Outcome
from flows.decisions import ProjectClosed, ProjectReopened
from flows.influence import GRAPH
from flows.kickoffs import Kickoff
from flows.scoring.calibration import Held, Switch, Taught
from flows.scoring.draws import Spread
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from flows.scoring.scales import UNCALIBRATED, Calibration
from playground.answers import Reply
from playground.person import Person
from playground.records import Message, View
from storage import decisions, kickoffs
from storage.calibration import calibration_of, taught_of
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_home import at_home
from tests.flows.ten_kickoffs import kickoff_of

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
PREDICTED = Spread(18.0, 33.0, 62.0)
FOUR = Calibration(1.3, 1.1, 4)


def ended(**fields: object) -> ProjectClosed:
    told = {
        "by": "UP",
        "at": NOON,
        "outcome": Outcome.REACHED,
        "weeks": 70.0,
        "predicted": PREDICTED,
        "uncalibrated": PREDICTED,
        "calibration": UNCALIBRATED,
    }
    return ProjectClosed.model_validate({**told, **fields})


def texts(said: Words | Sequence[dict[str, Any]]) -> str:
    blocks = said.blocks if isinstance(said, Words) else said
    parts = [str(block.get("text", {}).get("text", "")) for block in blocks]
    parts += [one["text"] for block in blocks if block["type"] == "context" for one in block["elements"]]
    return "\n".join(parts)


def labels(blocks: Sequence[dict[str, Any]]) -> list[str]:
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    return [one["text"]["text"] for row in rows for one in row]


def test_the_channel_reads_what_was_predicted_and_what_happened() -> None:
    project = kickoff_of("ticket_routing")
    follows = say_what_follows(ended(), Taught(FOUR))
    said = draw_closed(project, ended(accuracy=93.0, note="labels took <longest> " * 30), follows)
    told = texts(said)
    assert "*Ticket routing* is closed by <@UP>. It is in use and reached its goal." in told
    assert "18 to 62 person-weeks were predicted, it took 70: more than in nine of ten cases that we expected." in told
    assert "93 of 100 were right." in told
    assert "*Next time:* labels took &lt;longest&gt;" in told
    assert "Other scores now count 1.3 times the work, and ranges 1.1 times as wide." in told
    assert count_words(*said.blocks) <= MOST_WORDS
    never = texts(draw_closed(project, ended(outcome=Outcome.NEVER, weeks=1.1), "x"))
    assert "It never began." in never
    assert "predicted" not in never
    assert "Learned" not in never


@pytest.mark.parametrize("words", ["x" * 3000, "word " * 60, "*_~`<!channel>"])
def test_whatever_it_is_called_the_message_fits(words: str) -> None:
    project = replace(kickoff_of("ticket_routing"), name=words)
    for line in (ended(), ended(note=words[:300], accuracy=99.5)):
        for taught in (Taught(), Taught(FOUR), Taught(FOUR, 1.6, Switch(is_on=False, by="UP", at=NOON))):
            said = draw_closed(project, line, say_what_follows(line, taught))
            assert count_words(*said.blocks) <= MOST_WORDS
            assert "<!channel>" not in str(said.blocks)


def test_what_follows_is_said_in_each_case() -> None:
    assert "teaches later scores nothing" in say_what_follows(ended(outcome=Outcome.STOPPED, weeks=20.0), Taught(FOUR))
    assert "from 3 closed projects on. So far: 2." in say_what_follows(ended(), Taught(Calibration(1.1, 1, 2)))
    off = Taught(FOUR, 1.6, Switch(is_on=False, by="UP", at=NOON))
    assert "other scores stay as they are" in say_what_follows(ended(), off)


def test_the_window_says_what_is_counted_in_and_how_to_leave_it_out() -> None:
    assert list(draw_taught(Taught(), "score|1")) == []
    few = list(draw_taught(Taught(Calibration(1.1, 1, 2)), "score|1"))
    assert "2 so far. From 3 on, scores learn" in texts(few)
    assert labels(few) == []
    on = list(draw_taught(Taught(FOUR, 1.6, held=Held(3, 4)), "score|1"))
    assert texts(on) == (
        "*Closed projects:* Your 4 closed projects took 1.6 times what was predicted, so this is counted in: "
        "as they are few, 1.3 times the work, and ranges 1.1 times as wide. "
        "Eight of ten should stay under their P80: 3 of 4 did.\n"
    )
    assert labels(on) == ["Leave that out"]
    off = list(draw_taught(Taught(FOUR, 1.6, Switch(is_on=False, by="UP", at=NOON)), "score|1"))
    assert "<@UP> left it out on Thursday 26 November. Scores are made without it" in texts(off)
    assert labels(off) == ["Count it in"]
    again = say_taught(Taught(FOUR, 1.02, Switch(is_on=True, by="UP", at=NOON)))
    assert "took what was predicted" in again
    assert "<@UP> counted it in" in again


def test_the_window_scores_with_what_is_counted_in() -> None:
    project = kickoff_of("ticket_routing")
    plain, counted = (texts(draw_reasons(About(project, one))["blocks"]) for one in (Taught(), Taught(FOUR)))
    assert draw_score(project).blocks != draw_score(project, calibration=FOUR).blocks
    cost = score_project(hear(project), FOUR).cost
    assert f"*Cost: {cost.p50:.0f} of 100* ({cost.p10:.0f} to {cost.p90:.0f})" in counted
    assert f"*Cost: {cost.p50:.0f} of 100* ({cost.p10:.0f} to {cost.p90:.0f})" not in plain


def test_the_likest_closed_projects_are_named() -> None:
    numbered = {
        name: replace(kickoff_of(name), id=place) for place, name in enumerate(("card_fraud", "ticket_routing"))
    }
    closed = [
        Like(
            numbered["card_fraud"], ended(note="Ask for labels first.", weeks=3.0), {Kind.LABEL: 40.0, Kind.TRAIN: 20.0}
        ),
        Like(numbered["ticket_routing"], ended(outcome=Outcome.STOPPED, weeks=5.0), {Kind.MEET: 2.0}),
    ]
    project = kickoff_of("ticket_routing")
    told = texts(list(draw_like(project, closed)))
    assert told.startswith("*Most like it:* Ticket routing was stopped after 5 person-weeks; 33 were predicted.")
    assert "took 3 person-weeks; 33 were predicted. Next time: “Ask for labels first.”" in told
    # The one that was stopped does not count for what the whole takes.
    assert "1 finished project with hours in the log. Half took up to 60 hours, eight of ten up to" in told
    assert "By kind of work: labelling 40 and" in told
    unlogged = [replace(one, hours={}) for one in closed]
    assert "No finished project like this one has most of its hours in its log" in texts(
        list(draw_like(project, unlogged))
    )
    # Four hours of seventy weeks tell nothing, and stopped ones leave no less room for those that were finished.
    stopped = [replace(closed[1], kickoff=replace(closed[1].kickoff, id=10 + place)) for place in range(12)]
    barely = replace(closed[0], end=ended(weeks=70.0), kickoff=replace(closed[0].kickoff, id=40))
    assert "1 finished project with hours in the log. Half took up to 60 hours" in texts(
        list(draw_like(project, [*stopped, barely, *closed]))
    )
    assert list(draw_like(kickoff_of("ticket_routing"), [])) == []


def test_the_form_is_filled_with_the_weeks_that_are_logged() -> None:
    project = kickoff_of("ticket_routing")
    assert "'initial_value': '2.5'" in str(draw_form(project, 2.5))
    assert "'initial_value': '3'" in str(draw_form(project, 3.0))
    assert "initial_value" not in str(draw_form(project, None))
    assert "initial_value" not in str(draw_form(project, 0.03))


def test_the_list_of_decisions_says_how_it_ended() -> None:
    lines = (ended(note="Labels <took> longest."), ProjectReopened(by="UV", at=NOON))
    told = texts(draw_decisions(kickoff_of("ticket_routing"), GRAPH, lines)["blocks"])
    closed = "<@UP> closed the project. It is in use and reached its goal. It took 70 person-weeks."
    assert f"{closed} “Labels &lt;took&gt; longest.”" in told
    assert "<@UV> reopened the project." in told


async def scored(stage: Stage) -> Message:
    await stage.start_with_all()
    await stage.finish_all()
    return await stage.priya.sees(": a first score", channel=stage.channel)


REACHED = "It is in use and reached its goal"


async def close(
    stage: Stage,
    person: Person,
    *,
    name: str = "",
    weeks: str = "70",
    ended: str = "It is in use and reached its goal",
    **more: str,
) -> None:
    await person.command(stage.channel, COMMAND, f"close {name}".strip())
    form = await person.view("Close the project")
    filled = {"How it ended": ended, "Person-weeks it really took": weeks, **more}
    assert await person.submit(form, filled) is None


def create(stage: Stage, name: str, times: float | None, project: str = "ticket_routing") -> int:
    """A kickoff of the channel with all its answers; closed after so many times the person-weeks predicted."""
    app, workspace = stage.started.app, stage.slack.workspace.team_id

    def make(connection: Connection) -> int:
        one = kickoff_of(project)
        made = replace(one, workspace=workspace, channel=stage.channel.id, name=name, starter=stage.victor.id)
        kept = kickoffs.create(connection, made, app.clock())
        for before, after in zip(kept.participants, one.participants, strict=True):
            asked = replace(before, interview=replace(before.interview, answers={}, objectives=()))
            kickoffs.save_participant(connection, asked, replace(before, interview=after.interview), app.clock())
        if times is not None:
            predicted = score_project(hear(one)).person_weeks
            line = ended(at=app.clock(), weeks=predicted.p50 * times, predicted=predicted, uncalibrated=predicted)
            decisions.add(connection, kept.id, [line])
            kickoffs.close(connection, kept.id, line.at)
        return kept.id

    return app.database.run(make)


def newest(stage: Stage, name: str = "Churn radar") -> Kickoff:
    return next(one for one in stage.kickoffs() if one.name == name)


def learned(stage: Stage) -> Calibration:
    workspace = stage.slack.workspace.team_id
    return stage.started.app.database.run(lambda connection: calibration_of(connection, workspace))


def reply_text(reply: Reply) -> str:
    assert reply.message is not None
    return texts(reply.message.blocks)


def view_text(view: View) -> str:
    return texts(view.blocks)


async def test_from_the_form_to_the_channel_and_back(stage: Stage) -> None:
    await scored(stage)
    await stage.priya.command(stage.channel, COMMAND, "log 7h labelled 300 tickets")
    await stage.priya.command(stage.channel, COMMAND, "log 10.5h trained")
    await stage.priya.command(stage.channel, COMMAND, "close")
    form = await stage.priya.view("Close the project")
    assert "'initial_value': '0.5'" in str(form.blocks)
    wrong = await stage.priya.submit(
        form, {"Person-weeks it really took": "many", "Right of 100 in the end": "0.93", "Money it took": "lots"}
    )
    assert wrong is not None
    assert "such as 70" in str(wrong)
    assert "such as 93" in str(wrong)
    assert "€80,000" in str(wrong)
    filled = {
        "How it ended": "It is in use and reached a part of it",
        "Person-weeks it really took": "5000",
        "Right of 100 in the end": "93",
        "Money it took": "€90,000",
        "What went well?": "The <first> slice.",
        "What went badly?": "Labels.",
        "What would you do differently next time?": "Ask for labels first.",
    }
    assert await stage.priya.submit(form, filled) is None
    said = await stage.victor.sees("is closed by", channel=stage.channel)
    assert all(part in said.words() for part in ("it took 5,000: more than in nine of ten", "right, for €90,000."))
    assert "*Next time:* Ask for labels first." in texts(said.blocks)
    await stage.victor.sees("*Went badly:* Labels.", channel=stage.channel, thread=said)
    await stage.card("it is closed: it is in use and reached a part of it.")
    await stage.priya.open_home()
    home = await at_home(stage, stage.priya, "it is closed: it is in use and reached a part of it.")
    assert "The goal card waits" not in home.words()
    await stage.priya.press(home, "The backlog")
    assert "it is closed" in (await at_home(stage, stage.priya, "Back to what waits for me")).words()
    key = newest(stage).id
    ledger = stage.started.app.database.run(lambda connection: decisions.of_kickoff(connection, key))
    line = follow(ledger).closed
    assert line is not None
    assert (line.weeks, line.accuracy, line.money, line.currency) == (5000, 93, 90_000, "EUR")
    assert line.predicted == line.uncalibrated == score_project(hear(newest(stage))).person_weeks

    status = await stage.priya.command(stage.channel, COMMAND, "status")
    assert "it is closed" in reply_text(status)
    refused = await stage.priya.command(stage.channel, COMMAND, "nudge weekly mon 09:30")
    assert "This project is closed" in refused.text
    stage.clock.skip(hours=24 * 14)
    await stage.tick()
    await stage.all_due_is_done()
    assert stage.said("what moved in") == []
    assert newest(stage).nudge.next_due_at is None

    await stage.fiona.press(said, "Reopen it")
    await stage.fiona.sees("can close *Churn radar* or reopen it.", channel=stage.channel)
    assert newest(stage).closed_at is not None
    await stage.victor.sees("is closed by", channel=stage.channel)
    await stage.priya.press(said, "Reopen it")
    await stage.victor.sees("goes on: ", channel=stage.channel)
    assert newest(stage).closed_at is None
    assert newest(stage).nudge.next_due_at is not None
    await stage.card("Next nudge:")
    stage.clock.skip(hours=24 * 13 + 20)
    await stage.tick()
    await stage.priya.sees(lambda message: LATER in str(message.blocks))


def test_what_it_cost_is_told_beside_what_it_reached() -> None:
    bare = texts(draw_closed(kickoff_of("ticket_routing"), ended(money=90_000.0, currency="EUR"), ""))
    assert "It cost €90,000." in bare
    assert "cost" not in texts(draw_closed(kickoff_of("ticket_routing"), ended(), ""))


def test_what_went_well_and_badly_is_said_in_the_thread() -> None:
    line = ended().model_copy(update={"went_well": "The <first> slice. " + "and so on " * 60, "went_badly": " "})
    told = draw_looking_back(line)
    assert told is not None
    assert told.text.startswith("*Went well:* The &lt;first&gt; slice.")
    assert "Went badly" not in told.text
    assert count_words(told.text) <= MOST_WORDS
    assert draw_looking_back(ended()) is None


async def test_a_closed_project_is_not_ranked_and_comes_back(stage: Stage) -> None:
    await scored(stage)
    create(stage, "Ticket routing", None)

    async def ranked() -> Message:
        await stage.victor.command(stage.channel, COMMAND, "rank")
        return await stage.victor.sees("The backlog:")

    assert "2 projects in order" in (await ranked()).text
    await close(stage, stage.priya, name="Churn radar")
    await stage.priya.sees("is closed by", channel=stage.channel)
    await stage.victor.command(stage.channel, COMMAND, "rank")
    await stage.victor.sees("The backlog: 1 project in order")
    status = await stage.victor.command(stage.channel, COMMAND, "status")
    assert "Churn radar* · closed" in reply_text(status)
    reply = await stage.priya.command(stage.channel, COMMAND, "close Churn radar")
    assert "*Churn radar* is closed: it is in use and reached its goal." in reply.text
    assert "goes on" in (await stage.priya.command(stage.channel, COMMAND, "reopen")).text
    await stage.victor.command(stage.channel, COMMAND, "rank")
    await stage.victor.sees("The backlog: 2 projects in order")


async def test_who_may_not_close_and_what_cannot_be_closed(stage: Stage) -> None:
    assert "no kickoff here yet" in (await stage.fiona.command(stage.channel, COMMAND, "close")).text
    await stage.start_with_all()
    assert "Only <@" in (await stage.fiona.command(stage.channel, COMMAND, "close")).text
    assert "I know no project" in (await stage.priya.command(stage.channel, COMMAND, "close the deal")).text
    assert "is not closed" in (await stage.priya.command(stage.channel, COMMAND, "reopen")).text
    assert "Only <@" in (await stage.fiona.command(stage.channel, COMMAND, "reopen")).text
    await stage.priya.command(stage.channel, COMMAND, "close")
    form, key = await stage.priya.view("Close the project"), newest(stage).id
    set_closed = stage.started.app.database.run
    set_closed(lambda connection: kickoffs.close(connection, key, stage.clock()))
    assert "Somebody closed this project meanwhile" in str(await stage.priya.submit(form, {}))
    set_closed(lambda connection: kickoffs.close(connection, key, None))
    assert await stage.priya.submit(form, {"How it ended": "It never began"}) is None
    await stage.victor.sees("It never began.", channel=stage.channel)
    assert learned(stage) == UNCALIBRATED


async def test_nobody_is_reminded_of_a_closed_project_until_it_goes_on(stage: Stage) -> None:
    await stage.start_with_all()
    await stage.opening(stage.victor)
    await close(stage, stage.priya, weeks="2", ended="It was stopped")
    await stage.victor.sees("is closed by", channel=stage.channel)
    stage.clock.skip(hours=48)
    await stage.tick()
    await stage.all_due_is_done()
    assert stage.said("This one matters most") == []
    await stage.priya.command(stage.channel, COMMAND, "reopen")
    stage.clock.skip(hours=24)
    await stage.tick()
    await stage.victor.sees("This one matters most", channel=stage.channel)


async def test_from_the_third_closed_project_on_scores_learn_until_somebody_leaves_it_out(stage: Stage) -> None:
    told = await scored(stage)
    before = texts(told.blocks)
    for number in range(2):
        create(stage, f"Older {number}", 3.0)
    assert learned(stage) == UNCALIBRATED
    third = create(stage, "Third", None)
    stage.started.app.database.run(lambda connection: kickoffs.conclude(connection, third, stage.clock()))
    await close(stage, stage.victor, name="Third", weeks="60")
    await stage.victor.sees("Other scores now count", channel=stage.channel)
    counted = learned(stage)
    assert counted.projects == 3
    assert counted.effort > 1.2

    changed = await stage.priya.sees("*Brought up to date:* 3 closed projects are counted in.", channel=stage.channel)
    assert changed.ts == told.ts
    expected = score_project(hear(newest(stage)), counted).cost
    assert f"*Cost: {expected.p50:.0f} of 100*" in texts(changed.blocks)
    await stage.fiona.press(told, "Why these numbers?")
    why = await stage.fiona.view("Why these numbers")
    assert "Your 3 closed projects took" in view_text(why)
    assert "*Most like it:*" in view_text(why)
    assert "were predicted." in view_text(why)

    maya = stage.slack.workspace.add_person("Maya Member", tz="Europe/Berlin")
    stage.slack.workspace.join(stage.channel, maya)
    await maya.press(told, "Why these numbers?")
    await maya.press(await maya.view("Why these numbers"), "Leave that out")
    await maya.sees("Only those who decide can say whether closed projects count")
    assert learned(stage) == counted

    await stage.fiona.press(why, "Leave that out")
    why = await stage.fiona.view("Why these numbers")
    assert f"{stage.fiona.mention} left it out on" in view_text(why)
    assert learned(stage) == UNCALIBRATED
    back = await stage.priya.sees(
        lambda one: one.ts == told.ts and "closed projects are left out" in texts(one.blocks), channel=stage.channel
    )
    assert texts(back.blocks).endswith(before)
    assert count_words(*back.blocks) <= MOST_WORDS

    await stage.victor.command(stage.channel, COMMAND, "rank")
    await stage.victor.press(await stage.victor.sees("The backlog:"), "Why this order?")
    order = await stage.victor.view("Why this order", showing="left it out on")
    await stage.victor.press(order, "Count it in")
    await stage.victor.view("Why this order", showing=f"{stage.victor.mention} counted it in")
    assert learned(stage) == counted
    stage.started.app.database.run(lambda connection: kickoffs.close(connection, third, None))
    assert learned(stage) == UNCALIBRATED


async def test_closed_projects_of_another_channel_count_and_are_not_named(stage: Stage) -> None:
    told = await scored(stage)
    elsewhere = stage.slack.workspace.add_channel("elsewhere", [stage.priya], app_is_member=True)
    for number in range(3):
        made = create(stage, f"Secret {number}", 2.0)
        stage.started.app.database.run(lambda connection, made=made: kickoffs.move(connection, made, elsewhere.id))  # type: ignore[misc]
    await stage.fiona.press(told, "Why these numbers?")
    why = view_text(await stage.fiona.view("Why these numbers"))
    assert "Your 3 closed projects took 2 times what was predicted" in why
    assert "Secret" not in why
    await stage.victor.press(told, "Why these numbers?")
    assert "Secret" in view_text(await stage.victor.view("Why these numbers"))


async def test_whoever_is_not_in_the_channel_is_told_no_closed_project_of_it(stage: Stage) -> None:
    await scored(stage)
    create(stage, "Secret", 2.0)
    workspace = stage.slack.workspace
    for is_inside in (True, False):
        if not is_inside:
            workspace.leave(stage.channel, stage.fiona)
        workspace.views.clear(stage.fiona.id)
        await stage.fiona.open_home()
        home = await at_home(stage, stage.fiona, "Churn radar")
        if "Why these numbers?" not in home.words():
            await stage.fiona.press(home, "The backlog")
            await stage.fiona.press(await at_home(stage, stage.fiona, "[Open]"), "Open")
            home = await at_home(stage, stage.fiona, "Why these numbers?")
        await stage.fiona.press(home, "Why these numbers?")
        assert ("Secret" in view_text(await stage.fiona.view("Why these numbers"))) is is_inside


async def test_another_workspace_teaches_nothing(stage: Stage) -> None:
    await stage.start_with_all()
    for number in range(3):
        create(stage, f"Older {number}", 3.0)
    assert learned(stage).projects == 3
    taught = stage.started.app.database.run(lambda connection: taught_of(connection, "TOTHER"))
    assert taught == Taught()
