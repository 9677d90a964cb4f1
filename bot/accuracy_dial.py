"""The accuracy dial: buttons that redraw what 90, 95, 99 and 99.5 right of 100 take and lose (K12 to K14, K25)."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Button, Words, actions, header, place_of_picture, quote, section, words
from bot.brevity import cut_words
from bot.deliveries import Press
from bot.effects import Picture, edit, kickoff_lane, post
from bot.first_score import DIAL
from bot.pictures.accuracy_curve import CurveMark, CurvePicture, CurvePoint, draw_accuracy_curve
from bot.results import score_name
from bot.whispers import whisper
from flows.kickoffs import Kickoff
from flows.scoring.accuracy_dial import STOPS, Marks, Turn, draw_curve, find_marks, find_stops, turn_dial
from flows.scoring.draws import say_roughly
from flows.scoring.heard import Heard, hear
from flows.scoring.label_bill import AIM
from flows.scoring.project_score import draw_project
from flows.scoring.scales import UNCALIBRATED, Calibration
from flows.wishes import say_number
from storage import deliveries, kickoffs, outbox
from storage.calibration import calibration_of

__all__ = ["DIAL", "TURN", "dial_name", "draw_dial", "press_dial", "press_turn"]

TURN = "score.turn"
_PLACE = "accuracy"
_NAME_WORDS = 5
_MONEY = ("budget", "label_price", "miss_cost", "false_alarm_cost")
_LOSS = ("cases_per_month", "miss_cost", "false_alarm_cost")
_EXAMPLES = ("examples_needed", "examples_have", *AIM)
_MOST_WEEKS = 5_000
_FEWEST_POINTS = 2
_LOPSIDED = 80.0
"""From so many of 100 with the same answer on, always giving it looks good (K24)."""
_MARKS = {
    "today": "today",
    "floor": "floor",
    "target": "target",
    "human": "people",
    "break_even": "break-even",
}


@dataclass(frozen=True)
class Dial:
    """The dial's message, with its picture."""

    said: Words
    picture: Picture


def dial_name(kickoff_id: int) -> str:
    """The name of the message with the dial."""
    return f"results:{kickoff_id}:dial"


async def press_dial(app: App, press: Press) -> None:
    """Post the dial under the score, where it stands for everybody; where it is already, say so."""
    kickoff_id = int(press.value)
    kickoff, calibration = await app.transact_behind(lambda connection: _read(connection, kickoff_id))
    dial = await asyncio.to_thread(draw_dial, kickoff, _first_stop(hear(kickoff)), calibration)

    def put(connection: Connection) -> None:
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        name, lane = dial_name(kickoff_id), kickoff_lane(kickoff_id)
        # Of two who press at once, the second finds nothing posted yet.
        is_first = deliveries.is_first(connection, name, app.clock())
        if outbox.find_posted(connection, name) or not is_first:
            said = whisper(press, "The accuracy dial is in the thread under the score.")
            shown = edit(name, dial.said, [dial.picture]).parcel(press.workspace, lane)
            outbox.put(connection, [shown, said], app.clock())
            return
        posted = post(dial.said, thread=score_name(kickoff_id), name=name, pictures=[dial.picture])
        outbox.put(connection, [posted.parcel(press.workspace, lane)], app.clock())

    await app.transact_behind(put)


async def press_turn(app: App, press: Press) -> None:
    """Turn the dial, for everybody."""
    key, _, stop = press.value.partition("|")
    kickoff, calibration = await app.transact_behind(lambda connection: _read(connection, int(key)))
    dial = await asyncio.to_thread(draw_dial, kickoff, float(stop), calibration)
    turned = edit(dial_name(kickoff.id), dial.said, [dial.picture])

    def put(connection: Connection) -> None:
        if deliveries.is_first(connection, press.key, app.clock()):
            outbox.put(connection, [turned.parcel(press.workspace, kickoff_lane(kickoff.id))], app.clock())

    await app.transact_behind(put)


def _read(connection: Connection, kickoff_id: int) -> tuple[Kickoff, Calibration]:
    kickoff = kickoffs.load(connection, kickoff_id)
    return kickoff, calibration_of(connection, kickoff.workspace)


def _first_stop(heard: Heard) -> float:
    """The stop that is nearest to what is hoped for, or needed, as far as that may be told."""
    named = (heard.number(one) for one in ("accuracy_target", "accuracy_needed") if not heard.keeps(one))
    wanted = next((one for one in named if one), STOPS[0])
    return min(find_stops(heard), key=lambda stop: abs(stop - wanted))


def draw_dial(kickoff: Kickoff, stop: float, calibration: Calibration = UNCALIBRATED) -> Dial:
    """What the project would be at one stop, in a few lines and a picture."""
    heard = hear(kickoff)
    turn = turn_dial(heard, stop, calibration)
    marks = find_marks(heard, draw_project(heard, calibration))
    lines = [_say_work(turn, heard), *_say_labels(turn, heard), *_say_loss(turn, heard)]
    blocks: list[Block] = [
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: at {stop:g} right of 100"),
        place_of_picture(_PLACE),
        section("\n".join([*lines, *_warn(turn, marks, heard)])),
        actions([Button(f"{one:g}", TURN, f"{kickoff.id}|{one:g}", primary=one == stop) for one in find_stops(heard)]),
    ]
    said = words(f"{quote(kickoff.name, 150)}: what {stop:g} right of 100 takes", blocks)
    return Dial(said, draw_accuracy_curve(_PLACE, _picture(heard, turn, marks, calibration)))


def _say_work(turn: Turn, heard: Heard) -> str:
    weeks = turn.person_weeks
    if weeks.p50 > _MOST_WEEKS:
        return f"*Work:* over {_MOST_WEEKS:,} person-weeks"
    work = f"*Work:* {say_roughly(weeks.p50)} person-weeks ({say_roughly(weeks.p10)} to {say_roughly(weeks.p90)})"
    return f"{work}, {quote(turn.money.words)}" if turn.money and not heard.keeps(*_MONEY) else work


def _say_labels(turn: Turn, heard: Heard) -> Iterator[str]:
    if not heard.keeps(*_EXAMPLES):
        low, likely, high = (say_roughly(one) for one in (turn.examples.p10, turn.examples.p50, turn.examples.p90))
        yield f"*Examples with answers:* {likely} ({low} to {high})"


def _say_loss(turn: Turn, heard: Heard) -> Iterator[str]:
    if turn.loss_a_month and not heard.keeps(*_LOSS):
        yield f"*Mistakes cost a month:* {quote(turn.loss_a_month.words)}"


def _warn(turn: Turn, marks: Marks, heard: Heard) -> Iterator[str]:
    """The gravest thing to know of this stop, if there is one."""
    stop = turn.accuracy
    if marks.floor is not None and stop < marks.floor:
        yield f":warning: Under {say_number(marks.floor)} it is of no use."
    elif marks.majority is not None and stop <= marks.majority:
        yield (
            f":warning: No better than always giving the commonest answer, which is right "
            f"{say_number(marks.majority)} times. Count misses and false alarms instead."
        )
    elif turn.is_beyond_data and not heard.keeps(*AIM):
        yield ":warning: Not by more data alone: it would take over a thousand times as much."
    elif marks.human is not None and stop >= marks.human:
        yield f":warning: A skilled person gets {say_number(marks.human)} right."


def _picture(heard: Heard, turn: Turn, marks: Marks, calibration: Calibration) -> CurvePicture:
    found = {word: getattr(marks, name) for name, word in _MARKS.items()}
    if marks.majority is not None and marks.majority >= _LOPSIDED:
        found = {"always the same": marks.majority, **found}
    return CurvePicture(
        title="What accuracy takes",
        points=_points(heard, calibration),
        marks=tuple(CurveMark(accuracy=round(at, 2), word=word) for word, at in found.items() if at is not None),
        chosen=_point(turn) if turn.person_weeks.p50 <= _MOST_WEEKS else None,
    )


def _points(heard: Heard, calibration: Calibration) -> tuple[CurvePoint, ...]:
    """The curve as far as it means anything: beyond some two hundred people for half a year it would be a fancy."""
    points = [_point(one) for one in draw_curve(heard, calibration)]
    near = [one for one in points if one.likely <= _MOST_WEEKS]
    return tuple(near if len(near) >= _FEWEST_POINTS else points[:_FEWEST_POINTS])


def _point(turn: Turn) -> CurvePoint:
    weeks = turn.person_weeks
    return CurvePoint(accuracy=turn.accuracy, low=weeks.p10, likely=weeks.p50, high=weeks.p90)
