"""What accuracy costs, with what it is seen against: what the picture says, in words too (K12 to K14, K25)."""

from pydantic import BaseModel, ConfigDict, Field

from bot.blocks import clean, cut, table
from bot.effects import Picture
from flows.scoring.draws import say_roughly

KIND = "accuracy_curve"
ALT_TEXT = 2000
_COLUMNS = ("Right of 100", "Person-weeks", "Range")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CurvePoint(_Data):
    """The work at one accuracy: person-weeks at P10, P50 and P90."""

    accuracy: float = Field(ge=50, le=100)
    low: float = Field(gt=0)
    likely: float = Field(gt=0)
    high: float = Field(gt=0)


class CurveMark(_Data):
    """An accuracy that the curve is seen against, with a word for it, such as "floor"."""

    accuracy: float = Field(ge=0, le=100)
    word: str


class CurvePicture(_Data):
    """The whole picture.

    Attributes:
        title: What stands above.
        points: The curve, from the lowest accuracy to the highest.
        marks: What it is seen against.
        chosen: The point at which the dial stands; None where it is beyond the curve.
    """

    title: str
    points: tuple[CurvePoint, ...] = Field(min_length=2)
    marks: tuple[CurveMark, ...] = ()
    chosen: CurvePoint | None = None


def alt_text(picture: CurvePicture) -> str:
    """What the picture says, for those who do not see it."""
    first, last = picture.points[0], picture.points[-1]
    rises = (
        f"The work rises from {say_roughly(first.likely)} person-weeks at {first.accuracy:g} right of 100 "
        f"to {say_roughly(last.likely)} at {last.accuracy:g}, ever faster."
    )
    marks = (f"{mark.word.capitalize()}: {mark.accuracy:g}." for mark in picture.marks)
    said = [rises, *([_say_chosen(picture.chosen)] if picture.chosen else []), *marks]
    return cut(clean(" ".join(said)), ALT_TEXT)


def _say_chosen(chosen: CurvePoint) -> str:
    ends = f"between {say_roughly(chosen.low)} and {say_roughly(chosen.high)}"
    return f"At {chosen.accuracy:g} it is {say_roughly(chosen.likely)}, {ends}."


def draw_accuracy_curve(place: str, picture: CurvePicture) -> Picture:
    """The picture for a message, with a table that stands in for it; `place` is the block id of its place."""
    rows = [
        (f"{one.accuracy:g}", say_roughly(one.likely), f"{say_roughly(one.low)} to {say_roughly(one.high)}")
        for one in picture.points
    ]
    return Picture(
        place=place,
        kind=KIND,
        data=picture.model_dump(mode="json"),
        file_name="accuracy.png",
        alt=alt_text(picture),
        fallback=[table(_COLUMNS, rows)],
    )
