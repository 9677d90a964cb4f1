"""*See all*: the seven risks, what people and interviews say of each, and what is expected against what is known."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import Block, Button, actions, divider, modal, paragraphs, quote, section
from bot.check_messages import say_check
from bot.deliveries import Press
from bot.findings import read_posted
from bot.forms import open_form
from bot.mrkdwn import show_text
from bot.premortem_messages import LOOK_BACK, OPEN, say_too_few
from flows.agreement import Agreement
from flows.dated_checks import DatedCheck
from flows.expectations import Expectation, OwnProject, compare_expectations
from flows.failure_reasons import STORIES
from flows.kickoffs import Kickoff
from flows.premortem import FEWEST, Premortem, Risk, still_asked, weigh_risks
from flows.risk_checks import check_key
from flows.risk_signs import find_signs
from flows.scoring.scales import UNCALIBRATED, Calibration
from flows.shown import Shown
from storage.calibration import calibration_of
from storage.own_projects import in_use

_READ = "premortem.read"
_SIGNS = 900


async def press(app: App, press: Press) -> None:
    """Show everything to whoever asks."""
    view = await app.database.transact(lambda connection: draw_newest(connection, int(press.value), press.person))
    await open_form(app, press, view)


def draw_newest(connection: Connection, kickoff_id: int, person: str) -> Block:
    """The window as things stand now, for one person."""
    kickoff, stands = read_posted(connection, kickoff_id)
    own = in_use(connection, kickoff.workspace)
    learned = calibration_of(connection, kickoff.workspace)
    may_begin = kickoff.may_change_nudges(person) and not kickoff.closed_at
    return draw_all(kickoff, stands, own, learned, may_begin=may_begin)


def draw_all(
    kickoff: Kickoff,
    stands: Agreement,
    own: Sequence[OwnProject] = (),
    calibration: Calibration = UNCALIBRATED,
    *,
    may_begin: bool = False,
) -> Block:
    """The window.

    Args:
        kickoff: Whose risks.
        stands: The newest look back in it, and the checks.
        own: The projects of the workspace that came into use.
        calibration: What finished projects taught about the estimates.
        may_begin: Whether to offer a look back, where none is under way.
    """
    shown = Shown(kickoff)
    asked = still_asked(stands.premortem, kickoff) if stands.premortem else None
    blocks: list[Block] = [section(f"*{quote(kickoff.name, 150)}*: {_say_where(asked)}")]
    if may_begin and kickoff.concluded_at and not (asked and asked.is_open):
        blocks.append(actions([Button(LOOK_BACK, OPEN, str(kickoff.id), primary=asked is None)]))
    is_shown = asked is not None and asked.is_shown
    blocks += [
        section(_say_risk(risk, stands.checks.get(check_key(risk.reason)), is_shown=is_shown))
        for risk in weigh_risks(asked, find_signs(shown))
    ]
    blocks += _draw_lines(asked)
    blocks += _draw_expectations(compare_expectations(shown, own, calibration))
    return modal("Why it could fail", _READ, blocks, submit=None)


def _say_where(premortem: Premortem | None) -> str:
    if premortem is None:
        return "nobody has looked back from failure yet. This is what the interviews show."
    answered = len(premortem.answers)
    if premortem.is_open:
        asked = answered + len(premortem.missing)
        return f"{answered} of {asked} have looked back so far. Until that is over, this is what the interviews show."
    if not premortem.is_shown:
        return say_too_few(premortem)
    return f"{answered} people looked back from failure. The highest risks come first."


def _say_risk(risk: Risk, check: DatedCheck | None, *, is_shown: bool) -> str:
    sign = ":red_circle:" if risk.is_high else ":white_circle:"
    people = ""
    if risk.rated:
        people = f"\nHow much, in the middle: {risk.rated.words} ({risk.rated.count} people)."
    elif is_shown:
        people = f"\nFewer than {FEWEST} people had a view on it."
    shows = " ".join(one.text for one in risk.signs)
    interviews = f"\nThe interviews show: {show_text(shows, _SIGNS)}" if shows else ""
    looked_at = f"\nCheck: {say_check(check)}" if check else ""
    return f"{sign} *{STORIES[risk.reason]}*{people}{interviews}{looked_at}"


def _draw_lines(premortem: Premortem | None) -> Iterator[Block]:
    """What people wrote, without names, in an order that tells nothing of whose it is."""
    lines = premortem.lines if premortem else ()
    if lines:
        yield divider()
        yield section("*What people wrote*")
        yield from paragraphs(f"• “{quote(line, 300)}”" for line in lines)


def _draw_expectations(expectations: Sequence[Expectation]) -> Iterator[Block]:
    """K55."""
    if expectations:
        yield divider()
        yield section("*What is expected, and what is known of that*")
    for one in expectations:
        sign = ":warning: " if one.is_bold else ""
        yield section(f"{sign}*{show_text(one.said)}*\n{show_text(one.known, 900)}")
