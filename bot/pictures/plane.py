"""The backlog as a plane of impact and cost: what the picture says, in words too (K1)."""

from pydantic import BaseModel, ConfigDict, Field

from bot.blocks import clean, cut
from bot.effects import Picture

KIND = "plane"
ALT_TEXT = 2000
MOST_NAMED = 12
MOST_POINTS = 300
QUARTERS = ("Do first", "Plan well", "Quick extras", "Leave for now")
"""High impact at low and at high cost, then low impact at low and at high cost."""

_MIDDLE = 50.0


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlanePoint(_Data):
    """A project on the two scales from 0 to 100, each with the ends of its range.

    Attributes:
        name: What it is called.
        impact: P10, P50 and P90.
        cost: P10, P50 and P90.
        is_own: Whether whoever looks at it takes part in it.
    """

    name: str
    impact: tuple[float, float, float]
    cost: tuple[float, float, float]
    is_own: bool = False

    @property
    def quarter(self) -> str:
        """The quarter that its middle lies in, in words."""
        return QUARTERS[2 * (self.impact[1] < _MIDDLE) + (self.cost[1] >= _MIDDLE)]


class PlanePicture(_Data):
    """The whole picture; the first points are named, the best first."""

    points: tuple[PlanePoint, ...] = Field(min_length=1, max_length=MOST_POINTS)


def alt_text(picture: PlanePicture) -> str:
    """Which projects lie in which quarter, for those who do not see it."""
    said = []
    for quarter in QUARTERS:
        inside = [one for one in picture.points if one.quarter == quarter]
        if inside:
            named = ", ".join(f"{one.name} (impact {one.impact[1]:.0f}, cost {one.cost[1]:.0f})" for one in inside)
            said.append(f"{quarter}: {named}.")
    return cut(clean(" ".join(said)), ALT_TEXT)


def draw_plane(place: str, picture: PlanePicture) -> Picture:
    """The picture for a message; `place` is the block id of its place. The list beside it says the same in words."""
    return Picture(
        place=place, kind=KIND, data=picture.model_dump(mode="json"), file_name="backlog.png", alt=alt_text(picture)
    )
