"""How far the labelling is, as the log tells by counts ("labelled 300 tickets") and shares ("labelling at 40 %")."""

import re
from collections.abc import Iterable

from flows.quantities import parse_digits

_COUNT = re.compile(
    r"\b(?:label+ed|annotated|tagged)\s+(?:another\s+|about\s+|the\s+first\s+)?([0-9][0-9.,]*+)\s*+(k\b)?+"
    r"(?!\s*(?:%|per\s?cent|h\b|hours?\b|min))",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\blabel+ing\b[^0-9%]{0,20}([0-9]{1,3})\s?%", re.IGNORECASE)
_WHOLE = 100


def say_share(percent: int) -> str:
    """How a share is written down in the log, so that it is read again."""
    return f"labelling at {percent} %"


def labelled_percent(notes: Iterable[str], have: float, needed: float) -> int | None:
    """How much of the labelling is done, in percent from 0 to 100.

    Args:
        notes: What was logged, oldest first.
        have: How many labelled examples there were before.
        needed: How many there are to be; more than 0.

    Returns:
        The share, rounded down; None where the log says nothing of labelling.
    """
    done, is_told = have, False
    for note in notes:
        for said in _COUNT.finditer(note):
            done, is_told = done + _read_count(said), True
        for said in _SHARE.finditer(note):
            done, is_told = needed * min(int(said[1]), _WHOLE) / _WHOLE, True
    return min(int(done / needed * _WHOLE + 1e-9), _WHOLE) if is_told else None


def _read_count(said: re.Match[str]) -> float:
    number, _ = parse_digits(said[1].rstrip(".,"))
    return number * (1000 if said[2] else 1)
