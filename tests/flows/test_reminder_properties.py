"""What holds of every reminder: to anybody, anywhere, at any time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flows.absence import Absence, is_away
from flows.quiet_hours import QuietHours
from flows.reminders import AT_MOST, Hours, Silence, Step, next_reminder, next_step, postpone
from flows.working_days import (
    zone_named,
)

ALL_ZONES = sorted(available_timezones())
_CLOCK = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def course(start: datetime, person: Hours, due: date | None = None) -> Iterator[datetime]:
    """The reminders to somebody who never answers."""
    silence = Silence(start)
    while at := next_reminder(silence, person, due):
        yield at
        silence = Silence(start, silence.sent + 1, at)


_MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_ABSENCES = st.builds(
    lambda start, ahead, length: Absence(start + timedelta(days=ahead), start + timedelta(days=ahead + length)),
    st.shared(_MOMENTS, key="start").map(datetime.date),
    st.integers(-5, 20),
    st.integers(0, 40),
)
_STARTS = st.shared(_MOMENTS, key="start")
_PEOPLE = st.builds(
    Hours,
    st.sampled_from(ALL_ZONES) | st.just("Not/A_Zone"),
    st.just(QuietHours()) | st.builds(QuietHours, _CLOCK, _CLOCK),
    st.lists(_ABSENCES, max_size=3).map(tuple),
)
_DUE = st.none() | st.integers(-2, 30)


def _due(start: datetime, ahead: int | None) -> date | None:
    return None if ahead is None else start.date() + timedelta(days=ahead)


def _allowed(at: datetime, person: Hours) -> None:
    local = at.astimezone(zone_named(person.zone))
    assert local.weekday() < 5
    assert not person.quiet.hold(local.time())
    assert not is_away(person.away, local.date())


@settings(deadline=None)
@given(_STARTS, _PEOPLE, _DUE)
def test_reminders_keep_the_rules(start: datetime, person: Hours, ahead: int | None) -> None:
    due = _due(start, ahead)
    reminders = list(course(start, person, due))
    assert len(reminders) <= AT_MOST
    assert due is not None or len(reminders) == AT_MOST
    zone = zone_named(person.zone)
    for at in reminders:
        _allowed(at, person)
        assert at.tzinfo is UTC
        assert at - start >= timedelta(hours=20)
        assert due is None or at.astimezone(zone).date() <= due
    days = [at.astimezone(zone).date() for at in reminders]
    assert all(earlier < later for earlier, later in pairwise(days))


@settings(deadline=None)
@given(_STARTS, st.sampled_from(ALL_ZONES), _DUE)
def test_reminders_show_the_same_time_on_the_clock(start: datetime, zone: str, ahead: int | None) -> None:
    shown = {at.astimezone(ZoneInfo(zone)).time() for at in course(start, Hours(zone), _due(start, ahead))}
    assert shown <= {time(9, 30)}


@settings(deadline=None)
@given(_STARTS, _PEOPLE, st.integers(0, 30))
def test_a_due_date_only_pulls_in(start: datetime, person: Hours, ahead: int) -> None:
    due = _due(start, ahead)
    free, bound = list(course(start, person)), list(course(start, person, due))
    assert all(pulled <= usual for pulled, usual in zip(bound, free, strict=False))
    if due and free[-1].astimezone(zone_named(person.zone)).date() <= due:
        assert bound == free


@settings(deadline=None)
@given(_STARTS, _PEOPLE, _PEOPLE, _DUE, st.lists(st.integers(0, 3 * 24 * 60), max_size=6))
def test_whatever_happens_ends_with_the_owner(
    start: datetime, person: Hours, owner: Hours, ahead: int | None, delays: list[int]
) -> None:
    """However many minutes the app is late, it reminds at most three times, and then tells the owner."""
    due, now, silence = _due(start, ahead), start, Silence(start)
    steps = []
    while True:
        planned = next_step(silence, person, owner, due, now)
        assert planned
        assert planned.at >= now
        if planned.at > now:
            now = planned.at + timedelta(minutes=delays.pop() if delays else 0)
            continue
        _allowed(now, person if planned.step == Step.REMIND else owner)
        steps.append(planned.step)
        if planned.step == Step.TELL_OWNER:
            break
        silence = Silence(start, silence.sent + 1, now)
    assert steps[:-1] == [Step.REMIND] * silence.sent
    assert silence.sent <= AT_MOST
    assert due or silence.sent == AT_MOST


@settings(deadline=None)
@given(_MOMENTS, _PEOPLE)
def test_postponing_once_is_enough(at: datetime, person: Hours) -> None:
    then = postpone(at, person)
    assume(then is not None)
    assert then is not None
    assert then >= at
    _allowed(then, person)
    assert postpone(then, person) == then
