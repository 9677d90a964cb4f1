"""How long the Home tab takes with hundreds of projects: `python benchmarks/home.py [--large 500] [--rounds 15]`.

The app runs in this process, in a local workspace, on SQLite.
One person takes part in all projects, copies of the ten whole kickoffs of the tests, with everybody's answers. Each
page is drawn and published as the outbox does it, with a few projects and with hundreds, in two workspaces of the same
run: the ratio of the two is what the number of projects costs. Wall time, since waiting for the database counts.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, event

from bot.app import App
from bot.effects import refresh_home
from bot.home import send_home
from bot.home_pages import ALL, BacklogPage, ProjectPage
from bot.run import running
from bot.scopes import EVENT_SCOPES, SCOPES
from bot.settings import Settings
from flows.kickoffs import Kickoff
from playground import Playground
from playground.chapter import chapter_workspace
from storage import kickoffs, people
from storage.outbox import Claimed
from tests.flows.ten_kickoffs import kickoff_of, names

SMALL = 5


async def measure(count: int, rounds: int, database_url: str) -> Mapping[str, tuple[float, int]]:
    """Milliseconds at the median and statements, for each page, with so many projects."""
    async with Playground(scopes=SCOPES, bot_events=EVENT_SCOPES) as slack:
        chapter = chapter_workspace(slack.workspace)
        installed = slack.workspace.app
        settings = Settings(
            slack_bot_token=installed.bot_token,
            slack_signing_secret=installed.signing_secret,
            slack_api_url=slack.api_url,
            database_url=database_url,
            host="127.0.0.1",
            port=0,
        )
        async with running(settings) as started:
            app, workspace, person = started.app, slack.workspace.team_id, chapter.priya.id
            await app.identify()
            first = fill(app, workspace, chapter.channel.id, person, count)
            backlog = BacklogPage()
            pages = {
                "first page": "",
                "backlog, mine": backlog.value,
                "backlog, all": replace(backlog, whose=ALL).value,
                "backlog, last page": backlog.turned_to((count - 1) // 8 * 8).value,
                "a project": ProjectPage(first, backlog.value).value,
            }
            return {name: await publish(app, workspace, person, page, rounds) for name, page in pages.items()}


def fill(app: App, workspace: str, channel: str, person: str, count: int) -> int:
    """Store so many projects in which the person takes part; return the id of one."""
    models = [kickoff_of(name) for name in names()]

    def store(connection: Connection) -> int:
        keys = [
            store_one(connection, app, models[number % len(models)], workspace, channel, person, number)
            for number in range(count)
        ]
        return keys[-1]

    return app.database.run(store)


def store_one(
    connection: Connection, app: App, model: Kickoff, workspace: str, channel: str, person: str, number: int
) -> int:
    """Store a copy of a project with all that its people said; its first participant is the person."""
    first, *others = model.participants
    said = [replace(first, person=person), *others]
    empty = [replace(one, interview=replace(one.interview, answers={}, objectives=())) for one in said]
    copy = replace(
        model, workspace=workspace, channel=channel, name=f"{model.name} {number}", participants=tuple(empty)
    )
    made = kickoffs.create(connection, copy, app.clock())
    for blank, whole in zip(made.participants, said, strict=True):
        after = replace(whole, interview_id=blank.interview_id)
        kickoffs.save_participant(connection, blank, after, app.clock())
    return made.id


async def publish(app: App, workspace: str, person: str, page: str, rounds: int) -> tuple[float, int]:
    """Publish one page again and again."""
    app.database.run(lambda connection: people.turn_home(connection, workspace, person, page))
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    parcel = refresh_home(workspace, person)
    claimed = Claimed(**vars(parcel), id=0, attempts=1, interrupted=False, created_at=app.clock(), thread=None)
    spent = []
    event.listen(app.database.engine, "before_cursor_execute", count)
    for _ in range(rounds):
        began = time.perf_counter()
        await send_home(app, claimed)
        spent.append((time.perf_counter() - began) * 1000)
    event.remove(app.database.engine, "before_cursor_execute", count)
    return statistics.median(spent), statements // rounds


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        few, many = [
            await measure(count, options.rounds, f"sqlite:///{Path(folder)}/{count}.db")
            for count in (SMALL, options.large)
        ]
    for name, (slow, statements) in many.items():
        quick, fewer = few[name]
        print(
            f"{name:>18}: {SMALL} projects {quick:6.1f} ms, {options.large} projects {slow:6.1f} ms, "
            f"ratio {slow / quick:.1f}; statements {fewer} and {statements}"
        )


if __name__ == "__main__":
    asyncio.run(main())
