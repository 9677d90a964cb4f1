"""The manifest against the code: no scope too many, none too few."""

import re
from pathlib import Path
from typing import Any

import yaml

import bot
from bot.listeners import COMMAND, EVENTS, MESSAGES, SHORTCUTS
from bot.local import FEATURES
from bot.scopes import EVENT_SCOPES, METHOD_SCOPES, SCOPES

ROOT = Path(__file__).parents[2]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())


def test_it_asks_for_the_scopes_that_are_used() -> None:
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)


def test_it_names_the_command() -> None:
    assert [command["command"] for command in MANIFEST["features"]["slash_commands"]] == [COMMAND]


def test_commands_carry_the_ids_of_people() -> None:
    escaped = {one["command"] for one in MANIFEST["features"]["slash_commands"] if one["should_escape"]}
    assert escaped == FEATURES.escaped_commands == {COMMAND}


def test_it_names_the_shortcuts() -> None:
    shortcuts = MANIFEST["features"]["shortcuts"]
    assert {one["callback_id"] for one in shortcuts} == set(SHORTCUTS)
    assert shortcuts == [
        {"name": one.name, "type": one.type, "callback_id": one.callback_id, "description": one.description}
        for one in FEATURES.shortcuts
    ]


def test_it_subscribes_to_what_is_heard() -> None:
    subscribed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert subscribed == sorted(EVENT_SCOPES)
    assert {event.split(".")[0] for event in subscribed} == {*MESSAGES, *EVENTS}


def test_every_method_that_is_called_is_listed() -> None:
    sources = [path.read_text() for path in Path(str(bot.__file__)).parent.glob("*.py")]
    named = {name for source in sources for name in re.findall(r'"([a-z]+\.[a-zA-Z.]+)"', source)}
    families = ("auth", "chat", "conversations", "users", "views", "files", "canvases", "reactions")
    assert {name for name in named if name.split(".")[0] in families} == set(METHOD_SCOPES)


def test_slack_takes_it() -> None:
    assert len(MANIFEST["display_information"]["name"]) <= 35
    assert len(MANIFEST["display_information"]["description"]) <= 140
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]
    assert MANIFEST["features"]["app_home"]["messages_tab_enabled"]
    for command in MANIFEST["features"]["slash_commands"]:
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000


def test_the_procfile_starts_what_exists() -> None:
    from bot.command_line import _COMMANDS

    for line in (ROOT / "Procfile").read_text().splitlines():
        assert line.split(": ml-kickoff ")[1] in _COMMANDS
