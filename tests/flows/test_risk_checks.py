"""The check that each risk calls for, who looks, and by when (section 2.5; K54 to K60)."""

from datetime import date, timedelta

import pytest

from flows.failure_reasons import Reason
from flows.risk_checks import propose_check
from flows.roles import Role
from flows.shown import Shown
from flows.working_days import is_working_day
from tests.flows.whole_kickoffs import PEOPLE, STARTER, TODAY, project


@pytest.mark.parametrize("reason", Reason)
def test_each_risk_has_a_check_of_its_own_in_two_to_four_weeks(reason: Reason) -> None:
    others = {propose_check(Shown(project()), one, TODAY).what for one in Reason}
    assert len(others) == len(Reason)
    check = propose_check(Shown(project()), reason, TODAY)
    assert check.key == f"risk:{reason.value}"
    assert timedelta(weeks=2) <= check.due - TODAY <= timedelta(weeks=4)


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2026, 11, 29)])
def test_no_check_is_due_at_a_weekend(day: date) -> None:
    check = propose_check(Shown(project()), Reason.SILOS, day)
    assert is_working_day(check.due)
    assert check.due == date(2026, 12, 14)


def test_who_holds_the_role_looks_or_else_the_owner() -> None:
    everybody = Shown(project())
    assert propose_check(everybody, Reason.LABELS, TODAY).owner == PEOPLE[Role.LABELLING_LEAD]
    some = Shown(project(roles=(Role.PRODUCT_OWNER, Role.DOMAIN_EXPERT)))
    assert propose_check(some, Reason.LABELS, TODAY).owner == PEOPLE[Role.DOMAIN_EXPERT]
    assert propose_check(some, Reason.SILOS, TODAY).owner == PEOPLE[Role.PRODUCT_OWNER]
    assert propose_check(Shown(project(roles=())), Reason.SILOS, TODAY).owner == STARTER
