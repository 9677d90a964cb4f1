"""What finished projects like this one took, by kind of work: a reference class from the logs (section 2.2; K15).

Half of such projects took up to P50, eight of ten up to P80. Hours are taken to be log-normal, with a prior for how far
they scatter, so that one or two projects do not look surer than they are (Gelman et al. 2013, Bayesian Data Analysis,
section 3.3: the prediction of a new case is a Student's t).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from flows.activity import Stage

MOST = 10
"""So many projects, the likest ones, make a class."""

_EIGHT_OF_TEN = 0.8
_PRIOR_SCATTER = 0.6
"""Of the logarithm: eight of ten projects take less than 1.7 times the middle one."""
_PRIOR_PROJECTS = 2.0
"""The prior counts as so many projects."""

StageHours = Mapping[Stage | None, float]
"""Hours that a project took, by kind of work; None for those of which nobody said it."""


@dataclass(frozen=True)
class HoursTaken:
    """Hours that half of the projects stayed under, and that eight of ten did; `projects` is how many tell of them."""

    p50: float
    p80: float
    projects: int


@dataclass(frozen=True)
class ReferenceClass:
    """What the projects of a class took in all, and by kind of work, the largest first."""

    whole: HoursTaken
    stages: Mapping[Stage | None, HoursTaken]


def make_class(logs: Sequence[StageHours]) -> ReferenceClass | None:
    """The reference class of these logs; None where none of them has hours.

    Args:
        logs: The hours of each project, by kind of work.
    """
    timed = [{stage: spent for stage, spent in log.items() if spent > 0} for log in logs]
    timed = [log for log in timed if log]
    if not timed:
        return None
    kinds = dict.fromkeys(stage for log in timed for stage in log)
    stages = {stage: _taken([log[stage] for log in timed if stage in log]) for stage in kinds}
    ordered = dict(sorted(stages.items(), key=lambda one: -one[1].p50))
    return ReferenceClass(_taken([sum(log.values()) for log in timed]), ordered)


def _taken(hours: Sequence[float]) -> HoursTaken:
    logs = np.log(hours)
    count = len(hours)
    freedom = count - 1 + _PRIOR_PROJECTS
    scatter = float(np.sum((logs - np.mean(logs)) ** 2)) + _PRIOR_PROJECTS * _PRIOR_SCATTER**2
    step = float(student.ppf(_EIGHT_OF_TEN, freedom)) * np.sqrt(scatter / freedom * (1 + 1 / count))
    middle = float(np.mean(logs))
    return HoursTaken(float(np.exp(middle)), float(np.exp(middle + step)), count)
