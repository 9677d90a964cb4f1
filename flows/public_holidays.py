"""Public holidays by the country in which a time zone lies.

Which country that is, the table of the time zone database itself says (`zone.tab`); the days come from the `holidays`
package. Only days that the whole country has off count, so a holiday of a state or a faith is none here: whoever is off
then says so with `/ml-kickoff away`.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from holidays import HolidayBase, country_holidays, list_supported_countries

_COUNTRY, _ZONE = 0, 2
"""The columns of the table."""


def country_of(zone: str) -> str:
    """The ISO 3166 code of the country in which a zone lies: "DE" for Europe/Berlin; empty where the table has none."""
    return _countries().get(zone, "")


def is_public_holiday(day: date, zone: str) -> bool:
    """Whether the country of this zone has the day off; never where its holidays are not known."""
    country = country_of(zone)
    return country in _supported() and day in _holidays(country, day.year)


@cache
def _countries() -> Mapping[str, str]:
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[_ZONE]: row[_COUNTRY] for row in rows}


@cache
def _supported() -> frozenset[str]:
    return frozenset(list_supported_countries())


@lru_cache(256)
def _holidays(country: str, year: int) -> HolidayBase:
    return country_holidays(country, years=year)
