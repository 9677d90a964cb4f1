"""From answers to draws: what was said becomes numbers around it, what nobody said stays wide (K11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np

from flows.scoring.draws import DRAWS, Draw, around, between, normal, spread
from flows.scoring.evidence import FACTORS, STRETCHES, Evidence
from flows.scoring.heard import Heard, HeardAnswer
from flows.scoring.scales import Contribution
from flows.scoring.usual import USUAL, Usual

_ORDER = tuple(Evidence)


class Range(NamedTuple):
    """One in ten lies below `low`, half below `likely`, nine in ten below `high`."""

    low: float
    likely: float
    high: float


_TOGETHER = 0.5
"""How much of what nobody knows goes the same way, as a share of its variance. A project that is larger than one thinks
is larger in more than one respect; were it all by chance, knowing nothing would look like knowing the middle."""


@dataclass(frozen=True)
class Sampling:
    """Draws of one project.

    Attributes:
        heard: What is known of it.
        side: What is drawn: "worth" or "work"; what nobody knows of one side goes partly the same way.
        width: How wide ranges are, as a multiple of their usual width.
        aim: The accuracy to aim at, in percent, instead of the one that was said; what was said of examples and
            experiments then grows or shrinks with it.
    """

    heard: Heard
    side: str
    width: float = 1.0
    aim: float | None = None

    def open_draw(self, question: str) -> Draw:
        """Standard normal draws of what nobody knows."""
        drawn: Draw = sqrt(_TOGETHER) * normal(self.side) + sqrt(1 - _TOGETHER) * normal(question)
        return drawn

    def open_range(self, name: str, low: float, likely: float, high: float) -> Draw:
        """Numbers of which nobody knows more than that one in ten lies below `low`, and nine in ten below `high`."""
        return between(self.open_draw(name), low, likely, high)

    def amount(self, question: str, usual: Usual | None = None) -> Draw:
        """A number that is never negative: around what was said, or else around what it usually is.

        Args:
            question: The question's id.
            usual: What it usually is in this project, where that is not what `USUAL` says.
        """
        said = self.heard.number(question)
        if said is None:
            likely, factor = usual or USUAL[question]
            return around(self.open_draw(question), likely, factor**self.width)
        if said <= 0:
            return np.zeros(DRAWS)
        heard = self.heard.answers[question]
        others = [max(said / one, one / said) for one in heard.others if isinstance(one, float) and one > 0]
        return around(normal(question), said, max(FACTORS[heard.evidence] ** self.width, *others, 1.0))

    def choice(self, question: str, table: Mapping[str, Range], unknown: Range) -> Draw:
        """Numbers that an option stands for; where others chose another, the range reaches over theirs as well."""
        heard = self.heard.answers.get(question)
        chosen = table.get(self.heard.choice(question))
        if heard is None or chosen is None:
            return self.open_range(question, *unknown)
        stretch = STRETCHES[heard.evidence] * self.width
        low = chosen.likely - (chosen.likely - chosen.low) * stretch
        high = chosen.likely + (chosen.high - chosen.likely) * stretch
        others = [table[one] for one in heard.others if isinstance(one, str) and one in table]
        return between(
            normal(question),
            min(low, *(one.low for one in others), chosen.likely),
            chosen.likely,
            max(high, *(one.high for one in others), chosen.likely),
        )

    def contribution(
        self,
        name: str,
        draw: Draw,
        because: str,
        row: str,
        questions: tuple[str, ...],
        beside: tuple[str, ...] = (),
    ) -> Contribution:
        """What a consideration adds, with who said so and how well it is known.

        Args:
            name: What is considered.
            draw: What it adds.
            because: Why.
            row: The checklist row.
            questions: Whose answers it is made of.
            beside: Other questions whose answers show in its words or its amount: where one of these is kept, so is it.
        """
        answered = [self.heard.answers[one] for one in questions if one in self.heard.answers]
        return Contribution(
            name=name,
            part=spread(draw),
            unit="points" if self.side == "worth" else "person-weeks",
            because=because,
            row=row,
            questions=questions,
            people=tuple(dict.fromkeys(person for one in answered for person in one.people)),
            evidence=_least(answered),
            open_questions=tuple(one for one in questions if one not in self.heard.answers),
            is_kept=self.heard.keeps(*questions, *beside),
        )


def _least(answered: list[HeardAnswer]) -> Evidence | None:
    return max((one.evidence for one in answered), key=_ORDER.index, default=None)
