"""The hours in which nobody is written to, and how they are typed."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.quiet_hours import QuietHours, QuietHoursError, read_quiet_hours


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("18:00-09:00", QuietHours()),
        ("18:00 – 9:00", QuietHours()),
        ("18 to 9", QuietHours()),
        ("6pm - 9 a.m.", QuietHours()),
        ("18.00-9h00", QuietHours()),
        ("12:00-13:30", QuietHours(time(12), time(13, 30))),
        ("12pm-12am", QuietHours(time(12), time(0))),
        ("20:00-24:00", QuietHours(time(20), time(0))),
        ("9:00-9:00", QuietHours(time(9), time(9))),
        ("None", QuietHours(time(), time())),
    ],
)
def test_quiet_hours_are_read(text: str, quiet: QuietHours) -> None:
    assert read_quiet_hours(text) == quiet


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "Say which"),
        ("evenings", "two times"),
        ("18:00", "two times"),
        ("18:00-later", "two times"),
        ("25:00-9:00", "no such time"),
        ("18:60-9:00", "no such time"),
        ("24:01-9:00", "no such time"),
        ("13pm-9am", "no such time"),
        ("0am-9am", "no such time"),
        ("0:00-24:00", "no hour of the day"),
    ],
)
def test_other_words_say_how_to_type_them(text: str, hint: str) -> None:
    with pytest.raises(QuietHoursError, match=hint) as refusal:
        read_quiet_hours(text)
    assert "18:00-09:00" in str(refusal.value)


@pytest.mark.parametrize(
    ("quiet", "held", "free"),
    [
        (QuietHours(), [time(18), time(23, 59), time(0), time(8, 59)], [time(9), time(17, 59)]),
        (QuietHours(time(12), time(13)), [time(12), time(12, 59)], [time(11, 59), time(13)]),
        (QuietHours(time(9), time(9)), [], [time(8, 59), time(9), time(0)]),
    ],
)
def test_what_is_quiet(quiet: QuietHours, held: list[time], free: list[time]) -> None:
    assert [at for at in held + free if quiet.hold(at)] == held


_CLOCK = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(st.text() | st.from_regex(r"[0-9]{1,3}(:[0-9]{2})? ?(am|pm)?(-| to )[0-9]{1,2}(:[0-9]{2})?", fullmatch=True))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        quiet = read_quiet_hours(text)
    except QuietHoursError:
        return
    assert not quiet.hold(quiet.morning)


@given(_CLOCK, _CLOCK)
def test_quiet_hours_are_read_as_they_are_written(start: time, end: time) -> None:
    assert read_quiet_hours(f"{start:%H:%M}-{end:%H:%M}") == QuietHours(start, end)
