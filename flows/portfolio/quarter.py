"""What fits this quarter: a choice of whole projects by a solver, within the people that there are (K1)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from flows.portfolio.candidates import Candidate

WEEKS = 13
"""Weeks in a quarter."""

_TIE = 1e-6
_LEAST = 0.01
"""What takes nobody is taken, however little it is worth."""

_SECONDS = 10.0
"""How long the solver may take; then what it found by then counts. A thousand projects take it about a second."""

_EXACT = 1e-6
"""How much of the best choice may be missed. Its own ten-thousandth is a whole project where there are hundreds."""

_ROUNDING = 1e-6


@dataclass(frozen=True)
class LeftOut:
    """A project that does not fit.

    Attributes:
        key: Which.
        gate: What keeps it out whatever there is; empty for nothing.
        opens: What opens that gate.
        job: The job that is shortest.
        missing: Person-weeks of it that are missing beside what was chosen.
        needed: Person-weeks of it that it takes.
        there: Person-weeks of it that there are in all.
    """

    key: str
    gate: str = ""
    opens: str = ""
    job: str = ""
    missing: float = 0.0
    needed: float = 0.0
    there: float = 0.0

    @property
    def is_too_large(self) -> bool:
        """Whether it would not even fit alone."""
        return self.needed > self.there


@dataclass(frozen=True)
class Choice:
    """What fits.

    Attributes:
        taken: The keys of the projects, in the order given.
        left_out: The others, with why.
        used: Person-weeks by job that the projects take.
        unlimited: Jobs that projects need and of which nobody said how many people there are.
    """

    taken: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    used: Mapping[str, float]
    unlimited: tuple[str, ...]


def choose(candidates: Sequence[Candidate], weeks: Mapping[str, float]) -> Choice:
    """Choose the projects that together are worth most on the scale of impact.

    Args:
        candidates: The backlog, best first: of choices that are worth the same, the one with earlier projects is taken.
        weeks: Person-weeks that there are this quarter, by job; a job that is missing is taken to be no limit.
    """
    open_ones = [one for one in candidates if not one.gate]
    jobs = [job for job in weeks if any(job in one.needs for one in open_ones)]
    taken = _fill_up(open_ones, _solve(open_ones, jobs, weeks), weeks)
    used = {job: sum(one.needs.get(job, 0.0) for one in taken) for job in jobs}
    keys = {one.key for one in taken}
    left = [one for one in candidates if one.key not in keys]
    needed = dict.fromkeys(job for one in open_ones for job in one.needs)
    return Choice(
        taken=tuple(one.key for one in open_ones if one.key in keys),
        left_out=tuple(_explain(one, used, weeks) for one in left),
        used=used,
        unlimited=tuple(job for job in needed if job not in weeks),
    )


def _solve(open_ones: Sequence[Candidate], jobs: Sequence[str], weeks: Mapping[str, float]) -> list[Candidate]:
    if not open_ones:
        return []
    if not jobs:
        return list(open_ones)
    worth = np.array([max(one.impact.p50, _LEAST) - _TIE * place for place, one in enumerate(open_ones)])
    needs = np.array([[one.needs.get(job, 0.0) for one in open_ones] for job in jobs])
    limits = LinearConstraint(needs, -np.inf, np.array([weeks[job] for job in jobs]))
    solved = milp(
        -worth,
        constraints=limits,
        bounds=Bounds(0, 1),
        integrality=np.ones(len(open_ones), int),
        options={"time_limit": _SECONDS, "mip_rel_gap": _EXACT},
    )
    shares = np.zeros(len(open_ones)) if solved.x is None else solved.x
    return [one for one, share in zip(open_ones, shares, strict=True) if share > 1 / 2]


def _fill_up(open_ones: Sequence[Candidate], taken: Sequence[Candidate], weeks: Mapping[str, float]) -> list[Candidate]:
    """What was chosen, and what fits beside it after all: so whatever is left out is short of somebody."""
    keys = {one.key for one in taken}
    used = {job: sum(one.needs.get(job, 0.0) for one in taken) for job in weeks}
    for one in open_ones:
        fits = all(used[job] + one.needs.get(job, 0.0) <= weeks[job] + _ROUNDING for job in weeks)
        if one.key not in keys and fits:
            keys.add(one.key)
            used = {job: used[job] + one.needs.get(job, 0.0) for job in weeks}
    return [one for one in open_ones if one.key in keys]


def _explain(one: Candidate, used: Mapping[str, float], weeks: Mapping[str, float]) -> LeftOut:
    if one.gate:
        return LeftOut(one.key, gate=one.gate, opens=one.opens)
    missing, job = max(_missing(one, used, weeks))
    return LeftOut(one.key, job=job, missing=missing, needed=one.needs[job], there=weeks[job])


def _missing(one: Candidate, used: Mapping[str, float], weeks: Mapping[str, float]) -> Iterator[tuple[float, str]]:
    for job, taken in used.items():
        if one.needs.get(job, 0.0) > 0:
            yield taken + one.needs[job] - weeks[job], job
