"""Which metric some words mean, among those that the app knows by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz, process

from flows.metric_names import BEYOND, KINDS, LIKE, LOWER_IS_BETTER, MODIFIERS, NAMES, SAME
from flows.word_lists import word_set

__all__ = [
    "FIRST_WORDS", "LONGEST_NAME", "LOWER_IS_BETTER", "KnownMetric", "find_metric", "is_rate", "recognise",
    "recognise_words", "simplify", "suggest_metric",
]  # fmt: skip

_DROPPED = word_set("the a an our your my their its this these those")
_PEOPLE = ("", "user", "people", "visitor", "customer", "member", "someone", "person", "one", "viewer", "they", "we")
_SURE_ENOUGH_TO_ASK = 88


@dataclass(frozen=True)
class KnownMetric:
    """What some words mean.

    Attributes:
        family: The metric's id, in the influence graph where that knows it.
        name: The metric's short name where the words mean just it, else None.
        sure: False when the words may mean something else.
    """

    family: str
    name: str | None = None
    sure: bool = True


def _time_on_platform() -> Iterator[str]:
    spending = ("spend", "spent", "are spending", "is spending", "stay")
    for who, spends, place in product(_PEOPLE, spending, ("on platform", "on online platform", "with us")):
        yield f"time {who} {spends} {place}"
        yield f"time that {who} {spends} {place}"
        yield f"{who} {spends} time {place}"
        yield f"{who} to {spends} time {place}"
        yield f"amount of time {who} {spends} {place}"


def _ad_revenue() -> Iterator[str]:
    ads = ("ad", "advert", "advertisement", "advertising")
    for money, through, what in product(("revenue", "income", "money", "earning"), ("from", "through", "with"), ads):
        yield f"{money} {through} {what}"
    for earn, through, what in product(("earn", "make", "get"), ("from", "through", "with"), ads):
        yield f"what we {earn} {through} {what}"
    for what, earn in product(ads, ("bring in", "bring us", "earn", "earn us", "make")):
        yield f"what {what} {earn}"


def simplify(words: str) -> tuple[str, ...]:
    """The words that decide which metric is meant: in lower case, in the singular, without articles."""
    found = re.findall(r"[^\W_]+(?:/[^\W_]+)*", words.casefold().replace("'s ", " "))
    return tuple(_singular(word) for word in found if word not in _DROPPED)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    plural = len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is", "aws"))  # noqa: PLR2004
    return word[:-1] if plural else word


def _build() -> dict[tuple[str, ...], KnownMetric]:
    known = {simplify(phrase): KnownMetric(family, sure=False) for family, phrase in _each(LIKE)}
    known |= {simplify(phrase): KnownMetric(family) for family, phrase in _each(KINDS | BEYOND)}
    known |= {simplify(phrase): KnownMetric(family, NAMES[family]) for family, phrase in _each(SAME)}
    for family, phrases in (("time_on_platform", _time_on_platform()), ("ad_revenue", _ad_revenue())):
        known |= {simplify(phrase): KnownMetric(family, NAMES[family]) for phrase in phrases}
    return known


def _each(names: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((family, phrase) for family, phrases in names.items() for phrase in phrases.split(","))


_KNOWN = _build()
LONGEST_NAME = max(len(words) for words in _KNOWN)
"""Words in the longest known name."""
FIRST_WORDS = frozenset(words[0] for words in _KNOWN) | MODIFIERS
"""Words that a known name can begin with."""


_RATES = frozenset(
    simplify(
        "rate share ratio percentage churn retention conversion accuracy precision recall sensitivity uptime "
        "availability margin ctr attrition reliability gap difference auc f1 nps csat satisfaction mape dau/mau risk "
        "score utilisation utilization loyalty probability quote specificity oee otif punctuality absenteeism yield "
        "coverage shrinkage rating compliance occupancy attendance enps rmse adherence fill"
    )
)


def recognise(words: str) -> KnownMetric | None:
    """What these words and signs, all of them, mean; None when they are no known name."""
    if any(not simplify(token) and token.casefold() not in _DROPPED for token in words.split()):
        return None
    return recognise_words(simplify(words))


def recognise_words(simple: tuple[str, ...]) -> KnownMetric | None:
    """As `recognise`, for words that `simplify` gave."""
    if simple in _KNOWN:
        return _KNOWN[simple]
    while simple and simple[0] in MODIFIERS:
        simple = simple[1:]
        if found := _KNOWN.get(simple):
            return KnownMetric(found.family, None, found.sure)
    return None


def find_metric(words: str) -> str | None:
    """The id in the influence graph of the metric that these words mean for certain, or None."""
    found = recognise(words)
    return found.family if found and found.sure else None


def is_rate(words: str) -> bool:
    """Whether the metric is itself a share or a score, so that "by 5 %" may mean percent or points."""
    return any(word in _RATES for word in simplify(words))


def suggest_metric(words: str) -> str | None:
    """A known name that is spelled much like these words, to ask about and never to decide by."""
    close = process.extractOne(
        " ".join(simplify(words))[:80], _SPELLINGS, scorer=fuzz.ratio, score_cutoff=_SURE_ENOUGH_TO_ASK
    )
    return close[0] if close else None


_SPELLINGS = tuple(" ".join(words) for words, metric in _KNOWN.items() if metric.sure)
