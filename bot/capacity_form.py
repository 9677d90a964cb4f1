"""`/ml-kickoff capacity`: how many people and machines there are for projects, given once for the workspace (K1)."""

from datetime import UTC

from sqlalchemy import Connection

from bot.app import App
from bot.backlog import WHO_DECIDES, may_decide
from bot.blocks import Block, context, mention, modal, section, text_input, words
from bot.deliveries import Command, Submission
from bot.effects import direct_lane, post
from bot.forms import submit_once
from bot.replies import FieldErrors, OnlyYou
from flows.portfolio.quarter import WEEKS
from flows.portfolio.team import JOBS, NotANumber, read_people
from flows.wishes import say_number
from storage import backlog, outbox
from storage.backlog import ToldCapacity

FORM = "capacity.tell"

_LIMIT = 12
_REFUSAL = f"Only those who decide can say how many people there are: {WHO_DECIDES}."
_REFUSED = OnlyYou(words(_REFUSAL))
_KEPT = (
    "Kept: how many people there are. *What fits this quarter* under `/ml-kickoff rank` uses it. "
    "Type `/ml-kickoff capacity` to change it."
)
_NOTHING_KEPT = "Kept: how many people there are is not known. Type `/ml-kickoff capacity` once you know a number."


async def prepare(app: App, command: Command) -> Block | OnlyYou:
    """The form with what was told last, or why it does not open."""

    def read(connection: Connection) -> tuple[bool, ToldCapacity | None]:
        allowed = may_decide(connection, command.workspace, command.person)
        return allowed, backlog.capacity_of(connection, command.workspace)

    allowed, told = await app.transact(read)
    return draw_form(told) if allowed else _REFUSED


def draw_form(told: ToldCapacity | None) -> Block:
    """One field for each job; what is left empty is not known."""
    people = told.people if told else {}
    fields = [
        text_input(
            job,
            label,
            initial=say_number(people[job]) if job in people else "",
            placeholder="2",
            optional=True,
            limit=_LIMIT,
        )
        for job, label in JOBS.items()
    ]
    intro = (
        f"How many are there for projects, all in all? A quarter has {WEEKS} weeks. "
        "Half a person is 0.5. What you leave empty sets no limit."
    )
    last = [context(_say_last(told))] if told else []
    return modal("People for projects", FORM, [section(intro), *fields, *last], submit="Keep it")


def _say_last(told: ToldCapacity) -> str:
    day = told.told_at.astimezone(UTC)
    return f"Last told by {mention(told.told_by)} on {day.day} {day:%B %Y}."


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep what was filled in, or say beside each field what to type instead."""
    people: dict[str, float] = {}
    wrong: dict[str, str] = {}
    for job in JOBS:
        try:
            read = read_people(submission.fields.get(job, ""))
        except NotANumber as mistake:
            wrong[job] = str(mistake)
            continue
        if read is not None:
            people[job] = read
    if wrong:
        return FieldErrors(wrong)

    def keep(connection: Connection) -> FieldErrors | None:
        if not may_decide(connection, submission.workspace, submission.person):
            return FieldErrors({next(iter(JOBS)): _REFUSAL})
        told = ToldCapacity(people, submission.person, app.clock())
        backlog.tell_capacity(connection, submission.workspace, told)
        said = post(words(_KEPT if people else _NOTHING_KEPT), person=submission.person)
        outbox.put(connection, [said.parcel(submission.workspace, direct_lane(submission.person))], app.clock())
        return None

    return await submit_once(app, submission, keep)
