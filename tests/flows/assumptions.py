"""Small graphs and goals of which a test can work out the answer by hand."""

from flows.influence import Edge, Factor, Horizon, InfluenceGraph, Reach, Sign, Strength
from flows.objectives import Direction, Mode, Objective, Unit
from flows.wishes import Stake

UP, DOWN, STAY = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN


def factor(name: str, down: float = -30.0, up: float = 30.0) -> Factor:
    return Factor(name, name, f"more {name}", f"less {name}", Reach(down, up))


def link(source: str, target: str, strength: float, *, spread: float = 0.0, horizon: Horizon = Horizon.SHORT) -> Edge:
    """A link of this signed strength, believed to lie within `spread` of it, as a fraction."""
    size = abs(strength)
    sign = Sign.RAISES if strength > 0 else Sign.LOWERS
    return Edge(source, target, sign, "It does.", horizon, "", Strength(size * (1 - spread), size, size * (1 + spread)))


def graph_of(levers: tuple[Factor, ...], *edges: Edge) -> InfluenceGraph:
    pulled = {lever.id for lever in levers}
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    return InfluenceGraph(levers, tuple(factor(end) for end in sorted(ends - pulled)), edges)


def ask(family: str, direction: Direction, percent: float | None = None, **more: object) -> Objective:
    amount = {} if percent is None else {"amount": percent, "unit": Unit.PERCENT, "mode": Mode.CHANGE}
    return Objective.model_validate({"metric": family, "family": family, "direction": direction, **amount, **more})


def stakes_of(*goals: Objective) -> list[Stake]:
    return [Stake(f"U{place}", goal) for place, goal in enumerate(goals)]
