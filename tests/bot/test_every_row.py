"""Twelve people are interviewed through the door, and every row that has to be asked is known in the end (K3-K60)."""

import asyncio

from flows.interview import REVIEW
from flows.kickoffs import Participant
from flows.known import list_known
from flows.question_bank import BANK
from flows.questions import ABOUT_GOALS, Kind, Question
from flows.roles import ROLE_NAMES, Role
from playground.person import Person
from playground.records import Message
from tests.bot.conftest import GOAL, Stage, staged
from tests.conftest import FakeClock

ROWS = {f"K{row}" for rows in (range(3, 15), range(16, 26), range(38, 46), range(48, 61)) for row in rows}
WORDS = 60
MOST_TURNS = 30
CHOSEN = {
    (Role.PRODUCT_OWNER, "current_way"): "Software with rules",
    (Role.PRODUCT_OWNER, "form"): "None of these",
    (Role.DATA_SCIENTIST, "form"): "Sort things into groups with names",
    "current_way": "Software with rules",
    "label_source": "No, we would make them",
}


async def test_every_row_is_asked_of_someone_and_known_in_the_end(clock: FakeClock, tmp_path: object) -> None:
    async with staged(f"sqlite:///{tmp_path}/rows.db", clock, questions=BANK) as stage:
        people = {role: stage.slack.workspace.add_person(f"{name.title()} Person") for role, name in ROLE_NAMES.items()}
        for person in people.values():
            stage.slack.workspace.join(stage.channel, person)
        await start(stage, people)
        await asyncio.gather(*(answer_all(stage, person) for person in people.values()))
        await stage.priya.sees("a first score", channel=stage.channel, within=20)
        kickoff = stage.kickoffs()[0]
        asked = {row for known in list_known(kickoff) for row in known.question.rows}
        asked |= {row for question in BANK.questions if question.kind in ABOUT_GOALS for row in question.rows}
        assert ROWS - asked == set()
        assert len(kickoff.stakes) == len(people)
        assert_short(stage)


async def start(stage: Stage, people: dict[Role, Person]) -> None:
    await stage.priya.command(stage.channel, "/ml-kickoff", "new Churn radar")
    await stage.priya.press(await stage.priya.view("Start a kickoff"), "More roles, and people who watch")
    filled = {ROLE_NAMES[role][0].upper() + ROLE_NAMES[role][1:]: [person] for role, person in people.items()}
    form = await stage.priya.view("Start a kickoff")
    assert await stage.priya.submit(form, {"What problem should it solve?": "Customers leave.", **filled}) is None


async def answer_all(stage: Stage, person: Person) -> None:
    opening = said = await stage.opening(person)
    for _ in range(MOST_TURNS):
        said = await person.sees(lambda one: one.by_app, channel=stage.channel, thread=opening, after=said, within=30)
        interview = of(stage, person).interview
        if interview.step == REVIEW:
            await person.press(said, "Submit")
            await person.sees("your answers are in", channel=stage.channel, thread=opening, within=30)
            return
        if interview.pending:
            await person.press(said, "Yes, that's right")
        elif interview.question is not None:
            await answer(stage, person, opening, said, interview.question, interview.roles[0])
    raise AssertionError(f"{person.shown_name} did not get to the end: {said.text}")


def of(stage: Stage, person: Person) -> Participant:
    return next(one for one in stage.kickoffs()[0].participants if one.person == person.id)


async def answer(stage: Stage, person: Person, opening: Message, said: Message, question: Question, role: Role) -> None:
    if question.kind is Kind.OBJECTIVE:
        await person.say(stage.channel, GOAL, thread=opening)
    elif question.kind is Kind.MORE_OBJECTIVES:
        await person.press(said, "That's all")
    elif question.kind is Kind.PERSON:
        await person.say(stage.channel, f"{person.mention} does", thread=opening)
    elif question.options or question.kind is Kind.YES_NO:
        first = question.options[0].label if question.options else "Yes"
        await person.say(
            stage.channel, CHOSEN.get((role, question.id)) or CHOSEN.get(question.id, first), thread=opening
        )
    else:
        await person.say(stage.channel, question.example, thread=opening)


def assert_short(stage: Stage) -> None:
    """Every message of an interview has fewer words than this, people's own words and the list of answers left out."""
    for message in stage.slack.workspace.messages(stage.channel):
        if message.by_app and message.thread_ts and "These are your answers" not in message.words():
            assert len(message.text.split()) < WORDS, message.text
