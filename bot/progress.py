"""`/ml-kickoff progress`: how the error moved with time and hours, where it stood still, and what that means (K33)."""

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.about_one import Drawn, send_about_one
from bot.app import App
from bot.availability import today_in
from bot.blocks import Block, Button, Words, actions, context, header, place_of_picture, quote, section, words
from bot.brevity import cut_words
from bot.deliveries import Command, Press
from bot.effects import Picture, card_name, kickoff_lane, post
from bot.pictures.progress import draw_progress_picture, picture_of, say_error
from bot.projects import name_project
from bot.replies import OnlyYou
from bot.voting import zone_of
from bot.whispers import refuse_press
from flows.activity import round_hours
from flows.dates import say_day
from flows.decisions import Decision
from flows.kickoffs import Kickoff
from flows.plateau_reasons import LABELS, MEANWHILE, last_reason, reason_for
from flows.progress import MOST_OF_IT, Progress, day_of, read_progress
from flows.scoring.heard import hear
from flows.wishes import say_count
from storage import activities, decisions, deliveries, kickoffs, outbox
from storage.activities import Logged

SHOW = "progress.show"
EXPLAIN = "plateau.explain"

_PLACE = "progress"
_NAME_WORDS = 6
_NOTHING = (
    "Nothing was measured yet for {project}. Log the error as it is now, for example "
    "`/ml-kickoff log 2h training, error 0.21`."
)
_GONE = "Nothing is measured any more, so there is nothing to show."


async def answer(app: App, command: Command, name: str | None) -> OnlyYou:
    """Have the picture sent to whoever asks, or say what to log first."""

    def draw(connection: Connection, kickoff: Kickoff) -> Drawn | str:
        progress = load_progress(connection, kickoff)
        if progress is None:
            return _NOTHING.format(project=name_project(kickoff))
        ledger = decisions.of_kickoff(connection, kickoff.id)
        return draw_progress(kickoff, progress, ledger, today_in(app, kickoff.nudge.zone))

    return await send_about_one(app, command, name, "progress", draw)


async def press_show(app: App, press: Press) -> None:
    """Post it under the kickoff's card, as it is now, for everybody in the channel."""

    def put(connection: Connection) -> None:
        kickoff = kickoffs.load(connection, int(press.value))
        progress = load_progress(connection, kickoff)
        if progress is None:
            refuse_press(connection, app, press, _GONE)
            return
        if deliveries.is_first(connection, press.key, app.clock()):
            ledger = decisions.of_kickoff(connection, kickoff.id)
            said, pictures = draw_progress(kickoff, progress, ledger, today_in(app, kickoff.nudge.zone), is_shown=True)
            message = post(said, channel=kickoff.channel, thread=card_name(kickoff.id), pictures=pictures)
            outbox.put(connection, [message.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())

    await app.transact(put)


def load_progress(connection: Connection, kickoff: Kickoff) -> Progress | None:
    """What the log of a kickoff says; None where nothing was measured."""
    return progress_of(kickoff, activities.of_kickoff(connection, kickoff.id))


def progress_of(kickoff: Kickoff, log: Sequence[Logged]) -> Progress | None:
    """The same, of a log that was read already; each entry counts on the day of whoever wrote it."""
    return read_progress(((day_in_log(kickoff, one), one.entry) for one in log), hear(kickoff))


def day_in_log(kickoff: Kickoff, logged: Logged) -> date:
    """The day that an entry is about, in the zone of whoever wrote it."""
    return day_of(logged.logged_at.astimezone(ZoneInfo(zone_of(kickoff, logged.person))).date(), logged.entry)


def draw_progress(
    kickoff: Kickoff, progress: Progress, ledger: Sequence[Decision], today: date, *, is_shown: bool = False
) -> tuple[Words, list[Picture]]:
    """The message, with its picture; `is_shown` where everybody sees it already."""
    picture = draw_progress_picture(_PLACE, picture_of(progress))
    show = [] if is_shown else [actions([Button("Show it in the channel", SHOW, str(kickoff.id))])]
    blocks: list[Block] = [
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: progress"),
        place_of_picture(_PLACE),
        section("\n".join(_say(progress))),
        *_draw_plateau(kickoff, progress, ledger, today),
        context(f"Measured: {quote(progress.metric, 60)}."),
        *show,
    ]
    now = say_error(progress.last.error, progress.unit)
    return words(f"{quote(kickoff.name, 150)}: the error is {now}.", blocks), [picture]


def _say(progress: Progress) -> Iterator[str]:
    """Where it stands, and what the first hours brought."""
    now, first = (say_error(one.error, progress.unit) for one in (progress.last, progress.first))
    if len(progress.points) == 1:
        yield f"*{now}* is the first measurement. With the next one I can tell where it goes."
        return
    yield f"*The error is {now}*, from {first} on {say_day(progress.first.day)}."
    most = progress.most_of_it
    if progress.hours:
        logged = f"{say_count(round(progress.hours, 1), 'hour')} logged"
        first_ones = f"the first {round_hours(most)} of {round_hours(progress.since_first)} hours" if most else ""
        brought = f" Since that day {first_ones} brought {MOST_OF_IT * 100:.0f} % of it." if first_ones else ""
        yield f"{logged}.{brought}"


def draw_question(kickoff: Kickoff, progress: Progress, ledger: Sequence[Decision] = ()) -> list[Block]:
    """Since when the error stands still, and a button for each thing that may be under way; empty where it moves."""
    plateau = progress.plateau
    if plateau is None:
        return []
    since = progress.points[plateau.first].day
    before = last_reason(progress, plateau, ledger)
    late = f" It was to move by {say_day(before.until)}." if before else ""
    text = f":warning: No progress in {plateau.points} measurements, since {say_day(since)}.{late} What is under way?"
    buttons = [Button(label, EXPLAIN, f"{kickoff.id}|{since}|{reason}") for reason, label in LABELS.items()]
    return [section(text), actions(buttons)]


def _draw_plateau(kickoff: Kickoff, progress: Progress, ledger: Sequence[Decision], today: date) -> list[Block]:
    """What is built meanwhile, as far as somebody has said; else the question."""
    plateau = progress.plateau
    line = reason_for(progress, plateau, ledger, today) if plateau else None
    if line is None:
        return draw_question(kickoff, progress, ledger)
    meanwhile = f"No progress since {say_day(line.since)}: {MEANWHILE[line.reason]}."
    return [section(f"{meanwhile} I expect movement by {say_day(line.until)}.")]
