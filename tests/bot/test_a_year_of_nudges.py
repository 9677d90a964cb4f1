"""A year of nudges, in five zones, with two replicas that are killed at random, against a calendar worked out by hand.

Both changes of the clocks, public holidays, absences, weeks in which somebody has logged and weeks in which nobody
answers are in it. Every nudge that is due comes once, at its minute of the person's own clock, and no other comes.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.app import App
from bot.nudge_messages import LATER, MOST_SILENT
from bot.nudges import send_due_nudges
from bot.run import Running, running
from flows.absence import Absence
from flows.activity import Entry
from flows.cadence import Cadence, parse_cadence
from flows.quiet_hours import QuietHours
from flows.reminders import Hours
from playground.person import Person
from storage import activities
from storage.activities import Logged
from tests.bot.conftest import COMMAND, Stage, settings_for
from tests.flows.test_nudge_days import by_calendar

pytestmark = [pytest.mark.long, pytest.mark.both_databases]

KILLS = 10
END = datetime(2027, 11, 20, tzinfo=UTC)
RHYTHMS = {
    "Europe/Berlin": "weekly mon 09:30",
    "America/New_York": "every 2 weeks fri 16:00",
    "Australia/Sydney": "weekly thu 10:00",
    "Asia/Kolkata": 'cron "30 7 1,15 * *"',  # in quiet hours
    "Asia/Tokyo": "weekly wed 20:15",  # in quiet hours too
}
AWAY = {
    "Europe/Berlin": [("2027-01-08", "11 January", "22 January"), ("2027-07-30", "2 August", "20 August")],
    "Asia/Tokyo": [("2027-04-21", "26 April", "7 May")],
    "Australia/Sydney": [("2027-02-01", "4 February", "4 February")],
}


@dataclass
class Project:
    """One project with its owner, and what is to be expected."""

    owner: Person
    name: str
    cadence: Cadence
    key: int
    away: list[Absence] = field(default_factory=list)
    logged: list[datetime] = field(default_factory=list)

    def expected(self, begin: datetime) -> list[datetime]:
        """The year's nudges: where nobody logged since the last time, and half as often after three silent ones."""
        hours = Hours(self.owner.tz, QuietHours(), tuple(self.away))
        slots = by_calendar(self.cadence, hours, begin, END)
        found, last, silent, place = [], begin, 0, 0
        while place < len(slots):
            slot = slots[place]
            has_logged = any(last < moment <= slot for moment in self.logged)
            silent = 0 if has_logged else silent
            skipped = not has_logged and silent >= MOST_SILENT
            if not has_logged:
                found.append(slot)
                silent += 1
            last = slot
            place += 2 if skipped else 1
        return found


@asynccontextmanager
async def replicas(stage: Stage) -> AsyncIterator["Replicas"]:
    both = Replicas(stage)
    try:
        yield both
    finally:
        await both.stop()


class Replicas:
    """Processes beside the one that takes the commands; each can be killed, and another one takes its place."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._open = self._make()
        self._app: App | None = None

    def _make(self) -> AbstractAsyncContextManager[Running]:
        url = self._stage.started.app.settings.database_url
        return running(settings_for(self._stage.slack, url), self._stage.clock)

    async def tick(self) -> None:
        """Both look for what is due at the same moment."""
        if self._app is None:
            self._open = self._make()
            self._app = (await self._open.__aenter__()).app
        await asyncio.gather(send_due_nudges(self._stage.started.app), send_due_nudges(self._app))

    async def stop(self) -> None:
        """Break off whatever it does just now, a message that is being sent too."""
        if self._app is not None:
            await self._open.__aexit__(None, None, None)
            self._app = None


async def begin(stage: Stage) -> list[Project]:
    projects = []
    for number, (zone, rhythm) in enumerate(RHYTHMS.items()):
        owner = stage.slack.workspace.add_person(f"Person {number}", tz=zone)
        stage.slack.workspace.join(stage.channel, owner)
        name = f"Project {number}"
        await stage.start(owner, name, Product_owner=owner)
        await owner.sees("your view", channel=stage.channel)
        await owner.command(stage.channel, COMMAND, f"nudge {rhythm} for {name}")
        key = next(one.id for one in stage.kickoffs() if one.name == name)
        projects.append(Project(owner, name, parse_cadence(rhythm, date(2026, 11, 24)), key))
    await stage.all_due_is_done()
    return projects


def next_due(stage: Stage) -> datetime:
    found = [one.nudge.next_due_at for one in stage.kickoffs()]
    return min(moment for moment in found if moment is not None)


async def test_every_nudge_comes_once_at_its_minute_and_no_other(stage: Stage) -> None:
    chance = random.Random(11)  # noqa: S311 - a seed makes a failure repeatable
    projects = await begin(stage)
    started = stage.clock()
    app = stage.started.app
    announced = sorted(
        (datetime.fromisoformat(f"{day}T12:00:00+00:00"), project, first, last)
        for project in projects
        for day, first, last in AWAY.get(project.owner.tz, ())
    )
    logs = sorted(
        (started + timedelta(days=chance.uniform(1, 360)), project.key) for project in projects for _ in range(12)
    )
    by_key = {project.key: project for project in projects}
    kills = 0
    async with replicas(stage) as both:
        while (due := next_due(stage)) < END:
            while announced and announced[0][0] <= due:
                moment, project, first, last = announced.pop(0)
                stage.clock.set(max(moment, stage.clock()))
                await project.owner.command(stage.channel, COMMAND, f"away {first} to {last}")
                days = [datetime.strptime(f"{one} 2027", "%d %B %Y").date() for one in (first, last)]  # noqa: DTZ007
                project.away.append(Absence(*days))
                due = next_due(stage)
            while logs and logs[0][0] <= due:
                moment, key = logs.pop(0)
                entry = Logged(by_key[key].owner.id, Entry(note="met the team"), moment)
                app.database.run(lambda connection, key=key, entry=entry: activities.add(connection, key, entry))  # type: ignore[misc]
                by_key[key].logged.append(moment)
            stage.clock.set(due)
            await both.tick()
            if chance.random() < 0.15 and kills < KILLS:
                await asyncio.sleep(chance.uniform(0, 0.03))
                await both.stop()
                kills += 1
            await stage.all_due_is_done()
    assert kills == KILLS
    for project in projects:
        assert came(stage, project) == project.expected(started), project.owner.tz


def came(stage: Stage, project: Project) -> list[datetime]:
    """When its nudges were posted."""
    shown = [one for one in stage.slack.workspace.messages(stage.channel) if LATER in str(one.blocks)]
    own = [one for one in shown if project.name in one.words()]
    return [datetime.fromtimestamp(int(float(one.ts)), UTC).replace(second=0) for one in own]
