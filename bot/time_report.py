"""`/ml-kickoff time`: how the hours were spent, by kind of work, week and person, and as a file (K37).

What a person spent is for them and the owner alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.about_one import Drawn, send_about_one
from bot.app import App
from bot.blocks import Block, Button, Words, actions, capitalise, context, header, mention, quote, section, words
from bot.brevity import cut_words
from bot.charts import bar_chart
from bot.deliveries import Command, Press
from bot.effects import MadeFile, Upload, direct_lane
from bot.person_names import name_all
from bot.progress import day_in_log
from bot.projects import name_project
from bot.replies import OnlyYou
from bot.whispers import refuse_press
from flows.activity import round_hours
from flows.kickoffs import Kickoff
from flows.time_report import Row, add_up, name_stage, to_csv
from flows.wishes import say_count
from storage import activities, deliveries, kickoffs, outbox
from storage.activities import Logged

SEND = "time.send"
ENTRIES = "entries.open"
IMPORT = "log.import"
FILE = "log_csv"

_NAME_WORDS = 6
_STAGES_SHOWN = 4
_WEEKS_SHOWN = 3
_PEOPLE_SHOWN = 3
_NOTHING = "No hours are logged for {project} yet. For example: `/ml-kickoff log 2h labelled 300 tickets`."
_GONE = "Nothing is logged any more, so there is nothing to send."


async def answer(app: App, command: Command, name: str | None) -> OnlyYou:
    """Have the report sent to whoever asks, or say what to log first."""

    def draw(connection: Connection, kickoff: Kickoff) -> Drawn | str:
        rows = read_rows(connection, kickoff)
        if not add_up(rows).hours:
            return _NOTHING.format(project=name_project(kickoff))
        return draw_report(kickoff, rows, command.person), []

    return await send_about_one(app, command, name, "time", draw)


def read_rows(connection: Connection, kickoff: Kickoff) -> tuple[Row, ...]:
    """The log of a kickoff, as rows."""
    return rows_of(kickoff, activities.of_kickoff(connection, kickoff.id))


def rows_of(kickoff: Kickoff, log: Sequence[Logged]) -> tuple[Row, ...]:
    """The same, of a log that was read already; each entry counts on the day of whoever wrote it."""
    return tuple(Row(one.person, day_in_log(kickoff, one), one.entry, one.logged_at, one.id) for one in log)


def draw_report(kickoff: Kickoff, rows: Sequence[Row], person: str) -> Words:
    """The report as one person may see it."""
    report = add_up(rows)
    stages = list(report.by_stage.items())
    chart = bar_chart(
        "Hours by kind of work",
        [capitalise(name_stage(one)) for one, _ in stages],
        {"hours": [round(spent, 2) for _, spent in stages]},
    )
    said = ", ".join(f"{name_stage(one)} {round_hours(spent)}" for one, spent in stages[:_STAGES_SHOWN])
    total = say_count(round(report.hours, 1), "hour")
    weeks = list(report.by_week.items())[-_WEEKS_SHOWN:]
    by_week = "; ".join(f"{monday.day} {monday:%b} {round_hours(spent)}" for monday, spent in weeks)
    key = str(kickoff.id)
    blocks: list[Block] = [
        header(f"{cut_words(kickoff.name, _NAME_WORDS)}: hours"),
        chart,
        section(f"*{total}*: {said}."),
        context(f"Weeks from: {by_week}. {_say_people(kickoff, report.by_person, person)}"),
        actions(
            [
                Button("Send me the log as a file", SEND, key),
                Button("My entries", ENTRIES, key),
                Button("Bring in rows", IMPORT, key),
            ]
        ),
    ]
    return words(f"{quote(kickoff.name, 150)}: {total} are logged.", blocks)


def _say_people(kickoff: Kickoff, by_person: Mapping[str, float], person: str) -> str:
    if not _may_see_all(kickoff, person):
        return f"Yours: {round_hours(by_person.get(person, 0.0))}."
    shown = list(by_person.items())[:_PEOPLE_SHOWN]
    more = f", {len(by_person) - len(shown)} more" if len(by_person) > len(shown) else ""
    return "People: " + ", ".join(f"{mention(one)} {round_hours(spent)}" for one, spent in shown) + more + "."


def _may_see_all(kickoff: Kickoff, person: str) -> bool:
    return person in {kickoff.owner, kickoff.starter}


async def press_send(app: App, press: Press) -> None:
    """Send the log as comma-separated values: all of it to the owner, to others their own entries."""

    def put(connection: Connection) -> None:
        kickoff = kickoffs.load(connection, int(press.value))
        rows = _read_seen(connection, kickoff, press.person)
        if not rows:
            refuse_press(connection, app, press, _GONE)
            return
        if deliveries.is_first(connection, press.key, app.clock()):
            file = MadeFile(kind=FILE, data={"kickoff": kickoff.id, "person": press.person}, name="log.csv")
            said = f"The log of *{quote(kickoff.name, 100)}*, {say_count(len(rows), 'entry', 'entries')}."
            upload = Upload(person=press.person, comment=said, files=[file], text=f"{said} Slack takes no files here.")
            outbox.put(connection, [upload.parcel(kickoff.workspace, direct_lane(press.person))], app.clock())

    await app.transact(put)


def _read_seen(connection: Connection, kickoff: Kickoff, person: str) -> tuple[Row, ...]:
    """The entries that one person may see."""
    everybody = _may_see_all(kickoff, person)
    return tuple(row for row in read_rows(connection, kickoff) if everybody or row.person == person)


async def make_csv(app: App, data: Mapping[str, Any]) -> bytes:
    """The log as comma-separated values, as it is now, with the names of people."""

    def read(connection: Connection) -> tuple[Row, ...]:
        return _read_seen(connection, kickoffs.load(connection, int(data["kickoff"])), str(data["person"]))

    rows = await app.database.transact(read)
    names = await name_all(app, (row.person for row in rows))
    # With a byte order mark, spreadsheets read it as Unicode.
    return to_csv(rows, names).encode("utf-8-sig")
