"""Messages in a channel or thread, with what can be done with them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui

from playground.answers import Reply
from playground.page.attachments import draw_attachment
from playground.page.blocks import draw_blocks
from playground.page.faces import draw_face, draw_status, look_of_status, of_stamp, say_day
from playground.page.live import Part, Row, Rows
from playground.page.markup import emoji_sign
from playground.page.menus import draw_menu
from playground.page.pieces import draw_html, draw_large_picture
from playground.page.surface import surface_for
from playground.records import Channel, Message

if TYPE_CHECKING:
    from playground.page.desk import Desk

_REACTIONS = ("+1", "eyes", "white_check_mark", "tada", "thinking_face")
_SAID_BY_SLACK = {"channel_join", "group_join", "channel_leave", "group_leave"}
_TROUBLE = {
    "operation_timeout": "The app took too long to answer. Slack would say: “That took too long. Please try again.”",
    "dispatch_failed": "The app could not be reached or did not take this. Please try again.",
}


def rows_of_channel(desk: "Desk", channel: Channel) -> list[Row]:
    """What stands in a channel, with a line for each day."""
    shown = [one for one in desk.messages(channel) if one.thread_ts is None or one.broadcast or one.ts == one.thread_ts]
    return _rows(desk, shown, in_thread=False)


def rows_of_thread(desk: "Desk", root: Message) -> list[Row]:
    """A message and the replies to it."""
    channel = desk.workspace.channels[root.channel]
    shown = [one for one in desk.messages(channel) if root.ts in {one.ts, one.thread_ts}]
    return _rows(desk, shown, in_thread=True)


def rows_of_heads(desk: "Desk") -> list[Row]:
    """The messages under which the one who acts takes part in a thread."""
    return [_row(desk, head, in_thread=False) for head in desk.threads()]


def _rows(desk: "Desk", shown: Sequence[Message], *, in_thread: bool) -> list[Row]:
    rows: list[Row] = []
    day = ""
    for message in shown:
        today = say_day(of_stamp(desk.person, message.ts))
        if today != day:
            rows.append(Row(f"day {today}", partial(_draw_day, today)))
            day = today
        rows.append(_row(desk, message, in_thread=in_thread))
    return rows


def _row(desk: "Desk", message: Message, *, in_thread: bool) -> Row:
    gone = " deleted" if message.deleted else ""
    return Row(f"{message.ts}{gone}", partial(draw_message, desk, message, in_thread=in_thread))


def _draw_day(day: str) -> Sequence[Part]:
    with ui.element("div").classes("day").props("role=separator"):
        ui.label(day)
    return ()


def draw_message(desk: "Desk", message: Message, *, in_thread: bool) -> Sequence[Part | Rows]:
    """One message; returns its parts that follow what happens: content, reactions, replies, status."""
    author = desk.workspace.people.get(message.user)
    name = author.shown_name if author else "Slackbot"
    at = of_stamp(desk.person, message.ts)
    article = ui.element("article").classes(f"message{' whispered' if message.only_for else ''}")
    article.props["aria-label"] = f"{name}, {at:%H:%M}"
    with article:
        if author:
            draw_face(author)
        with ui.element("div").classes("message-body"):
            if message.only_for:
                ui.label("Only visible to you").classes("only-you")
            with ui.element("div").classes("byline"):
                ui.label(name).classes("author")
                status = ui.element("span").classes("status")
                if message.by_app:
                    ui.label("APP").classes("app-badge")
                ui.label(f"{at:%H:%M}").classes("time")
            parts = _draw_parts(desk, message, in_thread=in_thread)
            if author:
                parts.append(Part(status, partial(look_of_status, author), partial(draw_status, author)))
        if not message.only_for and not message.deleted:
            _draw_actions(desk, message, in_thread=in_thread)
    return parts


def _draw_parts(desk: "Desk", message: Message, *, in_thread: bool) -> list[Part | Rows]:
    def now() -> Message:
        return desk.workspace.current(message)

    def content() -> tuple[object, ...]:
        shown = now()
        return shown.text, shown.blocks, shown.attachments, shown.files, shown.edited

    def replies() -> tuple[object, ...]:
        newest = desk.replies(message)
        return len(newest), newest[-1].ts if newest else "", desk.has_new_replies(message)

    parts: list[Part | Rows] = [
        Part(ui.element("div"), content, lambda: _draw_content(desk, now())),
        Rows(ui.element("div").classes("reactions"), lambda: _rows_of_reactions(desk, now())),
    ]
    if not in_thread:
        parts.append(Part(ui.element("div"), replies, lambda: _draw_replies(desk, message)))
    return parts


def _draw_content(desk: "Desk", message: Message) -> None:
    if message.subtype in _SAID_BY_SLACK or message.deleted:
        draw_html(desk.markup.mrkdwn(message.text), classes="words faint")
        return
    surface = surface_for(desk, message, partial(desk.use, message))
    if message.blocks:
        draw_blocks(surface, message.blocks)
    elif message.text:
        draw_html(desk.markup.mrkdwn(message.text), classes="words")
    for attachment in message.attachments:
        draw_attachment(surface, attachment)
    if message.edited and not message.by_app:
        ui.label("(edited)").classes("edited")
    _draw_files(desk, message)


def trouble(reply: Reply) -> str:
    """What Slack shows when the app did not answer well; empty when it did."""
    return _TROUBLE.get(reply.error, f"Slack refused the app's answer: {reply.error}") if reply.error else ""


def _draw_files(desk: "Desk", message: Message) -> None:
    for file in desk.files_of(message):
        with ui.element("figure"):
            ui.label(file.title).classes("file-title")
            if file.mimetype.startswith("image/"):
                draw_large_picture(desk.address_of_file(file), file.alt_text or file.title)
            else:
                ui.link(file.name, desk.address_of_file(file), new_tab=True)


def _rows_of_reactions(desk: "Desk", message: Message) -> list[Row]:
    names = dict.fromkeys(name for name, _ in message.reactions)
    return [Row(name, partial(_draw_reaction, desk, message, name)) for name in names]


def _draw_reaction(desk: "Desk", message: Message, name: str) -> Sequence[Part]:
    chip = ui.element("button").classes("reaction").props("type=button")
    chip.on("click", partial(desk.react, message, name))

    def givers() -> list[str]:
        return [who for given, who in desk.workspace.current(message).reactions if given == name]

    def draw() -> None:
        mine = desk.person.id in givers()
        chip.classes(add="mine" if mine else "", remove="" if mine else "mine")
        chip.props["aria-pressed"] = "true" if mine else "false"
        chip.props["title"] = f"{', '.join(map(desk.workspace.name_of, givers()))}: {name}"
        ui.label(f"{emoji_sign(name)} {len(givers())}")

    return (Part(chip, givers, draw),)


def _draw_replies(desk: "Desk", message: Message) -> None:
    replies = desk.replies(message)
    if not replies:
        return
    last = of_stamp(desk.person, replies[-1].ts)
    count = "1 reply" if len(replies) == 1 else f"{len(replies)} replies"
    new = desk.has_new_replies(message)
    with (
        ui.element("button")
        .classes(f"replies{' new' if new else ''}")
        .props("type=button")
        .on("click", lambda: desk.open_thread(message))
    ):
        for who in list(dict.fromkeys(reply.user for reply in replies))[:3]:
            draw_face(desk.workspace.people[who], small=True)
        ui.label(count).classes("count")
        ui.label(f"{'New, last' if new else 'Last'} {say_day(last)}, {last:%H:%M}").classes("faint")


def _draw_actions(desk: "Desk", message: Message, *, in_thread: bool) -> None:
    with ui.element("div").classes("message-actions"):
        if not in_thread:
            _draw_action("💬", "Reply in thread", lambda: desk.open_thread(message))
        with (
            ui.element("button").classes("icon").props('type=button aria-label="Add a reaction" title="Add a reaction"')
        ):
            draw_html("☺", tag="span")
            draw_menu([(emoji_sign(name), partial(desk.react, message, name)) for name in _REACTIONS])
        if message.user == desk.person.id:
            _draw_action("✎", "Edit this message", lambda: desk.edit(message))
            _draw_action("🗑", "Delete this message", lambda: desk.delete(message))
        _draw_shortcuts(desk, message)


def _draw_shortcuts(desk: "Desk", message: Message) -> None:
    """The app's shortcuts on a message, by their names."""
    shortcuts = desk.person.shortcuts_on(message)
    if not shortcuts:
        return
    label = "More actions on this message"
    with ui.element("button").classes("icon").props("type=button title='More actions'") as button:
        button.props["aria-label"] = label
        draw_html("⋮", tag="span")
        draw_menu([(one.name, partial(desk.use_shortcut, message, one.callback_id)) for one in shortcuts])


def _draw_action(sign: str, label: str, act: Callable[[], object]) -> None:
    button = ui.element("button").classes("icon").props("type=button")
    button.props["aria-label"] = label
    button.props["title"] = label
    with button:
        draw_html(sign, tag="span")
    button.on("click", act)
