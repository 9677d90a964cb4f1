"""How long a score, and the order of a thousand projects, take: `python benchmarks/scoring.py`.

One project is scored with its 5,000 draws: a whole one with all that its people said, and beside it, in the same run,
one of which nothing is known. A thousand projects, shuffled copies of ten real ones, are then ranked with all that is
said of their order; and in the same run a hundred, so that the growth can be seen. Memory is the most that Python held
beside the projects themselves. CPU seconds of the process are counted, so other work on the machine matters less.
"""

import argparse
import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from flows.portfolio.candidates import Candidate, make_candidate
from flows.portfolio.ranking import rank
from flows.scoring.heard import Heard, hear
from flows.scoring.project_score import score_project
from tests.flows.ten_kickoffs import kickoff_of, names

LARGE, SMALL = 1_000, 100


def projects(count: int) -> list[Candidate]:
    """So many projects, each a little unlike the one that it is a copy of."""
    models = [make_candidate(name, name, hear(kickoff_of(name))) for name in names()]
    generator = np.random.default_rng(1)
    made = []
    for number in range(count):
        model = models[number % len(models)]
        moved = generator.normal(0, 5, 5)
        samples = np.clip(model.samples[generator.permutation(len(model.samples))] + moved, 0, 100)
        made.append(replace(model, key=f"{number:04}", gate="", samples=samples, middle=samples.mean(axis=0)))
    return made


def timed(act: Callable[[], object], rounds: int) -> float:
    """CPU seconds at the median."""
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        act()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def held(act: Callable[[], object]) -> float:
    """Megabytes that Python held at most while it ran."""
    tracemalloc.start()
    act()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=9)
    rounds = arguments.parse_args().rounds
    whole, nothing = hear(kickoff_of("tumour_images")), Heard()
    score_project(whole)
    told, empty = (timed(partial(score_project, project), rounds * 10) for project in (whole, nothing))
    print(f"one project, 5,000 draws: {told * 1e3:.1f} ms; with nothing known {empty * 1e3:.1f} ms")
    large, small = projects(LARGE), projects(SMALL)
    slow, quick = (timed(partial(rank, some), rounds) for some in (large, small))
    read = timed(lambda: [make_candidate(name, name, hear(kickoff_of(name))) for name in names()], rounds) / len(
        names()
    )
    print(f"one project from its answers to the backlog: {read * 1e3:.1f} ms")
    print(f"{LARGE:,} projects ranked: {slow:.2f} s; {SMALL}: {quick:.3f} s; ratio {slow / quick:.1f}")
    print(f"memory beside them: {held(partial(rank, large)):.1f} MB; {held(partial(rank, small)):.1f} MB")


if __name__ == "__main__":
    main()
