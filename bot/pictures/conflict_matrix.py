"""Which goals collide, and how hard: what the picture says, in words too."""

from collections.abc import Iterator
from itertools import groupby

from pydantic import BaseModel, ConfigDict, Field

from bot.blocks import Block, clean, cut, table
from bot.effects import Picture

KIND = "conflict_matrix"
ALT_TEXT = 2000
MOST_LABELS = 12
_COLUMNS = ("Goal", "Against", "How hard")


class MatrixCell(BaseModel):
    """Two goals that collide.

    Attributes:
        row: The place of one goal among the labels.
        column: The place of the other; which is which does not matter.
        word: How hard, such as "collide hard".
        level: The same from 1, hardly, to 3, hard.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    row: int
    column: int
    word: str
    level: int = Field(ge=1, le=3)


class MatrixPicture(BaseModel):
    """Goals against each other. Of two cells for the same two goals, the harder one counts.

    Attributes:
        labels: The goals, such as "Finance: cloud bill −10 %"; what stands before the colon is shown in bold.
        cells: Those that collide; all other pairs do not.
        title: What stands above.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: tuple[str, ...] = Field(min_length=2, max_length=MOST_LABELS)
    cells: tuple[MatrixCell, ...] = ()
    title: str = ""

    @property
    def pairs(self) -> dict[tuple[int, int], MatrixCell]:
        """The collisions by the places of their goals, the smaller place first."""
        found: dict[tuple[int, int], MatrixCell] = {}
        for cell in self.cells:
            pair = min(cell.row, cell.column), max(cell.row, cell.column)
            known = found.get(pair)
            if pair[0] != pair[1] and (known is None or known.level < cell.level):
                found[pair] = cell
        return found

    @property
    def hardest_first(self) -> list[tuple[str, str, MatrixCell]]:
        """The two goals of each collision, and the cell."""
        ranked = sorted(self.pairs.items(), key=lambda one: (-one[1].level, one[0]))
        return [(self.labels[first], self.labels[second], cell) for (first, second), cell in ranked]


def alt_text(picture: MatrixPicture) -> str:
    """What the picture says, hardest first, in words for those who do not see it."""
    sentences = list(_sentences(picture))
    return cut(clean(" ".join(sentences)), ALT_TEXT)


def _sentences(picture: MatrixPicture) -> Iterator[str]:
    collisions = picture.hardest_first
    total = len(picture.labels) * (len(picture.labels) - 1) // 2
    if not collisions:
        yield f"None of the {len(picture.labels)} goals collide."
        return
    for word, alike in groupby(collisions, key=lambda one: one[2].word):
        said = "; ".join(f"{first} and {second}" for first, second, _ in alike)
        yield f"{word[:1].upper()}{word[1:]}: {said}."
    if left := total - len(collisions):
        yield "The other pair does not collide." if left == 1 else f"The other {left} pairs do not collide."


def draw_conflict_matrix(place: str, picture: MatrixPicture) -> Picture:
    """The picture for a message, with a table that stands in for it.

    Args:
        place: The block id of its place among the message's blocks.
        picture: What it says.
    """
    return Picture(
        place=place,
        kind=KIND,
        data=picture.model_dump(mode="json"),
        file_name="conflicts.png",
        alt=alt_text(picture),
        fallback=_as_table(picture),
    )


def _as_table(picture: MatrixPicture) -> list[Block]:
    rows = [(first, second, cell.word) for first, second, cell in picture.hardest_first]
    return [table(_COLUMNS, rows)] if rows else []
