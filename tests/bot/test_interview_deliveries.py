"""Whatever is delivered twice, late or across restarts: the database holds what the same acts make of an interview."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot import interviews as door
from bot.app import App
from bot.deliveries import Message, Press
from bot.effects import opening_name
from bot.interview_buttons import BACK, CHOOSE, CONFIRM, EDIT, REJECT, SKIP, SUBMIT, UNKNOWN, button_value
from flows import interviews
from flows.interview import DONE, REVIEW, Interview, Turn
from flows.question_bank import BANK
from flows.questions import NO_MORE_OBJECTIVES
from flows.roles import Role
from storage import kickoffs, outbox, question_sets
from storage.database import Database
from storage.outbox import Posted
from tests.bot.replicas import replica
from tests.conftest import MONDAY_EVENING
from tests.flows.interview_acts import TODAY, WORDS
from tests.restarts import kickoff_with

pytestmark = pytest.mark.both_databases

PERSON = "U1"
PLAIN: dict[str, Callable[[Interview], Turn]] = {
    UNKNOWN: interviews.say_unknown,
    SKIP: interviews.skip,
    BACK: interviews.go_back,
    CONFIRM: interviews.confirm,
    REJECT: interviews.reject,
    SUBMIT: interviews.submit,
}
_numbers = st.integers(0, 12)
ACTS = st.one_of(
    st.tuples(st.just("hear"), st.sampled_from([*WORDS, "the example", "the example"])),
    st.tuples(st.just("choose"), _numbers),
    st.tuples(st.just("choose"), _numbers),
    st.tuples(st.just("press"), st.sampled_from([*PLAIN])),
    st.tuples(st.just("change"), _numbers),
    st.tuples(st.just("press late"), st.sampled_from([*PLAIN])),
    st.tuples(st.just("edit"), st.tuples(_numbers, st.sampled_from(WORDS))),
    st.tuples(st.just("again"), _numbers),
    st.tuples(st.just("restart"), st.none()),
)


@dataclass
class Played:
    """One interview, in the database and as flows alone would have it."""

    url: str
    app: App
    interview_id: int
    expected: Interview
    delivered: list[Press | Message] = field(default_factory=list)
    written: list[tuple[Message, str]] = field(default_factory=list)

    def stored(self) -> tuple[Interview, int]:
        """The interview as it is in the database, and how much waits to be said."""

        def read(connection: Connection) -> tuple[Interview, int]:
            _, participant = kickoffs.load_interview(connection, self.interview_id)
            return participant.interview, outbox.count_open(connection)

        return self.app.database.run(read)

    async def restart(self) -> None:
        """Begin with nothing but what is in the database."""
        await self.app.database.close()
        question_sets._read.clear()
        self.app.database = Database(self.url)

    async def deliver(self, delivery: Press | Message) -> None:
        await (door.press if isinstance(delivery, Press) else door.hear)(self.app, delivery)  # type: ignore[arg-type]

    async def play(self, act: str, value: object) -> None:
        """Do one act at the door, and see that flows expects the same of it."""
        match act, value:
            case "restart", _:
                await self.restart()
            case "again", int(number) if self.delivered:
                before = self.stored()
                await self.deliver(self.delivered[number % len(self.delivered)])
                assert self.stored() == before
            case "choose", int(number):
                question = self.expected.question
                values = question.values if question else ()
                chosen = values[number % len(values)] if values else NO_MORE_OBJECTIVES
                await self.press(CHOOSE, chosen, lambda interview: interviews.choose(interview, chosen))
            case "change", int(number) if self.expected.answers:
                question_id = [*self.expected.answers][number % len(self.expected.answers)]
                await self.press(EDIT, question_id, lambda interview: interviews.edit(interview, question_id))
                await self.play("choose", number)
                await self.play("hear", "the example")
            case "press", str(button):
                await self.press(button, "", PLAIN[button])
            case "press late", str(button):
                await self.press(button, "", PLAIN[button], turn=self.expected.turn - 1)
            case "hear", str(words):
                await self.hear(words)
            case "edit", (int(number), str(words)) if self.written:
                await self.edit(number % len(self.written), words)
        assert self.stored()[0] == self.expected

    async def press(self, button: str, value: str, act: Callable[[Interview], Turn], turn: int | None = None) -> None:
        at = self.expected.turn if turn is None else turn
        number = len(self.delivered)
        press = Press(
            f"press:{self.interview_id}:{number}",
            "T1",
            "C1",
            PERSON,
            button,
            button_value(self.interview_id, at, value),
            self.thread,
            "",
        )
        self.delivered.append(press)
        await self.deliver(press)
        if at == self.expected.turn:
            self.expected = act(self.expected).interview

    async def hear(self, words: str) -> None:
        question = self.expected.question
        if words == "the example":
            words = (question.example if question else "") or "hello"
        number = len(self.delivered)
        ts = f"{self.interview_id}.{number}"
        message = Message(
            f"message:C1:{ts}", "T1", "C1", PERSON, words, ts, self.thread, direct=False, written_at=self.now
        )
        self.delivered.append(message)
        self.written.append((message, self.expected.step))
        await self.deliver(message)
        self.expected = interviews.hear(self.expected, words, TODAY, PERSON).interview

    async def edit(self, number: int, words: str) -> None:
        message, step = self.written[number]
        edited = replace(
            message, key=f"{message.key}:{len(self.delivered)}", text=words, written_at=self.now, edited=True
        )
        self.delivered.append(edited)
        self.written[number] = (edited, step)
        await self.deliver(edited)
        if step not in {REVIEW, DONE}:
            self.expected = interviews.amend(self.expected, step, message.text, words, TODAY, PERSON).interview

    @property
    def now(self) -> datetime:
        return MONDAY_EVENING + timedelta(seconds=len(self.delivered))

    @property
    def thread(self) -> str:
        return f"{self.interview_id}.thread"


def begin(url: str, app: App, roles: tuple[Role, ...]) -> Played:
    """An interview whose opening stands in the channel."""
    begun = interviews.begin(BANK, roles, BANK.plan(roles, roles)).interview

    def store(connection: Connection) -> int:
        kickoff = kickoffs.create(connection, kickoff_with(begun), MONDAY_EVENING)
        interview_id = kickoff.participants[0].interview_id
        thread = f"{interview_id}.thread"
        outbox.remember(connection, Posted(opening_name(interview_id), "T1", "C1", thread, interview_id))
        return interview_id

    return Played(url, app, app.database.run(store), begun)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(Role), st.lists(ACTS, min_size=5, max_size=25))
def test_what_is_kept_is_what_was_done_once(database_url: str, role: Role, acts: list[tuple[str, object]]) -> None:
    async def play() -> None:
        app = replica(database_url)
        played = begin(database_url, app, (role,))
        for act, value in acts:
            await played.play(act, value)
        await app.database.close()

    asyncio.run(play())
