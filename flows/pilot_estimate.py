"""What the whole takes, from what each stage of the pilot took: a range, never plainly the pilot times so much (K31).

Some work is done once, some grows with the number of cases, and the data that more classes need grows faster than their
number: between n and n to the power of 1.5. Deploying and talking hardly grow at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import stats

from flows.activity import Stage
from flows.decisions import PilotPlanned
from flows.scoring.draws import Draw, Spread, around, between, normal, spread

FEWEST_POINTS = 4
"""From so many measurements on, the fall of the error is fitted."""


class Growth(StrEnum):
    """How the work of a stage grows with the problem."""

    FIXED = "fixed"
    LINEAR = "linear"
    SUPERLINEAR = "superlinear"


GROWTH: Mapping[Stage, Growth] = {
    Stage.COLLECT: Growth.LINEAR,
    Stage.LABEL: Growth.SUPERLINEAR,
    Stage.FEATURES: Growth.FIXED,
    Stage.TRAIN: Growth.SUPERLINEAR,
    Stage.EVALUATE: Growth.LINEAR,
    Stage.DEPLOY: Growth.FIXED,
    Stage.MEET: Growth.FIXED,
}
"""How each stage grows where classes are added."""

_FIXED_FACTOR = 1.5
_LINEAR = (0.5, 0.8, 1.0)
_POWERS = (1.0, 1.25, 1.5)
_WHOLE = 100.0


@dataclass(frozen=True)
class StageEstimate:
    """What a stage took in the pilot, and may take in the whole.

    Attributes:
        stage: Which; None for work of which nobody said the kind.
        measured: Hours in the pilot.
        growth: How it grows.
        whole: Hours in the whole.
    """

    stage: Stage | None
    measured: float
    growth: Growth
    whole: Spread


@dataclass(frozen=True)
class WholeEstimate:
    """What the whole may take.

    Attributes:
        times: How many times as large the whole is: classes, or slices.
        stages: By stage, the largest first.
        hours: All together.
        plainly: What the pilot times so much would be, which it is not.
    """

    times: float
    stages: tuple[StageEstimate, ...]
    hours: Spread
    plainly: float


def times_as_large(plan: PilotPlanned) -> float | None:
    """How many times as large the whole is as the pilot; None where nobody said of what there are how many."""
    if plan.taken and plan.classes:
        return plan.classes / (plan.taken + 1)
    return float(plan.slices) if plan.slices > 1 else None


def estimate_whole(plan: PilotPlanned, measured: Mapping[Stage | None, float]) -> WholeEstimate | None:
    """Estimate the whole from the hours of each stage; None where nothing was measured or the size is not known."""
    times = times_as_large(plan)
    hours = {stage: spent for stage, spent in measured.items() if spent > 0}
    if times is None or not hours:
        return None
    drawn = {stage: spent * _factor(_growth(plan, stage), times, stage) for stage, spent in hours.items()}
    stages = [StageEstimate(stage, hours[stage], _growth(plan, stage), spread(draw)) for stage, draw in drawn.items()]
    total: Draw = np.sum(list(drawn.values()), axis=0)
    return WholeEstimate(
        times,
        tuple(sorted(stages, key=lambda one: -one.whole.p50)),
        spread(total),
        times * sum(hours.values()),
    )


def _growth(plan: PilotPlanned, stage: Stage | None) -> Growth:
    growth = GROWTH[stage] if stage else Growth.LINEAR
    # More slices are more of the same kind of data, and what is learned of one helps with the next.
    return Growth.LINEAR if growth is Growth.SUPERLINEAR and not plan.taken else growth


def _factor(growth: Growth, times: float, stage: Stage | None) -> Draw:
    """How many times the hours of the pilot, drawn."""
    draws = normal(f"pilot:{stage}")
    match growth:
        case Growth.FIXED:
            return around(draws, 1.0, _FIXED_FACTOR)
        case Growth.LINEAR:
            low, likely, high = (max(1.0, times * one) for one in _LINEAR)
            return np.maximum(between(draws, low, likely, high), 1.0)
        case _:
            return np.asarray(times ** np.clip(between(draws, *_POWERS), *_BOUNDS))


_BOUNDS = (0.9, 1.7)


def hours_until(points: Sequence[tuple[float, float]], error: float) -> Spread | None:
    """The logged hours after which the error is as small as wanted, fitted to what was measured.

    The error is taken to fall as a power of the hours (inverse power law: Figueroa et al. 2012, Predicting sample size
    required for classification performance, BMC Medical Informatics and Decision Making 12). With each further
    measurement the range narrows.

    Args:
        points: Hours and error of each measurement; both above 0.
        error: The error that is wanted.

    Returns:
        Hours from the beginning; None with fewer than four measurements, or where the error does not fall clearly.
    """
    if len(points) < FEWEST_POINTS or error <= 0:
        return None
    hours, errors = (np.log([point[place] for point in points]) for place in (0, 1))
    if np.ptp(hours) == 0:
        return None
    fit = stats.linregress(hours, errors)
    slopes = fit.slope + fit.stderr * _student(normal("pilot:slope"), len(points) - 2)
    if float(np.mean(slopes < 0)) < _CLEARLY:
        return None
    slopes = np.minimum(slopes, _FLATTEST)
    last = float(hours[-1]), float(np.mean(errors) + fit.slope * (hours[-1] - np.mean(hours)))
    needed = last[0] + np.maximum((np.log(error) - last[1]) / slopes, 0.0)
    return spread(np.exp(np.minimum(needed, _MOST)))


_CLEARLY = 0.9
_FLATTEST = -0.02
_MOST = float(np.log(1e6))


def _student(draws: Draw, freedom: int) -> Draw:
    """Draws of Student's t from standard normal ones: few measurements leave more doubt."""
    return np.asarray(stats.t.ppf(stats.norm.cdf(draws), freedom))
