"""`/ml-kickoff team`: whom the goal needs, who is named, and what usually happens where nobody is."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from bot.app import App
from bot.blocks import (
    Block,
    Button,
    actions,
    context,
    mention,
    modal,
    person_input,
    quote,
    section,
    section_with_button,
)
from bot.deliveries import Press, Submission
from bot.forms import change_form, open_form, submit_once
from bot.replies import FieldErrors
from bot.whispers import refuse_press
from flows.decisions import JobNamed
from flows.kickoffs import Kickoff
from flows.team_needs import Job, JobState, Team, find_team
from flows.team_words import GLOSSARY
from storage import decisions, kickoffs

OPEN = "team.open"
NAME = "team.name"
WORDS = "team.words"
FORM = "team.named"

_VIEW = "team.view"
_NOT_YOURS = "Only those who take part in this kickoff can name people."
_CLOSED = "This project is closed. Reopen it with `/ml-kickoff reopen` to name people."
_CHANGED = "Somebody was named meanwhile. Please close this form, open the list once more, and look."
_PEOPLE_SHOWN = 3
_SIGNS = {JobState.NAMED: ":white_check_mark:", JobState.SAID: ":large_blue_circle:", JobState.OPEN: ":white_circle:"}


def load_team(connection: Connection, kickoff_id: int) -> tuple[Kickoff, Team]:
    """A kickoff with the people that its goal needs."""
    kickoff = kickoffs.load(connection, kickoff_id)
    return kickoff, find_team(kickoff, decisions.of_kickoff(connection, kickoff_id))


async def press_open(app: App, press: Press) -> None:
    """Open the window for whoever asks."""
    view = draw_team(*await app.transact_behind(lambda connection: load_team(connection, int(press.value))))
    await (change_form(app, press, view) if press.is_in_form else open_form(app, press, view))


def draw_team(kickoff: Kickoff, team: Team) -> Block:
    """A row with its button for each job, and what the team's culture and data bring."""
    key = str(kickoff.id)
    return modal(
        "The team",
        _VIEW,
        [
            section(f"*{quote(kickoff.name, 100)}*\n{say_count(team)}"),
            *(_draw_job(kickoff, job) for job in team.jobs),
            *([section("*Labelling*")] if team.duties else []),
            *(_draw_job(kickoff, job) for job in team.duties),
            section("*In use*"),
            *(_draw_job(kickoff, job) for job in team.care),
            *(section(words) for words in _say_more(team)),
            actions([Button("Words we use", WORDS, key)]),
        ],
        submit=None,
    )


def say_count(team: Team) -> str:
    """How much is open, in a sentence."""
    jobs, still_open = len(team.every), len(team.open_jobs)
    if not still_open:
        return f"Somebody does each of the {jobs} jobs that this goal needs."
    return f"{still_open} of the {jobs} jobs that this goal needs are open."


def _draw_job(kickoff: Kickoff, job: Job) -> Block:
    label = "Change" if job.people else "Name someone"
    return section_with_button(_say_job(kickoff, job), Button(label, NAME, f"{kickoff.id}|{job.key}"))


def _say_job(kickoff: Kickoff, job: Job) -> str:
    """Who does it; whoever takes no part in the kickoff was asked nothing yet, which is said."""
    there = {one.person for one in kickoff.counted}
    who = ", ".join(
        f"{mention(person)}{'' if person in there else ' (not asked in this kickoff)'}"
        for person in job.people[:_PEOPLE_SHOWN]
    )
    more = len(job.people) - _PEOPLE_SHOWN
    said = {
        JobState.NAMED: f"{who}{f' and {more} more' if more > 0 else ''}",
        JobState.SAID: "Somebody does, nobody said who.",
        JobState.OPEN: f"Open. {quote(job.why, 200)} If nobody does, {job.risk}",
    }
    return f"{_SIGNS[job.state]} *{job.name}:* {said[job.state]}"


def _say_more(team: Team) -> Iterator[str]:
    yield f"*Data:* {team.data}"
    yield f"*Culture:* {team.culture}"
    if team.shared:
        people = ", ".join(mention(person) for person in team.shared[:_PEOPLE_SHOWN])
        yield f":warning: With so many teams each job is a person's own: {people} do more than one."
    elif not team.is_large:
        yield "In a small company one person may do several of these. In a large one each is a job of its own."


async def press_name(app: App, press: Press) -> None:
    """Show the form in which somebody is named, in the same window."""
    key, _, job_key = press.value.partition("|")
    kickoff, team = await app.transact_behind(lambda connection: load_team(connection, int(key)))
    job = next((one for one in team.every if one.key == job_key), None)
    refusal = _refuse(kickoff, press.person)
    if job is None:
        refusal = refusal or "This job is not needed any more. Please open the list anew."
    if job and not refusal:
        await change_form(app, press, draw_form(kickoff, job))
        return
    await app.transact(lambda connection: refuse_press(connection, app, press, refusal))


def _refuse(kickoff: Kickoff, person: str) -> str:
    """Why somebody may name nobody here; empty where they may."""
    if not kickoff.takes_part(person):
        return _NOT_YOURS
    return _CLOSED if kickoff.closed_at else ""


def draw_form(kickoff: Kickoff, job: Job) -> Block:
    """Who does one job."""
    return modal(
        "Who does this?",
        FORM,
        [
            section(f"*{job.name}*\n{quote(job.why, 300)}"),
            person_input("person", "Who?", initial=next(iter(job.people), "")),
            context("Leave it empty to take a name back."),
        ],
        submit="Keep it",
        metadata=json.dumps({"kickoff": kickoff.id, "job": job.key, "seen": job.people}),
    )


async def submit(app: App, submission: Submission) -> FieldErrors | None:
    """Keep who was named."""

    def keep(connection: Connection) -> FieldErrors | None:
        kickoff = kickoffs.load(connection, int(submission.metadata["kickoff"]), lock=True)
        key, person = str(submission.metadata["job"]), submission.fields.get("person", "")
        team = find_team(kickoff, decisions.of_kickoff(connection, kickoff.id))
        people = next((one.people for one in team.every if one.key == key), ())
        refusal = _refuse(kickoff, submission.person)
        if not refusal and list(people) != submission.metadata["seen"]:
            refusal = _CHANGED
        if refusal:
            return FieldErrors({"person": refusal})
        line = JobNamed(by=submission.person, at=app.clock(), job=key, person=person)
        decisions.add(connection, kickoff.id, [line])
        return None

    return await submit_once(app, submission, keep)


async def press_words(app: App, press: Press) -> None:
    """Show the words that are used differently, in the same window."""
    lines = "\n".join(f"*{word}:* {meaning}" for word, meaning in GLOSSARY.items())
    back = actions([Button("Back", OPEN, press.value)])
    await change_form(app, press, modal("Words we use", WORDS, [section(lines), back], submit=None))
