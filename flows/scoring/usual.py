"""What numbers usually are where nobody has said: assumptions of ours, wide enough that most projects lie in them.

Each is the middle and the factor to its P90. They are the one place to look at, and to change, when a team's projects
are unlike these.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Usual(NamedTuple):
    """What a number usually is: `likely`, and nine in ten lie below `likely` times `factor`."""

    likely: float
    factor: float


USUAL: Mapping[str, Usual] = {
    "cases_per_month": Usual(2_000, 8),
    "minutes_per_case": Usual(5, 4),
    "easy_share": Usual(55, 1.6),
    "rules_exceptions": Usual(30, 6),
    "rules_hours": Usual(15, 5),
    "features_count": Usual(15, 4),
    "label_seconds": Usual(30, 4),
    "labellers_per_example": Usual(1.5, 1.5),
    "experiment_hours": Usual(4, 4),
    "experiments": Usual(25, 3),
    "examples_needed": Usual(10_000, 6),
    "examples_have": Usual(3_000, 8),
    "teams": Usual(2, 1.7),
    "accuracy_needed": Usual(90, 1.08),
    "label_price": Usual(0.2, 4),
    "false_alarm_cost": Usual(5, 8),
    "miss_cost": Usual(20, 8),
}
"""By question, in the question's unit."""
