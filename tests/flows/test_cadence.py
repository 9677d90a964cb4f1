"""When a nudge is due, against a calendar counted minute by minute."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.cadence import (
    FORTNIGHT,
    MONDAYS,
    NEVER,
    WEEKDAYS,
    Cadence,
    CadenceError,
    Cron,
    EveryWeeks,
    Weekdays,
    Weekly,
    describe_cadence,
    describe_moment,
    dump_cadence,
    load_cadence,
    next_due,
    parse_cadence,
)

TODAY = date(2026, 11, 23)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)

READ: list[tuple[str, Cadence]] = [
    ("weekly mon 09:30", Weekly(weekday=0)),
    ("weekly", Weekly(weekday=0)),
    ("Monday", Weekly(weekday=0)),
    ("every monday 9.30", Weekly(weekday=0)),
    ("mondays at 9:30 am", Weekly(weekday=0)),
    ("every week on thu at 4 pm", Weekly(weekday=3, hour=16, minute=0)),
    ("weekly sun 12 am", Weekly(weekday=6, hour=0, minute=0)),
    ("tues 12pm.", Weekly(weekday=1, hour=12, minute=0)),
    ("weekdays 10:00", Weekdays(hour=10, minute=0)),
    ("every weekday", Weekdays()),
    ("daily 8h15", Weekdays(hour=8, minute=15)),
    ("every 2 weeks fri 16:00", EveryWeeks(weeks=2, weekday=4, hour=16, minute=0, anchor=TODAY)),
    ("every two weeks", EveryWeeks(weeks=2, weekday=0, anchor=TODAY)),
    ("every other week wed", EveryWeeks(weeks=2, weekday=2, anchor=TODAY)),
    ("biweekly 14:00", EveryWeeks(weeks=2, weekday=0, hour=14, minute=0, anchor=TODAY)),
    ("every 1 week tue", Weekly(weekday=1)),
    ('cron "30 9 * * 1-5"', Cron(expression="30 9 * * 1-5")),
    ("cron 0 9 1 * *", Cron(expression="0 9 1 * *")),
    ("off", NEVER),
    ("Never.", NEVER),
]


@pytest.mark.parametrize(("text", "cadence"), READ)
def test_words(text: str, cadence: Cadence) -> None:
    assert parse_cadence(text, TODAY) == cadence


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "Say how often"),
        ("whenever", "could not read"),
        ("weekly mon tue", "could not read"),
        ("weekdays mon", "could not read"),
        ("9:30", "could not read"),
        ("monthly", "cron"),
        ("weekly 25:00", "no such time"),
        ("weekly 13 pm", "no such time"),
        ("weekly 9:30 10:30", "two times"),
        ("every 60 weeks", "52"),
        ("cron nonsense", "cron rule that I can read"),
        ("cron 61 9 * * *", "cron rule that I can read"),
        ("cron 30 9 * * 9", "cron rule that I can read"),
        ("cron 30 9 * * 5-1", "cron rule that I can read"),
        ("cron 30 9 1 * 1", "cron rule that I can read"),
        ("cron 30 9 * * */0", "cron rule that I can read"),
        ("cron 30 9 31 2 *", "never comes true"),
        ("cron * * * * *", "more than once an hour"),
        ("cron 0,30 9 * * *", "more than once an hour"),
    ],
)
def test_words_that_are_no_cadence(text: str, hint: str) -> None:
    with pytest.raises(CadenceError, match=hint):
        parse_cadence(text, TODAY)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(CadenceError):
        cadence = parse_cadence(text, TODAY)
        assert load_cadence(dump_cadence(cadence)) == cadence


def due_in(cadence: Cadence, zone: str, start: datetime, end: datetime) -> list[datetime]:
    found: list[datetime] = []
    moment = next_due(cadence, zone, start)
    while moment is not None and moment < end:
        found.append(moment)
        moment = next_due(cadence, zone, moment)
    return found


@pytest.mark.parametrize(
    ("expression", "weekdays"),
    [
        ("30 9 * * 1-5", {0, 1, 2, 3, 4}),
        ("30 9 * * 0", {6}),
        ("30 9 * * 7", {6}),
        ("30 9 * * sun", {6}),
        ("30 9 * * mon,wed", {0, 2}),
        ("30 9 * * 1-5/2", {0, 2, 4}),
        ("30 9 * * */2", {6, 1, 3, 5}),
        ("30 9 * * *", {0, 1, 2, 3, 4, 5, 6}),
    ],
)
def test_cron_counts_weekdays_from_sunday(expression: str, weekdays: set[int]) -> None:
    cadence = parse_cadence(f"cron {expression}", TODAY)
    fires = due_in(cadence, "Asia/Kolkata", NEW_YEAR, NEW_YEAR + timedelta(days=21))
    assert {fire.astimezone(ZoneInfo("Asia/Kolkata")).weekday() for fire in fires} == weekdays


def minutes_of(zone: str, start: datetime, end: datetime) -> list[datetime]:
    return [start + timedelta(minutes=number) for number in range(int((end - start).total_seconds() // 60))]


@settings(deadline=None, max_examples=60)
@given(
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    minute=st.sampled_from([0, 15, 30, 45]),
    cadence=st.sampled_from(["weekly", "weekdays", "cron"]),
    day=st.integers(0, 350),
)
def test_against_a_calendar_counted_by_hand(zone: str, hour: int, minute: int, cadence: str, day: int) -> None:
    start = NEW_YEAR + timedelta(days=day)
    end = start + timedelta(days=10)
    there = ZoneInfo(zone)
    wanted: dict[str, tuple[Cadence, set[int]]] = {
        "weekly": (Weekly(weekday=6, hour=hour, minute=minute), {6}),
        "weekdays": (Weekdays(hour=hour, minute=minute), {0, 1, 2, 3, 4}),
        "cron": (Cron(expression=f"{minute} {hour} * * *"), set(range(7))),
    }
    rule, weekdays = wanted[cadence]
    # On each local day the first minute whose wall clock shows the time or later, counted minute by minute.
    expected: dict[date, datetime] = {}
    for moment in minutes_of(zone, start - timedelta(days=2), end):
        wall = moment.astimezone(there)
        if wall.weekday() in weekdays and (wall.hour, wall.minute) >= (hour, minute):
            expected.setdefault(wall.date(), moment)
    assert due_in(rule, zone, start, end) == [moment for moment in expected.values() if moment > start]


@pytest.mark.parametrize(
    ("zone", "wall", "fires"),
    [
        # 02:30 does not exist on 29 March in Berlin; it comes twice on 25 October.
        ("Europe/Berlin", "2026-03-28", ["2026-03-29 03:00+02:00", "2026-03-30 02:30+02:00"]),
        ("Europe/Berlin", "2026-10-24", ["2026-10-25 02:30+02:00", "2026-10-26 02:30+01:00"]),
    ],
)
def test_the_days_on_which_clocks_change(zone: str, wall: str, fires: list[str]) -> None:
    start = datetime.fromisoformat(f"{wall} 12:00").replace(tzinfo=ZoneInfo(zone))
    found = due_in(Cron(expression="30 2 * * *"), zone, start, start + timedelta(days=2))
    assert found == [datetime.fromisoformat(fire) for fire in fires]


def test_in_the_repeated_hour_it_does_not_come_again() -> None:
    second_pass = datetime.fromisoformat("2026-10-25 02:10+01:00")
    due = next_due(Cron(expression="30 2 * * *"), "Europe/Berlin", second_pass)
    assert due == datetime.fromisoformat("2026-10-26 02:30+01:00")


def test_a_fortnight_never_drifts() -> None:
    fires = due_in(FORTNIGHT, "Europe/Berlin", NEW_YEAR, NEW_YEAR + timedelta(days=365))
    days = [fire.astimezone(ZoneInfo("Europe/Berlin")).date() for fire in fires]
    assert {(later - earlier).days for earlier, later in pairwise(days)} == {14}
    assert len(days) == 26


def test_never_is_never() -> None:
    assert next_due(NEVER, "UTC", NEW_YEAR) is None


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc"])
def test_an_unknown_zone_is_utc(zone: str) -> None:
    assert next_due(MONDAYS, zone, NEW_YEAR) == datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cadence", "said"),
    [
        (MONDAYS, "every Monday at 09:30 (Europe/Berlin)"),
        (WEEKDAYS, "every weekday at 09:30 (Europe/Berlin)"),
        (FORTNIGHT, "every 2 weeks on Monday at 09:30 (Europe/Berlin)"),
        (Cron(expression="0 9 1 * *"), "by the rule 0 9 1 * * (Europe/Berlin)"),
        (NEVER, "never"),
    ],
)
def test_cadences_in_words_and_in_json(cadence: Cadence, said: str) -> None:
    assert describe_cadence(cadence, "Europe/Berlin") == said
    assert load_cadence(dump_cadence(cadence)) == cadence


def test_a_moment_in_words() -> None:
    moment = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
    assert describe_moment(moment, "Europe/Berlin") == "Monday 30 November, 09:30 (Europe/Berlin)"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), "Monday 4 January 2027, 09:30 (Europe/Berlin)"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Monday 4 January, 09:30 (Europe/Berlin)"),
    ],
)
def test_a_moment_names_its_year_when_that_is_not_the_persons_own(now: datetime, said: str) -> None:
    assert describe_moment(datetime(2027, 1, 4, 8, 30, tzinfo=UTC), "Europe/Berlin", now) == said
