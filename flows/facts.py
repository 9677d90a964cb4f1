"""The options of the questions that a score rests on most, so that no rule spells their values (section 2.1)."""

from enum import StrEnum


class ErrorConsequence(StrEnum):
    """What happens when the model is wrong (K6)."""

    CAUGHT = "caught"
    COSTLY = "costly"
    UNNOTICED = "unnoticed"


class CurrentWay(StrEnum):
    """How the job is done today (K3)."""

    RULES = "rules"
    BY_HAND = "by_hand"
    NOT_DONE = "not_done"


class LabelSource(StrEnum):
    """Where examples with the right answer come from (K4, K9, K10)."""

    AUTOMATIC = "automatic"
    EXISTING = "existing"
    BY_HAND = "by_hand"
