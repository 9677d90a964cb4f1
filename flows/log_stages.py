"""What kind of work a line of the log is about, and whether it waits for something (section 2.2.3; K30, K36)."""

import re

from flows.activity import Stage
from flows.log_clauses import simplify

_STEMS = {
    Stage.LABEL: ("label", "annotat", "tagg"),
    Stage.COLLECT: (
        *("collect", "gather", "scrap", "download", "export", "queried", "extract", "clean"),
        *("getting the data", "got the data", "pulled", "sql", "query", "queries"),
    ),
    Stage.FEATURES: ("feature", "embedding", "join", "merg"),
    Stage.TRAIN: ("train", "retrain", "tun", "fine-tun", "experiment", "hyperparam", "fitted", "tried", "trying"),
    Stage.EVALUATE: (
        "evaluat",
        "eval ",
        "tested",
        "testing",
        "validat",
        "review",
        "error analysis",
        "measured",
        "benchmark",
    ),
    Stage.DEPLOY: ("deploy", "releas", "shipp", "monitor", "roll", "productio", "went live", "go live", "going live"),
    Stage.MEET: (
        "meet",
        "met ",
        "call",
        "workshop",
        "present",
        "discuss",
        "demo",
        "interview",
        "standup",
        "stand-up",
        "sync ",
    ),
}
_BLOCKED = re.compile(
    r"\b(?:(?<!un)blocked|stuck(?!\s+at\s+[\d.,])|"
    r"wait(?:ing|ed|s)?\s+(?:\w+\s+){0,2}(?:for|on)(?!\s+(?:\d|an?\b|half\b))|held up by|no access|on hold|"
    r"can(?:not|'?t) (?:go on|continue|proceed))\b"
)
_NOT_BLOCKED = re.compile(r"(?:\bnot|n't|\bno longer|\bnever|\bnothing|\bwithout being)\s+(?:\w+\s+)?$")
_OVER = re.compile(
    r"\b(?:works? (?:now|again)|resolved|solved|unblocked|got (?:the )?access|no longer|any ?more|is back|"
    r"(?:has )?arrived|is over)\b"
)


def says_blocked(text: str) -> bool:
    """Whether words say that the work waits for something, and that this is not over."""
    said = simplify(text)
    waits = (found for found in _BLOCKED.finditer(said) if not _NOT_BLOCKED.search(said[: found.start()]))
    return next(waits, None) is not None and _OVER.search(said) is None


def read_stage(said: str) -> Stage | None:
    """The stage that is named first."""
    places = {
        stage: place
        for stage, stems in _STEMS.items()
        for stem in stems
        if (place := _find_word(said, stem)) is not None
    }
    return min(places, key=lambda stage: places[stage]) if places else None


def _find_word(said: str, stem: str) -> int | None:
    found = re.search(rf"\b{re.escape(stem)}", said)
    return found.start() if found else None


def names_work(said: str) -> bool:
    """Whether words begin with what people do, and not with what they do it to."""
    return _WORK.match(said) is not None or any(
        re.match(rf"\s*{re.escape(stem)}", said) for stems in _STEMS.values() for stem in stems
    )


_WORK = re.compile(
    r"\s*(?:(?:my|pure|hard|focused|deep|joint)\s+)?(?:(?:\w+\s+)?\w+ing\b|(?:\w+\s+)?work\b|research|analysis|time\b)"
)
