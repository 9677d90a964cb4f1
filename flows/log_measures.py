"""What a line of the log says was measured: "error 0.21", "accuracy 91 %" (section 2.2.3; K33).

Only the level that is reached now counts. A change, a goal, what others reach, and numbers that stand beside such a
word by chance are asked about, unless the line says its own level as well.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from flows.log_clauses import blank, clause_around


@dataclass(frozen=True)
class Measure:
    """A value as it was measured: "error 0.21", "accuracy 91 %"."""

    metric: str
    value: float
    percent: bool = False


@dataclass(frozen=True)
class MeasureRead:
    """What was measured.

    Attributes:
        measure: What is sure; None for nothing, and where it is asked.
        options: What it may be; empty where nothing is to be asked.
        rest: The line with spaces where values stand beside the name of a metric.
    """

    measure: Measure | None
    options: tuple[Measure, ...]
    rest: str


class _Kind(Enum):
    """What a value beside the name of a metric is: the level now, that perhaps, a change perhaps, or surely neither."""

    NOW = auto()
    UNCLEAR = auto()
    CHANGE = auto()
    NEITHER = auto()


@dataclass(frozen=True)
class _Found:
    """A value beside the name of a metric: what it may be, and where it stands."""

    options: tuple[Measure, ...]
    kind: _Kind
    start: int
    end: int


_SHORT = {
    "err": "error",
    "acc": "accuracy",
    "logloss": "log loss",
    "prec": "precision",
    "err rate": "error rate",
    "accurate": "accuracy",
    "r^2": "r2",
    "r²": "r2",
}
_METRICS = (
    *("error", "err", "error rate", "err rate", "loss", "log loss", "logloss", "accuracy", "acc", "accurate", "f1"),
    *("precision", "prec", "recall", "auc", "mape", "rmse", "mae", "mse", "r2", "r^2", "r²", "bleu", "wer", "map"),
    *("ndcg", "kappa", "dice", "iou", "mcc", "specificity", "sensitivity", "rouge", "smape", "wape", "cer", "mase"),
    "perplexity",
)
_IN_OWN_UNITS = frozenset({"mae", "rmse", "mse", "mase", "perplexity", "loss", "log loss"})
"""Metrics that are no shares: they may be larger than 100, and be followed by a unit."""
_LARGEST_SHARE = 100
_NAME = rf"(?<![\w-])({'|'.join(re.escape(name) for name in sorted(_METRICS, key=len, reverse=True))})(?!\w)"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?![\d.])|\d{1,15}(?:[.,]\d+)?(?:e[-+]?\d{1,2})?|[.,]\d+"
_PERCENT = r"(?:\s*(%|percent\b|pct\b))?"
_MOVES = r"dropped|drops|down|up|went|goes|fell|falls|rose|rises|improved|improves|decreased|increased|reduced|got|came"
_STANDS = (
    r"is|was|are|now|at|of|to|still|currently|about|around|near|roughly|approx\.?|only|just|stuck|stays|stayed|remains|"
    r"remained|stands|sits|holds|reached|reaches|hits?|equals|down|up|back|a bit|slightly"
)
_BETWEEN = rf"((?:\s+(?:{_STANDS}|{_MOVES}|from \S+(?:\s+%)?(?=\s+to\b))){{0,5}})"
_WHERE = r"(?:\s+(?:on|for|in|over)\s+(?:[a-z-]+\s+){1,4}?(?:is|was|now|at|of|reached)\b)?"
_ARROW = r"(?:->|→|=>)"
_AFTER = re.compile(
    rf"{_NAME}(?:@\d+)?(?:[\s-]scores?)?{_WHERE}{_BETWEEN}\s*[:=→~≈]?\s*"
    rf"(?:(?:{_NUMBER})\s*%?\s*{_ARROW}\s*)?([-+<>]?)\s*({_NUMBER})(k\b)?{_PERCENT}(?!\s*{_ARROW}|[.,]?\d|\s*h\b|h(?:rs?|ours?)\b)"
)
_BEFORE = re.compile(rf"(?<![\w.,/])([-+<>]?)({_NUMBER}){_PERCENT}\s+{_NAME}(?:[\s-]scores?)?")
# What words beside a value say of it: that it is a change, ...
_MOVED = re.compile(rf"\b(?:{_MOVES})\b")
_ARRIVED = re.compile(r"\b(?:to|at|is|now|from|back)\b")
_CHANGE = re.compile(
    r"\s*(?:pp\b|(?:percentage\s+)?points?\b|(?:lower|higher|better|worse|less|more)\b(?!\s+than)|(?:down|up)\b(?!\s+from)|"
    r"drop|gain|improve|reduc|increase|decrease)"
)
# ... a goal, or what others or earlier models reach, ...
_NOT_OURS = re.compile(
    r"\b(?:goals?|targets?|needs?|needed|aim(?:s|ing|ed)?|wants?|wanted|should|must|requires?|required|expect(?:s|ed|ing)?|"
    r"plan(?:s|ned|ning)?|hop(?:e|ing)|would|could|might|will|if|competitors?|vendors?|human|people|experts?|"
    r"papers?|literature|sota|claim(?:s|ed)?|promised|last (?:week|month|year|time|quarter)|before|previous(?:ly)?|"
    r"used to|old|rival)\b"
)
_BASELINE = re.compile(r"\bbaselines?\b")
# ... or surely ours.
_OURS = re.compile(r"\b(?:ours|our (?:own )?(?:new )?model|mine|we(?: 're| are)?|got)\b")
_REACHED = re.compile(r"\b(?:reached|hit|hits|met|achieved?|beats?|passed)\b")
_THINGS = re.compile(
    r"\s+(?:messages?|functions?|codes?|logs?|bars?|analys[ie]s|handling|reports?|types?|terms?|curves?|weights?)\b"
)
"""What makes another thing of a metric's name: an error message, a loss function."""
_GOES_ON = re.compile(
    r"\s+(?:after|with|on|in|now|at|for|from|and|but|then|using|across|over|under|per|today|yesterday|this|is|as|by|when|"
    r"while|so|vs|than|the|our|of)\b"
)
_UNIT = re.compile(
    r"\s*(?:euros?|eur|€|\$|usd|dollars?|pounds?|min(?:utes?)?|sec(?:onds?)?|ms|hours?|days?|km|m|mm|cm|kg|g|°c|degrees?|points?)"
    r"(?:\b|(?=\W)|$)"
)
_NOUN = re.compile(r"\s+[a-z]{3,}")
_OUT_OF = re.compile(r"(?:/|\s+out of\s+|\s+of\s+|\s+in\s+)(\d+)\b(?!\s*(?:%|h\b|hours?\b|min|days?\b))")
_TO = re.compile(rf"{_PERCENT}\s*(?:-|\bto\b)\s*({_NUMBER}){_PERCENT}")
_OR_SLASH = re.compile(rf"{_PERCENT}\s*/\s*({_NUMBER}){_PERCENT}(?!\s*h\b|\s*hours?\b|\s*min)")
_TRAINING = re.compile(r"\btrain(?:ing)?\s+(?:set\s+)?$")
_TRAINING_BEHIND = re.compile(r"\s*(?:on\s+)?(?:the\s+)?train(?:ing)?\b")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


def take_measure(said: str) -> MeasureRead:
    """Find what was measured in a line, in lower case."""
    found = sorted(_find(said), key=lambda one: one.start)
    rest = said
    for one in found:
        rest = blank(rest, one.start, one.end)
    if not found:
        return MeasureRead(None, tuple(_far_values(said)), rest)
    ours = tuple(dict.fromkeys(_our_values(found[0].options[0].metric, rest)))
    if len(ours) == 1 and not any(one.kind is _Kind.NOW for one in found):
        return MeasureRead(ours[0], (), rest)
    possible = _options(one for one in found if one.kind in {_Kind.NOW, _Kind.UNCLEAR})
    loose = tuple(_loose_values(found[0].options[0].metric, rest))
    if not possible:
        others = _options(one for one in found if one.kind is _Kind.CHANGE or loose)
        return MeasureRead(None, (*others, *loose), rest)
    is_sure = len(possible) == 1 and not loose and any(one.kind is _Kind.NOW for one in found)
    if is_sure:
        return MeasureRead(possible[0], (), rest)
    return MeasureRead(None, possible if len(possible) > 1 else (*possible, *loose), rest)


def _options(found: Iterable[_Found]) -> tuple[Measure, ...]:
    return tuple(dict.fromkeys(option for one in found for option in one.options))


def _find(said: str) -> Iterator[_Found]:
    rest = said
    for match in _AFTER.finditer(said):
        yield _judge_after(said, match)
        rest = blank(rest, match.start(), match.end())
    for match in _BEFORE.finditer(rest):
        yield _judge_before(rest, match)


def _judge_after(said: str, match: re.Match[str]) -> _Found:
    """A metric with a value behind it."""
    name, between, sign, digits, kilo, percent = match.groups()
    metric, tail, end = _SHORT.get(name, name), said[match.end() :], match.end()
    options = tuple(_readings(metric, digits, kilo, percent, sign))
    before, behind = clause_around(said, match.start(), match.end())
    is_change = _MOVED.search(between) is not None and _ARRIVED.search(between) is None
    kind = _judge(metric, options, sign, (before, behind), tail, is_change=is_change)
    if part := _OUT_OF.match(tail) if digits.isdigit() and not percent else None:
        options, kind = _share(metric, int(digits), int(part[1]), kind)
        end += part.end()
    elif to := _TO.match(tail) or _OR_SLASH.match(tail):
        options, kind, end = (
            (*options, *_readings(metric, to[2], None, to[3] or percent, "")),
            _Kind.UNCLEAR,
            end + to.end(),
        )
    elif kind is _Kind.NOW and digits.isdigit() and not percent and _counts_things(metric, tail):
        kind = _Kind.UNCLEAR
    if re.search(r"\bno\s+$", before):
        kind = _Kind.NEITHER
    is_glued = tail[:1].isalpha() and not (metric in _IN_OWN_UNITS and _UNIT.match(tail))
    if kind is _Kind.NOW and (is_glued or _TRAINING.search(before) or _TRAINING_BEHIND.match(tail)):
        kind = _Kind.UNCLEAR
    return _Found(options, kind, match.start(), end)


def _judge_before(said: str, match: re.Match[str]) -> _Found:
    """A metric with its value before it: "0.24 error", "91 % accuracy"."""
    sign, digits, percent, name = match.groups()
    metric, tail = _SHORT.get(name, name), said[match.end() :]
    options = tuple(_readings(metric, digits, None, percent, sign))
    kind = _judge(metric, options, sign, clause_around(said, match.start(), match.end()), tail)
    if _THINGS.match(tail):
        kind = _Kind.NEITHER
    elif kind is _Kind.NOW and digits.isdigit() and not percent and _names_things(tail):
        kind = _Kind.UNCLEAR
    return _Found(options, kind, match.start(), match.end())


def _judge(
    metric: str,
    options: Sequence[Measure],
    sign: str,
    clause: tuple[str, str],
    tail: str,
    *,
    is_change: bool = False,
) -> _Kind:
    """What a value is, by its sign, its size and the words beside it."""
    value, percent = options[0].value, options[0].percent
    is_signed = sign == "+" or (sign == "-" and (metric not in _IN_OWN_UNITS or percent))
    is_code = metric == "error" and not percent and value > _LARGEST_SHARE and value == int(value)
    if is_signed or is_code or _CHANGE.match(tail):
        return _Kind.NEITHER
    if is_change:
        return _Kind.CHANGE
    if _is_said(_BASELINE, *clause):
        return _Kind.UNCLEAR
    if _is_said(_NOT_OURS, *clause):
        return _Kind.UNCLEAR if _REACHED.search("".join(clause)) else _Kind.NEITHER
    is_share = metric not in _IN_OWN_UNITS
    is_odd = is_share and (value > _LARGEST_SHARE or (not percent and _UNIT.match(tail) is not None))
    return _Kind.UNCLEAR if sign in {"<", ">"} or is_odd or len(options) > 1 else _Kind.NOW


def _is_said(words: re.Pattern[str], before: str, behind: str) -> bool:
    """Whether such words belong to a value in its clause; those behind it may have a value of their own."""
    follows = words.search(behind) is not None and re.search(r"\d", behind) is None
    return words.search(before) is not None or follows


def _counts_things(metric: str, tail: str) -> bool:
    """Whether a whole number is followed by what there are so many of: "map 12 categories"."""
    has_unit = metric in _IN_OWN_UNITS and _UNIT.match(tail) is not None
    return _names_things(tail) and not has_unit


def _names_things(tail: str) -> bool:
    """Whether a noun follows, and no word with which the sentence goes on."""
    return _NOUN.match(tail) is not None and _GOES_ON.match(tail) is None


def _share(metric: str, part: int, whole: int, kind: _Kind) -> tuple[tuple[Measure, ...], _Kind]:
    """What "45 out of 50" is; where it can be no share, it is asked."""
    if metric in _IN_OWN_UNITS or not 0 < part <= whole:
        return (Measure(metric, float(part)),), _Kind.UNCLEAR
    return (Measure(metric, round(part / whole, 6)),), kind


def _readings(metric: str, digits: str, kilo: str | None, percent: str | None, sign: str) -> Iterator[Measure]:
    """What digits may mean: "1,200" is twelve hundred to some, and one point two to others."""
    thousand = (1_000 if kilo else 1) * (-1 if sign == "-" else 1)
    yield Measure(metric, float(digits.replace(",", ".", 1).replace(",", "")) * thousand, bool(percent))
    if _THOUSANDS.fullmatch(digits) and digits[0] != "0":
        yield Measure(metric, float(digits.replace(",", "")) * thousand, bool(percent))


_LOOSE = re.compile(
    r"(?<![\w.,+±/-])(0?[.,]\d+(?!\s*(?:%|percent\b|pct\b))|\d{1,15}(?:[.,]\d+)?(?=\s*(?:%|percent\b|pct\b)))"
    r"\s*(%|percent\b|pct\b)?(?!\w|,\d|\.\d)"
)
_OVER = re.compile(r"\b(?:was|were|from|by|down|up|than|vs|at|of)\s+$")
_PART_OF = re.compile(
    r"\s*(?:of|done|more|fewer|less|complete|label+ed|annotated|finished|better|worse|lower|higher|faster|bigger|smaller|"
    r"larger|split|coverage|sample|through|drop|gain|left)\b|"
    r"\s*(?:holdout|test|validation)\s+(?:split|set|cases|data|sample)\b"
)


def _loose_values(metric: str, rest: str) -> Iterator[Measure]:
    """Values beside the one that was read, of which nobody can tell which is meant; "was 0.5" is over."""
    for found in _LOOSE.finditer(rest):
        before, behind = clause_around(rest, found.start(), found.end())
        is_other = any(_is_said(words, before, behind) for words in (_NOT_OURS, _BASELINE))
        if not (is_other or _OVER.search(before) or _PART_OF.match(behind)):
            yield _loose_value(metric, found)


def _our_values(metric: str, rest: str) -> Iterator[Measure]:
    """Values that are said to be ours, beside those of others: "baseline gets 0.35 error, ours 0.28"."""
    for found in _LOOSE.finditer(rest):
        before, behind = clause_around(rest, found.start(), found.end())
        if _OURS.search(before) and not (_PART_OF.match(behind) or _NOT_OURS.search(before + behind)):
            yield _loose_value(metric, found)


def _loose_value(metric: str, found: re.Match[str]) -> Measure:
    number, percent = found.groups()
    return Measure(metric, float(number.replace(",", ".")), bool(percent))


def _far_values(said: str) -> Iterator[Measure]:
    """What may be the value of a metric that is named farther away in the same clause."""
    for match in re.finditer(_NAME, said):
        before, behind = clause_around(said, match.start(), match.end())
        if not _THINGS.match(behind) and not _NOT_OURS.search(before + behind):
            yield from (_loose_value(_SHORT.get(match[1], match[1]), found) for found in _LOOSE.finditer(behind))
