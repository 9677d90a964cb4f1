"""The error over time and over the hours spent: what the picture says, in words too (K33)."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bot.blocks import clean, cut, table
from bot.effects import Picture
from flows.activity import round_hours
from flows.dates import say_day
from flows.objectives import format_number
from flows.progress import Progress

KIND = "progress"
ALT_TEXT = 2000
MOST_POINTS = 60
_COLUMNS = ("Day", "Hours so far", "Error")
_ROWS = 12


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ProgressPoint(_Data):
    """One measurement: its day, the hours of work until then, and the error; some losses are below 0."""

    day: date
    hours: float = Field(ge=0)
    error: float


class ProgressMark(_Data):
    """An error that the curve is seen against, with a word for it, such as "target"."""

    error: float = Field(ge=0)
    word: str


class ProgressPicture(_Data):
    """The whole picture.

    Attributes:
        metric: What was measured.
        unit: "%" or empty.
        points: The measurements, in order.
        marks: What they are seen against.
        flat: Places of the first and the last point of each plateau.
    """

    metric: str
    unit: str = ""
    points: tuple[ProgressPoint, ...] = Field(min_length=1, max_length=MOST_POINTS)
    marks: tuple[ProgressMark, ...] = ()
    flat: tuple[tuple[int, int], ...] = ()


def say_error(error: float, unit: str) -> str:
    """An error with its unit: "18 %", "14.2"."""
    return f"{format_number(float(f'{error:.3g}'))}{' %' if unit else ''}"


def picture_of(progress: Progress) -> ProgressPicture:
    """The picture of a log; of many measurements the newest."""
    begin = max(len(progress.points) - MOST_POINTS, 0)
    flat = ((max(one.first - begin, 0), one.last - begin) for one in progress.plateaus if one.last >= begin)
    return ProgressPicture(
        metric=progress.metric,
        unit=progress.unit,
        points=tuple(ProgressPoint(day=one.day, hours=one.hours, error=one.error) for one in progress.points[begin:]),
        marks=tuple(ProgressMark(error=error, word=word) for word, error in progress.marks),
        flat=tuple(flat),
    )


def alt_text(picture: ProgressPicture) -> str:
    """What the picture says, for those who do not see it."""
    first, last = picture.points[0], picture.points[-1]
    said = [f"The error was {say_error(first.error, picture.unit)} on {say_day(first.day)}"]
    if len(picture.points) > 1:
        now = f"is {say_error(last.error, picture.unit)} on {say_day(last.day)}"
        said[0] += f" and {now}, after {round_hours(last.hours)} hours"
    for begin, end in picture.flat:
        said.append(f"It stood still from {say_day(picture.points[begin].day)} to {say_day(picture.points[end].day)}")
    said += [f"{mark.word.capitalize()}: {say_error(mark.error, picture.unit)}" for mark in picture.marks]
    return cut(clean(". ".join(said) + "."), ALT_TEXT)


def draw_progress_picture(place: str, picture: ProgressPicture) -> Picture:
    """The picture for a message, with a table that stands in for it; `place` is the block id of its place."""
    rows = [
        (say_day(one.day), round_hours(one.hours), say_error(one.error, picture.unit))
        for one in picture.points[-_ROWS:]
    ]
    return Picture(
        place=place,
        kind=KIND,
        data=picture.model_dump(mode="json"),
        file_name="progress.png",
        alt=alt_text(picture),
        fallback=[table(_COLUMNS, rows)],
    )
