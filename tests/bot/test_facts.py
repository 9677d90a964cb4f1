"""What a project knows, for the asker alone."""

from dataclasses import replace

import pytest

from bot.blocks import VIEW_BLOCKS, Block
from bot.brevity import MOST_WORDS, count_words
from bot.facts import draw_all_facts, draw_facts
from bot.message_shortcut import CALLBACK
from flows.answers import Answer, Status
from flows.decisions import UnknownChanged, UnknownStatus
from flows.interview import Interview
from flows.register_rows import read_register
from playground.reading import plain
from storage import decisions
from storage.notes import Note
from tests.bot.conftest import COMMAND, FINANCES, OWNERS, SPONSORS, Stage
from tests.conftest import MONDAY_EVENING


async def ask(stage: Stage, text: str = "facts") -> str:
    """What is answered, and all that is known where that is more."""
    reply = await stage.priya.command(stage.channel, COMMAND, text)
    assert reply.status == 200
    assert reply.message is not None
    assert count_words(*reply.message.blocks) <= MOST_WORDS
    said = stage.slack.workspace.plain(reply.message)
    if "[Show all]" not in said:
        return said
    await stage.priya.press(reply.message, "Show all")
    return said + plain((await stage.priya.view("What is known")).words(), stage.slack.workspace.name_of)


async def test_answers_notes_and_what_is_not_known(stage: Stage) -> None:
    await stage.start_with_all()
    assert "Nobody has answered a question yet." in await ask(stage)
    await stage.play(stage.priya, OWNERS)
    await stage.play(stage.fiona, FINANCES)
    said = await stage.victor.say(stage.channel, f"ask {stage.fiona.mention} for keys & codes")
    await stage.priya.use_shortcut(said, CALLBACK)
    assert await stage.priya.submit(await stage.priya.view("Add to kickoff"), {"What is it?": "A fact"}) is None
    shown = await ask(stage)
    assert "Churn radar: what is known" in shown
    assert "12,000 cases a month (@Priya Patel)" in shown
    assert "€80,000 (@Fiona Feld)" in shown
    assert "• @Victor Vance: ask @Fiona Feld for keys & codes" in shown
    answers, notes, unknown = shown.index("Answers"), shown.index("Notes"), shown.index("Not known yet")
    assert answers < notes < unknown
    assert "Owner: @Priya Patel" in shown[unknown:]


async def test_private_answers_carry_no_names(stage: Stage) -> None:
    await stage.start(Executive_sponsor=stage.victor, Interviews="In private messages")
    opening = await stage.opening(stage.victor, channel=stage.victor.dm)
    await stage.play(stage.victor, SPONSORS, opening)
    shown = await ask(stage)
    assert "6 months" in shown
    known = shown[shown.index("Answers", shown.index("[Show all]")) :]
    assert "Victor" not in shown[: shown.index("Not known yet")]
    assert "Victor" not in known[: known.index("Not known yet")]


async def test_confidential_answers_are_only_counted(stage: Stage) -> None:
    await stage.start(Executive_sponsor=stage.victor)
    opening = await stage.opening(stage.victor)
    last = opening
    for question, answer in SPONSORS[:3]:
        last = await stage.victor.sees(question, thread=opening, after=last)
        if answer.startswith("["):
            await stage.victor.press(last, answer.strip("[]"))
        else:
            await stage.victor.say(stage.channel, answer, thread=opening)
    await stage.victor.sees("In how many months", thread=opening)
    await stage.victor.say(stage.channel, "between us", thread=opening)
    await stage.victor.sees("I keep your answer between us", thread=opening)
    await stage.victor.say(stage.channel, "6", thread=opening)
    await stage.victor.sees("How many teams", thread=opening)
    shown = await ask(stage)
    assert "6 months" not in shown
    assert ":lock: 1 not shown" in shown


async def test_which_project(stage: Stage) -> None:
    assert "There is no kickoff here yet" in await ask(stage)
    await stage.start(name="Churn radar", Finance=stage.fiona)
    await stage.start(name="Price guard", Finance=stage.fiona)
    assert "`/ml-kickoff facts for Price guard`" in await ask(stage)
    assert "Price guard: what is known" in await ask(stage, "facts for price guard")
    assert "I know no project called “x” here" in await ask(stage, "facts for x")


async def test_what_does_not_fit_is_on_the_next_page(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await stage.start(Finance=stage.fiona)
    await stage.all_is_sent()
    for number in range(24):
        said = await stage.victor.say(stage.channel, f"number {number} " + "and so on " * 48)
        await stage.priya.use_shortcut(said, CALLBACK)
        assert await stage.priya.submit(await stage.priya.view("Add to kickoff"), {"What is it?": "A fact"}) is None
    monkeypatch.setattr("bot.facts._PAGE_CHARACTERS", 6000)
    shown = await ask(stage)
    assert "Also: " in shown
    assert " notes, " in shown
    assert "number 0 " in shown
    assert "number 23 " not in shown
    view = await stage.priya.view("What is known")
    await stage.priya.press(view, "Show more")
    more = await stage.priya.view("What is known")
    assert "number 23 " in more.words()
    assert "number 0 " not in more.words()


def _texts(blocks: list[Block]) -> str:
    return "\n".join(block["text"]["text"] for block in blocks if block["type"] == "section")


async def test_what_was_found_out_stands_apart_from_what_is_not_known(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    (kickoff,) = stage.kickoffs()
    found = UnknownChanged(
        by=stage.fiona.id, at=stage.clock(), key="K19", status=UnknownStatus.FOUND, evidence="the <small> one fits"
    )
    stage.started.app.database.run(lambda connection: decisions.add(connection, kickoff.id, [found]))
    shown = await ask(stage)
    told = shown[shown.rindex("Found out or accepted") :]
    found_out, _, unknown = told.partition("Not known yet")
    assert "How large must the model be? Found out. the <small> one fits" in found_out
    assert "How large must the model be?" not in unknown


async def test_many_answers_side_by_side_are_cut(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    kickoff = stage.kickoffs()[0]
    (only,) = kickoff.participants
    answered = Answer(question="budget", status=Status.GIVEN, value="x", given="about € 80,000")
    many = tuple(
        replace(only, interview_id=n, person=f"U{n:08d}", interview=_with(only.interview, answered), channel="D1")
        for n in range(1, 12)
    )
    rows = read_register(replace(kickoff, participants=many), (), MONDAY_EVENING.date())
    assert "and 3 more" in _texts(draw_all_facts(replace(kickoff, participants=many), (), rows)["blocks"])
    assert count_words(*draw_facts(replace(kickoff, participants=many), (), rows).blocks) <= MOST_WORDS
    note = Note("U00000001", "<!channel> " + "x" * 9000, "C1", "1.1", "U00000001", MONDAY_EVENING)
    last = draw_all_facts(replace(kickoff, participants=many), [note] * 300, rows, page=10_000)
    assert "Not known yet" in _texts(last["blocks"])
    assert len(draw_all_facts(replace(kickoff, participants=many), [note] * 300, rows)["blocks"]) <= VIEW_BLOCKS
    assert count_words(*draw_facts(replace(kickoff, participants=many), [note] * 300, rows).blocks) <= MOST_WORDS


def _with(interview: Interview, answer: Answer) -> Interview:
    return replace(interview, answers={answer.question: answer})
