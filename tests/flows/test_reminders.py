"""When people are reminded, and when the owner is told instead."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.absence import Absence
from flows.quiet_hours import read_quiet_hours
from flows.reminders import (
    AT_MOST,
    Hours,
    Planned,
    Silence,
    Step,
    next_reminder,
    next_step,
    next_telling,
    postpone,
)

BERLIN = Hours("Europe/Berlin")
OWNER = Hours("Europe/London")
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def away(first: str, last: str | None) -> tuple[Absence, ...]:
    return (Absence(date.fromisoformat(first), date.fromisoformat(last) if last else None),)


def course(start: datetime, person: Hours, due: date | None = None) -> Iterator[datetime]:
    """The reminders to somebody who never answers."""
    silence = Silence(start)
    while at := next_reminder(silence, person, due):
        yield at
        silence = Silence(start, silence.sent + 1, at)


def written(moments: Iterator[datetime], zone: str) -> list[str]:
    return [f"{at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}" for at in moments]


# Reminders


def test_three_reminders_at_growing_distances() -> None:
    assert written(course(MONDAY, BERLIN), "Europe/Berlin") == [
        "Tue 24 Nov 09:30",
        "Thu 26 Nov 09:30",
        "Tue 01 Dec 09:30",
    ]


def test_the_first_comes_twenty_hours_after_the_last_activity() -> None:
    assert next_reminder(Silence(moment("2026-11-23T13:30+01:00")), BERLIN) == moment("2026-11-24T09:30+01:00")
    assert next_reminder(Silence(moment("2026-11-23T13:31+01:00")), BERLIN) == moment("2026-11-25T09:30+01:00")
    friday = moment("2026-11-27T18:00+01:00")
    assert next_reminder(Silence(friday), BERLIN) == moment("2026-11-30T09:30+01:00")


def test_activity_after_a_reminder_puts_the_next_off() -> None:
    sent = moment("2026-11-24T09:30+01:00")
    active = moment("2026-11-25T17:00+01:00")
    assert next_reminder(Silence(active, 1, sent), BERLIN) == moment("2026-11-27T09:30+01:00")


@pytest.mark.parametrize(
    ("quiet", "at"),
    [
        ("18:00-09:00", "09:30"),
        ("18:00-10:15", "10:15"),
        ("20-8", "09:30"),
        ("9-17", "17:00"),
        ("12:00-13:00", "09:30"),
        ("none", "09:30"),
    ],
)
def test_the_morning_begins_after_the_quiet_hours(quiet: str, at: str) -> None:
    person = Hours("Europe/Berlin", read_quiet_hours(quiet))
    assert next_reminder(Silence(MONDAY - timedelta(hours=9)), person) == moment(f"2026-11-24T{at}+01:00")


def test_nobody_is_reminded_while_away() -> None:
    person = Hours("Europe/Berlin", away=away("2026-11-24", "2026-11-27"))
    assert written(course(MONDAY, person), "Europe/Berlin") == [
        "Mon 30 Nov 09:30",
        "Wed 02 Dec 09:30",
        "Mon 07 Dec 09:30",
    ]


def test_an_absence_without_end_is_looked_at_again_on_the_next_working_morning() -> None:
    person = Hours("Europe/Berlin", away=away("2026-11-24", None))
    assert next_reminder(Silence(MONDAY), person) == moment("2026-11-25T09:30+01:00")
    assert postpone(moment("2026-11-25T09:30+01:00"), person) == moment("2026-11-26T09:30+01:00")
    assert postpone(moment("2026-11-27T09:30+01:00"), person) == moment("2026-11-30T09:30+01:00")


def test_who_is_away_for_more_than_three_years_is_not_reminded() -> None:
    person = Hours("Europe/Berlin", away=away("2026-11-01", "2032-01-01"))
    assert next_reminder(Silence(MONDAY), person) is None
    assert next_reminder(Silence(MONDAY), person, date(2026, 12, 4)) is None
    assert postpone(MONDAY, person) is None
    assert next_step(Silence(MONDAY), person, OWNER, None, MONDAY) is None


@pytest.mark.parametrize(
    ("due", "reminders"),
    [
        ("2026-12-04", ["Tue 24 Nov 09:30", "Thu 26 Nov 09:30", "Tue 01 Dec 09:30"]),
        ("2026-11-30", ["Tue 24 Nov 09:30", "Thu 26 Nov 09:30", "Mon 30 Nov 09:30"]),
        ("2026-11-29", ["Tue 24 Nov 09:30", "Thu 26 Nov 09:30", "Fri 27 Nov 09:30"]),
        ("2026-11-26", ["Tue 24 Nov 09:30", "Wed 25 Nov 09:30", "Thu 26 Nov 09:30"]),
        ("2026-11-25", ["Tue 24 Nov 09:30", "Wed 25 Nov 09:30"]),
        ("2026-11-24", ["Tue 24 Nov 09:30"]),
        ("2026-11-23", []),
        ("2026-10-01", []),
    ],
)
def test_a_near_due_date_pulls_them_together(due: str, reminders: list[str]) -> None:
    assert written(course(MONDAY, BERLIN, date.fromisoformat(due)), "Europe/Berlin") == reminders


def test_an_absence_before_the_due_date_pulls_them_together() -> None:
    person = Hours("Europe/Berlin", away=away("2026-11-26", "2026-11-27"))
    assert written(course(MONDAY, person, date(2026, 11, 30)), "Europe/Berlin") == [
        "Tue 24 Nov 09:30",
        "Wed 25 Nov 09:30",
        "Mon 30 Nov 09:30",
    ]


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Berlin", datetime(2026, 3, 26, 9, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 22, 9, 0, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 5, 14, 0, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 4, 2, 1, 0, tzinfo=UTC)),
        ("Africa/Cairo", datetime(2026, 4, 22, 9, 0, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 4, 2, 6, 0, tzinfo=UTC)),
    ],
)
def test_the_clock_shows_the_same_time_when_it_is_changed(zone: str, start: datetime) -> None:
    shown = written(course(start, Hours(zone)), zone)
    assert len(shown) == AT_MOST
    assert all(at.endswith("09:30") for at in shown)


def test_places_with_quarters_of_an_hour_and_unknown_ones() -> None:
    start = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
    assert next_reminder(Silence(start), Hours("Asia/Kathmandu")) == datetime(2026, 11, 24, 3, 45, tzinfo=UTC)
    assert next_reminder(Silence(start), Hours("Mars/Olympus")) == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_a_day_that_the_calendar_skips_has_no_morning() -> None:
    """Samoa went from Thursday 29 to Saturday 31 December 2011."""
    thursday = datetime(2011, 12, 29, 9, 30, tzinfo=ZoneInfo("Pacific/Apia"))
    at = next_reminder(Silence(thursday), Hours("Pacific/Apia"))
    assert at == datetime(2012, 1, 2, 9, 30, tzinfo=ZoneInfo("Pacific/Apia"))


# The owner


def test_the_owner_is_told_one_working_day_after_the_third() -> None:
    third = moment("2026-12-01T09:30+01:00")
    assert next_telling(Silence(MONDAY, 3, third), BERLIN, OWNER) == moment("2026-12-02T09:30+00:00")
    friday = moment("2026-12-04T09:30+01:00")
    assert next_telling(Silence(MONDAY, 3, friday), BERLIN, OWNER) == moment("2026-12-07T09:30+00:00")


def test_the_owner_is_told_on_the_morning_after_the_due_date() -> None:
    due = date(2026, 12, 4)
    assert next_telling(Silence(MONDAY, 1, MONDAY), BERLIN, OWNER, due) == moment("2026-12-07T09:30+00:00")
    assert next_telling(Silence(MONDAY, 1, MONDAY), BERLIN, OWNER) is None
    soon = Silence(moment("2026-12-04T17:00+01:00"), 3, moment("2026-12-04T09:30+01:00"))
    assert next_telling(soon, BERLIN, OWNER, due) == moment("2026-12-07T09:30+00:00")


def test_the_owner_is_not_told_before_the_day_is_over_where_the_person_is() -> None:
    """Thursday in Honolulu ends on Friday evening in Auckland."""
    person, owner = Hours("Pacific/Honolulu"), Hours("Pacific/Auckland")
    told = next_telling(Silence(MONDAY, 1, MONDAY), person, owner, date(2026, 12, 3))
    assert told == datetime(2026, 12, 7, 9, 30, tzinfo=ZoneInfo("Pacific/Auckland"))


def test_activity_after_the_third_puts_the_owner_off_until_the_due_date() -> None:
    third, active = moment("2026-12-01T09:30+01:00"), moment("2026-12-02T09:00+01:00")
    assert next_telling(Silence(active, 3, third), BERLIN, OWNER) == moment("2026-12-03T09:30+00:00")
    due = date(2026, 12, 1)
    assert next_telling(Silence(active, 3, third), BERLIN, OWNER, due) == moment("2026-12-02T09:30+00:00")


def test_the_absence_of_the_person_does_not_keep_it_from_the_owner() -> None:
    person = Hours("Europe/Berlin", away=away("2026-12-02", "2027-01-04"))
    told = next_telling(Silence(MONDAY, 3, moment("2026-12-01T09:30+01:00")), person, OWNER)
    assert told == moment("2026-12-02T09:30+00:00")


def test_the_next_step_is_a_reminder_as_long_as_there_is_one() -> None:
    due = date(2026, 12, 4)
    assert next_step(Silence(MONDAY), BERLIN, OWNER, due, MONDAY) == Planned(
        Step.REMIND, moment("2026-11-24T09:30+01:00")
    )
    third = Silence(MONDAY, 3, moment("2026-12-01T09:30+01:00"))
    assert next_step(third, BERLIN, OWNER, due, third.last_sent or MONDAY) == Planned(
        Step.TELL_OWNER, moment("2026-12-02T09:30+00:00")
    )


def test_a_late_step_comes_now_or_when_it_may() -> None:
    due = date(2026, 12, 4)
    noon, night = moment("2026-11-25T12:00+01:00"), moment("2026-11-25T22:00+01:00")
    assert next_step(Silence(MONDAY), BERLIN, OWNER, due, noon) == Planned(Step.REMIND, noon)
    assert next_step(Silence(MONDAY), BERLIN, OWNER, due, night) == Planned(
        Step.REMIND, moment("2026-11-26T09:30+01:00")
    )
    over = moment("2026-12-05T12:00+01:00")
    told = Planned(Step.TELL_OWNER, moment("2026-12-07T09:30+00:00"))
    assert next_step(Silence(MONDAY), BERLIN, OWNER, due, over) == told
    late = moment("2026-12-08T11:00+00:00")
    assert next_step(Silence(MONDAY), BERLIN, OWNER, due, late) == Planned(Step.TELL_OWNER, late)


# Postponing


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-11-24T09:30+01:00", "2026-11-24T09:30+01:00"),
        ("2026-11-24T09:00+01:00", "2026-11-24T09:00+01:00"),
        ("2026-11-24T17:59+01:00", "2026-11-24T17:59+01:00"),
        ("2026-11-24T08:59+01:00", "2026-11-24T09:30+01:00"),
        ("2026-11-24T18:00+01:00", "2026-11-25T09:30+01:00"),
        ("2026-11-27T20:00+01:00", "2026-11-30T09:30+01:00"),
        ("2026-11-28T12:00+01:00", "2026-11-30T09:30+01:00"),
        ("2026-12-24T12:00+01:00", "2027-01-04T09:30+01:00"),
    ],
)
def test_postponed_to_the_first_moment_that_is_allowed(at: str, then: str) -> None:
    person = Hours("Europe/Berlin", away=away("2026-12-24", "2027-01-01"))
    assert postpone(moment(at), person) == moment(then)


def test_what_would_come_after_the_due_date_is_not_sent() -> None:
    friday = date(2026, 11, 27)
    assert postpone(moment("2026-11-27T17:59+01:00"), BERLIN, friday) == moment("2026-11-27T17:59+01:00")
    assert postpone(moment("2026-11-27T18:00+01:00"), BERLIN, friday) is None


def test_who_answers_after_the_due_day_is_not_reported_for_every_answer() -> None:
    late = datetime(2026, 12, 3, 10, tzinfo=UTC)
    planned = next_step(Silence(late), Hours("UTC"), Hours("UTC"), date(2026, 11, 30), late)
    assert planned is not None
    assert planned.step is Step.REMIND
    assert planned.at > late
