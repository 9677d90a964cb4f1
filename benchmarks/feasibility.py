"""How long it takes to see how far twelve goals can be met together: `python benchmarks/feasibility.py`.

Twelve goals over the app's own graph, with further levers where it has fewer than fifteen. Timed are the whole answer
(shares, draws, smallest sets, exchange rates, victims), and beside it, in the same run, all that the conflict board
tells of the same goals, and the draws alone, once in one stacked programme and once one by one with `linprog`. CPU
seconds of the process are counted, so other work on the machine matters less.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import numpy as np
from scipy.optimize import linprog

from flows.conflicts import find_conflicts
from flows.feasibility import assess
from flows.influence import GRAPH, Edge, Factor, InfluenceGraph, Sign
from flows.joint_goals import Programme
from flows.leverage import DRAWS, leverage_of
from flows.objectives import Direction, Mode, Objective, Unit
from flows.programmes import STRENGTH
from flows.wishes import Stake

UP, DOWN = Direction.INCREASE, Direction.DECREASE
GOALS = (
    ("time_on_platform", UP, 3), ("ad_revenue", UP, 4), ("cloud_bill", DOWN, 3), ("accuracy", UP, 4),
    ("latency", DOWN, 5), ("review_load", DOWN, 5), ("recall", UP, 3), ("precision", UP, 3),
    ("support_cost", DOWN, 4), ("privacy", UP, 2), ("conversion", UP, 3), ("label_cost", DOWN, 3),
)  # fmt: skip
LEVERS = 15


def stakes(times: float, team: int = 0) -> list[Stake]:
    """The goals of one of many teams, each asking this many times its amount."""
    return [
        Stake(
            f"U{team}.{place}",
            Objective(
                metric=family,
                family=family,
                direction=direction,
                amount=amount * times,
                unit=Unit.PERCENT,
                mode=Mode.CHANGE,
            ),
        )
        for place, (family, direction, amount) in enumerate(GOALS)
    ]


def graph() -> InfluenceGraph:
    """The app's own graph with as many more levers as are missing."""
    names = [f"lever_{number}" for number in range(len(GRAPH.levers), LEVERS)]
    levers = [Factor(name, name, f"more {name}", f"less {name}") for name in names]
    links = [
        Edge(name, family, Sign.RAISES if (place + number) % 3 else Sign.LOWERS, "It does.")
        for number, name in enumerate(names)
        for place, (family, _direction, _amount) in enumerate(GOALS)
        if (place + number) % 4 == 0
    ]
    return replace(GRAPH, levers=(*GRAPH.levers, *levers), edges=(*GRAPH.edges, *links))


def one_by_one(programme: Programme) -> list[float]:
    """The share for each draw of the strengths, from a programme of its own."""
    places = [programme.leverage.places[programme.family(goal)] for goal, _row in programme.rows]
    effects = programme.leverage.drawn[:, places] * programme.signs[:, None]
    far = np.concatenate([programme.leverage.reach[:, 1], -programme.leverage.reach[:, 0]])
    strength = np.append(np.divide(1.0, far, out=np.zeros(far.shape), where=far > 0), 0.0)
    wanted = np.broadcast_to(programme.wanted[:, None], (DRAWS, len(programme.rows), 1))
    rows = np.concatenate([-effects, effects, wanted], 2)
    cost, bounds = np.append(np.zeros(len(far)), -1), [*((0.0, one) for one in far), (0.0, 1.0)]
    most = np.append(programme.room, STRENGTH)
    return [-float(linprog(cost, A_ub=np.vstack([one, strength]), b_ub=most, bounds=bounds).fun or 0) for one in rows]


def clock(work: Callable[[], object], times: int) -> float:
    """The median of CPU milliseconds."""
    taken = []
    for _round in range(times):
        begin = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - begin))
    return statistics.median(taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure how long feasibility takes.")
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    levers = graph()
    leverage_of.cache_clear()
    begin = time.process_time()
    assess(stakes(1), levers)
    print(f"the first answer, in which the links are followed and drawn: {1000 * (time.process_time() - begin):.0f} ms")
    for times in (1, 3, 6):
        wanted = stakes(times)
        found = assess(wanted, levers)
        programme = Programme.of(wanted, levers)
        whole = clock(lambda wanted=wanted: assess(wanted, levers), rounds)  # type: ignore[misc]
        teams = count()
        board = clock(lambda times=times, teams=teams: find_conflicts(stakes(times, next(teams)), levers), rounds)  # type: ignore[misc]
        stacked, single = clock(programme.drawn_shares, rounds), clock(lambda one=programme: one_by_one(one), 3)  # type: ignore[misc]
        assert np.allclose(programme.drawn_shares(), one_by_one(programme), atol=1e-6)  # noqa: S101
        print(
            f"{times:g} times the amounts: share {found.share:.2f}, smallest sets {len(found.sets)}; "
            f"whole answer {whole:.0f} ms; conflicts {board:.0f} ms; "
            f"{DRAWS} draws stacked {stacked:.0f} ms, one by one {single:.0f} ms, "
            f"ratio {single / stacked:.1f}"
        )


if __name__ == "__main__":
    main()
