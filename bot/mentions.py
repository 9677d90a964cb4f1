"""Mentioning the app asks what the command asks, in threads too, where Slack takes no commands."""

from sqlalchemy import Connection

from bot import commands, interviews, log_replies
from bot.app import App
from bot.deliveries import Command, Message
from bot.whispers import whisper
from flows.commands import read_mention
from storage import deliveries, kickoffs, outbox


async def hear_message(app: App, message: Message) -> None:
    """Words in a thread or to the app; those that begin with a mention of it are no answer in an interview.

    In channels Slack tells of a mention once more, by an event of its own; in direct messages it does not.
    """
    mentioned = read_mention(message.text, (await app.identify()).user)
    if mentioned is None or not mentioned.first:
        await interviews.hear(app, message)
        await log_replies.offer(app, message)
    elif message.direct and not message.edited:
        await _answer(app, message, mentioned.text)


async def hear_mention(app: App, message: Message) -> None:
    """A mention in a channel or a thread of one; in the midst of an answer in one's own interview it is part of it."""
    mentioned = read_mention(message.text, (await app.identify()).user)
    if mentioned is None:
        return
    if mentioned.first or not await app.database.transact(lambda connection: _is_answer(connection, message)):
        await _answer(app, message, mentioned.text)


def _is_answer(connection: Connection, message: Message) -> bool:
    if not message.thread:
        return False
    interview_id = kickoffs.interview_in_thread(connection, message.workspace, message.channel, message.thread)
    if interview_id is None:
        return False
    return kickoffs.load_interview(connection, interview_id)[1].person == message.person


async def _answer(app: App, message: Message, text: str) -> None:
    """Answer as the command does, to that person alone, where they wrote."""
    # An edit or a repetition has the same name, so what was answered stays answered.
    key = f"mention:{message.channel}:{message.ts}"
    answered = f"{key}:answered"
    if await app.database.transact(lambda connection: deliveries.is_known(connection, answered)):
        return
    command = Command(
        key=key,
        workspace=message.workspace,
        channel=message.channel,
        person=message.person,
        text=text or "help",
        trigger="",
        thread=message.thread or "",
    )
    reply = await commands.answer(app, command)

    def say(connection: Connection) -> None:
        if reply is not None and deliveries.is_first(connection, answered, app.clock()):
            outbox.put(connection, [whisper(command, reply.said)], app.clock())

    await app.transact(say)
