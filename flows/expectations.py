"""What those in charge expect, against published figures and against the workspace's own log (section 2.5.2; K55).

The published figures are few, and most come from surveys that a vendor paid for: they show the order of magnitude, and
each is named with its source. Where the workspace has projects of its own that came into use, those count for more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.objectives import format_number
from flows.scoring.accuracy_curve import FASTEST, NOT_BY_DATA_ALONE, SLOWEST, data_multiple
from flows.scoring.draws import Spread
from flows.scoring.haste import months_of, say_span
from flows.scoring.heard import hear
from flows.scoring.project_score import score_project
from flows.scoring.scales import UNCALIBRATED, Calibration
from flows.shown import Shown, join_sentences
from flows.wishes import say_count


@dataclass(frozen=True)
class Published:
    """A figure that was published: what it is, who found it, and when."""

    figure: float
    source: str
    year: int

    @property
    def cited(self) -> str:
        """Who found it, and when."""
        return f"{self.source} ({self.year})"


MONTHS_INTO_USE = Published(8.0, "a survey of Gartner", 2024)
"""Months from a prototype into use, on average (press release of 7 May 2024)."""

SHARE_INTO_USE = Published(54.0, "a survey of Gartner", 2022)
"""Of 100 pilots, those that came into use: 699 people asked in late 2021 (press release of 22 August 2022)."""

SHARE_STALLED = Published(78.0, "one of Alegion", 2019)
"""Of 100 projects that train a model, those that stall before use: 277 people asked by Dimensional Research ("What data
scientists tell us about AI model training today", which section 2.5.4 cites)."""

ONE_IN_SO_MANY_RUNS_AWAY = Published(6.0, "Flyvbjerg and Budzier", 2011)
"""Of 1,471 large changes of IT, one in six cost three times what was planned on average, and took almost 70 % longer
("Why Your IT Project May Be Riskier Than You Think", Harvard Business Review)."""

DATA_AND_ERRORS = Published(FASTEST, "Hestness and others", 2017)
"""The steepest published fall of the errors with more examples: error ∝ n^−β ("Deep Learning Scaling is
Predictable, Empirically")."""

_DAYS_A_MONTH = 365.25 / 12
_SURE = frozenset({"4", "5"})
_FAR_REACHING = frozenset({"4", "5"})
_SHOWN = 5


@dataclass(frozen=True)
class OwnProject:
    """How long an earlier project of the workspace took: when it began, and when it came into use or ended well."""

    began: datetime
    in_use: datetime

    @property
    def months(self) -> float:
        """The months between."""
        return (self.in_use - self.began).total_seconds() / 86_400 / _DAYS_A_MONTH


@dataclass(frozen=True)
class Expectation:
    """One thing that is expected, and what is known of such things.

    Attributes:
        said: What is expected, in a sentence.
        known: What figures say to that, in one sentence or two, with their sources.
        is_bold: Whether more is expected than they support.
    """

    said: str
    known: str
    is_bold: bool


def compare_expectations(
    shown: Shown, own: Sequence[OwnProject] = (), calibration: Calibration = UNCALIBRATED
) -> tuple[Expectation, ...]:
    """Those expectations that were named and may be shown, each beside what is known.

    Args:
        shown: The kickoff.
        own: The projects of the same workspace that came into use.
        calibration: What finished projects taught about the estimates.
    """
    return (*_months(shown, own, calibration), *_sureness(shown), *_ambition(shown), *_accuracy(shown))


def _months(shown: Shown, own: Sequence[OwnProject], calibration: Calibration) -> Iterator[Expectation]:
    expected = shown.number("expected_months")
    if expected is None:
        return
    weeks = score_project(hear(shown.kickoff), calibration).person_weeks
    usual = MONTHS_INTO_USE.figure
    published = f"In {MONTHS_INTO_USE.cited} a prototype took {format_number(usual)} months into use, on average"
    known = join_sentences((published, _say_estimate(weeks), say_own(own)))
    soonest = min((one.months for one in own), default=min(usual, months_of(weeks.p50)))
    yield Expectation(
        f"A first result in use is expected in {shown.says('expected_months')}.", known, expected < soonest
    )


def _say_estimate(weeks: Spread) -> str:
    return f"By what is known so far, three people take {say_span(weeks)} for this one"


def say_own(own: Sequence[OwnProject]) -> str:
    """What the workspace's own log says of the time into use."""
    if not own:
        return "No project in your own log has come into use yet"
    months = [max(1, round(one.months)) for one in sorted(own, key=lambda one: one.months)]
    if len(months) == 1:
        return f"In your own log one project came into use, after {say_count(months[0], 'month')}"
    if len(months) > _SHOWN:
        middle = say_count(months[len(months) // 2], "month")
        return f"In your own log {len(months)} projects came into use, the middle one after {middle}"
    *first, last = (str(one) for one in months)
    return f"In your own log {len(months)} projects came into use, after {', '.join(first)} and {last} months"


def _sureness(shown: Shown) -> Iterator[Expectation]:
    sure = shown.says("sureness").rpartition(": ")[2]
    if not sure:
        return
    pilots, stalled = format_number(SHARE_INTO_USE.figure), format_number(SHARE_STALLED.figure)
    known = (
        f"In {SHARE_INTO_USE.cited} {pilots} of 100 pilots came into use; "
        f"in {SHARE_STALLED.cited} {stalled} of 100 projects stalled before that."
    )
    yield Expectation(f"How sure of that date: {sure.lower()}.", known, shown.value("sureness") in _SURE)


def _ambition(shown: Shown) -> Iterator[Expectation]:
    reach = shown.says("ambition").rpartition(": ")[2]
    if not reach:
        return
    bold = shown.value("ambition") in _FAR_REACHING
    runs_away = format_number(ONE_IN_SO_MANY_RUNS_AWAY.figure)
    known = (
        f"Of 1,471 large changes of IT one in {runs_away} cost three times what was planned, in a study of "
        f"{ONE_IN_SO_MANY_RUNS_AWAY.cited}."
        if bold
        else "That keeps it small, as section 2.5.6 advises for a first project (Burkov, 2020)."
    )
    yield Expectation(f"The first project should change: {reach.lower()}.", known, bold)


def _accuracy(shown: Shown) -> Iterator[Expectation]:
    wanted, today = shown.number("accuracy_target"), shown.number("accuracy_today")
    if wanted is None or today is None or not today < wanted < 100:  # noqa: PLR2004 - out of 100
        return
    least, most = (data_multiple(100 - today, 100 - wanted, beta) for beta in (FASTEST, SLOWEST))
    at_most = f"{_round(most)} times" if most < NOT_BY_DATA_ALONE else "more than a thousand times"
    known = (
        f"So many fewer mistakes took {_round(least)} to {at_most} the examples, where more examples were all that "
        f"changed, in experiments of {DATA_AND_ERRORS.cited}."
    )
    said = f"{format_number(wanted)} of 100 right are hoped for, and today {format_number(today)} are."
    yield Expectation(said, known, least >= _TEN_TIMES)


_TEN_TIMES = 10.0


def _round(multiple: float) -> str:
    """A multiple to two digits: "7.2", "32", "1,000"."""
    return format_number(float(f"{multiple:.2g}"))
