from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from storage import outbox
from storage.database import Database
from storage.outbox import Claimed, Parcel, Posted
from tests.conftest import FakeClock

LEASE = timedelta(seconds=30)


def parcel(lane: str, said: str, kind: str = "post") -> Parcel:
    return Parcel("T1", lane, kind, {"text": said})


def put(database: Database, now: datetime, *parcels: Parcel) -> None:
    database.run(lambda connection: outbox.put(connection, parcels, now))


def claim(database: Database, now: datetime, limit: int = 20) -> tuple[Claimed, ...]:
    return database.run(lambda connection: outbox.claim(connection, now, now + LEASE, limit))


def said(claimed: tuple[Claimed, ...]) -> list[str]:
    return [one.effect["text"] for one in claimed]


def test_a_lane_is_sent_in_order_and_lanes_go_side_by_side(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"), parcel("a", "a2"), parcel("b", "b1"))
    first = claim(database, clock())
    assert said(first) == ["a1", "b1"]
    assert claim(database, clock()) == ()
    database.run(lambda connection: outbox.finish(connection, first[0].id, clock()))
    assert said(claim(database, clock())) == ["a2"]


def test_a_lease_that_ran_out_is_taken_over_and_known_as_interrupted(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"))
    assert not claim(database, clock())[0].interrupted
    clock.skip(seconds=29)
    assert claim(database, clock()) == ()
    clock.skip(seconds=2)
    again = claim(database, clock())
    assert [(one.interrupted, one.attempts) for one in again] == [(True, 2)]


def test_what_failed_for_sure_waits_and_is_not_interrupted(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"), parcel("a", "a2"))
    taken = claim(database, clock())[0]
    due = clock() + timedelta(seconds=5)
    database.run(lambda connection: outbox.postpone(connection, taken.id, due, "ratelimited", unknown_outcome=False))
    assert claim(database, clock()) == ()
    clock.skip(seconds=5)
    assert [(one.effect["text"], one.interrupted) for one in claim(database, clock())] == [("a1", False)]


def test_an_unknown_outcome_is_looked_into_next_time(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"))
    taken = claim(database, clock())[0]
    due = clock() + timedelta(seconds=1)
    database.run(lambda connection: outbox.postpone(connection, taken.id, due, "interrupted", unknown_outcome=True))
    clock.skip(seconds=1)
    assert claim(database, clock())[0].interrupted


def test_what_is_given_up_lets_its_lane_go_on_and_is_counted(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"), parcel("a", "a2"))
    taken = claim(database, clock())[0]
    database.run(lambda connection: outbox.give_up(connection, taken.id, clock(), "no"))
    assert said(claim(database, clock())) == ["a2"]
    assert database.run(outbox.count_given_up) == 1
    assert database.run(outbox.count_open) == 1


def test_a_closed_channel_holds_its_lane_until_released(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"), parcel("a", "a2"), parcel("b", "b1"))
    first, second = claim(database, clock())
    later = clock() + timedelta(minutes=5)
    assert database.run(lambda connection: outbox.block(connection, first.id, "C1", later))
    assert not database.run(lambda connection: outbox.block(connection, second.id, "C1", later))
    clock.skip(minutes=4)
    assert claim(database, clock()) == ()
    assert not database.run(lambda connection: outbox.release(connection, "T1", "C2", clock()))
    assert database.run(lambda connection: outbox.release(connection, "T1", "C1", clock()))
    assert said(claim(database, clock())) == ["a1", "b1"]


def test_a_closed_channel_is_tried_again_and_nobody_is_told_twice(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"))
    for told in (True, False):
        taken = claim(database, clock())[0]
        later = clock() + timedelta(minutes=5)
        first = database.run(lambda connection, one=taken, due=later: outbox.block(connection, one.id, "C1", due))  # type: ignore[misc]
        assert first is told
        clock.skip(minutes=5)


def test_a_refresh_waits_once_but_is_not_swallowed_by_one_under_way(database: Database, clock: FakeClock) -> None:
    refresh = parcel("card:1", "", kind="card")
    for _ in range(3):
        database.run(lambda connection: outbox.put_once(connection, refresh, clock()))
    assert database.run(outbox.count_open) == 1
    claim(database, clock())
    database.run(lambda connection: outbox.put_once(connection, refresh, clock()))
    assert database.run(outbox.count_open) == 2


def test_posted_messages_are_found_by_name_and_the_newest_counts(database: Database) -> None:
    for ts in ("1.0", "2.0"):
        posted = Posted("card:1", "T1", "C1", ts)
        database.run(lambda connection, posted=posted: outbox.remember(connection, posted))  # type: ignore[misc]
    found = database.run(lambda connection: outbox.find_posted(connection, "card:1"))
    assert found == Posted("card:1", "T1", "C1", "2.0")
    assert database.run(lambda connection: outbox.find_posted(connection, "card:2")) is None


def test_old_parcels_are_forgotten_but_not_those_open_or_given_up(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "sent"), parcel("b", "given up"), parcel("c", "open"))
    sent, lost, _ = claim(database, clock())
    database.run(lambda connection: outbox.finish(connection, sent.id, clock()))
    database.run(lambda connection: outbox.give_up(connection, lost.id, clock(), "no"))
    clock.skip(days=8)
    database.run(lambda connection: outbox.forget_before(connection, clock() - timedelta(days=7)))
    assert database.run(outbox.count_open) == 1
    assert database.run(outbox.count_given_up) == 1


def test_what_was_given_up_is_forgotten_too_in_the_end(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "given up"), parcel("b", "sent"), parcel("c", "open"))
    lost, sent, _ = claim(database, clock())
    database.run(lambda connection: outbox.give_up(connection, lost.id, clock(), "no"))
    database.run(lambda connection: outbox.finish(connection, sent.id, clock()))
    clock.skip(days=31)
    before = clock() - timedelta(days=30)
    database.run(lambda connection: outbox.forget_given_up_before(connection, before))
    assert database.run(outbox.count_given_up) == 0
    kept = database.run(lambda connection: connection.exec_driver_sql("SELECT lane FROM outbox ORDER BY id").fetchall())
    assert [tuple(row) for row in kept] == [("b",), ("c",)]


def test_the_lanes_that_wait_for_a_channel(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"), parcel("b", "b1"))
    later = clock() + timedelta(minutes=5)
    for one in claim(database, clock()):
        database.run(lambda connection, one=one: outbox.block(connection, one.id, "C1", later))  # type: ignore[misc]
    assert set(database.run(lambda connection: outbox.lanes_blocked_on(connection, "T1", "C1"))) == {"a", "b"}
    assert database.run(lambda connection: outbox.lanes_blocked_on(connection, "T1", "C2")) == ()


def test_a_parcel_is_rewritten_in_its_place(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"), parcel("a", "a2"))
    first = claim(database, clock())[0]
    database.run(lambda connection: outbox.rewrite(connection, first.id, {"text": "anew"}, clock()))
    assert [(one.effect["text"], one.interrupted) for one in claim(database, clock())] == [("anew", False)]


def test_a_parcel_can_become_something_else(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"))
    first = claim(database, clock())[0]
    effect = {"kind": "whisper", "text": "anew"}
    database.run(lambda connection: outbox.rewrite(connection, first.id, effect, clock()))
    assert [(one.kind, one.effect) for one in claim(database, clock())] == [("whisper", effect)]


def test_how_far_a_parcel_has_come_is_kept_and_its_lease_too(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"))
    first = claim(database, clock())[0]
    database.run(lambda connection: outbox.amend(connection, first.id, {"text": "half done"}))
    assert claim(database, clock()) == ()
    clock.skip(hours=1)
    assert [(one.effect["text"], one.interrupted) for one in claim(database, clock())] == [("half done", True)]


def test_an_id_is_never_given_twice(database: Database, clock: FakeClock) -> None:
    put(database, clock(), parcel("a", "a1"))
    first = claim(database, clock())[0]
    database.run(lambda connection: outbox.finish(connection, first.id, clock()))
    database.run(lambda connection: outbox.forget_before(connection, clock() + timedelta(days=1)))
    put(database, clock(), parcel("a", "a2"))
    assert claim(database, clock())[0].id > first.id


def test_two_processes_never_take_the_same_parcel(database_url: str, clock: FakeClock) -> None:
    databases = [Database(database_url) for _ in range(2)]
    put(databases[0], clock(), *[parcel(f"lane {number}", str(number)) for number in range(200)])

    def drain(database: Database) -> list[str]:
        taken: list[str] = []
        while parcels := claim(database, clock(), limit=7):
            taken += said(parcels)
        return taken

    with ThreadPoolExecutor(2) as workers:
        taken = [text for part in workers.map(drain, databases) for text in part]
    for database in databases:
        database.engine.dispose()
    assert sorted(taken, key=int) == [str(number) for number in range(200)]
