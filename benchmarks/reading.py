"""How well objectives are read: `python benchmarks/reading.py objectives.jsonl`.

Each line of the file holds a `text`, the moment `now` at which it was written, and the objectives `expected` of it.
Printed are the share of objectives with each field right, of those with all main fields right, and how many readings
without a doubt were wrong: the last number matters most.
"""

import argparse
import json
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flows.metrics import recognise
from flows.objectives import Objective
from flows.reading import Reading, read_objectives
from flows.topics import find_topic

MAIN = ("family", "direction", "target", "unit", "deadline")
FIELDS = ("metric", *MAIN, "target_hi", "mode", "currency", "per", "basis", "baseline", "bound", "hardness")
# The file counts active users among "engagement".
ALSO = {"growth": {"engagement"}}
NAMES = {"target": "amount", "target_hi": "amount_high", "hardness": "firmness"}


def is_right(field: str, expected: Any, objective: Objective) -> bool:
    """Whether a field was read as expected. A bound that only repeats the direction need not be said twice."""
    if field == "metric":
        return _same_metric(expected, objective.metric)
    if field == "family":
        topic = find_topic(objective.metric, objective.family)
        return expected in {topic, *ALSO.get(str(objective.family), ())}
    read = getattr(objective, NAMES.get(field, field))
    if isinstance(expected, int | float):
        return read is not None and abs(read - expected) < 1e-6 * max(1, abs(expected))
    return bool((read.isoformat() if isinstance(read, date) else read) == expected)


def _same_metric(expected: str, read: str) -> bool:
    known = recognise(expected)
    return expected.casefold() == read.casefold() or bool(known and known == recognise(read))


def judge(expected: list[dict[str, Any]], readings: tuple[Reading, ...], tally: Counter[str]) -> bool:
    """Count right fields; True when any reading without a doubt has a main field wrong."""
    wrong = False
    for place in range(max(len(expected), len(readings))):
        wanted = expected[place] if place < len(expected) else None
        reading = readings[place] if place < len(readings) else None
        objective = reading.objective if reading else None
        right = {
            field: wanted is not None and objective is not None and is_right(field, wanted[field], objective)
            for field in FIELDS
        }
        if wanted is not None:
            tally["objectives"] += 1
            tally.update(field for field in FIELDS if right[field])
            tally["all main fields"] += all(right[field] for field in MAIN)
            tally["all but the family"] += all(right[field] for field in MAIN if field != "family")
        if reading and not reading.doubts:
            tally["certain"] += 1
            wrong |= not all(right[field] for field in (*MAIN, "mode", "currency", "target_hi", "baseline", "per"))
    return wrong


def main() -> None:
    """Read the file named on the command line and print the figures."""
    parser = argparse.ArgumentParser(description="Measure how well objectives are read.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print what was not read as expected")
    arguments = parser.parse_args()
    tally: Counter[str] = Counter()
    slowest = 0.0
    cases = [json.loads(line) for line in arguments.file.read_text(encoding="utf-8").splitlines()]
    for case in cases:
        begin = time.perf_counter()
        readings = read_objectives(case["text"], datetime.fromisoformat(case["now"]).date())
        slowest = max(slowest, time.perf_counter() - begin)
        before = Counter(tally)
        certain_but_wrong = judge(case["expected"], readings, tally)
        tally["certain but wrong"] += certain_but_wrong
        complete = tally["all main fields"] - before["all main fields"] == len(case["expected"]) == len(readings)
        tally["whole messages"] += complete
        if arguments.wrong and (certain_but_wrong or not complete):
            print(f"{'CERTAIN ' if certain_but_wrong else ''}{case['text']!r}")
            for reading in readings:
                print(f"    {reading.objective!r}\n    {[doubt.sentence for doubt in reading.doubts]}")
    for name in (*FIELDS, "all main fields", "all but the family"):
        print(f"{name:20} {tally[name]:4} of {tally['objectives']} ({tally[name] / tally['objectives']:.0%})")
    print(f"{'whole messages':20} {tally['whole messages']:4} of {len(cases)}")
    print(f"{'certain':20} {tally['certain']:4}, of which in a wrongly read message {tally['certain but wrong']}")
    print(f"slowest reading      {1000 * slowest:.1f} ms")


if __name__ == "__main__":
    main()
