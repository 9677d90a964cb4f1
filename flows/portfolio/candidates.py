"""A project as it stands in the backlog: its draws on the five criteria, apart from every other project's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
import numpy.typing as npt

from flows.scoring.draws import Spread
from flows.scoring.heard import Heard
from flows.scoring.project_score import Score, draw_project, score_drawn
from flows.scoring.scales import UNCALIBRATED, Calibration

SAMPLES = 1000
"""Samples of each project for the ranking: a share of them is right within 1.6 of 100 (one standard error)."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """One project of the backlog.

    Attributes:
        key: Names it; ties are broken by it.
        name: What people call it.
        impact: Its place on the scale of impact.
        cost: Its place on the scale of cost.
        middle: Its average place on each of the five criteria, 0 to 100, more is better.
        samples: Its places in single draws; of shape (SAMPLES, 5).
        needs: Person-weeks by job, and weeks of a machine.
        gate: What keeps it out of the ranking; empty for nothing.
        opens: What opens that gate.
        kept: Needs that count and are not shown in numbers: an answer that is kept private could be worked out of them.
    """

    key: str
    name: str
    impact: Spread
    cost: Spread
    middle: npt.NDArray[np.float64]
    samples: npt.NDArray[np.float64]
    needs: Mapping[str, float] = field(default_factory=dict)
    gate: str = ""
    opens: str = ""
    kept: frozenset[str] = frozenset()


def make_candidate(key: str, name: str, heard: Heard, calibration: Calibration = UNCALIBRATED) -> Candidate:
    """Draw a project for the backlog.

    All projects are drawn with the same random numbers, so that equal answers score equally. Here each one's draws are
    shuffled by its key: that one project turns out harder says nothing about another.
    """
    drawn = draw_project(heard, calibration)
    score = score_drawn(heard, drawn)
    generator = np.random.default_rng(crc32(key.encode()))
    rows = generator.choice(len(drawn.impact), SAMPLES, replace=False)
    gate = score.gates[0] if score.gates else None
    return Candidate(
        key=key,
        name=name,
        impact=Spread(score.impact.p10, score.impact.p50, score.impact.p90),
        cost=Spread(score.cost.p10, score.cost.p50, score.cost.p90),
        middle=drawn.criteria.mean(axis=0),
        samples=drawn.criteria[rows],
        needs={**score.effort_by_job, **_machine_weeks(heard)},
        gate=gate.name if gate else "",
        opens=gate.opens if gate else "",
        kept=frozenset((*_kept_jobs(score), *(["machine"] if heard.keeps(*_MACHINE_QUESTIONS) else []))),
    )


_HOURS_A_WEEK = 168.0
_MACHINE_QUESTIONS = ("experiments", "experiment_hours")


def _machine_weeks(heard: Heard) -> Mapping[str, float]:
    """How long one machine runs experiments one after another (K8, K20); nothing where that was not said."""
    experiments, hours = (heard.number(one) for one in _MACHINE_QUESTIONS)
    return {} if experiments is None or hours is None else {"machine": experiments * hours / _HOURS_A_WEEK}


def _kept_jobs(score: Score) -> Mapping[str, float]:
    """Of all jobs the work is hidden where a part of it is: the rest would tell it."""
    return score.effort_by_job if score.cost.is_kept else {}
