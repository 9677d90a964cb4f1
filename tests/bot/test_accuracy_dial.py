"""The accuracy dial: under the score, for everybody, and each turn is the score at that accuracy (K12 to K14)."""

import asyncio
from dataclasses import replace

import pytest

from bot.accuracy_dial import _first_stop, draw_dial, press_dial
from bot.blocks import Words
from bot.brevity import MOST_WORDS, count_words
from bot.deliveries import Press
from bot.pictures.accuracy_curve import CurveMark, CurvePicture, CurvePoint, alt_text
from bot.pictures.accuracy_curve_drawing import draw
from flows.kickoffs import Kickoff
from flows.scoring.accuracy_dial import STOPS, find_stops, turn_dial
from flows.scoring.draws import say_roughly
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from playground.faults import ApiError
from playground.records import Message
from tests.bot.conftest import Stage
from tests.bot.test_pictures import opened
from tests.flows.ten_kickoffs import kickoff_of, names


def said(words: Words) -> str:
    return "\n".join(str(block.get("text", {}).get("text", "")) for block in words.blocks)


def confidential(kickoff: Kickoff, question: str) -> Kickoff:
    people = [
        replace(one, interview=replace(one.interview, confidential=one.interview.confidential | {question}))
        for one in kickoff.participants
    ]
    return replace(kickoff, participants=tuple(people))


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("stop", STOPS)
def test_every_number_is_the_score_at_that_accuracy(name: str, stop: float) -> None:
    kickoff = kickoff_of(name)
    dial = draw_dial(kickoff, stop)
    told = said(dial.said)
    assert count_words(*dial.said.blocks) <= MOST_WORDS
    turn = turn_dial(hear(kickoff), stop)
    weeks = turn.person_weeks
    if weeks.p50 <= 5_000:
        assert f"*Work:* {say_roughly(weeks.p50)} person-weeks ({say_roughly(weeks.p10)} to" in told
    else:
        assert "*Work:* over 5,000 person-weeks" in told
    assert f"*Examples with answers:* {say_roughly(turn.examples.p50)} (" in told
    assert ("*Mistakes cost a month:*" in told) == (turn.loss_a_month is not None)
    if stop == STOPS[-1]:
        assert opened(draw(dial.picture.data)).width == 1080


def test_the_gravest_is_said() -> None:
    assert "A skilled person gets 96 right." in said(draw_dial(kickoff_of("tumour_images"), 99).said)
    assert "Under 95 it is of no use." in said(draw_dial(kickoff_of("product_photos"), 90).said)
    # One answer in 95 of 100 cases: to be right as often takes no model.
    assert "Under 99.9 it is of no use." in said(draw_dial(kickoff_of("card_fraud"), 99.5).said)
    assert "Always the same: 99.8." in draw_dial(kickoff_of("card_fraud"), 99.5).picture.alt
    without_floor = replace(
        kickoff_of("churn_alert"),
        participants=tuple(
            replace(one, interview=replace(one.interview, answers={
                key: answer for key, answer in one.interview.answers.items() if key != "accuracy_needed"
            }))
            for one in kickoff_of("churn_alert").participants
        ),
    )  # fmt: skip
    told = said(draw_dial(without_floor, 90).said)
    assert "always giving the commonest answer, which is right 93 times. Count misses" in told


def test_what_is_hoped_for_is_a_stop_where_it_may_be_told_and_there_the_dial_says_what_the_score_does() -> None:
    kickoff = kickoff_of("card_fraud")
    assert find_stops(hear(kickoff)) == (90, 95, 99, 99.5, 99.95)
    assert _first_stop(hear(kickoff)) == 99.95
    weeks = score_project(hear(kickoff)).person_weeks
    assert f"*Work:* {say_roughly(weeks.p50)} person-weeks" in said(draw_dial(kickoff, 99.95).said)
    assert find_stops(hear(confidential(kickoff, "accuracy_target"))) == STOPS
    assert "Not by more data alone" in said(draw_dial(kickoff_of("ticket_routing"), 99.5).said)
    assert ":warning:" not in said(draw_dial(kickoff_of("invoice_fields"), 95).said)


@pytest.mark.parametrize(
    ("question", "line"),
    [("label_price", "€"), ("examples_needed", "Examples with answers"), ("miss_cost", "Mistakes cost")],
)
def test_what_is_made_of_an_answer_that_is_kept_is_not_said(question: str, line: str) -> None:
    kickoff = kickoff_of("tumour_images")
    assert line in said(draw_dial(kickoff, 99).said)
    kept = said(draw_dial(confidential(kickoff, question), 99).said)
    assert line not in (kept.splitlines()[1] if line == "€" else kept)


def test_the_alt_text_says_what_the_picture_says() -> None:
    low, high = (
        CurvePoint(accuracy=at, low=weeks / 2, likely=weeks, high=weeks * 2) for at, weeks in ((50, 12), (99, 300))
    )
    picture = CurvePicture(title="What", points=(low, high), marks=(CurveMark(accuracy=90, word="floor"),), chosen=high)
    assert alt_text(picture) == (
        "The work rises from 12 person-weeks at 50 right of 100 to 300 at 99, ever faster. "
        "At 99 it is 300, between 150 and 600. Floor: 90."
    )
    assert "it is" not in alt_text(picture.model_copy(update={"chosen": None}))


def test_many_marks_side_by_side_can_be_drawn() -> None:
    point = CurvePoint(accuracy=90, low=1, likely=1, high=1)
    marks = tuple(CurveMark(accuracy=90 + place / 2, word="a rather long word") for place in range(8))
    picture = CurvePicture(title="x" * 300, points=(point, point), marks=marks)
    many = opened(draw(picture.model_dump(mode="json")))
    assert many.width == 1080
    # Their words stand in as many rows as they need; of one number they share a row.
    few = picture.model_copy(update={"marks": marks[:1]})
    same = picture.model_copy(update={"marks": (marks[0], marks[0].model_copy(update={"word": "another"}))})
    heights = [opened(draw(one.model_dump(mode="json"))).height for one in (few, same)]
    assert heights[0] == heights[1] < many.height


async def score(stage: Stage) -> Message:
    await stage.start_with_all()
    await stage.finish_all()
    return await stage.priya.sees(": a first score", channel=stage.channel)


async def test_the_dial_is_turned_in_the_thread_of_the_score(stage: Stage) -> None:
    told = await score(stage)
    await stage.priya.press(told, "Turn the accuracy dial")
    dial = await stage.victor.sees("right of 100", channel=stage.channel, thread=told)
    assert any(block["type"] == "image" and "The work rises from" in block["alt_text"] for block in dial.blocks)
    await stage.victor.press(dial, "99.5")
    await stage.fiona.sees("at 99.5 right of 100", channel=stage.channel, thread=told)
    await stage.fiona.press(told, "Turn the accuracy dial")
    await stage.fiona.sees("The accuracy dial is in the thread under the score.", channel=stage.channel)


async def test_of_two_who_press_at_once_one_dial_comes(stage: Stage) -> None:
    told = await score(stage)
    (kickoff,) = stage.kickoffs()
    presses = [
        Press(f"press:{person.id}", kickoff.workspace, stage.channel.id, person.id, "", str(kickoff.id), "", "")
        for person in (stage.priya, stage.victor)
    ]
    await asyncio.gather(*(press_dial(stage.started.app, one) for one in presses))
    await stage.victor.sees("right of 100", channel=stage.channel, thread=told)
    await stage.all_due_is_done()
    assert len(stage.said("*Work:*", stage.channel)) == 1


async def test_where_files_are_not_taken_the_dial_is_a_table(stage: Stage) -> None:
    told = await score(stage)
    stage.slack.faults.add("files.getUploadURLExternal", ApiError("missing_scope"))
    await stage.priya.press(told, "Turn the accuracy dial")
    dial = await stage.priya.sees("right of 100", channel=stage.channel, thread=told)
    assert any(block["type"] == "table" for block in dial.blocks)
