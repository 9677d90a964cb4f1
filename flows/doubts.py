"""Why a reading must not be confirmed with one tap."""

from dataclasses import dataclass
from enum import StrEnum


class DoubtKind(StrEnum):
    """What is doubtful about a reading."""

    UNUSED_NUMBER = "unused_number"
    UNREAD_QUALIFIER = "unread_qualifier"
    UNKNOWN_METRIC = "unknown_metric"
    ASSUMED_METRIC = "assumed_metric"
    ASSUMED_DIRECTION = "assumed_direction"
    ASSUMED_MODE = "assumed_mode"
    ASSUMED_UNIT = "assumed_unit"
    VAGUE_DATE = "vague_date"
    AMBIGUOUS_DATE = "ambiguous_date"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    MISSING_CURRENCY = "missing_currency"
    NEGATION = "negation"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Doubt:
    """One thing that was not certain: what kind of thing, and a short sentence for the person."""

    kind: DoubtKind
    sentence: str
