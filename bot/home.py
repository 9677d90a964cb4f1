"""The app's Home tab: a person's open questions, answered right there, their kickoffs, and who is waited for."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection

from bot.app import App
from bot.balance_messages import DECIDE, RANK
from bot.blocks import Block, Button, actions, context, divider, header, home, quote, section, section_with_button
from bot.deliveries import Event
from bot.effects import RefreshHome, card_name, opening_name, refresh_home
from bot.goal_card import ACKNOWLEDGE, READ
from bot.home_backlog import TURN
from bot.home_pages import BacklogPage
from bot.home_turning import draw_page
from bot.interview_messages import draw_waiting
from bot.kickoff_card import draw_bar, next_step, nudge_line, participant_line
from bot.premortem_messages import ANSWER, round_value
from bot.reminders import AGAIN, again_value
from bot.slack_api import Refused, is_direct
from flows.agreement import Agreement
from flows.kickoffs import Kickoff, Participant, Standing
from flows.signing import missing_signatures
from storage import decisions, kickoffs, outbox, overview, people
from storage.outbox import Claimed

_log = logging.getLogger(__name__)

# Together they stay below the 100 blocks that a Home tab may have.
_BLOCKS_OF_QUESTIONS = 60
_KICKOFFS_SHOWN = 10
_WAITING_SHOWN = 15
_NAMES_SHOWN = 10
_NAME = 80

_EMPTY = "You take part in no kickoff yet. To start one, type `/ml-kickoff` in your project's channel."
# What Slack answers where the app was installed without a Home tab, or the person has none.
_WITHOUT_HOME = frozenset({"not_enabled", "unknown_method", "missing_scope", "user_not_found", "user_disabled"})

Links = Mapping[str, str]
"""Addresses of posted messages, by their names."""


async def opened(app: App, event: Event) -> None:
    """Somebody opened the app: from now on their Home tab is kept up to date."""
    if event.tab != "home":
        return

    def note(connection: Connection) -> None:
        if not people.find(connection, event.workspace, event.person).opened_home:
            people.note_home(connection, event.workspace, event.person)
        # Whoever comes back sees first what waits for them.
        people.turn_home(connection, event.workspace, event.person, "")
        outbox.put_once(connection, refresh_home(event.workspace, event.person), app.clock())

    await app.transact(note)


async def send_home(app: App, parcel: Claimed) -> None:
    """Redraw somebody's Home tab with the newest state; where Slack refuses it, it stays as it is."""
    person = RefreshHome.model_validate(parcel.effect).person
    view = await draw_page(app, parcel.workspace, person)
    if view is None:
        view = await app.transact_behind(lambda connection: _draw_newest(connection, app, parcel.workspace, person))
    try:
        await app.slack.call("views.publish", user_id=person, view=view)
    except Refused as refusal:
        level = logging.INFO if refusal.error in _WITHOUT_HOME else logging.WARNING
        _log.log(level, "Parcel %d: a Home tab stays as it is (%s)", parcel.id, refusal.error)
    await app.transact_behind(lambda connection: outbox.finish(connection, parcel.id, app.clock()))


def _draw_newest(connection: Connection, app: App, workspace: str, person: str) -> Block:
    # Whoever takes part in hundreds is waited for in few: only those are read whole.
    needed, count = overview.ids_for_home(connection, workspace, person, _KICKOFFS_SHOWN)
    theirs = kickoffs.load_all(connection, needed)
    # A card in direct messages is out of reach for all but one.
    names = [card_name(kickoff.id) for kickoff in theirs[:_KICKOFFS_SHOWN] if not is_direct(kickoff.channel)]
    names += [opening_name(participant.interview_id) for _, participant in _list_open(person, theirs)]
    base = app.identity.url if app.identity else ""
    posted = outbox.find_all_posted(connection, names) if base else {}
    links = {one.name: f"{base}archives/{one.channel}/p{one.ts.replace('.', '')}" for one in posted.values()}
    agreements = {kickoff.id: decisions.agreement_of(connection, kickoff.id) for kickoff in theirs[:_KICKOFFS_SHOWN]}
    return draw_home(person, theirs, app.clock(), links, agreements, unread=count - len(theirs))


def draw_home(
    person: str,
    theirs: Sequence[Kickoff],
    now: datetime,
    links: Links,
    agreements: Mapping[int, Agreement] = MappingProxyType({}),
    *,
    unread: int = 0,
) -> Block:
    """The Home tab as it should look now.

    Args:
        person: Whose it is.
        theirs: The kickoffs that they have to do with, newest first.
        now: An aware moment.
        links: Where cards and threads are, as far as that is known.
        agreements: How far the kickoffs have agreed, by their ids.
        unread: How many older kickoffs they have to do with besides, in which nobody is waited for.
    """
    if not theirs:
        return home([section(_EMPTY), actions([Button("The backlog", TURN, BacklogPage().value)])])
    going_on = [kickoff for kickoff in theirs if kickoff.closed_at is None]
    return home(
        [
            *_draw_questions(_list_open(person, going_on), links),
            *_draw_votes_and_cards(person, going_on, agreements),
            *_draw_kickoffs(theirs, now, links, agreements, unread),
            *_draw_waiting(person, going_on, now),
        ]
    )


def _list_open(person: str, theirs: Sequence[Kickoff]) -> list[tuple[Kickoff, Participant]]:
    """A person's interviews that wait for them, with their kickoffs."""
    found = ((kickoff, kickoff.find(person)) for kickoff in theirs)
    return [(kickoff, one) for kickoff, one in found if one is not None and one.standing is Standing.OPEN]


def _draw_questions(waiting: Sequence[tuple[Kickoff, Participant]], links: Links) -> list[Block]:
    blocks = [header("Your open questions")]
    if not waiting:
        return [*blocks, section("No question waits for you.")]
    left = []
    for kickoff, participant in waiting:
        drawn = list(_draw_interview(kickoff, participant, links))
        if len(blocks) + len(drawn) > _BLOCKS_OF_QUESTIONS:
            left.append(_link(links, opening_name(participant.interview_id), kickoff.name))
        else:
            blocks += drawn
    if left:
        blocks.append(context(_say_left(left)))
    return blocks


def _say_left(names: Sequence[str]) -> str:
    more = len(names) - _NAMES_SHOWN
    listed = ", ".join(names[:_NAMES_SHOWN])
    others = f" and {more} more" if more > 0 else ""
    return f"Questions wait in their threads too: {listed}{others}."


def _draw_interview(kickoff: Kickoff, participant: Participant, links: Links) -> Iterator[Block]:
    done, total = participant.interview.progress
    title = [f"*{quote(kickoff.name, _NAME)}*", f"{done} of {total} answered"]
    thread = opening_name(participant.interview_id)
    if thread in links:
        title.append(_link(links, thread, "open the thread"))
    yield section(" · ".join(title))
    yield from draw_waiting(participant.interview_id, participant.interview, kickoff.name).blocks
    yield divider()


def _link(links: Links, name: str, label: str) -> str:
    """A link to a posted message, or only its label where nobody knows where it is."""
    # In a link, what follows the first bar is its label.
    return f"<{links[name]}|{quote(label, _NAME)}>" if name in links else quote(label, _NAME)


def _draw_votes_and_cards(
    person: str, theirs: Sequence[Kickoff], agreements: Mapping[int, Agreement]
) -> Iterator[Block]:
    """Votes that wait for somebody, and goal cards that they have not signed."""
    rows = [row for one in theirs if one.id in agreements for row in _draw_agreement(person, one, agreements[one.id])]
    if rows:
        yield header("To agree on")
        yield from rows[:_WAITING_SHOWN]


def _draw_agreement(person: str, kickoff: Kickoff, stands: Agreement) -> Iterator[Block]:
    name = f"*{quote(kickoff.name, _NAME)}*"
    vote = stands.open_round
    if vote and person in vote.missing:
        button = Button("Rank them in private", RANK, f"{kickoff.id}|{vote.opened.key}", primary=True)
        yield section_with_button(f"{name} · {len(vote.opened.options)} options wait for your ranking.", button)
    past = stands.premortem
    if past and past.is_open and person in past.missing:
        button = Button("Say what went wrong", ANSWER, round_value(kickoff, past), primary=True)
        yield section_with_button(f"{name} · It is a year from now, and it failed.", button)
    if stands.settled and person in missing_signatures(kickoff, stands.signatures):
        yield section_with_button(f"{name} · The goal card waits for you.", Button("Read it", READ, str(kickoff.id)))
    if person != kickoff.owner:
        return
    if stands.awaits_owner and stands.round:
        decide = Button("Decide", DECIDE, f"{kickoff.id}|{stands.round.opened.key}", primary=True)
        yield section_with_button(f"{name} · You decide which option it is.", decide)
    if stands.settled and stands.acknowledged is None:
        accept = Button("Accept the risks", ACKNOWLEDGE, str(kickoff.id))
        yield section_with_button(f"{name} · The risks wait for you.", accept)


def _draw_kickoffs(
    theirs: Sequence[Kickoff], now: datetime, links: Links, agreements: Mapping[int, Agreement], unread: int
) -> Iterator[Block]:
    yield header("Your kickoffs")
    yield actions([Button("The backlog", TURN, BacklogPage().value)])
    for kickoff in theirs[:_KICKOFFS_SHOWN]:
        title = f"*{_link(links, card_name(kickoff.id), kickoff.name)}* · {_say_where(kickoff)} · {_say_far(kickoff)}"
        step = next_step(kickoff, agreements.get(kickoff.id, Agreement()))
        yield section(f"{title}\n*Next:* {step}\n{nudge_line(kickoff, now)}")
    older = len(theirs[_KICKOFFS_SHOWN:]) + unread
    if older:
        yield context(f"And {older} more, which are older.")


def _say_where(kickoff: Kickoff) -> str:
    return "direct messages" if is_direct(kickoff.channel) else f"<#{kickoff.channel}>"


def _say_far(kickoff: Kickoff) -> str:
    asked = [one for one in kickoff.counted if one.standing is not Standing.UNAVAILABLE]
    if not asked:
        return "nobody to interview"
    done = len(asked) - len(kickoff.waiting_for)
    return f"{draw_bar(done, len(asked))} {done} of {len(asked)} done"


def _draw_waiting(person: str, theirs: Sequence[Kickoff], now: datetime) -> Iterator[Block]:
    """Who is waited for in the kickoffs that somebody looks after."""
    rows = [
        _draw_waited_for(kickoff, one, now)
        for kickoff in theirs
        if person in {kickoff.owner, kickoff.starter}
        for one in kickoff.waiting_for
        if one.person != person
    ]
    if rows:
        yield header("Waiting for")
        yield from rows[:_WAITING_SHOWN]
    if len(rows) > _WAITING_SHOWN:
        yield context(f"And {len(rows) - _WAITING_SHOWN} more. `/ml-kickoff status` lists them.")


def _draw_waited_for(kickoff: Kickoff, participant: Participant, now: datetime) -> Block:
    line = f"{participant_line(participant)} · *{quote(kickoff.name, _NAME)}*"
    due = kickoff.answers_due
    # Nobody is reminded before they were asked, nor once the last day for answers is over.
    if participant.standing is not Standing.OPEN or (due and due < now.date()):
        return section(line)
    return section_with_button(line, Button("Remind", AGAIN, again_value(participant)))
