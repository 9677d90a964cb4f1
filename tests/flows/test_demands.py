import numpy as np
import pytest

from flows.demands import Demand, demands_of
from flows.objectives import Bound, Direction, Mode, Objective, Unit
from tests.flows.assumptions import DOWN, STAY, UP, ask


def level(direction: Direction, amount: float, today: float | None) -> Objective:
    return ask("latency", direction, None, amount=amount, unit=Unit.COUNT, mode=Mode.LEVEL, baseline=today)


@pytest.mark.parametrize(
    ("objective", "expected"),
    [
        (ask("churn", DOWN, 10), [Demand(-1, wanted=10)]),
        (ask("churn", UP, 10, bound=Bound.AT_LEAST), [Demand(1, wanted=10)]),
        (ask("churn", DOWN), [Demand(-1)]),
        (ask("churn", STAY), [Demand(1, room=1), Demand(-1, room=1)]),
        (ask("churn", STAY, bound=Bound.AT_MOST), [Demand(-1)]),
        (level(UP, 120, 100), [Demand(1, wanted=20)]),
        (level(UP, 120, None), [Demand(1)]),
        (level(UP, 90, 100), [Demand(1)]),
        (level(UP, 90, 0), [Demand(1)]),
        (level(Direction.AT_MOST, 150, 200), [Demand(-1, wanted=25)]),
        (level(Direction.AT_MOST, 250, 200), [Demand(-1, room=25)]),
        (level(Direction.AT_MOST, 250, None), [Demand(-1)]),
        (level(Direction.AT_MOST, 250, 0), [Demand(-1)]),
        (ask("churn", UP, 10, bound=Bound.AT_MOST), [Demand(1)]),
        (ask("cloud_bill", Direction.AT_MOST, 5), [Demand(-1, room=5)]),
        (ask("cloud_bill", Direction.AT_MOST, -5), [Demand(-1, wanted=0)]),
        (ask("cloud_bill", Direction.AT_LEAST, 5), [Demand(1, wanted=5)]),
    ],
)
def test_what_a_goal_asks_of_the_levers(objective: Objective, expected: list[Demand]) -> None:
    found = [(row.sign, row.wanted, row.room) for row in demands_of(objective)]
    assert np.allclose(found, [(row.sign, row.wanted, row.room) for row in expected])
