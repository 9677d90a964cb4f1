import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.limits import check_message, check_metadata, check_view
from playground.records import Refused
from tests.playground.apps import button, modal, plain, text_input

Block = dict[str, Any]


def section(**more: Any) -> Block:
    return {"type": "section", "text": plain("Hello"), **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def option(text: str = "In threads here", value: str = "threads", **more: Any) -> Block:
    return {"text": plain(text), "value": value, **more}


def menu(*options: Block, **more: Any) -> Block:
    return {"type": "static_select", "placeholder": plain("Pick"), "options": list(options), **more}


def choices(kind: str, number: int) -> Block:
    return {"type": kind, "options": [option(str(n), str(n)) for n in range(number)]}


CONFIRM = {"title": plain("Sure?"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No")}

SOUND: list[tuple[str, Block]] = [
    ("text of 3,000", {"type": "section", "text": plain("x" * 3000)}),
    ("ten fields", {"type": "section", "fields": [plain("x" * 2000)] * 3}),
    ("header of 150", {"type": "header", "text": plain("x" * 150)}),
    ("ten in a context", {"type": "context", "elements": [plain("x")] * 10}),
    ("25 actions", actions(*[button(str(n), action_id=str(n)) for n in range(25)])),
    ("button of 75 with a value of 2,000", actions(button("x" * 75, value="v" * 2000))),
    ("100 options", actions(menu(*[option(str(n), str(n)) for n in range(100)]))),
    ("option at its limits", actions(menu(option("x" * 75, "v" * 150, description=plain("d" * 75))))),
    ("chosen option", actions(menu(option(), initial_option=option()))),
    ("groups", actions({"type": "static_select", "option_groups": [{"label": plain("x"), "options": [option()]}]})),
    ("five in an overflow", section(accessory=choices("overflow", 5))),
    ("ten radio buttons", actions(choices("radio_buttons", 10))),
    ("ten checkboxes", actions(choices("checkboxes", 10))),
    ("confirm", actions(button("Stop", style="danger", confirm=CONFIRM))),
    ("image", {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A curve"}),
    ("rich text", {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}),
    ("table", {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * 20] * 100}),
    ("input", text_input("x" * 2000, max_length=3000, min_length=1)),
    ("a block_id of 255", section(block_id="x" * 255)),
]

BROKEN: list[tuple[str, Block, str]] = [
    ("text of 3,001", {"type": "section", "text": plain("x" * 3001)}, "must be less than 3001 characters"),
    ("empty text", {"type": "section", "text": plain("")}, "must be more than 0 characters"),
    ("section without text", {"type": "section"}, "must define one of: text, fields"),
    ("eleven fields", {"type": "section", "fields": [plain("x")] * 11}, "no more than 10 items allowed"),
    ("field of 2,001", {"type": "section", "fields": [plain("x" * 2001)]}, "less than 2001"),
    ("header of 151", {"type": "header", "text": plain("x" * 151)}, "less than 151"),
    ("header in mrkdwn", {"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "unsupported type: mrkdwn"),
    ("eleven in a context", {"type": "context", "elements": [plain("x")] * 11}, "no more than 10"),
    ("26 actions", actions(*[button("x", action_id=str(n)) for n in range(26)]), "no more than 25"),
    ("no actions", actions(), "must provide at least 1 items"),
    ("button of 76", actions(button("x" * 76)), "less than 76"),
    ("value of 2,001", actions(button("x", value="v" * 2001)), "less than 2001"),
    ("action_id of 256", actions(button("x", action_id="i" * 256)), "less than 256"),
    ("unknown style", actions(button("x", style="loud")), "value must be one of danger, primary"),
    ("repeated action_id", actions(button("a", action_id="i"), button("b", action_id="i")), "must be unique"),
    ("101 options", actions(menu(*[option(str(n), str(n)) for n in range(101)])), "no more than 100"),
    ("option text of 76", actions(menu(option("x" * 76))), "less than 76"),
    ("option value of 151", actions(menu(option(value="x" * 151))), "less than 151"),
    ("description of 76", actions(menu(option(description=plain("x" * 76)))), "less than 76"),
    ("placeholder of 151", actions(menu(option(), placeholder=plain("x" * 151))), "less than 151"),
    ("menu without options", actions({"type": "static_select"}), "must define one of: options, option_groups"),
    ("unoffered option", actions(menu(option(), initial_option=option("Other"))), "one of the provided options"),
    ("six in an overflow", section(accessory=choices("overflow", 6)), "no more than 5"),
    ("eleven radio buttons", actions(choices("radio_buttons", 11)), "no more than 10"),
    ("eleven checkboxes", actions(choices("checkboxes", 11)), "no more than 10"),
    ("confirm without a title", actions(button("x", confirm={"text": plain("x")})), "missing required field: title"),
    ("confirm title of 101", actions(button("x", confirm={**CONFIRM, "title": plain("x" * 101)})), "less than 101"),
    ("confirm button of 31", actions(button("x", confirm={**CONFIRM, "deny": plain("x" * 31)})), "less than 31"),
    ("image without alt text", {"type": "image", "image_url": "https://example.com"}, "field: alt_text"),
    ("unknown block", {"type": "sections"}, "unsupported type: sections"),
    ("unknown key", section(colour="red"), "invalid additional property: colour"),
    ("unknown element", actions({"type": "slider"}), "unsupported type: slider"),
    ("input field among actions", actions({"type": "plain_text_input"}), "unsupported type: plain_text_input"),
    ("block without type", {"text": plain("x")}, "missing required field: type"),
    ("alert in a message", {"type": "alert", "text": plain("x")}, "unsupported type: alert"),
    ("block_id of 256", section(block_id="x" * 256), "less than 256"),
    ("max_length of 3,001", text_input("Name", max_length=3001), "less than or equal to 3000"),
    ("min above max", text_input("Name", min_length=5, max_length=4), "must not be greater"),
    ("label of 2,001", text_input("x" * 2001), "less than 2001"),
    ("date in words", actions({"type": "datepicker", "initial_date": "in a month"}), "must match the expected format"),
    ("101 rows", {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]] * 101}, "no more than 100"),
    ("21 columns", {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * 21]}, "no more than 20"),
    ("large table", {"type": "table", "rows": [[{"type": "raw_text", "text": "a" * 5001}] * 2]}, "in all"),
    ("text that is a number", {"type": "section", "text": {"type": "plain_text", "text": 7}}, "must be a string"),
    ("text that is a string", {"type": "section", "text": "Hello"}, "must be an object"),
    ("rich text of unknown parts", {"type": "rich_text", "elements": [{"type": "text"}]}, "unsupported type: text"),
]


@pytest.mark.parametrize(("_name", "block"), SOUND, ids=[name for name, _ in SOUND])
def test_takes_a_sound_block(_name: str, block: Block) -> None:
    check_message({"text": "Hello", "blocks": [block]})


@pytest.mark.parametrize(("_name", "block", "complaint"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_refuses_a_broken_block(_name: str, block: Block, complaint: str) -> None:
    with pytest.raises(Refused) as refused:
        check_message({"text": "Hello", "blocks": [block]})
    assert refused.value.error == "invalid_blocks"
    assert refused.value.breach
    assert any(complaint in message and "[json-pointer:/blocks" in message for message in refused.value.messages)


def test_points_at_the_broken_part_in_slacks_words() -> None:
    with pytest.raises(Refused) as refused:
        check_message({"blocks": [section(), {"type": "section", "text": plain("x" * 3001)}]})
    assert refused.value.messages == ("[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]",)


MESSAGES: list[tuple[dict[str, Any], str]] = [
    ({}, "no_text"),
    ({"text": "", "blocks": []}, "no_text"),
    ({"text": "x", "blocks": {"type": "section"}}, "invalid_blocks_format"),
    ({"text": "x", "blocks": [section()] * 51}, "invalid_blocks"),
    ({"text": "x", "blocks": [section(block_id="b"), section(block_id="b")]}, "invalid_blocks"),
    ({"text": "x", "attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
    ({"text": "x", "blocks": [{"type": "section", "text": plain("x" * 2700)}] * 5}, "msg_blocks_too_long"),
    ({"text": "x", "blocks": [{"type": "table", "rows": [[plain("x")]]}] * 2}, "invalid_blocks"),
    ({"text": "x", "blocks": [{"type": "markdown", "text": "x" * 6001}] * 2}, "invalid_blocks"),
    ({"text": "x", "metadata": {"event_type": "kept"}}, "invalid_metadata_format"),
    ({"text": "x", "metadata": {"event_payload": {}}}, "invalid_metadata_format"),
    (
        {"text": "x", "metadata": {"event_type": "a", "event_payload": {"b": {"c": {"d": 1}}}}},
        "invalid_metadata_schema",
    ),
    ({"text": "x", "metadata": {"event_type": "a", "event_payload": {"b": "x" * 16_000}}}, "metadata_too_large"),
]


@pytest.mark.parametrize(("message", "error"), MESSAGES)
def test_refuses_a_broken_message(message: dict[str, Any], error: str) -> None:
    with pytest.raises(Refused) as refused:
        check_message(message)
    assert refused.value.error == error


def test_takes_messages_at_their_limits() -> None:
    check_message({"text": "x" * 50_000})
    check_message({"blocks": [section(block_id=str(n)) for n in range(50)]})
    check_message({"attachments": [{"text": "x"}] * 100})
    check_metadata({"event_type": "kept", "event_payload": {"id": 7, "deep": {"a": 1}, "list": [{"a": 1}, "b"]}})


@given(st.integers(1, 26_000))
def test_blocks_are_too_long_exactly_above_13200_characters(total: int) -> None:
    texts = [plain("x" * 2900)] * (total // 2900) + [plain("x" * (total % 2900))] * (total % 2900 > 0)
    message = {"blocks": [{"type": "section", "text": text} for text in texts]}
    if total <= 13_200:
        check_message(message)
    else:
        with pytest.raises(Refused, match="msg_blocks_too_long"):
            check_message(message)


VIEWS: list[tuple[str, Callable[[], Any], str]] = [
    ("title of 25", lambda: modal(title="x" * 25), "[json-pointer:/view/title/text]"),
    ("submit of 25", lambda: modal(submit=plain("x" * 25)), "/view/submit/text"),
    ("close of 25", lambda: modal(close=plain("x" * 25)), "/view/close/text"),
    ("private_metadata of 3,001", lambda: modal(private_metadata="x" * 3001), "less than 3001"),
    ("callback_id of 256", lambda: modal(callback_id="x" * 256), "less than 256"),
    ("101 blocks", lambda: modal(*[section()] * 101), "no more than 100"),
    ("input without submit", lambda: modal(text_input("Name"), submit=None), "must define `submit`"),
    ("table in a modal", lambda: modal({"type": "table", "rows": []}), "unsupported type: table"),
    ("unknown key", lambda: modal(colour="red"), "invalid additional property: colour"),
    ("home in place of a modal", lambda: {"type": "home", "blocks": []}, "must be of type modal"),
    ("no type", lambda: {"blocks": []}, "missing required field: type"),
    ("no view", lambda: None, "missing required field: view"),
    ("blocks that are no list", lambda: modal() | {"blocks": "none"}, "must be an array"),
]


@pytest.mark.parametrize(("_name", "view", "complaint"), VIEWS, ids=[name for name, *_ in VIEWS])
def test_refuses_a_broken_view(_name: str, view: Callable[[], Any], complaint: str) -> None:
    with pytest.raises(Refused) as refused:
        check_view(view())
    assert refused.value.error == "invalid_arguments"
    assert any(complaint in message for message in refused.value.messages)


def test_refuses_a_view_above_250_kb() -> None:
    large = modal(*[{"type": "section", "text": plain("x" * 2900)} for _ in range(90)])
    assert len(json.dumps(large)) > 250_000
    with pytest.raises(Refused, match="view_too_large"):
        check_view(large)


def test_takes_views_at_their_limits() -> None:
    view = modal(*[section(block_id=str(n)) for n in range(100)], title="x" * 24, private_metadata="x" * 3000)
    assert check_view(view) is view
    home = {"type": "home", "blocks": [section()]}
    assert check_view(home, ("home",)) is home
