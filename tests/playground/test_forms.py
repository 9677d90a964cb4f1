"""Forms and menus when the app changes them, and inputs that share a label."""

from typing import Any

import pytest

from playground import CannotEnter, Chapter, Playground
from playground.forms import entered, offered, state_of
from tests.playground.apps import last_sent, modal, plain, recording, text_input
from tests.playground.test_people import answering


def options(*names: str) -> list[dict[str, Any]]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def block(kind: str, *names: str, **more: Any) -> dict[str, Any]:
    offer = {"options": options(*names)} if names else {}
    element = {"type": kind, "action_id": "a", **offer, **more}
    return {"type": "actions", "block_id": "b", "elements": [element]}


def stands(before: dict[str, Any], after: dict[str, Any], value: Any) -> Any:
    """What stands in the element after it was changed."""
    entry = entered(before["elements"][0], value)
    (left,) = [part for key, part in state_of([after], {"b": {"a": entry}})["b"]["a"].items() if key != "type"]
    return left


def test_a_choice_that_is_no_longer_offered_is_gone() -> None:
    red_blue = block("static_select", "Red", "Blue")
    assert stands(red_blue, block("static_select", "Blue", "Green"), "Blue")["value"] == "blue"
    assert stands(red_blue, block("static_select", "Green"), "Blue") is None
    green = options("Green")[0]
    assert stands(red_blue, block("static_select", "Green", initial_option=green), "Blue") == green
    ticks = block("checkboxes", "Red", "Blue")
    assert stands(ticks, block("checkboxes", "Blue", "Green"), ["Red", "Blue"]) == options("Blue")
    assert stands(ticks, block("checkboxes", "Green"), ["Red"]) == []


def test_a_choice_is_called_as_it_is_now() -> None:
    renamed = block("static_select", "Red")
    renamed["elements"][0]["options"][0]["text"] = plain("Crimson")
    assert stands(block("static_select", "Red"), renamed, "Red")["text"] == plain("Crimson")


def test_what_an_app_looks_up_is_offered_while_it_stands_there() -> None:
    found = options("Found")[0]
    element = block("external_select", initial_option=found)["elements"][0]
    assert offered(element) == [found]
    assert entered(element, "Found")["selected_option"] == found


NOTES = modal(
    {**text_input("Note", action_id="a"), "block_id": "first"},
    {**text_input("Note", action_id="a"), "block_id": "second"},
)


async def test_two_inputs_of_one_label_are_told_apart(slack: Playground, chapter: Chapter) -> None:
    view = slack.workspace.views.open(chapter.priya.id, NOTES)
    note = view.blocks[1]
    chapter.priya.enter(view, note, note["element"], "written")
    async with recording(slack) as app:
        with pytest.raises(CannotEnter, match="Note: please complete") as wrong:
            await chapter.priya.submit(view)
    assert (app.heard, wrong.value.block) == ([], "first")
    with pytest.raises(LookupError, match="2 input 'Note'"):
        await chapter.priya.submit(view, {"Note": "which?"})
    note = view.blocks[0]
    chapter.priya.enter(view, note, note["element"], "too")
    async with answering(slack, {"response_action": "errors", "errors": {"second": "Taken."}}):
        complaints = await chapter.priya.submit(view)
    assert complaints == {"Note": "Taken."}
    assert complaints.by_block == {"second": "Taken."}
    sent = last_sent(slack, "view_submission")["view"]["state"]["values"]
    assert [sent[name]["a"]["value"] for name in ("first", "second")] == ["too", "written"]
