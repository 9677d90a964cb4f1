"""Skipping ahead: what is due on the way comes in its order and at its time; and a workspace kept in a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from playground import Patience, Playground, Workspace
from playground.clock import SkippingClock
from playground.company import CHAPTER, populate
from playground.state import NotAState, StateFile, put_back, take
from playground.world import World


class Plan:
    """An app that has something planned, and notes when it does it."""

    def __init__(self, clock: SkippingClock, *planned: datetime) -> None:
        self.clock = clock
        self.planned = sorted(planned)
        self.done: list[datetime] = []

    async def next_due(self) -> datetime | None:
        return self.planned[0] if self.planned else None

    async def act(self) -> None:
        while self.planned and self.planned[0] <= self.clock():
            self.planned.pop(0)
            self.done.append(self.clock())


async def test_skipping_stops_at_everything_that_is_due() -> None:
    clock = SkippingClock()
    began = clock()
    first, second, later = (clock() + timedelta(days=days) for days in (1, 3, 9))
    plan = Plan(clock, second, first, later)
    async with Playground(now=clock) as slack:
        await World(slack, clock, plan.next_due, plan.act).skip_to(began + timedelta(days=7))
    for planned, done in zip((first, second), plan.done, strict=True):
        assert timedelta(0) <= done - planned < timedelta(minutes=1)
    assert plan.planned == [later]
    assert timedelta(days=7) <= clock() - began < timedelta(days=7, minutes=1)


async def test_skipping_stops_where_a_status_runs_out() -> None:
    clock = SkippingClock()
    plan = Plan(clock, clock() + timedelta(days=5))
    async with Playground(now=clock, patience=Patience(ack=0.1, retries=())) as slack:
        ada = slack.workspace.add_person("Ada")
        until = clock() + timedelta(days=2)
        await ada.set_status("Away", until=until)
        await World(slack, clock, plan.next_due, plan.act).skip_to(clock() + timedelta(days=7))
        ended = next(one for one in reversed(slack.workspace.happenings) if one.kind == "status_changed")
        assert timedelta(0) <= ended.at - until < timedelta(minutes=1)
    assert len(plan.done) == 1


def test_the_clock_never_goes_back() -> None:
    clock = SkippingClock()
    clock.skip_to(datetime(2000, 1, 1, tzinfo=UTC))
    assert clock.skipped == timedelta(0)


async def a_full_workspace(clock: SkippingClock) -> Workspace:
    async with Playground(now=clock) as slack:
        workspace = slack.workspace
        populate(workspace, CHAPTER)
        priya, victor = [one for one in workspace.people.values() if not one.is_bot][:2]
        channel = next(iter(workspace.channels.values()))
        await priya.set_status("Away", ":palm_tree:")
        hello = await priya.say(channel, "Hello & <@U00000002>")
        await victor.say(channel, "Hi", thread=hello)
        await victor.react(hello, "tada")
        file = workspace.files.add("a.png", b"\x89PNG\x00\xff", priya.id, title="A picture")
        workspace.post_files(channel, priya.id, "look", [file.id])
        workspace.canvases.create("Charter", "# One page", priya.id, channel.id)
        workspace.post(channel, workspace.app.user_id, "psst", only_for=priya.id)
        workspace.post(priya.dm, workspace.app.user_id, "", blocks=[{"type": "divider"}], metadata={"event_type": "x"})
        return workspace


async def test_a_workspace_comes_back_from_its_file(tmp_path: Path) -> None:
    clock, kept = SkippingClock(timedelta(days=3)), StateFile(tmp_path / "kept.db")
    before = await a_full_workspace(clock)
    snapshot = take(before, clock)
    kept.write(snapshot)
    again = SkippingClock()
    async with Playground(now=again) as slack:
        read = kept.read()
        assert read == snapshot
        put_back(slack.workspace, again, read)
        assert take(slack.workspace, again) == snapshot
        after = slack.workspace
        assert again.skipped == timedelta(days=3)
        assert after.person("U00000001").status_text == "Away"
        # What is made from now on gets ids and timestamps that were never used.
        newest = max(one.ts for channel in before.channels.values() for one in before.messages(channel))
        posted = after.post(next(iter(after.channels.values())), "U00000001", "new")
        assert posted.ts > newest
        assert after.new_id("C") not in before.channels


async def test_changes_are_kept_while_it_runs(tmp_path: Path) -> None:
    clock, kept = SkippingClock(), StateFile(tmp_path / "kept.db")
    async with Playground(now=clock) as slack:
        populate(slack.workspace, CHAPTER)
        async with kept.keeping(slack.workspace, clock):
            slack.workspace.post(next(iter(slack.workspace.channels.values())), "U00000001", "kept")
    read = kept.read()
    assert read is not None
    assert [message.text for message in read.messages] == ["kept"]
    kept.forget()
    assert kept.read() is None


@pytest.mark.parametrize("content", [b"no database at all, but words", b""])
def test_another_file_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(content)
    with pytest.raises(NotAState, match="was not written by the playground"):
        StateFile(file).read()
    assert file.read_bytes() == content
