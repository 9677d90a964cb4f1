"""What a digest tells, when it comes, and when the work may be done (section 2.2.3; K33 to K37)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.activity import Entry, Stage
from flows.decisions import (
    CheckAnswered,
    CheckSet,
    CheckState,
    Decision,
    HelpAnswered,
    HelpAsked,
    UnknownChanged,
    UnknownStatus,
)
from flows.digest import Digest, Need, read_digest
from flows.digest_days import DigestDue, DigestKind, Span, Told, last_week, next_digest, span_of
from flows.forecast import forecast, weeks_left
from flows.kickoffs import Kickoff
from flows.public_holidays import is_public_holiday
from flows.quiet_hours import QuietHours
from flows.reminders import Hours
from flows.scoring.draws import Spread
from flows.time_report import Row
from tests.flows.ledgers import closed, opened, settled
from tests.flows.whole_kickoffs import GOALS, project

FRIDAY = date(2026, 12, 11)
NOW = datetime(2026, 12, 11, 14, tzinfo=UTC)
EXPECTED = Spread(14.0, 40.0, 120.0)
WEEKLY, MONTHLY = frozenset({DigestKind.WEEKLY}), frozenset({DigestKind.MONTHLY})


def row(days_ago: int, note: str = "trained", person: str = "U1", **fields: Any) -> Row:
    entry_id = fields.pop("entry_id", 1)
    return Row(person, FRIDAY - timedelta(days=days_ago), Entry(note=note, **fields), at(days_ago), entry_id)


def measured(days_ago: int, value: float, note: str, hours: float = 7.0) -> Row:
    return row(days_ago, note, metric="error", value=value, hours=hours, stage=Stage.TRAIN)


def told(*log: Row, kickoff: Kickoff | None = None, ledger: tuple[Decision, ...] = ()) -> Digest:
    return read_digest(kickoff or project({}, GOALS), ledger, log, EXPECTED, last_week(FRIDAY, NOW))


def at(days_ago: int) -> datetime:
    return datetime.combine(FRIDAY - timedelta(days=days_ago), time(12), UTC)


def test_what_was_learned() -> None:
    log = (
        measured(20, 0.3, "first"),
        measured(10, 0.25, "trees"),
        measured(3, 0.2, "boosting"),
        measured(1, 0.22, "more"),
    )
    week = told(*log)
    assert (week.before, week.best) == (25.0, 20.0)
    assert week.ruled_out == ("more",)
    assert week.time.hours == 14
    assert not week.is_empty
    quiet = told(*log[:2])
    assert (quiet.before, quiet.best, quiet.is_empty) == (25.0, None, True)
    both = told(*log[2:])
    assert (both.before, both.best) == (20.0, 20.0)
    first = told(log[2])
    assert (first.before, first.best, first.ruled_out) == (None, 20.0, ())
    assert told().progress is None
    assert told(measured(20, 0.3, "a"), row(1, "", metric="error", value=0.4)).ruled_out == ()


def test_an_entry_about_another_day_counts_there() -> None:
    log = (
        measured(3, 0.2, "good"),
        measured(1, 0.3, "worse"),
        measured(2, 0.25, "between"),
        measured(-3, 0.1, "later"),
    )
    assert told(*log).ruled_out == ("worse", "between")


def unknown(days_ago: int, status: UnknownStatus, **fields: Any) -> UnknownChanged:
    return UnknownChanged(by="U1", at=at(days_ago), key=fields.pop("key", "K17"), status=status, **fields)


def test_what_was_found_out_in_the_week() -> None:
    lines = (
        unknown(20, UnknownStatus.FOUND, key="K16"),
        unknown(2, UnknownStatus.FOUND),
        unknown(1, UnknownStatus.FOUND, key="K18"),
        unknown(1, UnknownStatus.OPEN, key="K18"),
        unknown(0, UnknownStatus.FOUND),
    )
    week = told(ledger=lines)
    assert week.found == ("How much data does it take?",)
    assert week.open_rows > 3


def check(due: date, key: str = "risk:silos") -> CheckSet:
    return CheckSet(by="U1", at=at(30), check=key, what="Look", owner="U2", due=due)


def test_checks_that_are_late_or_near() -> None:
    lines = (
        check(FRIDAY + timedelta(days=3), "a"), check(FRIDAY - timedelta(days=3), "b"), check(FRIDAY, "c"),
        check(FRIDAY + timedelta(days=8), "d"), check(FRIDAY, "e"),
        CheckAnswered(by="U2", at=at(1), check="e", state=CheckState.FINE),
    )  # fmt: skip
    assert [one.key for one in told(ledger=lines).due] == ["b", "c", "a"]


def test_one_thing_is_to_be_decided_the_most_urgent() -> None:
    kickoff = replace(project({}, GOALS), concluded_at=at(30))
    assert told(kickoff=kickoff).need is Need.BALANCE
    late = unknown(20, UnknownStatus.OPEN, due=FRIDAY - timedelta(days=1))
    assert told(kickoff=kickoff, ledger=(late,)).need is Need.UNKNOWN
    overdue = check(FRIDAY - timedelta(days=3))
    assert told(kickoff=kickoff, ledger=(late, overdue)).need is Need.CHECK
    waits = row(1, "blocked by access to the data", is_blocked=True)
    found = told(waits, kickoff=kickoff, ledger=(late, overdue))
    assert (found.need, found.blocked) == (Need.BLOCKED, waits)
    assert told().need is None
    assert told(kickoff=kickoff, ledger=(settled(),)).need is Need.SIGN
    undecided = [line for number in (1, 2, 3) for line in (opened(number), closed(number))]
    assert told(kickoff=kickoff, ledger=tuple(undecided)).need is Need.DECIDE


def asked(entry: int, days_left: int) -> HelpAsked:
    due = FRIDAY + timedelta(days=days_left)
    return HelpAsked(by="U1", at=at(2), entry=entry, what="Access", owner="U3", due=due)


def test_who_was_asked_for_help_is_told_and_what_is_done_waits_no_more() -> None:
    kickoff = replace(project({}, GOALS), concluded_at=at(30))
    older, newer = row(3, "blocked", is_blocked=True, entry_id=7), row(1, "waits", is_blocked=True, entry_id=8)
    both = told(older, newer, kickoff=kickoff)
    assert (both.need, both.blocked, both.asked) == (Need.BLOCKED, newer, None)
    # Somebody is at the newer one, so the older one is to be decided.
    helped = told(older, newer, kickoff=kickoff, ledger=(asked(8, 3),))
    assert (helped.need, helped.blocked) == (Need.BLOCKED, older)
    under_way = told(newer, kickoff=kickoff, ledger=(asked(8, 0),))
    assert (under_way.need, under_way.asked) == (Need.BALANCE, asked(8, 0))
    overdue = told(newer, kickoff=kickoff, ledger=(asked(8, -1),))
    assert (overdue.need, overdue.asked) == (Need.BLOCKED, asked(8, -1))
    not_by_then = HelpAnswered(by="U3", at=at(1), entry=8, done=False)
    assert told(newer, kickoff=kickoff, ledger=(asked(8, -1), not_by_then)).need is Need.BLOCKED
    done = told(newer, kickoff=kickoff, ledger=(asked(8, -1), HelpAnswered(by="U3", at=at(1), entry=8, done=True)))
    assert (done.need, done.blocked, done.asked, done.is_empty) == (Need.BALANCE, None, None, True)


def test_two_plateaus_without_a_reason_are_a_decision() -> None:
    errors = [0.5, 0.4, *[0.4] * 6, 0.3, 0.2, *[0.2] * 6]
    log = [measured(40 - 2 * place, error, f"try {place}") for place, error in enumerate(errors)]
    assert told(*log).need is Need.STOP


def test_when_it_may_be_done() -> None:
    log = [(FRIDAY - timedelta(days=day), Entry(hours=17.5)) for day in (0, 0, 7, 7, 14, 14, 21, 21)]
    found = forecast(log, EXPECTED, FRIDAY)
    assert found is not None
    assert (found.spent, found.is_beyond) == (4.0, False)
    assert found.done is not None
    # Four person-weeks in three weeks: about thirty-six more take about 27 weeks.
    assert abs(found.done[1] - (FRIDAY + timedelta(weeks=27))) <= timedelta(weeks=1)
    assert forecast([], EXPECTED, FRIDAY) is None
    stopped = forecast([(FRIDAY - timedelta(days=60), Entry(hours=5.0))], EXPECTED, FRIDAY)
    assert stopped is not None
    assert stopped.done is None
    crawling = forecast([(FRIDAY - timedelta(days=1), Entry(hours=0.5))], EXPECTED, FRIDAY)
    assert crawling is not None
    assert crawling.done is None
    beyond = forecast([(FRIDAY - timedelta(days=day), Entry(hours=24.0)) for day in range(200)], EXPECTED, FRIDAY)
    assert beyond is not None
    assert beyond.is_beyond
    assert beyond.done is not None
    assert FRIDAY < beyond.done[0] < beyond.done[1] < beyond.done[2]


@given(st.floats(0.1, 119), st.floats(0.1, 119))
def test_the_more_is_spent_the_more_is_expected_in_all(one: float, other: float) -> None:
    """What is spent was not enough, so there is always something left, and the end never comes nearer by it."""
    less, more = ([left + spent for left in weeks_left(spent, EXPECTED)] for spent in sorted((one, other)))
    assert all(low <= high + 1e-6 for low, high in zip(less, more, strict=True))
    good, likely, bad = more
    assert max(one, other) < good < likely < bad


def test_at_the_beginning_all_of_it_is_left() -> None:
    assert weeks_left(0.0, EXPECTED) == pytest.approx((EXPECTED.p10, EXPECTED.p50, EXPECTED.p90))
    assert weeks_left(3.0, Spread(0.0, 2.0, 5.0)) == (0.0, 0.0, 2.0)


def test_an_overdue_project_is_not_done_this_month() -> None:
    log = [(FRIDAY - timedelta(days=7 * week), Entry(hours=24.0)) for week in range(72)]
    found = forecast(log, Spread(10.0, 20.0, 60.0), FRIDAY)
    assert found is not None
    assert found.spent > found.expected.p50
    assert not found.is_beyond
    assert found.done is not None
    assert found.done[0] > FRIDAY + timedelta(weeks=2)


BERLIN = Hours("Europe/Berlin", QuietHours())


@pytest.mark.parametrize(
    ("kinds", "after", "due"),
    [
        (WEEKLY, "2026-12-09 12:00", DigestDue(datetime(2026, 12, 11, 14, tzinfo=UTC), DigestKind.WEEKLY)),
        (WEEKLY, "2026-12-11 14:00", DigestDue(datetime(2026, 12, 18, 14, tzinfo=UTC), DigestKind.WEEKLY)),
        # Christmas Day is a Friday.
        (WEEKLY, "2026-12-19 12:00", DigestDue(datetime(2026, 12, 28, 14, tzinfo=UTC), DigestKind.WEEKLY)),
        (WEEKLY, "2026-12-28 13:59", DigestDue(datetime(2026, 12, 28, 14, tzinfo=UTC), DigestKind.WEEKLY)),
        (MONTHLY, "2026-12-09 12:00", DigestDue(datetime(2027, 1, 4, 9, tzinfo=UTC), DigestKind.MONTHLY)),
        (MONTHLY, "2027-01-04 08:00", DigestDue(datetime(2027, 1, 4, 9, tzinfo=UTC), DigestKind.MONTHLY)),
        (MONTHLY, "2027-01-04 09:00", DigestDue(datetime(2027, 2, 1, 9, tzinfo=UTC), DigestKind.MONTHLY)),
        (WEEKLY | MONTHLY, "2026-12-30 09:00", DigestDue(datetime(2027, 1, 4, 9, tzinfo=UTC), DigestKind.MONTHLY)),
        (frozenset(), "2026-12-09 12:00", None),
    ],
)
def test_when_digests_come(kinds: frozenset[DigestKind], after: str, due: DigestDue | None) -> None:
    # New Year's Day 2027 is a Friday, so its digest comes on Monday afternoon.
    assert next_digest(kinds, BERLIN, datetime.fromisoformat(f"{after}+00:00")) == due


def test_late_risers_get_the_monthly_one_when_their_quiet_hours_end() -> None:
    late = Hours("Europe/Berlin", QuietHours(time(20), time(11)))
    due = next_digest(MONTHLY, late, datetime(2027, 2, 20, tzinfo=UTC))
    assert due == DigestDue(datetime(2027, 3, 1, 10, tzinfo=UTC), DigestKind.MONTHLY)


@given(st.integers(0, 700 * 24), st.sampled_from(["Europe/Berlin", "Asia/Tokyo"]))
def test_a_digest_comes_on_a_working_day_once_in_its_span(hour: int, zone: str) -> None:
    hours, after = Hours(zone, QuietHours()), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
    for kind, farthest in ((DigestKind.WEEKLY, 12), (DigestKind.MONTHLY, 45)):
        due = next_digest(frozenset({kind}), hours, after)
        assert due is not None
        assert after < due.at <= after + timedelta(days=farthest)
        day = due.at.astimezone(ZoneInfo(zone)).date()
        assert day.weekday() < 5
        assert not is_public_holiday(day, zone)


def test_what_a_digest_is_about() -> None:
    first = span_of(DigestKind.WEEKLY, FRIDAY, NOW, None)
    assert (first.first, first.last) == (date(2026, 12, 5), FRIDAY)
    assert first.holds(date(2026, 1, 1), NOW)
    easter = span_of(DigestKind.WEEKLY, FRIDAY, NOW, Told(at(11), date(2026, 11, 30)))
    assert (easter.first, easter.last) == (date(2026, 12, 1), FRIDAY)
    january = span_of(DigestKind.MONTHLY, date(2027, 1, 4), NOW, None)
    assert (january.first, january.last) == (date(2026, 12, 1), date(2026, 12, 31))


@given(
    st.sampled_from(DigestKind),
    st.sampled_from(["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"]),
    st.lists(st.tuples(st.integers(0, 150 * 24), st.integers(0, 40)), min_size=1, max_size=30),
    st.integers(0, 48),
)
def test_whatever_is_logged_is_told_by_one_digest(
    kind: DigestKind, zone: str, log: list[tuple[int, int]], late: int
) -> None:
    """Entries by the hour at which they are logged and how many days before they are about, from March over Easter."""
    begin = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    hours, spans = Hours(zone, QuietHours()), list[Span]()
    due = next_digest(frozenset({kind}), hours, begin)
    while due is not None and due.at < begin + timedelta(days=200):
        before = Told(spans[-1].until, spans[-1].last) if spans else None
        day, drawn_at = due.at.astimezone(ZoneInfo(zone)).date(), due.at + timedelta(minutes=late)
        spans.append(span_of(kind, day, drawn_at, before))
        due = next_digest(frozenset({kind}), hours, due.at)
    for hour, days in log:
        logged_at = begin + timedelta(hours=hour)
        about = logged_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=days)
        assert sum(span.holds(about, logged_at) for span in spans) == 1
    assert all(after.first > before.first for before, after in pairwise(spans))
