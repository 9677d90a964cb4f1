"""Numbers with their units in plain words, in the European and the American way: 12,5 %, €30k, 20 000, two thirds."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from flows.objectives import Unit

CURRENCIES = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "us$": "USD", "$": "USD", "usd": "USD", "dollar": "USD",
    "dollars": "USD", "£": "GBP", "gbp": "GBP", "pounds": "GBP", "chf": "CHF", "francs": "CHF", "fr.": "CHF",
    "¥": "JPY", "jpy": "JPY", "yen": "JPY", "₹": "INR", "inr": "INR", "rs": "INR", "rupees": "INR", "sek": "SEK",
    "nok": "NOK", "dkk": "DKK", "pln": "PLN", "zł": "PLN", "quid": "GBP", "bucks": "USD",
    "czk": "CZK", "cad": "CAD", "c$": "CAD", "aud": "AUD",
    "a$": "AUD", "cny": "CNY", "brl": "BRL", "r$": "BRL", "sgd": "SGD", "nzd": "NZD", "zar": "ZAR", "mxn": "MXN",
    "krw": "KRW", "₩": "KRW", "try": "TRY", "₺": "TRY", "huf": "HUF", "ils": "ILS", "₪": "ILS", "hkd": "HKD",
}  # fmt: skip
"""What currencies are called, and their ISO 4217 codes."""

_SCALES = {
    "k": 1e3, "tsd": 1e3, "tsd.": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "mio.": 1e6,
    "mil": 1e6, "mill": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9, "bn": 1e9, "mrd": 1e9, "mrd.": 1e9,
    "billion": 1e9, "billions": 1e9, "trillion": 1e12, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
    "hundred": 1e2, "grand": 1e3, "hundred thousand": 1e5, "hundred million": 1e8,
}  # fmt: skip

_SECONDS = {
    "ms": 0.001, "millisecond": 0.001, "milliseconds": 0.001, "msec": 0.001, "s": 1.0, "sec": 1.0, "secs": 1.0,
    "second": 1.0, "seconds": 1.0, "min": 60.0, "mins": 60.0, "minute": 60.0, "minutes": 60.0, "h": 3600.0,
    "hr": 3600.0, "hrs": 3600.0, "hour": 3600.0, "hours": 3600.0, "day": 86400.0, "days": 86400.0,
    "week": 604800.0, "weeks": 604800.0, "working day": 86400.0, "working days": 86400.0, "business day": 86400.0,
    "business days": 86400.0,
}  # fmt: skip

_PERCENTS = {
    "percentage points": (Unit.PERCENTAGE_POINTS, 1.0), "percentage point": (Unit.PERCENTAGE_POINTS, 1.0),
    "percent points": (Unit.PERCENTAGE_POINTS, 1.0), "% points": (Unit.PERCENTAGE_POINTS, 1.0),
    "pct pts": (Unit.PERCENTAGE_POINTS, 1.0), "%pts": (Unit.PERCENTAGE_POINTS, 1.0),
    "pp": (Unit.PERCENTAGE_POINTS, 1.0), "pps": (Unit.PERCENTAGE_POINTS, 1.0), "ppt": (Unit.PERCENTAGE_POINTS, 1.0),
    "ppts": (Unit.PERCENTAGE_POINTS, 1.0), "%p": (Unit.PERCENTAGE_POINTS, 1.0), "% pts": (Unit.PERCENTAGE_POINTS, 1.0),
    "basis points": (Unit.PERCENTAGE_POINTS, 0.01), "bps": (Unit.PERCENTAGE_POINTS, 0.01),
    "bp": (Unit.PERCENTAGE_POINTS, 0.01), "points": (Unit.SCORE, 1.0), "point": (Unit.SCORE, 1.0),
    "pts": (Unit.SCORE, 1.0), "%": (Unit.PERCENT, 1.0), "percent": (Unit.PERCENT, 1.0), "per cent": (Unit.PERCENT, 1.0),
    "%-points": (Unit.PERCENTAGE_POINTS, 1.0), "percentage-points": (Unit.PERCENTAGE_POINTS, 1.0),
    "percentage-point": (Unit.PERCENTAGE_POINTS, 1.0), "prozentpunkte": (Unit.PERCENTAGE_POINTS, 1.0),
    "pct": (Unit.PERCENT, 1.0), "prozent": (Unit.PERCENT, 1.0), "percents": (Unit.PERCENT, 1.0),
}  # fmt: skip

_VAGUE_SPANS = frozenset({"working day", "working days", "business day", "business days"})
_THOUSANDS = {
    "teur": ("EUR", 1e3), "t€": ("EUR", 1e3), "keur": ("EUR", 1e3), "meur": ("EUR", 1e6), "tchf": ("CHF", 1e3),
}  # fmt: skip
_CENTS = frozenset({"cent", "cents", "¢"})
_TIMES = frozenset({"x", "×", "times", "fold", "-fold"})

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
NUMBER_WORDS = {word: float(number) for number, word in enumerate(_ONES)} | {
    word: float(10 * number)
    for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_PARTS = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "eighth": 8, "tenth": 10, "tenths": 10, "twentieth": 20,
}  # fmt: skip
_PERIODS = {
    "month": "month", "months": "month", "mo": "month", "monat": "month", "year": "year", "yr": "year",
    "annum": "year", "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day",
    "day": "day", "week": "week", "quarter": "quarter", "hour": "hour", "minute": "minute", "second": "second",
    "request": "request", "prediction": "prediction", "call": "call", "session": "session", "visit": "visit",
}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """One amount in a text.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        amount: The number, in `unit`: seconds for durations, 15 for 15 %.
        high: The upper end of a range.
        unit: What it counts; `COUNT` when no unit was given.
        currency: ISO 4217 code, for money.
        per: What it is counted over: "month", "request".
        signed: "+" or "-" where one stood before it.
        clear: False when the digits can be read in two ways, such as 1.200 or 30m.
        known_per: False when `per` is more than a span of time or one request, such as "per user".
        open: Whether it stands for itself or more: "10+ %".
        factor: How much of `unit` one of the unit that was written is: 60 for minutes.
        scaled: Whether "k" or "million" was written.
    """

    start: int
    end: int
    amount: float
    high: float | None = None
    unit: Unit = Unit.COUNT
    currency: str | None = None
    per: str | None = None
    signed: str = ""
    clear: bool = True
    known_per: bool = True
    open: bool = False
    factor: float = 1.0
    scaled: bool = False


def _any_of(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_DIGITS = r"(?:[0-9]{1,3}(?:[ .,'][0-9]{3})+(?:[.,][0-9]{1,6})?|[0-9]{1,15}(?:[.,][0-9]{1,9})?|\.[0-9]{1,9})"
_CURRENCY = rf"(?:{_any_of(CURRENCIES)})"
_WORD = _any_of(NUMBER_WORDS)
_IN_WORDS = rf"(?:an?\ (?=hundred|thousand|million|billion)|(?:{_WORD})(?:[ -](?:{_WORD}))?\b)"
_AMOUNT = re.compile(
    rf"""
    (?<![\w.,])
    (?P<sign>[+-]\s?)?
    (?:(?P<before>{_CURRENCY})\s?(?P<sign_behind>[+-])?)?
    (?P<number>{_DIGITS}(?![0-9])|{_IN_WORDS})
    (?P<half>\ and\ a\ half\b)?
    (?P<open>\+)?
    (?:[\s-]?(?P<scale>{_any_of(_SCALES)})(?![^\W_]))?
    (?:[\s-]?(?P<unit>{_any_of([*_PERCENTS, *_SECONDS, *_TIMES, *_CENTS, *_THOUSANDS, *CURRENCIES])})(?![^\W_]))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PART = re.compile(
    rf"\b(?:(?P<many>an?|{_WORD})[ -])?(?P<part>{_any_of(_PARTS)})\b(?!\s+(?:an?\s+)?(?:hundred|million|billion))",
    re.IGNORECASE,
)
_HALF_A_SCALE = re.compile(
    r"\bhalf an? (?P<scale>million|billion|thousand)\b(?:\s(?P<unit>dollars|euros|pounds))?", re.IGNORECASE
)
_HALF_A_PERCENT = re.compile(r"\bhalf an? (?P<unit>percent(?:age point)?|per cent)\b", re.IGNORECASE)
_HALF_A_SPAN = re.compile(r"\bhalf an? (?P<span>minute|hour|day|week|month|quarter|year)\b", re.IGNORECASE)
_FRACTION = re.compile(r"(?<![\w/.,])(?P<over>[1-9])/(?P<under>[2-9]|10|12|20)(?![\w/%]|[.,][0-9])")
_TIMES_BEFORE = re.compile(r"(?<![\w])[x×](?P<number>[0-9]{1,3})(?![\w.,])")
_FOLD = re.compile(rf"\b(?P<number>{_WORD})-?fold\b", re.IGNORECASE)
_OUT_OF = re.compile(
    rf"(?<![\w.,])(?P<part>[1-9][0-9]{{0,3}}|{_WORD})\s+out\s+of\s+(?:every\s+)?"
    rf"(?P<whole>[1-9][0-9]{{0,3}}|{_WORD})(?![\w.,%]|\s?%)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s?(?:-|–|—)\s?|\s(?:to|and|bis|through|or)\s", re.IGNORECASE)
_PER = re.compile(
    r"\s?(?:/\s?|\b(?:per|each|every|an?)\s)(?P<what>[a-z]+)\b|\s(?P<rate>monthly|annually|yearly|weekly|daily)\b"
    r"|\s(?:p\.\s?a\b\.?|pa\b)",
    re.IGNORECASE,
)


def parse_digits(digits: str, *, money: bool = False) -> tuple[float, bool]:
    """The number that a group of digits and separators means, and whether only that one.

    `money` settles 1.200 and 1,200 as twelve hundred, as prices do not have three decimals.
    """
    bare = digits.replace(" ", "").replace("'", "")
    marks = re.findall(r"[.,]", bare)
    if not marks:
        return float(bare), True
    *_, last = marks
    groups = re.split(r"[.,]", bare)
    if len(set(marks)) == 2:  # noqa: PLR2004 - a point and a comma: the later one is the decimal mark
        whole, decimals = bare.rsplit(last, 1)
        return float(f"{re.sub('[.,]', '', whole)}.{decimals}"), marks.count(last) == 1 and _in_groups(groups[:-1])
    if len(marks) > 1:
        return float("".join(groups)), _in_groups(groups)
    if len(groups[1]) == 3 and groups[0].strip("0"):  # noqa: PLR2004 - thousands
        return float("".join(groups)), (money or last == ",") and len(groups[0]) <= 3  # noqa: PLR2004
    return float(f"{groups[0] or '0'}.{groups[1]}"), True


def _in_groups(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])  # noqa: PLR2004 - thousands


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every amount in the text, in order, none overlapping another."""
    found: list[Quantity] = []
    ahead = [pattern.search(text) for pattern, _ in _FORMS]
    position = 0
    while (place := _first(ahead)) is not None:
        match = ahead[place]
        assert match is not None  # noqa: S101 - for the type checker: only places with a match are handed out
        quantity = _FORMS[place][1](match)
        if quantity:
            quantity = _with_per(text, quantity)
            found.append(quantity)
            position = quantity.end
        _move_on(ahead, text, position, place)
    return tuple(found)


def _first(ahead: list[re.Match[str] | None]) -> int | None:
    """The form whose match begins first; None when no form has one."""
    starts = [(match.start(), place) for place, match in enumerate(ahead) if match]
    return min(starts)[1] if starts else None


def _move_on(ahead: list[re.Match[str] | None], text: str, position: int, done: int) -> None:
    """Search again only where the match is used up, as a long text without fractions need not be searched often."""
    for place, match in enumerate(ahead):
        if match and (place == done or match.start() < position):
            ahead[place] = _FORMS[place][0].search(text, max(position, match.end() if place == done else 0))


def _read_half_a_scale(match: re.Match[str]) -> Quantity | None:
    unit = (match["unit"] or "").lower()
    money = Unit.MONEY if unit else Unit.COUNT
    return Quantity(*match.span(), _SCALES[match["scale"].lower()] / 2, unit=money, currency=CURRENCIES.get(unit))


def _read_half_a_percent(match: re.Match[str]) -> Quantity | None:
    points = match["unit"].lower().endswith("point")
    return Quantity(*match.span(), 0.5, unit=Unit.PERCENTAGE_POINTS if points else Unit.PERCENT)


_LONG_SPANS = {"month": 30.4, "quarter": 91.3, "year": 365.25}
"""Days; a goal in these is not clear, as they differ."""


def _read_half_a_span(match: re.Match[str]) -> Quantity | None:
    span = match["span"].lower()
    seconds = _SECONDS.get(span) or 86400 * _LONG_SPANS[span]
    return Quantity(
        *match.span(), seconds / 2, unit=Unit.DURATION, factor=seconds, clear=span not in _LONG_SPANS, scaled=True
    )


def _read_times_before(match: re.Match[str]) -> Quantity | None:
    return Quantity(*match.span(), _grown(float(match["number"])), unit=Unit.PERCENT, signed="+")


def _read_fold(match: re.Match[str]) -> Quantity | None:
    number = NUMBER_WORDS[match["number"].lower()]
    return Quantity(*match.span(), _grown(number), unit=Unit.PERCENT, signed="+", clear=number > 1)


def _read_out_of(match: re.Match[str]) -> Quantity | None:
    """Nine out of ten as 90 %; never clear, since it may as well be a count."""
    part, whole = (NUMBER_WORDS.get(match[side].lower()) or float(match[side]) for side in ("part", "whole"))
    share = round(100 * part / whole, 2)
    return Quantity(*match.span(), share, unit=Unit.PERCENT, clear=False) if part < whole else None


def _read_part(match: re.Match[str]) -> Quantity | None:
    many, whole = (match["many"] or "").lower(), _PARTS[match["part"].lower()]
    if not many and whole != 2:  # noqa: PLR2004 - "third" alone is an order, "half" a share
        return None
    share = NUMBER_WORDS.get(many, 1.0) / whole
    return Quantity(*match.span(), round(100 * share, 2), unit=Unit.PERCENT, clear=0 < share < 1)


def _read_fraction(match: re.Match[str]) -> Quantity | None:
    """One of ten as 10 %; never clear, since 1/10 may as well be a day."""
    over, under = int(match["over"]), int(match["under"])
    return (
        Quantity(*match.span(), round(100 * over / under, 2), unit=Unit.PERCENT, clear=False) if over < under else None
    )


def _read_range(match: re.Match[str]) -> Quantity:
    low = _read_amount(match)
    text = match.string
    joint = _JOINT.match(text, low.end)
    second = _AMOUNT.match(text, joint.end()) if joint else None
    if (
        joint is None
        or second is None
        or second["sign"] not in {None, match["sign"]}
        or not _joins(text, low, joint[0].strip().lower())
    ):
        return low
    high = _read_amount(second)
    low = _share_unit(match, low, second, high)
    if low.unit is Unit.MONEY and high.unit is Unit.COUNT:
        high = replace(high, unit=Unit.MONEY)
    if low.unit is not high.unit or (low.currency and high.currency and low.currency != high.currency):
        return _read_amount(match)
    clear = low.clear and high.clear and low.amount < high.amount and "or" not in joint[0].lower()
    clear = clear and not _is_step_and_level(match, second, low, high)
    ends = sorted((low.amount, high.amount))
    currency = low.currency or high.currency
    return replace(low, end=high.end, amount=ends[0], high=ends[1], currency=currency, clear=clear)


def _is_step_and_level(first: re.Match[str], second: re.Match[str], low: Quantity, high: Quantity) -> bool:
    """Whether "by €5,000 to €45,000" may be a step and the level that it leads to, and no range."""
    by = re.search(r"\bby\s(?:about\s|at\s(?:least|most)\s)?$", first.string[: first.start()], re.IGNORECASE)
    in_full = all(one["unit"] or one["before"] for one in (first, second))
    return bool(by or in_full) and high.amount > _WIDEST_RANGE * low.amount


_WIDEST_RANGE = 3


def _joins(text: str, low: Quantity, joint: str) -> bool:
    before = text[max(0, low.start - 9) : low.start].lower().split()
    word = before[-1] if before else ""
    if joint == "and":
        return word == "between"
    return not (joint == "to" and word == "from")


def _share_unit(first: re.Match[str], low: Quantity, second: re.Match[str], high: Quantity) -> Quantity:
    """In "10-15 %" and "€5-10k" the lower end is counted as the upper one is."""
    if first["unit"] or (low.unit is not Unit.COUNT and low.unit is not Unit.MONEY):
        return low
    scale = "" if first["scale"] else second["scale"] or ""
    factor = _SCALES.get(scale.lower(), 1.0)
    if high.unit is Unit.DURATION:
        factor *= _SECONDS[second["unit"].lower()]
    elif high.unit is Unit.PERCENTAGE_POINTS:
        factor *= _PERCENTS[" ".join(second["unit"].lower().split())][1]
    return replace(low, amount=round(low.amount * factor, 9), unit=high.unit if low.unit is Unit.COUNT else low.unit)


def _read_amount(match: re.Match[str]) -> Quantity:
    unit = " ".join((match["unit"] or "").lower().split())
    before = (match["before"] or "").lower()
    of_money, thousands = _THOUSANDS.get(unit, (None, 1.0))
    currency = CURRENCIES.get(before) or CURRENCIES.get(unit) or of_money
    number, clear = _read_number_group(match, money=currency is not None)
    sign = ((match["sign"] or "") + (match["sign_behind"] or "")).strip()
    scale = match["scale"] or ""
    amount = round(number * _SCALES.get(scale.lower(), 1.0) * thousands, 9)
    if (scale == "m" and not currency) or unit in _VAGUE_SPANS:
        clear = False
    if before and unit in CURRENCIES and CURRENCIES[before] != CURRENCIES[unit]:
        clear = False
    loose = match["sign"] == "- "  # which may as well be a dash
    quantity = Quantity(
        *match.span(),
        amount,
        currency=currency,
        signed=sign[:1],
        clear=clear and len(sign) <= 1 and not loose,
        open=bool(match["open"]),
        scaled=bool(scale) or thousands > 1,
    )
    if currency or unit in _CENTS:
        cents = 0.01 if unit in _CENTS else 1.0
        return replace(quantity, amount=round(amount * cents, 9), unit=Unit.MONEY)
    return _counted_in(quantity, unit, bare=scale == "" and "," in match["number"])


def _counted_in(quantity: Quantity, unit: str, *, bare: bool) -> Quantity:
    amount = quantity.amount
    if unit in _SECONDS:
        return replace(quantity, amount=round(amount * _SECONDS[unit], 9), unit=Unit.DURATION, factor=_SECONDS[unit])
    if unit in _PERCENTS:
        kind, factor = _PERCENTS[unit]
        # Nobody asks for 12,500 %; three decimals behind a comma are as likely.
        clear = quantity.clear and not (bare and kind is Unit.PERCENT and amount >= 1000)  # noqa: PLR2004
        return replace(quantity, amount=round(amount * factor, 9), unit=kind, clear=clear)
    if unit in _TIMES:
        return replace(quantity, amount=_grown(amount), unit=Unit.PERCENT, signed="+", clear=amount > 1)
    return quantity


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Quantity | None]], ...] = (
    (_HALF_A_SCALE, _read_half_a_scale),
    (_HALF_A_PERCENT, _read_half_a_percent),
    (_HALF_A_SPAN, _read_half_a_span),
    (_TIMES_BEFORE, _read_times_before),
    (_FOLD, _read_fold),
    (_OUT_OF, _read_out_of),
    (_FRACTION, _read_fraction),
    (_PART, _read_part),
    (_AMOUNT, _read_range),
)
"""How an amount can be written; of two that begin at one place, the first counts."""


def _grown(times: float) -> float:
    return round(100 * (times - 1), 2)


def _read_number_group(match: re.Match[str], *, money: bool) -> tuple[float, bool]:
    written = match["number"].lower().strip()
    half = 0.5 if match["half"] else 0.0
    if written in {"a", "an"}:
        return 1.0 + half, True
    words = re.split(r"[ -]", written)
    if words[0] in NUMBER_WORDS:
        values = [NUMBER_WORDS[word] for word in words]
        tidy = len(values) == 1 or (values[0] >= 20 and 0 < values[1] < 10)  # noqa: PLR2004 - twenty-five
        return sum(values) + half, tidy
    number, clear = parse_digits(match["number"], money=money)
    return number + half, clear


def _with_per(text: str, quantity: Quantity) -> Quantity:
    match = _PER.match(text, quantity.end)
    if match is None:
        return quantity
    what = (match["what"] or match["rate"] or "year").lower()
    article = re.match(r"\s?an?\s", match[0], re.IGNORECASE)
    if article and what not in _PERIODS:
        return quantity
    further = _PER.match(text, match.end()) if what not in _PERIODS else None
    if further and (further["what"] or "").lower() in _PERIODS:
        return replace(quantity, end=further.end(), per=_PERIODS[further["what"].lower()], known_per=False)
    return replace(quantity, end=match.end(), per=_PERIODS.get(what, what), known_per=what in _PERIODS)
