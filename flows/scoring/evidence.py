"""How well a number is known, and how wide that leaves it (K11).

Doubt is never a factor called confidence: it is the width of the range around the number.
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class Evidence(StrEnum):
    """Where a number comes from, the best first."""

    MEASURED = "measured"
    OWN_PROJECT = "own_project"
    PAPER = "paper"
    EXPERT = "expert"
    GUESS = "guess"


SAYS: Mapping[Evidence, str] = {
    Evidence.MEASURED: "measured",
    Evidence.OWN_PROJECT: "from an own project",
    Evidence.PAPER: "published",
    Evidence.EXPERT: "an expert's word",
    Evidence.GUESS: "a guess",
}
"""Each level in a few plain words."""

FACTORS: Mapping[Evidence, float] = {
    Evidence.MEASURED: 1.1,
    Evidence.OWN_PROJECT: 1.35,
    Evidence.PAPER: 1.6,
    Evidence.EXPERT: 2.0,
    Evidence.GUESS: 3.0,
}
"""How many times the number its P90 is; its P10 is the number divided by that. These widths are assumptions: what
finished projects show replaces them (`flows.scoring.scales`)."""

STRETCHES: Mapping[Evidence, float] = {
    Evidence.MEASURED: 0.5,
    Evidence.OWN_PROJECT: 0.7,
    Evidence.PAPER: 0.85,
    Evidence.EXPERT: 1.0,
    Evidence.GUESS: 1.5,
}
"""How wide the range of a choice is, of its usual width."""

_SIGNS: tuple[tuple[Evidence, re.Pattern[str]], ...] = (
    (Evidence.GUESS, re.compile(r"\b(?:guess\w*|maybe|perhaps|probably|no idea|roughly|gut|ballpark|estimat\w+)\b")),
    (Evidence.OWN_PROJECT, re.compile(r"\b(?:(?:last|earlier|previous|other|similar|own) (?:project|pilot|trial))\b")),
    (Evidence.PAPER, re.compile(r"\b(?:paper|published|benchmark|literature|study|article)\b")),
    (
        Evidence.MEASURED,
        re.compile(
            r"\b(?:measured|counted|timed|logged|dashboard|invoiced?|according to (?:the|our) (?:log|report|system))\b"
        ),
    ),
)
_NOT = re.compile(r"\b(?:not|never|n't|nobody|no one)\b|n[’']t\b")


def read_evidence(words: str) -> Evidence | None:
    """How well somebody knows what they said, by their own words: "counted in May", "maybe 40"; None if unsaid.

    What sounds like a guess is one, whatever else is said; nothing else is read from a sentence that denies something.
    """
    said = words.casefold()
    for evidence, sign in _SIGNS:
        if sign.search(said) and (evidence is Evidence.GUESS or not _NOT.search(said)):
            return evidence
    return None
