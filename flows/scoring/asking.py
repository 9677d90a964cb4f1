"""Which open question is worth asking next: the one whose answer would move or narrow the score most (section 2.2.1).

The value of information is found by drawing it: each answer that may come is taken as given, and the project is scored
anew. What moves nothing, whatever the answer, is not worth anybody's time yet.
"""

from dataclasses import dataclass

from flows.question_bank import BANK
from flows.scoring.draws import spread
from flows.scoring.heard import Heard
from flows.scoring.otherwise import Place, list_others, locate
from flows.scoring.project_score import Drawn, draw_project
from flows.scoring.scales import UNCALIBRATED, Calibration


@dataclass(frozen=True)
class WorthAsking:
    """What the answer to an open question may do.

    Attributes:
        question: The question's id.
        lowest: The lowest middle on each scale, of where it is now and where answers would lead.
        highest: The highest one.
        narrowing: By how many points the two ranges together would shrink, on average over the answers.
    """

    question: str
    lowest: Place
    highest: Place
    narrowing: float

    @property
    def scale(self) -> str:
        """Which of the two scales it moves more: "impact" or "cost"."""
        by_impact = self.highest.impact - self.lowest.impact
        return "impact" if by_impact >= self.highest.cost - self.lowest.cost else "cost"

    @property
    def moves(self) -> float:
        """By how many points the answer may move that scale."""
        return self.highest.on(self.scale) - self.lowest.on(self.scale)


def find_worth_asking(heard: Heard, calibration: Calibration = UNCALIBRATED) -> tuple[WorthAsking, ...]:
    """The open questions that feed the score, the one that may move it most first."""
    now = draw_project(heard, calibration)
    asked = dict.fromkeys(question for part in now.contributions for question in part.open_questions)
    found = (_weigh(question, heard, calibration, now) for question in asked if question in BANK.by_id)
    return tuple(sorted((one for one in found if one), key=lambda one: (-one.moves, one.question)))


def _weigh(question: str, heard: Heard, calibration: Calibration, now: Drawn) -> WorthAsking | None:
    drawn = [draw_project(heard.with_answer(one), calibration) for one in list_others(BANK.by_id[question], heard)]
    if not drawn:
        return None
    places = [locate(one) for one in (now, *drawn)]
    widths = [_width(one) for one in drawn]
    return WorthAsking(
        question,
        Place(min(one.impact for one in places), min(one.cost for one in places)),
        Place(max(one.impact for one in places), max(one.cost for one in places)),
        _width(now) - sum(widths) / len(widths),
    )


def _width(drawn: Drawn) -> float:
    return spread(drawn.impact).width + spread(drawn.cost).width
