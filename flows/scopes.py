"""Which part of the business a goal is about, where its own words leave no doubt: a country, a device, a group.

Goals about different parts do not collide. What is not named here counts as unknown, and then the goals are compared.
"""

import re
from collections.abc import Mapping

from flows.objectives import Objective

_COUNTRIES = (
    "argentina", "australia", "austria", "belgium", "brazil", "canada", "chile", "china", "colombia", "croatia",
    "czechia", "denmark", "egypt", "estonia", "finland", "france", "germany", "greece", "hungary", "india",
    "indonesia", "ireland", "israel", "italy", "japan", "kenya", "latvia", "lithuania", "luxembourg", "malaysia",
    "mexico", "morocco", "netherlands", "nigeria", "norway", "pakistan", "peru", "philippines", "poland", "portugal",
    "romania", "singapore", "slovakia", "slovenia", "spain", "sweden", "switzerland", "thailand", "turkey", "ukraine",
    "vietnam",
)  # fmt: skip

_PARTS: tuple[Mapping[str, str], ...] = (
    {rf"in (?:the )?{country}": country for country in _COUNTRIES},
    {r"(?:on|in) (?:the )?(?:mobile|phones?)": "mobile", r"(?:on|in) (?:the )?(?:desktop|computers?)": "desktop"},
    {r"on ios|on iphones?": "iOS", r"on android": "Android"},
    {
        r"(?:of|for|among|with) new (?:customers|users|clients)": "new",
        r"(?:of|for|among|with) (?:existing|returning) (?:customers|users|clients)": "existing",
    },
    {
        r"(?:of|for|among|with) (?:private|retail) (?:customers|clients)": "private",
        r"(?:of|for|among|with) (?:business|corporate) (?:customers|clients)": "business",
    },
)
"""Each entry is one way to divide a business into parts that do not overlap: what is written, and the part's name."""


def are_apart(one: Objective, other: Objective) -> bool:
    """Whether two goals are certainly about different parts of the business."""
    return any(_names_apart(_parts(one, division), _parts(other, division)) for division in _PARTS)


def _names_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and not one & other


def _parts(objective: Objective, division: Mapping[str, str]) -> frozenset[str]:
    """The parts that the words name. "In Germany and France" names both, so it overlaps with each."""
    words = re.sub(r"\s+", " ", objective.metric.casefold())
    named = {name for pattern, name in division.items() if re.search(rf"\b(?:{pattern})\b", words)}
    if named and re.search(r"\b(?:and|or)\b|,|/|&|\b(?:not|except|outside|without)\b", words):
        return frozenset()
    return frozenset(named)
