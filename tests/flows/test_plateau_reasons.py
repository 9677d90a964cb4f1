"""What is said of a plateau counts while it lasts (K34)."""

from datetime import UTC, date, datetime, timedelta

from flows.activity import Entry
from flows.decisions import PlateauExplained, PlateauReason
from flows.plateau_reasons import LABELS, MEANWHILE, expected_until, last_reason, reason_for, without_reason
from flows.progress import Progress, read_progress
from tests.flows.scoring.heard import heard

MONDAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FALLING = (0.5, 0.4, 0.33, 0.28, 0.25, 0.22, 0.2, 0.18)
FLAT = (0.18, 0.181, 0.179, 0.18, 0.18)


def progress(*values: float) -> Progress:
    log = [(MONDAY + timedelta(days=place), Entry(metric="error", value=one)) for place, one in enumerate(values)]
    found = read_progress(log, heard())
    assert found is not None
    return found


def said(day: int, reason: PlateauReason = PlateauReason.LABELS) -> PlateauExplained:
    since = MONDAY + timedelta(days=day)
    return PlateauExplained(by="U1", at=NOON, since=since, reason=reason, until=since)


def test_each_reason_has_its_words_and_a_working_day() -> None:
    assert set(LABELS) == set(MEANWHILE) == set(PlateauReason)
    for reason in PlateauReason:
        until = expected_until(reason, date(2026, 11, 28))
        assert until.weekday() < 5
        assert timedelta(weeks=2) <= until - date(2026, 11, 28) <= timedelta(days=30)


def test_a_reason_counts_for_the_plateau_in_which_it_was_given() -> None:
    found = progress(*FALLING, *FLAT, 0.12, 0.1, 0.09, 0.08, 0.07, *(0.07,) * 5)
    first, second = found.plateaus
    early, late = said(first.first), said(second.first + 1, PlateauReason.FEATURE)
    assert without_reason(found, [], MONDAY) == (first, second)
    assert without_reason(found, [early], MONDAY) == (second,)
    assert without_reason(found, [early, late], MONDAY) == ()
    assert reason_for(found, second, [early, late], MONDAY) == late
    newer = said(first.last, PlateauReason.SPENT)
    assert reason_for(found, first, [early, newer], MONDAY) == newer
    # The error should have moved since, so that is no reason any more; what was said of a plateau that is over stays.
    assert reason_for(found, second, [early, late], late.until + timedelta(days=1)) is None
    assert last_reason(found, second, [early, late]) == late
    assert without_reason(found, [early, late], date(2027, 1, 1)) == (second,)
