"""A Bolt app that shows one of everything, served on the playground's page."""

import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import Features, Playground, Shortcut
from playground.clock import SkippingClock
from playground.company import CHAPTER, populate
from playground.page.server import listen, serve
from playground.page.session import Session
from playground.world import Command, Played, World
from tests.browser import corners
from tests.browser.parts import CONFIRM, Block, entry, mrkdwn, options, section
from tests.playground.apps import button, modal, plain

FEATURES = Features(
    shortcuts=(
        Shortcut("Make it an objective", "objective", "opens a form with the message in it"),
        Shortcut("Anywhere", "anywhere", "does nothing", type="global"),
    ),
    escaped_commands=frozenset({"/escaped"}),
)
OVERFLOW = {"type": "overflow", "action_id": "overflow", "options": options("Archive", "Remove")}


def message(person: str, channel: str, picture: str) -> list[Block]:
    words = (
        "*Bold*, _italic_, ~struck~, `code`, <https://example.org|a link>, :tada:\n> quoted\n"
        f"<@{person}> in <#{channel}>\n• one\n• two\n```x = 1```"
    )
    rich = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "Rich", "style": {"bold": True}}]},
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": item}]} for item in ("a", "b")
                ],
            },
        ],
    }
    return [
        {"type": "header", "text": plain("Everything :tada:")},
        section(words, accessory=OVERFLOW),
        {"type": "section", "fields": [mrkdwn("*Left*"), mrkdwn("*Right*")]},
        {"type": "context", "elements": [mrkdwn("small and grey"), plain("beside it")]},
        {"type": "divider"},
        {"type": "image", "slack_file": {"id": picture}, "alt_text": "A square", "title": plain("A picture")},
        rich,
        {"type": "table", "rows": [[plain_cell("Goal"), plain_cell("By")], [plain_cell("Time"), plain_cell("15 %")]]},
        {"type": "markdown", "text": "## A heading\n\n1. first\n2. second"},
        {
            "type": "actions",
            "elements": [
                button("Plain", action_id="plain"),
                button("Primary", action_id="primary", style="primary"),
                button("Danger", action_id="danger", style="danger", confirm=CONFIRM),
                {
                    "type": "static_select",
                    "action_id": "menu",
                    "placeholder": plain("A menu"),
                    "options": options("Red", "Blue"),
                },
                {"type": "users_select", "action_id": "person", "placeholder": plain("A person")},
                {"type": "datepicker", "action_id": "day", "placeholder": plain("A day")},
            ],
        },
        section("Tick", accessory={"type": "checkboxes", "action_id": "ticks", "options": options("One", "Two")}),
        section("One of", accessory={"type": "radio_buttons", "action_id": "radio", "options": options("Yes", "No")}),
    ]


def plain_cell(text: str) -> Block:
    return {"type": "raw_text", "text": text}


FORM = modal(
    section("Everything that can be filled in.", accessory=button("More", action_id="more")),
    entry("plain_text_input", "Name", placeholder=plain("A name"), max_length=20),
    entry("plain_text_input", "Story", multiline=True),
    entry("number_input", "Number", is_decimal_allowed=False, min_value="1", max_value="9"),
    entry("email_text_input", "E-mail"),
    entry("url_text_input", "Address"),
    entry("datepicker", "Day"),
    entry("timepicker", "Time"),
    entry("datetimepicker", "Moment"),
    entry("static_select", "Colour", options=options("Red", "Blue"), placeholder=plain("Pick one")),
    entry("multi_static_select", "Colours", options=options("Red", "Blue", "Green")),
    entry("users_select", "Person"),
    entry("multi_users_select", "People"),
    entry("channels_select", "Channel"),
    entry("conversations_select", "Conversation"),
    entry("checkboxes", "Ticks", options=options("One", "Two")),
    entry("radio_buttons", "Choice", options=options("Yes", "No")),
    title="Everything",
    callback_id="form",
)


def red_square() -> bytes:
    """A PNG of 64 by 64 red pixels, made by hand so that no file has to be kept."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    size = (64).to_bytes(4, "big")
    head = size + size + bytes([8, 2, 0, 0, 0])
    pixels = zlib.compress((b"\0" + b"\xe0\x1e\x5a" * 64) * 64)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def gallery(slack: Playground) -> AsyncApp:
    client = AsyncWebClient(token=slack.workspace.app.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.workspace.app.signing_secret, process_before_response=True)
    app.command("/gallery")(show)
    app.command("/form")(open_form)
    app.command("/long")(say_too_much)
    corners.add_to(app)
    app.view("form")(save)
    app.action("more")(more)
    app.view("second")(second)
    app.event("app_home_opened")(home)
    app.action("at_home")(at_home)
    for event in ("message", "reaction_added", "reaction_removed", "member_joined_channel"):
        app.event(event)(hear)
    app.event("app_mention")(mentioned)
    app.event("user_status_changed")(status_changed)
    app.shortcut("objective")(objective)
    app.command("/choices")(show_choices)
    app.command("/escaped")(escaped)
    app.command("/steps")(open_steps)
    app.action("longer")(lengthen)
    app.action("loud")(loud)
    for name in INITIAL:
        app.action(name)(chosen)
    for name in ("plain", "primary", "danger", "menu", "person", "day", "ticks", "radio", "overflow"):
        app.action(name)(used)
    return app


async def show(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    channel = command["channel_id"]
    uploaded = await client.files_upload_v2(
        channel=channel, content=red_square(), filename="square.png", title="A red square"
    )
    blocks = message(command["user_id"], channel, uploaded["file"]["id"])
    await client.chat_postMessage(channel=channel, text="Everything", blocks=blocks)
    await client.chat_postEphemeral(channel=channel, user=command["user_id"], text="Psst, only you.")
    await client.canvases_create(
        title="A canvas",
        document_content={"type": "markdown", "markdown": "# Charter\n\nOne page."},
        channel_id=channel,
    )


async def open_form(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
    view = {**FORM, "private_metadata": command["channel_id"]}
    await client.views_open(trigger_id=command["trigger_id"], view=view)
    await ack()


async def say_too_much(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    with suppress(SlackApiError):
        await client.chat_postMessage(
            channel=command["channel_id"], text="Long", blocks=[{"type": "header", "text": plain("x" * 151)}]
        )


async def save(ack: Any, view: dict[str, Any], client: AsyncWebClient) -> None:
    values = {name: next(iter(block.values())) for name, block in view["state"]["values"].items()}
    if not values["Name"]["value"]:
        await ack(response_action="errors", errors={"Name": "Everybody has a name."})
        return
    await ack()
    said = {name: next(part for key, part in value.items() if key != "type") for name, value in values.items()}
    await client.chat_postMessage(channel=view["private_metadata"], text=json.dumps(said))


async def more(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    again = modal(entry("plain_text_input", "Deeper"), title="Second", callback_id="second")
    await client.views_push(trigger_id=body["trigger_id"], view=again)


async def second(ack: Any) -> None:
    await ack(response_action="update", view=modal(section("Thank you."), title="Third", callback_id="third"))


async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
    if event["tab"] != "home":
        return
    blocks = [section("*Welcome home*"), {"type": "actions", "elements": [button("At home", action_id="at_home")]}]
    blocks += choices()
    await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


async def hear() -> None:
    return


async def mentioned(event: dict[str, Any], client: AsyncWebClient) -> None:
    again = " again" if "edited" in event else ""
    thread = event.get("thread_ts", event["ts"])
    await client.chat_postMessage(channel=event["channel"], thread_ts=thread, text=f"You called{again}?")


async def status_changed(event: dict[str, Any], client: AsyncWebClient) -> None:
    said = event["user"]["profile"]["status_text"] or "back"
    await client.chat_postMessage(channel=event["user"]["id"], text=f"I hear you are: {said}")


async def objective(ack: Any, shortcut: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    words = entry("plain_text_input", "Objective", initial_value=shortcut["message"]["text"])
    asked = entry("users_select", "Asked by", initial_user=shortcut["message"]["user"])
    await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(words, asked, title="From a message"))


INITIAL: dict[str, Block] = {
    "one": {"type": "static_select", "options": options("Red", "Blue"), "initial_option": options("Red")[0]},
    "some": {"type": "checkboxes", "options": options("Uno", "Dos"), "initial_options": options("Uno")},
    "either": {"type": "radio_buttons", "options": options("Left", "Right"), "initial_option": options("Left")[0]},
    "when": {"type": "datepicker", "initial_date": "2026-12-01"},
    "who": {"type": "users_select", "placeholder": plain("Who"), "initial_user": "U00000002"},
    "team": {"type": "multi_users_select", "placeholder": plain("Team"), "initial_users": ["U00000003"]},
}


def choices() -> list[Block]:
    elements = [{**element, "action_id": name} for name, element in INITIAL.items()]
    return [{"type": "actions", "block_id": "choices", "elements": elements}]


async def show_choices(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    await client.chat_postMessage(channel=command["channel_id"], text="Choices", blocks=choices())


async def chosen(ack: Any, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
    """Say the whole state after a choice, in the channel or, from a home, in the direct message."""
    await ack()
    values = (body.get("state") or body["view"]["state"])["values"]["choices"]
    state = {name: next(part for key, part in value.items() if key != "type") for name, value in values.items()}
    where = body["channel"]["id"] if "channel" in body else body["user"]["id"]
    await client.chat_postMessage(channel=where, text=f"{action['action_id']} {json.dumps(state)}")


async def escaped(ack: Any, command: dict[str, Any]) -> None:
    await ack(f"`{command['text']}`")


def steps(*more: Block) -> Block:
    loud_name = {**entry("plain_text_input", "Loud"), "dispatch_action": True}
    loud_name["element"] = {**loud_name["element"], "action_id": "loud"}
    letters = {**entry("plain_text_input", "Letters"), "dispatch_action": True}
    at_once = {"trigger_actions_on": ["on_character_entered"]}
    letters["element"] = {**letters["element"], "action_id": "loud", "dispatch_action_config": at_once}
    longer = {"type": "actions", "elements": [button("Longer", action_id="longer")]}
    return modal(entry("plain_text_input", "Kept", min_length=3), loud_name, letters, *more, longer, title="Steps")


async def open_steps(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    await client.views_open(trigger_id=command["trigger_id"], view=steps())


async def lengthen(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    view = body["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=steps(section("Now it is longer.")))


async def loud(ack: Any, body: dict[str, Any], action: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    await client.views_update(view_id=body["view"]["id"], view=steps(section(f"I heard {action['value']}.")))


async def at_home(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
    await ack()
    await client.views_publish(
        user_id=body["user"]["id"], view={"type": "home", "blocks": [section("Pressed at home.")]}
    )


async def used(ack: Any, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
    """Say what was used, and how."""
    await ack()
    keys = ("selected_option", "selected_options", "selected_user", "selected_date", "value")
    chosen = next((action[key] for key in keys if action.get(key)), "pressed")
    parts = chosen if isinstance(chosen, list) else [chosen]
    said = ", ".join(part["value"] if isinstance(part, dict) else str(part) for part in parts)
    await client.chat_postMessage(channel=body["channel"]["id"], text=f"{action['action_id']}: {said}")


@asynccontextmanager
async def open_world() -> AsyncIterator[World]:
    clock = SkippingClock()
    async with Playground(now=clock, features=FEATURES) as slack:
        populate(slack.workspace, CHAPTER)
        runner = web.AppRunner(gallery(slack).web_app(path="/slack/events"), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")

        async def nothing() -> None:
            return

        async def never() -> datetime | None:
            return None

        yield World(slack, clock, never, nothing)
        await runner.cleanup()


async def main() -> None:
    commands = (
        Command("/gallery", "", "one of everything"),
        Command("/form", "", "everything to fill in"),
        Command("/long", "", "a heading that is too long"),
        Command("/choices", "", "menus in which something stands already"),
        Command("/escaped", "", "says what it was sent"),
        Command("/steps", "", "a form that changes"),
        *corners.COMMANDS,
    )
    session = Session(Played(open_world, commands, (), "nothing"))
    await session.begin()
    try:
        await serve(session, listen(0), _tell)
    finally:
        await session.close()


def _tell(address: str) -> None:
    print(address, flush=True)  # noqa: T201 - as `ml-kickoff playground` does
