"""`/ml-kickoff progress`: the error over time and hours as a picture, with where it stood still (K33)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brevity import MOST_WORDS, count_words
from bot.deliveries import Press
from bot.pictures.progress import MOST_POINTS, alt_text, picture_of
from bot.pictures.progress_drawing import apart, draw
from bot.progress import SHOW, draw_progress, press_show, progress_of
from flows.activity import Entry
from flows.decisions import PlateauExplained, PlateauReason
from playground.faults import ApiError
from playground.records import Message
from storage.activities import Logged
from tests.bot.conftest import COMMAND, Stage
from tests.bot.test_pictures import opened
from tests.bot.test_ranking import texts
from tests.conftest import MONDAY_EVENING
from tests.flows.ten_kickoffs import kickoff_of

FALLING = (0.42, 0.35, 0.3, 0.27, 0.25)
FLAT = (0.25, 0.252, 0.249, 0.25, 0.251)


def logged(*values: float, metric: str = "error") -> list[Logged]:
    return [
        Logged("U1", Entry(metric=metric, value=value, hours=6, note="x"), MONDAY_EVENING + timedelta(days=4 * place))
        for place, value in enumerate(values)
    ]


async def measured(stage: Stage, *values: float) -> None:
    await stage.start(Finance=stage.fiona)
    for value in values:
        await stage.priya.command(stage.channel, COMMAND, f"log 2h training, error {value}")
        stage.clock.skip(days=1)


async def asked(stage: Stage) -> Message:
    reply = await stage.priya.command(stage.channel, COMMAND, "progress")
    assert reply.message is not None
    assert "I send it to you in a direct message." in reply.message.text
    return await stage.priya.sees("Churn radar: progress", channel=stage.priya.dm)


async def test_it_comes_in_private_and_is_shown_to_all_by_a_button(stage: Stage) -> None:
    await measured(stage, *FALLING)
    said = await asked(stage)
    told = said.words()
    assert "The error is 25 %" in told
    assert "from 42 % on" in told
    assert "10 hours logged. Since that day the first 6 of 8 hours brought 80 % of it." in told
    assert any(block["type"] == "image" and "slack_file" in block for block in said.blocks)
    await stage.priya.press(said, "Show it in the channel")
    shown = await stage.victor.sees("Churn radar: progress", channel=stage.channel)
    assert shown.thread_ts == (await stage.card("")).ts
    assert "[Show it in the channel]" not in shown.words()


async def test_without_files_it_is_a_table(stage: Stage) -> None:
    stage.slack.faults.add("files.getUploadURLExternal", ApiError("missing_scope"), times=None)
    await measured(stage, *FALLING)
    said = await asked(stage)
    assert "'table'" in str(said.blocks)


async def test_what_to_log_is_said_where_nothing_was_measured(stage: Stage) -> None:
    await stage.start(Finance=stage.fiona)
    reply = await stage.priya.command(stage.channel, COMMAND, "progress")
    assert reply.message is not None
    assert "Nothing was measured yet for *Churn radar*." in reply.message.text
    (kickoff,) = stage.kickoffs()
    late = Press(
        "press:late", stage.slack.workspace.team_id, stage.channel.id, stage.priya.id, SHOW, str(kickoff.id), "", ""
    )
    await press_show(stage.started.app, late)
    await stage.priya.sees("Nothing is measured any more")
    reply = await stage.priya.command(stage.channel, COMMAND, "progress for x")
    assert reply.message is not None
    assert "I know no project called “x” here" in reply.message.text


TODAY = date(2026, 12, 30)


def test_every_number_of_the_message_is_in_the_log() -> None:
    kickoff = kickoff_of("invoice_fields")
    progress = progress_of(kickoff, logged(*FALLING, *FLAT))
    assert progress is not None
    said, (picture,) = draw_progress(kickoff, progress, (), TODAY)
    assert count_words(*said.blocks) <= MOST_WORDS
    told = texts(said)
    assert "*The error is 25.1 %*, from 42 % on 23 November 2026." in told
    # Of the way from 42 to 24.9, four fifths lead to 28.3; 27 is the fourth measurement, 18 hours after the first.
    assert "60 hours logged. Since that day the first 18 of 54 hours brought 80 % of it." in told
    assert "No progress in 5 measurements, since 13 December 2026. What is under way?" in told
    since = date(2026, 12, 13)
    line = PlateauExplained(
        by="U1", at=MONDAY_EVENING, since=since, reason=PlateauReason.LABELS, until=date(2027, 1, 4)
    )
    explained = texts(draw_progress(kickoff, progress, [line], TODAY)[0])
    assert "No progress since 13 December 2026: more examples are being labelled." in explained
    assert "I expect movement by 4 January 2027." in explained
    assert "What is under way?" not in explained
    late = draw_progress(kickoff, progress, [line], date(2027, 1, 5))[0]
    assert "It was to move by 4 January 2027. What is under way?" in texts(late)
    assert count_words(*late.blocks) <= MOST_WORDS
    assert picture.alt == alt_text(picture_of(progress))
    assert "It stood still from 13 December 2026 to 29 December 2026. Target: 5 %." in picture.alt


def test_a_first_measurement_and_other_metrics_are_told() -> None:
    kickoff = kickoff_of("demand_forecast")
    one = progress_of(kickoff, logged(0.4))
    assert one is not None
    assert "*40 %* is the first measurement." in texts(draw_progress(kickoff, one, (), TODAY)[0])
    mae = progress_of(kickoff, logged(14.2, 12.0, metric="mae"))
    assert mae is not None
    told = texts(draw_progress(kickoff, mae, (), TODAY, is_shown=True)[0])
    assert "*The error is 12*" in told
    assert "Measured: mae." in str(draw_progress(kickoff, mae, (), TODAY)[0].blocks)


@pytest.mark.parametrize(
    "values", [(0.4,), (0.4, 0.0), (0.0,), FALLING, (*FALLING, *FLAT), tuple(1 / (one + 1) for one in range(90))]
)
def test_it_can_be_drawn(values: tuple[float, ...]) -> None:
    progress = progress_of(kickoff_of("tumour_images"), logged(*values))
    assert progress is not None
    picture = picture_of(progress)
    assert len(picture.points) == min(len(values), MOST_POINTS)
    assert opened(draw(picture.model_dump(mode="json"))).width == 1080


@pytest.mark.parametrize("values", [(-3.2, -4.1, -5.0), (2.0, 0.5, -0.5), (-1.0,)])
def test_a_loss_below_zero_can_be_drawn(values: tuple[float, ...]) -> None:
    progress = progress_of(kickoff_of("tumour_images"), logged(*values, metric="loss"))
    assert progress is not None
    picture = picture_of(progress)
    assert [one.error for one in picture.points] == list(values)
    assert opened(draw(picture.model_dump(mode="json"))).width == 1080


@given(st.lists(st.floats(0, 100), max_size=4).map(sorted))
def test_words_beside_the_marks_stand_apart_and_above_the_days(places: list[float]) -> None:
    found = apart(places, 100.0)
    assert all(after - before >= 12 - 1e-9 for before, after in pairwise(found))
    assert all(one <= 100 for one in found)
    assert apart([10.0, 40.0], 100.0) == [10.0, 40.0]


def test_it_stands_by_day_and_by_hours_where_hours_are_logged() -> None:
    timed = progress_of(kickoff_of("tumour_images"), logged(*FALLING))
    untimed = progress_of(
        kickoff_of("tumour_images"),
        [replace(one, entry=one.entry.model_copy(update={"hours": None})) for one in logged(*FALLING)],
    )
    assert timed is not None
    assert untimed is not None
    both, one = (opened(draw(picture_of(each).model_dump(mode="json"))).height for each in (timed, untimed))
    assert both > 1.8 * one
