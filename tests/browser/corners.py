"""What an app does that a page easily gets wrong: menus that change, forms that are sent twice, markup that bites."""

import asyncio
import json
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.world import Command
from tests.browser.parts import CONFIRM, Block, entry, mrkdwn, options, section
from tests.playground.apps import button, modal, plain

COMMANDS = (
    Command("/menus", "", "menus that change"),
    Command("/notes", "", "a form with corners"),
    Command("/markup", "", "markup that bites"),
    Command("/aloud", "", "a reply that is shown in the channel too"),
)
_SLOW_SECONDS = 0.4


def add_to(app: AsyncApp) -> None:
    app.command("/menus")(show_menus)
    app.command("/notes")(open_notes)
    app.command("/markup")(show_markup)
    app.command("/aloud")(reply_aloud)
    app.action("changing")(change)
    app.action("slow")(take_long)
    app.view("notes")(keep_notes)
    for name in ("elsewhere", "asked", "begins", "rated", "binned", "live", "linked"):
        app.action(name)(tell)


def _select(action: str, *names: str, **more: Any) -> Block:
    offered = {"options": options(*names)} if names else {}
    return {"type": "external_select" if not names else "static_select", "action_id": action, **offered, **more}


def _menus(*names: str) -> list[Block]:
    return [
        {
            "type": "actions",
            "block_id": "menus",
            "elements": [
                _select("changing", *names, placeholder=plain("Changing")),
                _select("elsewhere", placeholder=plain("Elsewhere"), initial_option=options("Found")[0]),
                _select("asked", "One", "Two", placeholder=plain("Asked"), confirm=CONFIRM),
                {
                    "type": "users_select",
                    "action_id": "gone",
                    "placeholder": plain("Gone"),
                    "initial_user": "U99999999",
                },
                {"type": "datepicker", "action_id": "begins"},
                button("Slow", action_id="slow"),
                button("Linked", action_id="linked", url="https://example.org/", confirm=CONFIRM),
            ],
        },
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "rated",
                    "positive_button": {"text": plain("Good"), "value": "good"},
                    "negative_button": {"text": plain("Bad"), "value": "bad"},
                },
                {
                    "type": "icon_button",
                    "action_id": "binned",
                    "icon": "trash",
                    "text": plain("Bin it"),
                    "value": "bin",
                },
            ],
        },
    ]


async def show_menus(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    await client.chat_postMessage(channel=command["channel_id"], text="Menus", blocks=_menus("Red", "Blue"))


async def change(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
    await client.chat_update(**where, text="Menus", blocks=_menus("Green", "Yellow"))
    await client.chat_postMessage(channel=where["channel"], text="Other colours now.")


async def take_long(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
    await asyncio.sleep(_SLOW_SECONDS)
    await ack()
    await client.chat_postMessage(channel=body["channel"]["id"], text="At last.")


async def tell(ack: Any, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    channel = body["channel"]["id"] if "channel" in body else body["view"]["private_metadata"]
    said = {key: action[key] for key in ("type", "value", "selected_option", "selected_date") if action.get(key)}
    await client.chat_postMessage(channel=channel, text=f"{action['action_id']}: {json.dumps(said)}")


def _notes(channel: str) -> Block:
    live = {**entry("plain_text_input", "Live"), "dispatch_action": True}
    live["element"]["action_id"] = "live"
    first, second = (
        {**entry("plain_text_input", "Note"), "block_id": name, "optional": False} for name in ("first", "second")
    )
    return modal(
        first,
        second,
        live,
        entry("number_input", "Number", is_decimal_allowed=False, min_value="1", max_value="9"),
        entry("email_text_input", "E-mail"),
        entry("rich_text_input", "Rich"),
        entry("conversations_select", "Conversation"),
        title="Notes",
        callback_id="notes",
        private_metadata=channel,
    )


async def open_notes(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
    await client.views_open(trigger_id=command["trigger_id"], view=_notes(command["channel_id"]))
    await ack()


async def keep_notes(ack: Any, view: dict[str, Any], client: AsyncWebClient) -> None:
    await asyncio.sleep(_SLOW_SECONDS)
    values = {block: next(iter(inner.values())) for block, inner in view["state"]["values"].items()}
    if values["second"]["value"] == "taken":
        await ack(response_action="errors", errors={"second": "This note is taken."})
        return
    await ack()
    said = {name: next((part for key, part in value.items() if key != "type"), None) for name, value in values.items()}
    await client.chat_postMessage(channel=view["private_metadata"], text=json.dumps(said))


async def show_markup(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    emoji = {"type": "emoji", "name": "<img src=x onerror=document.title='PWNED'>"}
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [emoji]}]}
    channel = command["channel_id"]
    await client.files_upload_v2(
        channel=channel, content=b"<script>document.title = 'PWNED'</script>", filename="page.html", title="A page"
    )
    posted = await client.chat_postMessage(channel=channel, text="Bites", blocks=[rich])
    await client.reactions_add(channel=channel, timestamp=posted["ts"], name="<b>x</b>")
    attached: list[Block] = [
        {"color": "#36a64f", "title": "A title", "title_link": "https://example.org", "text": "*Old* style"},
        {"color": "danger", "blocks": [section("New style"), {"type": "context", "elements": [mrkdwn("and small")]}]},
    ]
    await client.chat_postMessage(channel=channel, attachments=attached)


async def reply_aloud(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    channel = command["channel_id"]
    head = await client.chat_postMessage(channel=channel, text="Head")
    await client.chat_postMessage(channel=channel, text="Aloud", thread_ts=head["ts"], reply_broadcast=True)
