"""The Home tab of somebody who takes part in many projects, and of somebody who has left one since it was drawn."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, event

from bot.home import draw_home
from flows.kickoffs import Kickoff, Participant, Standing
from flows.roles import Role
from storage import kickoffs, overview
from storage.database import Database
from storage.schema import migrate
from tests.bot.conftest import Stage
from tests.bot.test_home import NOW, at_home, kickoff, participant
from tests.questions import begin

pytestmark = pytest.mark.both_databases

NEWEST = 10
PEOPLE = ("U1", "U2", "U3", "U9")
STANDINGS = (*Standing, Standing.FINISHED, Standing.FINISHED)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    migrate(opened)
    yield opened
    opened.engine.dispose()


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a seed makes a failure repeatable


def some_kickoff(chance: random.Random) -> Kickoff:
    people = chance.sample(PEOPLE, chance.randint(0, 3))
    return replace(kickoff(0, *(some_participant(chance, one) for one in people)), starter=chance.choice(PEOPLE))


def some_participant(chance: random.Random, person: str) -> Participant:
    role = chance.choice([Role.PRODUCT_OWNER, Role.FINANCE, Role.EXECUTIVE_SPONSOR])
    return participant(0, begin(role).interview, person, chance.choice(STANDINGS))


def store(connection: Connection, chance: random.Random, count: int) -> None:
    for number in range(count):
        made = kickoffs.create(connection, replace(some_kickoff(chance), name=f"Project {number}"), NOW)
        if chance.random() < 0.3:
            kickoffs.close(connection, made.id, NOW)


@pytest.mark.parametrize("seed", range(4))
def test_it_shows_the_same_as_if_all_kickoffs_were_read(database: Database, seed: int) -> None:
    chance = seeded(seed)
    database.run(lambda connection: store(connection, chance, 50))

    def compare(connection: Connection, person: str) -> int:
        whole = kickoffs.of_person(connection, "T1", person)
        ids, count = overview.ids_for_home(connection, "T1", person, NEWEST)
        needed = kickoffs.load_all(connection, ids)
        assert count == len(whole)
        assert draw_home(person, needed, NOW, {}, unread=count - len(needed)) == draw_home(person, whole, NOW, {})
        return count - len(needed)

    spared = database.run(lambda connection: [compare(connection, person) for person in PEOPLE])
    assert max(spared) > 0


def test_somebody_else_and_somewhere_else_see_nothing(database: Database) -> None:
    database.run(lambda connection: store(connection, seeded(1), 20))
    ids_of = overview.ids_for_home
    assert database.run(lambda connection: ids_of(connection, "T1", "U8", NEWEST)) == ((), 0)
    assert database.run(lambda connection: ids_of(connection, "T2", "U1", NEWEST)) == ((), 0)


def test_of_hundreds_in_which_nobody_is_waited_for_only_the_newest_are_read(database: Database) -> None:
    done = participant(0, begin(Role.FINANCE).interview, standing=Standing.FINISHED)
    asking = participant(0, begin(Role.FINANCE).interview)

    def create(connection: Connection) -> list[int]:
        return [kickoffs.create(connection, kickoff(0, asking if one == 3 else done), NOW).id for one in range(300)]

    made = database.run(create)
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    ids, count = database.run(lambda connection: overview.ids_for_home(connection, "T1", "U1", NEWEST))
    assert ids == (*reversed(made[-NEWEST:]), made[3])
    assert count == 300
    assert len([one for one in statements if one.startswith("SELECT")]) == 2


def test_a_project_is_seen_exactly_where_it_is_listed(database: Database) -> None:
    database.run(lambda connection: store(connection, seeded(2), 30))

    def compare(connection: Connection) -> None:
        everything = [one.id for one in kickoffs.of_channel(connection, "T1", "C1")]
        for person in (*PEOPLE, "U8"):
            for workspace, channels in (("T1", set[str]()), ("T1", {"C1"}), ("T1", {"C2"}), ("T2", {"C1"})):
                listed = overview.list_projects(connection, workspace, person, channels)
                seen = [one for one in everything if overview.is_seen(connection, workspace, person, channels, one)]
                assert [one.id for one in listed] == seen

    database.run(compare)


@pytest.mark.parametrize(
    ("button", "title"),
    [
        ("Why these numbers?", "Why these numbers"),
        ("Open the list", "What nobody knows yet"),
        ("Whom it needs", "The team"),
        ("See the risks", "Why it could fail"),
        ("All that is known", "What is known"),
    ],
)
async def test_whoever_left_opens_nothing_from_a_tab_that_was_drawn_before(
    stage: Stage, button: str, title: str
) -> None:
    await stage.start_with_all()
    nina = stage.slack.workspace.add_person("Nina Neighbour", tz="Europe/Berlin")
    stage.slack.workspace.join(stage.channel, nina)
    await nina.open_home()
    await nina.press(await at_home(stage, nina, "You take part in no kickoff yet."), "The backlog")
    await nina.choose(await at_home(stage, nina, "No project fits these filters."), "Mine", "All that I may see")
    await nina.press(await at_home(stage, nina, "Churn radar"), "Open")
    page = await at_home(stage, nina, "What nobody knows yet:")
    await nina.press(page, button)
    await nina.view(title)
    opened = count_opened(stage, nina.id)
    assert opened > 0
    stage.slack.workspace.leave(stage.channel, nina)
    await nina.press(page, button)
    await nina.sees("You take no part in this project", channel=nina.dm)
    assert count_opened(stage, nina.id) == opened
    await at_home(stage, nina, lambda shown: "Churn radar" not in shown)


def count_opened(stage: Stage, person: str) -> int:
    log = stage.slack.workspace.log.happenings
    return sum(one.kind == "view_opened" and one.person == person for one in log)
