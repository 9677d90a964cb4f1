"""When the error stands still: why is asked with buttons, and the owner hears what is built meanwhile (K34)."""

from datetime import date

from sqlalchemy import Connection

from bot.app import App
from bot.availability import today_in
from bot.blocks import Block, mention, quote, words
from bot.brevity import cut_words
from bot.deliveries import Press
from bot.effects import card_name, kickoff_lane, post
from bot.kickoff_card import refresh
from bot.pictures.progress import say_error
from bot.progress import draw_question, load_progress
from bot.projects import CLOSED
from bot.whispers import refuse_press, whisper
from flows.activity import Entry
from flows.dates import say_day
from flows.decisions import PlateauExplained, PlateauReason
from flows.kickoffs import Kickoff
from flows.plateau import POINTS
from flows.plateau_reasons import MEANWHILE, TOO_MANY, expected_until, reason_for, without_reason
from flows.progress import Progress
from flows.shown import Shown
from storage import decisions, deliveries, kickoffs, outbox

_STOP_WORDS = 16
_NOT_YOURS = "Only those who take part in this kickoff can say what happens meanwhile."
_MOVES = "The error moves again, or this was said already. `/ml-kickoff progress` shows how it stands."


def ask_why(connection: Connection, app: App, kickoff: Kickoff, entry: Entry) -> list[Block]:
    """What to ask whoever has just logged the measurement that makes a plateau; empty where that makes none."""
    progress = load_progress(connection, kickoff) if entry.value is not None else None
    plateau = progress.plateau if progress else None
    if progress is None or plateau is None or plateau.points != POINTS or entry.metric != progress.metric:
        return []
    ledger, today = decisions.of_kickoff(connection, kickoff.id), today_in(app, kickoff.nudge.zone)
    if reason_for(progress, plateau, ledger, today):
        return []
    if len(without_reason(progress, ledger, today)) >= TOO_MANY:
        _ask_whether_to_stop(connection, app, kickoff, progress)
    return draw_question(kickoff, progress)


def _ask_whether_to_stop(connection: Connection, app: App, kickoff: Kickoff, progress: Progress) -> None:
    """Remind the owner of what was agreed on, once for each plateau."""
    since = progress.points[progress.plateaus[-1].first].day
    name = f"plateau:{kickoff.id}:{since}"
    if outbox.find_posted(connection, name):
        return
    stop = Shown(kickoff).says("stop_when")
    agreed = (
        f"You agreed to stop when: “{quote(cut_words(stop, _STOP_WORDS), 300)}”. Has that come?"
        if stop
        else "Nobody has said when to stop. Is it time?"
    )
    text = (
        f"{mention(kickoff.owner)}, the error stands still a second time, and nobody has said what is built meanwhile. "
        f"{agreed} `/ml-kickoff close` ends the project."
    )
    said = post(words(text), channel=kickoff.channel, thread=card_name(kickoff.id), name=name)
    outbox.put(connection, [said.parcel(kickoff.workspace, kickoff_lane(kickoff.id))], app.clock())


async def press_explain(app: App, press: Press) -> None:
    """Keep the reason, and tell the owner what is built meanwhile and when to expect movement."""
    kickoff_id, day, said = press.value.split("|")
    since, reason = date.fromisoformat(day), PlateauReason(said)

    def keep(connection: Connection) -> None:
        kickoff = kickoffs.load(connection, int(kickoff_id), lock=True)
        progress = load_progress(connection, kickoff)
        plateau = progress.plateau if progress else None
        ledger = decisions.of_kickoff(connection, kickoff.id)
        refusal = CLOSED if kickoff.closed_at else ""
        if not kickoff.takes_part(press.person):
            refusal = _NOT_YOURS
        today = today_in(app, kickoff.nudge.zone)
        if progress is None or plateau is None or reason_for(progress, plateau, ledger, today) is not None:
            refusal = refusal or _MOVES
        if refusal or progress is None:
            refuse_press(connection, app, press, refusal)
            return
        if not deliveries.is_first(connection, press.key, app.clock()):
            return
        until = expected_until(reason, today)
        line = PlateauExplained(by=press.person, at=app.clock(), since=since, reason=reason, until=until)
        decisions.add(connection, kickoff.id, [line])
        told = post(words(_tell(kickoff, progress, line)), channel=kickoff.channel, thread=card_name(kickoff.id))
        said = whisper(press, f"Thank you. I told {mention(kickoff.owner)}, and expect movement by {say_day(until)}.")
        outbox.put(connection, [told.parcel(kickoff.workspace, kickoff_lane(kickoff.id)), said], app.clock())
        refresh(connection, kickoff, app)

    await app.transact(keep)


def _tell(kickoff: Kickoff, progress: Progress, line: PlateauExplained) -> str:
    now = say_error(progress.last.error, progress.unit)
    return (
        f"{mention(kickoff.owner)}, the error has stood near {now} since {say_day(line.since)}. Meanwhile "
        f"{MEANWHILE[line.reason]}, and no progress shows. I expect it to move by {say_day(line.until)}."
    )
