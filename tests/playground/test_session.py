"""What all pages share: the world behind them, and who has read what."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from playground import Playground
from playground.clock import SkippingClock
from playground.company import CHAPTER, populate
from playground.page.desk import Desk
from playground.page.session import Session
from playground.page.sight import HOME, THREADS, Sight
from playground.world import Played, Stage, World

opened: list[World] = []


@asynccontextmanager
async def open_world() -> AsyncIterator[World]:
    clock = SkippingClock()

    async def never() -> datetime | None:
        return None

    async def nothing() -> None:
        return

    async with Playground(now=clock) as slack:
        populate(slack.workspace, CHAPTER)
        opened.append(World(slack, clock, never, nothing))
        yield opened[-1]
        opened.pop()


@pytest.fixture
async def session() -> AsyncIterator[Session]:
    session = Session(Played(open_world, (), (), "nothing"))
    await session.begin()
    yield session
    await session.close()


async def test_a_new_world_drops_what_the_old_one_was_at(session: Session) -> None:
    reached = asyncio.Event()

    async def play(_: World) -> None:
        reached.set()
        await asyncio.sleep(60)

    playing = asyncio.create_task(session.begin(Stage("Long", play)))
    await reached.wait()
    assert session.busy == "Playing up to “Long” …"
    await session.begin()
    await asyncio.wait_for(playing, 1)
    assert session.busy == ""
    assert len(opened) == 1


async def test_work_that_fails_says_so(session: Session) -> None:
    async def fail(_: World) -> None:
        raise LookupError("no such button")

    with pytest.raises(LookupError, match="no such button"):
        await session.begin(Stage("Broken", fail))
    assert session.busy == ""


async def test_a_reply_seen_in_the_channel_is_read(session: Session) -> None:
    sight = Sight(session, "", "")
    channel = sight.channel
    assert channel
    victor = sight.people()[1]
    head = await victor.say(channel, "Head")
    aloud = await victor.say(channel, "Aloud", thread=head, broadcast=True)
    assert sight.unread(channel.id) == 2
    session.unread.mark(sight.person.id, channel.id, aloud.ts)
    assert sight.unread(channel.id) == 0
    assert not sight.has_new_replies(head)
    quiet = await victor.say(channel, "Quiet", thread=head)
    assert sight.has_new_replies(head)
    session.unread.mark(sight.person.id, channel.id, quiet.ts, head.ts)
    assert not sight.has_new_replies(head)


async def test_an_address_opens_ones_own_places_alone(session: Session) -> None:
    priya, victor = Sight(session, "", "").people()[:2]
    finance = next(one for one in session.channels_of(victor.id) if one.private)
    first = session.channels_of(priya.id)[0]
    for place in (finance.id, victor.dm.id, "C404", "');alert('"):
        assert Sight(session, priya.id, place).place == first.id
    for place in (finance.id, victor.dm.id, HOME, THREADS, first.id):
        assert Sight(session, victor.id, place).place == place


async def test_conversations_are_named_by_their_own_ids(session: Session) -> None:
    sight = Sight(session, "", "")
    named = sight.names_of_conversations()
    assert named[sight.person.dm.id] == "ML Kickoff"
    assert sight.workspace.app.user_id not in named


async def test_a_message_is_edited_as_it_was_typed(session: Session) -> None:
    desk = Desk(session, "", "")
    channel, victor = desk.channel, desk.people()[1]
    assert channel
    message = await desk.person.say(channel, f"*1* &lt; <2> & {victor.mention}")
    assert desk.as_typed(message) == "*1* &lt; <2> & @Victor Vance"
    again = await desk.person.edit(message, desk.with_mentions(desk.as_typed(message)))
    assert again.text == message.text
