"""Menus, pickers and inputs in messages, home tabs and modals: what stands there first, and what the app is told."""

from datetime import date
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import CannotEnter, Chapter, Features, Message, Playground, View, chapter_workspace
from tests.playground.apps import button, last_sent, modal, plain, recording, text_input
from tests.playground.test_people import answering
from tests.playground.test_web_api import refused

OPTIONS = [{"text": plain(text), "value": text.lower()} for text in ("Red", "Green", "Blue")]
RED, GREEN, BLUE = OPTIONS


def element(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "it", **more}


# Each element, what stands in it at first, what is chosen, and how the state and the action name it then.
CHOICES: list[tuple[dict[str, Any], Any, Any, str, Any]] = [
    (element("static_select", options=OPTIONS, initial_option=RED), RED, "Blue", "selected_option", BLUE),
    (element("static_select", options=OPTIONS), None, "Blue", "selected_option", BLUE),
    (element("radio_buttons", options=OPTIONS, initial_option=RED), RED, "Green", "selected_option", GREEN),
    (
        element("checkboxes", options=OPTIONS, initial_options=[RED]),
        [RED],
        ["Red", "Blue"],
        "selected_options",
        [RED, BLUE],
    ),
    (element("checkboxes", options=OPTIONS), [], ["Red"], "selected_options", [RED]),
    (element("multi_static_select", options=OPTIONS), [], ["Green"], "selected_options", [GREEN]),
    (
        element("datepicker", initial_date="2026-03-01"),
        "2026-03-01",
        date(2026, 4, 1),
        "selected_date",
        "2026-04-01",
    ),
    (element("datepicker"), None, "2026-04-01", "selected_date", "2026-04-01"),
    (element("users_select", initial_user="U00000001"), "U00000001", "U00000002", "selected_user", "U00000002"),
    (element("users_select"), None, "U00000002", "selected_user", "U00000002"),
    (
        element("multi_users_select", initial_users=["U00000001"]),
        ["U00000001"],
        ["U00000001", "U00000003"],
        "selected_users",
        ["U00000001", "U00000003"],
    ),
    (element("multi_users_select"), [], ["U00000003"], "selected_users", ["U00000003"]),
]
BY_KIND = pytest.mark.parametrize(("menu", "first", "chosen", "key", "kept"), CHOICES)


def state_in(payload: dict[str, Any]) -> Any:
    values = (payload.get("state") or payload["view"]["state"])["values"]
    return values["block"]["it"]


def in_actions(menu: dict[str, Any]) -> list[dict[str, Any]]:
    elements = [menu, button("Tell", action_id="tell")]
    return [{"type": "actions", "block_id": "block", "elements": elements}]


async def shown_on(surface: str, slack: Playground, chapter: Chapter, blocks: list[dict[str, Any]]) -> Message | View:
    workspace = slack.workspace
    if surface == "message":
        return workspace.post(chapter.channel, workspace.app.user_id, "Choose", blocks=blocks)
    if surface == "home":
        return workspace.views.publish(chapter.priya.id, {"type": "home", "blocks": blocks})
    return workspace.views.open(chapter.priya.id, modal(*blocks))


@BY_KIND
@pytest.mark.parametrize("surface", ["message", "home", "modal"])
async def test_the_app_is_told_of_a_choice_with_the_whole_state(
    slack: Playground,
    chapter: Chapter,
    surface: str,
    menu: dict[str, Any],
    first: Any,
    chosen: Any,
    key: str,
    kept: Any,
) -> None:
    where = await shown_on(surface, slack, chapter, in_actions(menu))
    async with recording(slack):
        await chapter.priya.press(where, "Tell")
        assert state_in(last_sent(slack, "block_actions")) == {"type": menu["type"], key: first}
        await chapter.priya.choose(where, "it", chosen)
    sent = last_sent(slack, "block_actions")
    assert state_in(sent) == {"type": menu["type"], key: kept}
    (action,) = sent["actions"]
    initial = {name: value for name, value in menu.items() if name.startswith("initial_")}
    assert {name: value for name, value in action.items() if name != "action_ts"} == {
        "type": menu["type"],
        "action_id": "it",
        "block_id": "block",
        key: kept,
        **initial,
    }
    about = {"message": {"channel", "message", "response_url", "state"}, "home": {"view"}, "modal": {"view"}}[surface]
    assert {"channel", "message", "response_url", "state", "view"} & set(sent) == about
    assert sent["container"]["type"] == ("message" if surface == "message" else "view")
    if isinstance(where, View):
        assert sent["container"] == {"type": "view", "view_id": where.id}
        assert (sent["view"]["id"], sent["view"]["type"]) == (where.id, surface)


@BY_KIND
async def test_a_form_carries_what_stands_in_it_or_was_chosen(
    slack: Playground, chapter: Chapter, menu: dict[str, Any], first: Any, chosen: Any, key: str, kept: Any
) -> None:
    block = {"type": "input", "block_id": "block", "label": plain("It"), "element": menu, "optional": True}
    async with recording(slack):
        for answers, expected in (({}, first), ({"It": chosen}, kept)):
            view = slack.workspace.views.open(chapter.priya.id, modal(block))
            assert await chapter.priya.submit(view, answers) is None
            assert state_in(last_sent(slack, "view_submission")) == {"type": menu["type"], key: expected}


async def test_an_overflow_menu_keeps_nothing(slack: Playground, chapter: Chapter) -> None:
    menu = element("overflow", options=OPTIONS)
    section = {"type": "section", "block_id": "block", "text": plain("Goal"), "accessory": menu}
    message = await shown_on("message", slack, chapter, [section])
    async with recording(slack):
        await chapter.priya.choose(message, "it", "Green")
    sent = last_sent(slack, "block_actions")
    assert sent["actions"][0]["selected_option"] == GREEN
    assert sent["state"]["values"] == {}


async def test_an_ephemeral_message_is_not_in_its_own_payload(slack: Playground, chapter: Chapter) -> None:
    workspace = slack.workspace
    blocks = in_actions(element("users_select", placeholder=plain("Who")))
    whisper = workspace.post(chapter.channel, workspace.app.user_id, "Psst", blocks=blocks, only_for=chapter.priya.id)
    async with recording(slack):
        await chapter.priya.choose(whisper, "Who", chapter.fiona)
    sent = last_sent(slack, "block_actions")
    assert "message" not in sent
    assert sent["container"] == {
        "type": "message",
        "message_ts": whisper.ts,
        "channel_id": chapter.channel.id,
        "is_ephemeral": True,
    }
    assert sent["actions"][0]["placeholder"] == plain("Who")


async def test_an_input_tells_the_app_only_if_it_dispatches(slack: Playground, chapter: Chapter) -> None:
    blocks = [text_input("Quiet"), {**text_input("Loud", action_id="loud"), "dispatch_action": True}]
    view = slack.workspace.views.open(chapter.priya.id, modal(*blocks))
    async with recording(slack) as app:
        assert (await chapter.priya.choose(view, "Quiet", "Psst")).status is None
        assert app.heard == []
        assert (await chapter.priya.choose(view, "Loud", "Hey")).status == 200
    sent = last_sent(slack, "block_actions")
    (action,) = sent["actions"]
    assert (action["type"], action["action_id"], action["value"]) == ("plain_text_input", "loud", "Hey")
    values = [entry["value"] for block in sent["view"]["state"]["values"].values() for entry in block.values()]
    assert values == ["Psst", "Hey"]


@pytest.mark.parametrize(
    ("limits", "entry", "complaint"),
    [
        ({"min_length": 3}, "ab", "2 characters, allowed are 3 to 3000"),
        ({"max_length": 3}, "abcd", "4 characters, allowed are 0 to 3"),
        ({"min_length": 2, "max_length": 3}, "a", "1 characters, allowed are 2 to 3"),
    ],
)
async def test_a_text_keeps_its_lengths(
    slack: Playground, chapter: Chapter, limits: dict[str, int], entry: str, complaint: str
) -> None:
    view = slack.workspace.views.open(chapter.priya.id, modal(text_input("Text", **limits)))
    with pytest.raises(CannotEnter, match=f"Text: {complaint}"):
        await chapter.priya.submit(view, {"Text": entry})


async def test_a_view_cannot_ask_for_a_text_longer_than_3000(chapter: Chapter, api: AsyncWebClient) -> None:
    for limits in ({"max_length": 3001}, {"min_length": 5, "max_length": 4}):
        trigger = chapter.priya.workspace.views.new_trigger(chapter.priya.id)
        opening = api.views_open(trigger_id=trigger, view=modal(text_input("Text", **limits)))
        assert await refused(opening) == "invalid_arguments"


async def test_a_button_in_a_modal_changes_it_and_what_was_entered_stays(
    slack: Playground, chapter: Chapter, api: AsyncWebClient
) -> None:
    name = {**text_input("Name", action_id="name"), "block_id": "name"}
    more = {"type": "actions", "block_id": "more", "elements": [button("More", action_id="more")]}
    view = slack.workspace.views.open(chapter.priya.id, modal(name, more, callback_id="form"))
    async with recording(slack):
        await chapter.priya.choose(view, "Name", "Churn")
        await chapter.priya.press(view, "More")
        sent = last_sent(slack, "block_actions")
        assert sent["container"] == {"type": "view", "view_id": view.id}
        assert sent["view"]["state"]["values"]["name"]["name"]["value"] == "Churn"
        longer = modal(name, text_input("Why", action_id="why"), callback_id="form")
        await api.views_update(view_id=view.id, hash=sent["view"]["hash"], view=longer)
        stale = api.views_update(view_id=view.id, hash=sent["view"]["hash"], view=longer)
        assert await refused(stale) == "hash_conflict"
        now = await chapter.priya.view()
        assert now.labels == ["Name", "Why"]
        assert await chapter.priya.submit(now, {"Why": "Costs"}) is None
    values = last_sent(slack, "view_submission")["view"]["state"]["values"]
    assert [entry["value"] for block in values.values() for entry in block.values()] == ["Churn", "Costs"]


async def test_a_form_that_is_updated_by_its_answer_keeps_what_was_entered(slack: Playground, chapter: Chapter) -> None:
    name = {**text_input("Name", action_id="name"), "block_id": "name"}
    view = slack.workspace.views.open(chapter.priya.id, modal(name))
    async with answering(slack, {"response_action": "update", "view": modal(name, title="Sure?")}):
        await chapter.priya.submit(view, {"Name": "Churn"})
    again = await chapter.priya.view("Sure?")
    async with recording(slack):
        assert await chapter.priya.submit(again) is None
    values = last_sent(slack, "view_submission")["view"]["state"]["values"]
    assert values["name"]["name"]["value"] == "Churn"


async def test_a_home_is_told_of_each_time_it_is_opened(
    slack: Playground, chapter: Chapter, api: AsyncWebClient
) -> None:
    async with recording(slack):
        await chapter.priya.open_home()
        await slack.quiet()
        first = last_sent(slack, "event app_home_opened")["event"]
        assert {key: value for key, value in first.items() if key != "event_ts"} == {
            "type": "app_home_opened",
            "user": chapter.priya.id,
            "channel": chapter.priya.dm.id,
            "tab": "home",
        }
        view = {"type": "home", "blocks": in_actions(element("datepicker"))}
        published = (await api.views_publish(user_id=chapter.priya.id, view=view))["view"]
        await chapter.priya.open_home()
        await slack.quiet()
        again = last_sent(slack, "event app_home_opened")["event"]
        assert again["view"] == published
        await chapter.priya.open_messages()
        await slack.quiet()
        other = last_sent(slack, "event app_home_opened")["event"]
        assert (other["tab"], "view" in other) == ("messages", False)
    assert sum(one.name == "event app_home_opened" for one in slack.workspace.traffic) == 3


async def test_a_home_is_published_by_its_hash(chapter: Chapter, api: AsyncWebClient) -> None:
    def view(text: str) -> dict[str, Any]:
        return {"type": "home", "blocks": [{"type": "header", "text": plain(text)}]}

    priya = chapter.priya.id
    first = (await api.views_publish(user_id=priya, view=view("One")))["view"]
    second = (await api.views_publish(user_id=priya, view=view("Two"), hash=first["hash"]))["view"]
    assert (second["id"], second["hash"] != first["hash"]) == (first["id"], True)
    for stale in (first["hash"], ""):
        publishing = api.views_publish(user_id=priya, view=view("Three"), hash=stale)
        assert await refused(publishing) == "hash_conflict"
    await api.views_publish(user_id=priya, view=view("Four"))
    # Another person has another home, with a hash of its own.
    await api.views_publish(user_id=chapter.victor.id, view=view("Five"))
    home = await chapter.priya.open_home()
    assert home is not None
    assert home.words() == "Four"


async def test_no_home_where_the_app_has_none() -> None:
    async with Playground(features=Features(home_tab=False)) as slack:
        chapter = chapter_workspace(slack.workspace)
        api = AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.api_url)
        assert await chapter.priya.open_home() is None
        assert slack.workspace.happenings == []
        publishing = api.views_publish(user_id=chapter.priya.id, view={"type": "home", "blocks": []})
        assert await refused(publishing) == "not_enabled"
