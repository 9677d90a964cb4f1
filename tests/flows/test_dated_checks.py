"""Checks with a date and an owner: asked about until they are fine or it happened (section 2.5)."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flows.agreement import follow
from flows.charter_writing import write_charter
from flows.dated_checks import DatedCheck, list_overdue, look_again, say_when
from flows.decisions import CheckAnswered, CheckSet, CheckState, Decision
from flows.working_days import is_working_day
from tests.flows.ledgers import AT
from tests.flows.whole_kickoffs import project

DUE = date(2026, 12, 7)
LATER = date(2026, 12, 21)


def set_(key: str = "risk:silos", owner: str = "U2", due: date = DUE) -> CheckSet:
    return CheckSet(by="U1", at=AT, check=key, what="Get 100 rows.", owner=owner, due=due)


def seen(state: CheckState, again: date | None = None, key: str = "risk:silos") -> CheckAnswered:
    return CheckAnswered(by="U2", at=AT, check=key, state=state, again=again)


def after(*lines: Decision) -> Mapping[str, DatedCheck]:
    return follow(lines).checks


def test_a_check_is_set_and_changed() -> None:
    assert after() == {}
    assert after(set_()) == {"risk:silos": DatedCheck("risk:silos", "Get 100 rows.", "U2", DUE)}
    changed = after(set_(), set_("risk:labels"), set_(owner="U3", due=LATER))
    assert list(changed) == ["risk:silos", "risk:labels"]
    assert changed["risk:silos"] == DatedCheck("risk:silos", "Get 100 rows.", "U3", LATER)


def test_what_is_fine_or_happened_is_over_and_asked_about_no_more() -> None:
    for state in (CheckState.FINE, CheckState.HAPPENED):
        (check,) = after(set_(), seen(state), seen(CheckState.STILL, LATER)).values()
        assert (check.is_over, check.seen, check.due) == (True, state, DUE)


def test_what_is_still_a_risk_is_looked_at_again() -> None:
    (check,) = after(set_(), seen(CheckState.STILL, LATER)).values()
    assert (check.is_over, check.seen, check.due) == (False, CheckState.STILL, LATER)
    (without_a_day,) = after(set_(), seen(CheckState.STILL)).values()
    assert without_a_day.due == DUE
    (set_again,) = after(set_(), seen(CheckState.STILL, LATER), set_(due=LATER)).values()
    assert set_again == check
    (reopened,) = after(set_(), seen(CheckState.HAPPENED), set_(due=LATER)).values()
    assert not reopened.is_over


def test_an_answer_to_no_check_is_none() -> None:
    assert after(seen(CheckState.FINE)) == {}


def test_a_check_is_overdue_from_the_day_after_its_day() -> None:
    checks = after(set_(due=LATER), set_("risk:labels"), set_("risk:talent"), seen(CheckState.FINE, key="risk:talent"))
    assert list_overdue(checks, DUE) == ()
    assert [one.key for one in list_overdue(checks, DUE + timedelta(days=1))] == ["risk:labels"]
    assert [one.key for one in list_overdue(checks, LATER + timedelta(days=1))] == ["risk:labels", "risk:silos"]


def test_a_check_in_words() -> None:
    (first,) = after(set_()).values()
    (still,) = after(set_(), seen(CheckState.STILL, LATER)).values()
    (over,) = after(set_(), seen(CheckState.HAPPENED)).values()
    assert [say_when(one) for one in (first, still, over)] == [
        "by 7 December 2026",
        "still a risk, by 21 December 2026",
        "it happened",
    ]


def test_checks_stand_in_the_charter() -> None:
    charter = write_charter(project(), None, checks=after(set_(), set_("risk:labels")))
    assert charter.lines["check:risk:silos"].text == "Get 100 rows. By 7 December 2026. <@U2>."
    assert write_charter(project(), None).completeness == charter.completeness


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_the_next_look_is_on_a_working_day_about_two_weeks_later(today: date) -> None:
    again = look_again(today)
    assert is_working_day(again)
    assert timedelta(days=14) <= again - today <= timedelta(days=16)
