"""The pilot from the form to what the whole takes; each message short, each number of people's own."""

from datetime import UTC, datetime

import pytest

from bot.blocks import Words
from bot.brevity import MOST_WORDS, count_words
from bot.pilot_messages import PilotState, draw_details, draw_pilot, draw_whole
from flows.activity import Stage as Kind
from flows.decisions import PilotPlanned, PilotSolved
from flows.pilot import choose_classes, propose
from flows.pilot_estimate import estimate_whole, hours_until
from flows.scoring.heard import hear
from playground.person import Person
from playground.records import Message, View
from tests.bot.balance_stage import ledger
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_people_form import newcomer
from tests.bot.test_results import texts, view_texts
from tests.conftest import MONDAY_EVENING
from tests.flows.ten_kickoffs import kickoff_of, names

CLASSES = "How many classes does the model tell apart?"
SHARE = "Of 100 cases, how many are in the commonest ten?"
SLICES = "Natural slices of your data, the first one for the pilot"
ODD = "<https://example.com|x> & <!channel> " + "and so on " * 30


def state(name: str, *, solved: bool = False, best: float | None = 24.0, **fields: object) -> PilotState:
    classes = fields.get("classes", 1_000)
    told = {"classes": classes, "taken": choose_classes(classes), **fields}  # type: ignore[arg-type]
    plan = PilotPlanned.model_validate({"by": "U1", "at": MONDAY_EVENING, **told})
    kickoff = kickoff_of(name)
    hours = {Kind.LABEL: 20.5, Kind.TRAIN: 12.0, Kind.FEATURES: 8.0, Kind.MEET: 2.0, None: 1.0}
    points = [(4.0, 40.0), (9.0, 33.0), (20.0, 28.0), (31.0, 24.0)]
    pilot = propose(plan, hear(kickoff))
    until = hours_until(points, pilot.allowed)
    return PilotState(kickoff, pilot, solved, best, hours, estimate_whole(plan, hours), until)


def every_state(name: str) -> list[PilotState]:
    return [
        state(name),
        state(name, solved=True, best=None),
        state(name, classes=None, slice=ODD, slices=12),
        state(name, classes=3),
    ]


@pytest.mark.parametrize("name", names())
def test_every_message_is_short_and_escaped(name: str) -> None:
    for one in every_state(name):
        for said in (draw_pilot(one), draw_whole(one)):
            assert count_words(*said.blocks) <= MOST_WORDS, texts(said)
            assert not any("<https" in text or "<!channel>" in text for text in texts(said))
        assert not any("<https" in text for text in view_texts(draw_details(one)))


def joined(said: Words) -> str:
    return "\n".join(texts(said))


def test_what_is_said_of_the_chapters_thousand_topics() -> None:
    told = joined(draw_pilot(state("ticket_routing")))
    assert "the 10 commonest of 1,000 classes; all else is “Other”." in told
    assert "about 1,100 examples (550 to 3,300)" in told
    assert "of 100 unseen cases are right. So far 76." in told
    details = "\n".join(view_texts(draw_details(state("ticket_routing"))))
    assert "A person keeps 10 definitions in mind, and no 1,000." in details
    assert "Do not label at random" in details
    assert "• Labelling took 20.5 hours and grows faster than the size:" in details
    assert "• Building features took 8 hours and is done once: 8 (" in details
    assert "*When it is solved:* as the error fell so far, after" in details


def test_the_whole_is_never_plainly_so_many_times() -> None:
    told = joined(draw_whole(state("ticket_routing", solved=True)))
    assert "*The pilot took* 43.5 hours: labelling 20.5, training 12." in told
    assert "It is not simply 91 times the pilot" in told
    assert "of 100 were to be right; the log says 76." in told
    assert "nothing was measured" in joined(draw_whole(state("ticket_routing", solved=True, best=None)))
    unknown = joined(draw_whole(state("ticket_routing", classes=3)))
    assert "how many classes or slices there are" in unknown


async def planned(stage: Stage, person: Person, **fields: str) -> dict[str, str] | None:
    await person.command(stage.channel, COMMAND, "pilot")
    form = await person.view("Plan the pilot")
    labels = {"classes": CLASSES, "share": SHARE, "slices": SLICES}
    return await person.submit(form, {labels[name]: value for name, value in fields.items()})


async def pilot(stage: Stage) -> Message:
    await stage.start_with_all()
    assert await planned(stage, stage.priya, classes="1,000", share="40 %") is None
    return await stage.victor.sees("the 10 commonest of 1,000 classes", channel=stage.channel)


async def test_from_the_form_to_the_whole(stage: Stage) -> None:
    message = await pilot(stage)
    assert message.thread_ts is not None
    for line in ("6h labelled 600 tickets", "3h training, error 0.4", "2h training, error 8 %"):
        await stage.priya.command(stage.channel, COMMAND, f"log {line}")
    shown = await stage.fiona.command(stage.channel, COMMAND, "pilot")
    assert "So far 92." in shown.words()
    await stage.priya.press(message, "It is solved")
    whole = await stage.victor.sees(": the whole", channel=stage.channel)
    assert "*The pilot took* 11 hours: labelling 6, training 5." in whole.words()
    await stage.victor.sees(":white_check_mark: It is.", channel=stage.channel)
    assert "of 100 were to be right" not in whole.words()
    # What is logged after it is solved is no part of the pilot.
    stage.clock.skip(days=3)
    await stage.priya.command(stage.channel, COMMAND, "log 9h labelled 900 tickets")
    await stage.priya.press(stage.slack.workspace.current(message), "It goes on")
    await stage.victor.sees("So far 92.", channel=stage.channel)
    await stage.priya.press(stage.slack.workspace.current(message), "It is solved")
    await stage.victor.sees("*The pilot took* 20 hours: labelling 15, training 5.", channel=stage.channel)
    await stage.victor.sees("This estimate is out of date.", channel=stage.channel)
    assert [line.solved for line in ledger(stage) if isinstance(line, PilotSolved)] == [True, False, True]


async def test_what_is_logged_in_the_evening_of_the_day_counts(stage: Stage) -> None:
    stage.clock.set(datetime(2026, 11, 24, 1, 30, tzinfo=UTC))  # half past eight in New York, a day earlier
    await stage.start(stage.victor, Product_owner=stage.victor)
    await stage.card("(America/New_York)")
    assert await planned(stage, stage.victor, classes="1000") is None
    await stage.victor.command(stage.channel, COMMAND, "log 2h training, error 8 %")
    await stage.victor.sees("So far 92.", channel=stage.channel)


async def test_the_plan_is_changed_and_explained(stage: Stage) -> None:
    message = await pilot(stage)
    await stage.victor.press(message, "Why, and what to watch")
    assert "Of 100 cases about 60 are “Other”" in (await stage.victor.view("Pilot")).words()
    await stage.priya.press(message, "Change it")
    form = await stage.priya.view("Plan the pilot")
    assert filled(form) == {CLASSES: "1000", SHARE: "40"}
    assert await stage.priya.submit(form, {CLASSES: "", SHARE: "", SLICES: "Berlin, Paris, Rome"}) is None
    changed = await stage.victor.sees("only “Berlin”, one of 3 slices.", channel=stage.channel)
    assert changed.ts == message.ts


async def test_a_plan_that_is_put_right_keeps_the_hours_and_that_it_is_solved(stage: Stage) -> None:
    message = await pilot(stage)
    await stage.priya.command(stage.channel, COMMAND, "log 6h labelled 600 tickets")
    await stage.priya.command(stage.channel, COMMAND, "log 2h training, error 8 %")
    stage.clock.skip(days=3)
    await replanned(stage, message, {CLASSES: "1200"})
    await stage.victor.sees("the 10 commonest of 1,200 classes", channel=stage.channel)
    await stage.priya.press(stage.slack.workspace.current(message), "It is solved")
    whole = await stage.victor.sees("*The pilot took* 8 hours: labelling 6, training 2.", channel=stage.channel)
    await replanned(stage, message, {CLASSES: "1500"})
    await stage.victor.sees("the 10 commonest of 1,500 classes", channel=stage.channel)
    await stage.all_due_is_done()
    assert ":white_check_mark: It is." in stage.slack.workspace.current(message).words()
    after = stage.slack.workspace.current(whole).words()
    assert "*The pilot took* 8 hours: labelling 6, training 2." in after
    assert after != whole.words()
    # Another slice is another pilot.
    stage.clock.skip(days=3)
    await replanned(stage, message, {CLASSES: "", SHARE: "", SLICES: "Berlin, Paris"})
    await stage.victor.sees("only “Berlin”, one of 2 slices.", channel=stage.channel)
    assert ":white_check_mark: It is." not in stage.slack.workspace.current(message).words()


async def replanned(stage: Stage, message: Message, fields: dict[str, str]) -> None:
    await stage.priya.press(stage.slack.workspace.current(message), "Change it")
    assert await stage.priya.submit(await stage.priya.view("Plan the pilot"), fields) is None


async def test_how_many_there_are_may_be_said_once_it_is_solved(stage: Stage) -> None:
    await stage.start_with_all()
    assert await planned(stage, stage.priya) is None
    message = await stage.victor.sees("one small part", channel=stage.channel)
    await stage.priya.command(stage.channel, COMMAND, "log 6h labelled 600 tickets")
    await stage.priya.press(message, "It is solved")
    whole = await stage.victor.sees("Say with *Change it* how many classes", channel=stage.channel)
    await replanned(stage, message, {CLASSES: "300"})
    await stage.victor.sees("*The whole may take*", channel=stage.channel)
    assert "*The whole may take*" in stage.slack.workspace.current(whole).words()


async def test_it_is_solved_once_however_often_that_is_pressed(stage: Stage) -> None:
    message = await pilot(stage)
    await stage.priya.press(message, "It is solved")
    await stage.victor.press(message, "It is solved")
    await stage.victor.sees(": the whole", channel=stage.channel)
    await stage.all_due_is_done()
    assert len(stage.said(": the whole")) == 1
    assert [line.solved for line in ledger(stage) if isinstance(line, PilotSolved)] == [True]


def filled(form: View) -> dict[str, str]:
    inputs = [block for block in form.blocks if block["type"] == "input"]
    found = {block["label"]["text"]: block["element"].get("initial_value", "") for block in inputs}
    return {label: value for label, value in found.items() if value}


async def test_what_is_no_number_is_sent_back_and_only_those_who_take_part_plan(stage: Stage) -> None:
    await stage.start_with_all()
    wrong = await planned(stage, stage.priya, classes="many", share="400")
    assert wrong is not None
    assert set(" ".join(wrong.values()).split()) >= {"1000,", "40,"}
    stranger = newcomer(stage)
    reply = await stranger.command(stage.channel, COMMAND, "pilot")
    assert "Only those who take part in this kickoff can plan its pilot." in reply.words()
    assert not [line for line in ledger(stage) if isinstance(line, PilotPlanned)]
    assert (
        "I know no project called" in (await stage.priya.command(stage.channel, COMMAND, "pilot for Nothing")).words()
    )


async def test_strangers_and_closed_projects_change_nothing(stage: Stage) -> None:
    assert "There is no kickoff here yet" in (await stage.priya.command(stage.channel, COMMAND, "pilot")).words()
    message = await pilot(stage)
    stranger = newcomer(stage)
    for button in ("It is solved", "Change it"):
        await stranger.press(message, button)
        await stranger.sees("Only those who take part in this kickoff can plan its pilot.")
    await stage.close_project()
    await stage.priya.press(message, "It is solved")
    await stage.priya.sees("This project is closed.")
