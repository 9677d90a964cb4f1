"""What a workspace has told of itself, and whose projects are whose, from the database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.kickoffs import Standing
from flows.portfolio.weights import Order
from flows.roles import Role
from storage import backlog, kickoffs
from storage.backlog import ToldCapacity
from storage.database import Database
from storage.schema import migrate
from tests.flows.ten_kickoffs import kickoff_of

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    migrate(opened)
    yield opened
    opened.engine.dispose()


def test_each_press_adds_to_an_order_and_nothing_begins_it_anew(database: Database) -> None:
    def press(person: str, *named: str) -> None:
        database.run(lambda connection: backlog.add_criteria(connection, "T", person, named, NOON))

    for named in ("effort", "users", "effort"):
        press("UP", named)
    press("UF", "users")
    press("UF")
    kept = database.run(lambda connection: backlog.orders_of(connection, "T"))
    assert kept == (Order("UP", ("effort", "users")),)
    press("UP")
    press("UP", "complexity")
    assert database.run(lambda connection: backlog.orders_of(connection, "T")) == (Order("UP", ("complexity",)),)
    assert database.run(lambda connection: backlog.orders_of(connection, "OTHER")) == ()


def test_the_newest_capacity_counts(database: Database) -> None:
    first, second = (ToldCapacity({"ml_engineer": count}, "UP", NOON) for count in (1.0, 2.5))
    database.run(lambda connection: backlog.tell_capacity(connection, "T", first))
    database.run(lambda connection: backlog.tell_capacity(connection, "T", second))
    assert database.run(lambda connection: backlog.capacity_of(connection, "T")) == second
    assert database.run(lambda connection: backlog.capacity_of(connection, "OTHER")) is None


def test_what_somebody_sees_and_what_they_are(database: Database) -> None:
    project = replace(kickoff_of("card_fraud"), workspace="T", channel="C1", starter="US")

    def create(channel: str) -> int:
        made = replace(project, channel=channel)
        return database.run(lambda connection: kickoffs.create(connection, made, NOON).id)

    ids = [create("C1"), create("C2"), create("C2")]
    database.run(lambda connection: kickoffs.close(connection, ids[2], NOON))

    def sees(person: str, *channels: str, workspace: str = "T") -> tuple[int, ...]:
        return database.run(lambda connection: kickoffs.ids_seen_by(connection, workspace, person, channels))

    assert sees("US") == (ids[1], ids[0])
    assert sees("U?", "C1") == (ids[0],)
    assert sees("U?", "C2") == (ids[1],)
    assert sees("U?") == sees("US", "C1", workspace="OTHER") == ()
    kept = database.run(lambda connection: kickoffs.load(connection, ids[0]))
    finance = next(one for one in kept.participants if Role.FINANCE in one.interview.roles)
    gone = replace(finance, standing=Standing.REMOVED)
    database.run(lambda connection: kickoffs.save_participant(connection, finance, gone, NOON))
    assert sees(finance.person) == (ids[1],)

    def roles(person: str, workspace: str = "T") -> tuple[bool, frozenset[Role]]:
        return database.run(lambda connection: kickoffs.roles_of(connection, workspace, person))

    assert roles("US") == (True, frozenset())
    assert roles(finance.person) == (False, frozenset({Role.FINANCE}))
    assert roles("U?") == roles("US", "OTHER") == (False, frozenset())
