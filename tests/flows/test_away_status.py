"""Whether a status says that somebody is away."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.absence import Absence
from flows.away_status import status_absence

TODAY = date(2026, 11, 25)
"""A Wednesday."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(first: str, last: str) -> Absence:
    return Absence(day(first), day(last))


NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def status(
    emoji: str, text: str = "", expires_at: datetime | None = None, zone: str = "Europe/Berlin"
) -> Absence | None:
    return status_absence(emoji, text, expires_at, NOW, zone)


@pytest.mark.parametrize(
    ("emoji", "text"),
    [
        (":palm_tree:", ""),
        (":palm_tree:", "Vacationing"),
        (":beach_with_umbrella:", "Portugal"),
        (":airplane:", ""),
        (":face_with_thermometer:", "Out sick"),
        (":baby::skin-tone-3:", ""),
        ("baby", "Parental leave"),
        ("", "OOO"),
        ("", "Out of the office"),
        (":wave:", "On annual leave"),
        ("", "PTO"),
        ("", "P.T.O."),
        ("", "Holiday!"),
        ("", "Im Urlaub"),
        ("", "en congé"),
        ("", "De vacaciones"),
        ("", "winter break"),
        ("", "Vacation, reachable for urgent calls"),
    ],
)
def test_statuses_that_say_away(emoji: str, text: str) -> None:
    assert status(emoji, text) == Absence(TODAY, None)


@pytest.mark.parametrize(
    ("emoji", "text"),
    [
        ("", ""),
        (":sandwich:", "Lunch"),
        (":spiral_calendar_pad:", "In a meeting"),
        (":bus:", "Commuting"),
        (":headphones:", "Focus time"),
        (":house_with_garden:", "Working remotely"),
        (":palm_tree:", "Working remotely"),
        (":palm_tree:", "Back from vacation"),
        ("", "Back from holiday, catching up"),
        ("", "Not on vacation"),
        ("", "3 days until vacation!"),
        ("", "Focus before my vacation"),
        ("", "Building the holiday calendar"),
        ("", "PTOlemy"),
        (":christmas_tree:", ""),
    ],
)
def test_statuses_that_do_not(emoji: str, text: str) -> None:
    assert status(emoji, text) is None


def test_a_status_ends_when_slack_says() -> None:
    friday_evening = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    assert status(":palm_tree:", "until 4 January", friday_evening) == days("2026-11-25", "2026-11-27")
    midnight_in_berlin = datetime(2026, 11, 27, 23, 0, tzinfo=UTC)
    assert status(":palm_tree:", "", midnight_in_berlin) == days("2026-11-25", "2026-11-27")
    assert status(":palm_tree:", "", midnight_in_berlin, "Asia/Tokyo") == days("2026-11-25", "2026-11-28")
    assert status(":palm_tree:", "", NOW) is None
    assert status(":palm_tree:", "", datetime(1970, 1, 1, tzinfo=UTC)) == Absence(TODAY, None)


@pytest.mark.parametrize(
    ("text", "absence"),
    [
        ("Vacation until 4 January", days("2026-11-25", "2027-01-04")),
        ("On holiday, back on 7 Dec", days("2026-11-25", "2026-12-06")),
        ("Vacation, back from 7 December", days("2026-11-25", "2026-12-06")),
        ("OOO 24 - 31 December", days("2026-12-24", "2026-12-31")),
        ("Vacation next week", days("2026-11-30", "2026-12-06")),
        ("sick today", days("2026-11-25", "2026-11-25")),
        ("Vacation! Back soon", Absence(TODAY, None)),
        ("On holiday, back on 24 November", Absence(TODAY, None)),
    ],
)
def test_a_status_ends_when_its_words_say(text: str, absence: Absence) -> None:
    assert status("", text) == absence


def test_the_days_of_a_status_are_those_of_its_zone() -> None:
    late = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
    assert status_absence(":palm_tree:", "", None, late, "Asia/Tokyo") == Absence(day("2026-11-26"), None)
    assert status_absence(":palm_tree:", "", None, late, "Mars/Olympus") == Absence(TODAY, None)


_SOME_WORDS = "until back on from next week 24 to 31 december friday today off ooo sick not meeting 4/1 9999"
_TEXTS = st.lists(st.sampled_from(_SOME_WORDS.split()), max_size=6).map(" ".join)
_MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2500, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.text(), st.text() | _TEXTS.map("vacation {}".format), st.none() | _MOMENTS)
def test_any_status_is_read(emoji: str, text: str, expires_at: datetime | None) -> None:
    absence = status(emoji, text, expires_at)
    assert absence is None or absence.last is None or absence.last >= TODAY
