"""The command line, and what the engineers who run the app read."""

import logging
import socket
import sys
from pathlib import Path

import pytest

from bot import demo
from bot.command_line import main
from bot.doctor import examine
from bot.logs import describe_error, set_up_logging
from bot.settings import Settings
from playground import Playground
from playground.faults import ApiError
from playground.world import World
from storage.database import Database
from storage.schema import is_current, migrate
from tests.bot.conftest import playground_for, settings_for
from tests.conftest import FakeClock


async def test_the_demo_plays_to_the_end() -> None:
    said: list[str] = []
    assert await demo.play(said.append) == 0
    told = "\n".join(said)
    for words in (
        "I read this as: increase time on platform by at least 15 %, no deadline given.",
        "They collide in 4 places, worst first.",
        "advertising revenue +20 % against @Priya Patel time on platform +15 %",
        "Impact: ",
        "All put A first.",
        "3 of 3 approve.",
        "Version 1 of the charter is ",
        "signed the goal card on",
        "what moved in",
        "Logged for Streaming feed: 2 hours, labelling, error 0.21",
    ):
        assert words in told
    assert "limits were broken" not in told


async def test_the_demo_fails_when_a_limit_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    async def break_a_limit(world: World, *_: object) -> None:
        world.playground.workspace.log.breached("chat.postMessage", "invalid_blocks", "on purpose")

    monkeypatch.setattr(demo, "agree", lambda *_: _nothing())
    monkeypatch.setattr(demo, "_write_charter", lambda *_: _nothing())
    monkeypatch.setattr(demo, "_nudge_and_log", break_a_limit)
    assert await demo.play(lambda _: None) == 1


async def _nothing() -> None:
    return None


def test_a_missing_setting_ends_with_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    for command in ("run", "doctor"):
        assert main([command]) == 2
        assert capsys.readouterr().err == "SLACK_BOT_TOKEN is not set.\n"


def test_migrate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    assert main(["migrate"]) == 0
    database = Database(f"sqlite:///{tmp_path}/new.db")
    assert database.run(is_current)
    assert main(["migrate", "--to", "0006"]) == 0
    assert not database.run(is_current)
    assert main(["migrate", "--to", "9"]) == 2
    assert main(["migrate"]) == 0
    assert database.run(is_current)
    database.engine.dispose()


def test_it_is_a_module_too(monkeypatch: pytest.MonkeyPatch) -> None:
    import runpy

    monkeypatch.setattr(sys, "argv", ["bot", "--help"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("bot", run_name="__main__")
    assert ended.value.code == 0


async def lines_of(settings: Settings) -> tuple[int, list[str]]:
    said: list[str] = []
    return await examine(settings, said.append), said


@pytest.mark.parametrize("socket", [True, False])
async def test_the_doctor_finds_a_healthy_app_healthy(database_url: str, clock: FakeClock, *, socket: bool) -> None:
    async with playground_for(clock) as slack:
        code, said = await lines_of(settings_for(slack, database_url, socket=socket))
    assert code == 0, said
    assert all(line.startswith("ok ") for line in said)
    assert len(said) == 8


async def test_the_doctor_says_the_mend(clock: FakeClock, tmp_path: Path) -> None:
    async with Playground(now=clock, scopes={"commands"}) as slack:
        slack.faults.add("apps.connections.open", ApiError("not_allowed_token_type"), times=None)
        old = Database(f"sqlite:///{tmp_path}/old.db")
        migrate(old, "0001")
        old.engine.dispose()
        code, said = await lines_of(settings_for(slack, f"sqlite:///{tmp_path}/old.db", socket=True))
        told = "\n".join(said)
        assert code == 1
        assert "chat:write" in told
        assert "connections:write" in told
        assert "Run ml-kickoff migrate" in told
        slack.faults.add("auth.test", ApiError("invalid_auth"), times=None)
        told = "\n".join((await lines_of(settings_for(slack, f"sqlite:///{tmp_path}/new.db")))[1])
        assert "Copy the bot token anew" in told
        assert "not known before the token works" in told


async def test_the_doctor_reads_the_workspaces_own_files(clock: FakeClock, tmp_path: Path) -> None:
    own = tmp_path / "influence.yaml"
    own.write_text("factors:\n- {id: churn, watch: off}", encoding="utf-8")
    wrong = tmp_path / "questions.yaml"
    wrong.write_text("questions: 7", encoding="utf-8")
    said: list[str] = []
    async with playground_for(clock) as slack:
        settings = settings_for(slack, f"sqlite:///{tmp_path / 'doctor.db'}")
        files = {"questions_file": wrong, "influence_file": own}
        assert await examine(settings.model_copy(update=files), said.append) == 1
    assert "ok    Influence: 1 change, all good: 1 factor changed." in said
    assert any(line.startswith(f"MEND  Questions: {wrong}") for line in said)


async def test_the_doctor_before_the_first_run(clock: FakeClock, tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    async with playground_for(clock) as slack:
        settings = settings_for(slack, f"sqlite:///{file}", socket=True)
        code, said = await lines_of(settings)
        assert code == 0, said
        assert "ok    Database: sqlite, will be made at the first run" in said
        assert "ok    Schema: will be made at the first run" in said
        assert not file.exists()
        file.touch()
        code, said = await lines_of(settings)
        assert code == 0, said
        assert "ok    Schema: will be made at the first run" in said


def prepare(monkeypatch: pytest.MonkeyPatch, folder: Path, **changed: str) -> None:
    """An environment in which the app would start, but for what is changed."""
    monkeypatch.chdir(folder)
    good = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "secret",
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
        "DATABASE_URL": f"sqlite:///{folder}/new.db",
        "HOST": "127.0.0.1",
        "PORT": "0",
    }
    for name, value in {**good, **changed}.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("command", ["run", "migrate"])
@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1", "sqlite:////proc/no/new"])
def test_a_database_out_of_reach_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, url: str
) -> None:
    prepare(monkeypatch, tmp_path, DATABASE_URL=url)
    assert main([command]) == 1
    told = capsys.readouterr().err
    assert told.startswith("The database cannot be reached. Check DATABASE_URL, and that ")
    assert told.count("\n") == 1


def test_a_port_in_use_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        prepare(monkeypatch, tmp_path, PORT=str(port))
        assert main(["run"]) == 2
    told = capsys.readouterr().err
    assert told.endswith(f"PORT: 127.0.0.1:{port} cannot be listened on (Address already in use).\n")
    assert "Traceback" not in told


async def test_the_doctor_without_a_network(clock: FakeClock, tmp_path: Path) -> None:
    async with playground_for(clock) as slack:
        settings = settings_for(slack, f"sqlite:///{tmp_path}/new.db", socket=True)
    database = "postgresql+psycopg://nobody@127.0.0.1:1/nothing?connect_timeout=1"
    code, said = await lines_of(settings.model_copy(update={"database_url": database}))
    assert code == 1
    assert [line for line in said if not line.startswith("MEND")] == [
        "ok    Questions: as built in",
        "ok    Influence: as built in",
    ]
    assert len(said) == 8


def test_the_log_names_the_error_and_not_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging()
    try:
        int("what somebody wrote")
    except ValueError:
        logging.getLogger("bot").exception("It failed")
    told = capsys.readouterr().err
    assert "ValueError at test_command_line.py" in told
    assert "what somebody wrote" not in told
    assert describe_error(ValueError("x")) == "ValueError"
    assert logging.getLogger("slack_sdk").level == logging.WARNING
