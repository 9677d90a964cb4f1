"""Starting the playground: what is taken is left alone, and what was kept goes on."""

import socket
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot import try_out
from bot.settings import Unusable
from playground.company import Described
from playground.page.server import listen
from playground.page.session import Session
from playground.person import NotSeen
from playground.state import StateFile
from playground.world import Stage, World

Serve = Callable[[Session, socket.socket, Callable[[str], None]], Awaitable[None]]


def options(state: Path | None = None, port: int = 0, stage: str = "said hello") -> try_out.Options:
    return try_out.Options(port, browser=False, stage=stage, state=state, company=Described())


@pytest.fixture(autouse=True)
def story(monkeypatch: pytest.MonkeyPatch) -> None:
    """A story of one word instead of the app's, and a page that is closed at once."""

    async def say_hello(world: World) -> None:
        workspace = world.playground.workspace
        await next(iter(workspace.people.values())).say(next(iter(workspace.channels.values())), "Hello")

    async def lose(_: World) -> None:
        raise NotSeen("Ada did not see 'Hello' but\n  nothing")

    async def serve(_session: Session, listening: socket.socket, opened: Callable[[str], None]) -> None:
        opened(f"http://127.0.0.1:{listening.getsockname()[1]}")

    monkeypatch.setattr(try_out, "STAGES", (Stage("Said hello", say_hello), Stage("Lost", lose)))
    monkeypatch.setattr(try_out, "serve", serve)


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def hellos(state: Path) -> int:
    kept = StateFile(state).read()
    assert kept
    return len([one for one in kept.messages if one.text == "Hello"])


async def test_the_same_line_twice_goes_on_where_it_left_off(tmp_path: Path) -> None:
    state, said = tmp_path / "kept.db", list[str]()
    await try_out.try_out(options(state), said.append)
    await try_out.try_out(options(state), said.append)
    assert hellos(state) == 1
    assert said[2] == f"It goes on where {state} left off; “Said hello” is for a new workspace."
    assert len(said) == 3
    assert not state.with_name("kept.db.lock").exists()


async def test_a_port_that_is_taken_leaves_the_state_alone(tmp_path: Path) -> None:
    state = tmp_path / "kept.db"
    with closing(listen(0)) as taken, pytest.raises(Unusable, match="cannot be used"):
        await try_out.try_out(options(state, port=taken.getsockname()[1]), print)
    assert left_in(tmp_path) == []


async def test_a_state_is_one_playgrounds_at_a_time(tmp_path: Path) -> None:
    state = tmp_path / "kept.db"
    await try_out.try_out(options(state), print)
    before = state.read_bytes()
    with StateFile(state).held(), pytest.raises(Unusable, match="Another playground holds"):
        await try_out.try_out(options(state), print)
    assert state.read_bytes() == before
    with pytest.raises(Unusable, match="cannot be written"):
        await try_out.try_out(options(tmp_path / "no" / "kept.db"), print)


async def test_a_stage_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Session] = []

    class Watched(Session):
        async def close(self) -> None:
            await super().close()
            closed.append(self)

    monkeypatch.setattr(try_out, "Session", Watched)
    state = tmp_path / "kept.db"
    with pytest.raises(Unusable, match=r"“lost” was not reached: Ada did not see 'Hello'\. "):
        await try_out.try_out(options(state, stage="lost"), print)
    assert len(closed) == 1
    assert left_in(tmp_path) == []
    with pytest.raises(Unusable, match=r"There is no stage “nowhere”\. There are: Said hello, Lost\."):
        await try_out.try_out(options(stage="nowhere"), print)
