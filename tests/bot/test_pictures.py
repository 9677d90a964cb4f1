"""What pictures say, that they are pictures, and that each is drawn once."""

import asyncio
import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from itertools import combinations, pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image
from pydantic import ValidationError

from bot import studio
from bot.pictures.conflict_matrix import KIND, MatrixCell, MatrixPicture, alt_text, draw_conflict_matrix
from bot.pictures.conflict_matrix_drawing import draw
from bot.pictures.style import CannotDraw, fitted, width_of, wrapped
from bot.studio import Studio, UnknownPicture

WORDS = {1: "differ a little", 2: "pull apart", 3: "collide hard"}
THREE = MatrixPicture(
    labels=("Priya: time on platform +15 %", "Victor: advertising revenue +20 %", "Fiona: cloud bill −10 %"),
    cells=(
        MatrixCell(row=0, column=2, word=WORDS[2], level=2),
        MatrixCell(row=1, column=0, word=WORDS[3], level=3),
    ),
)


def of(goals: int, label: str = "Finance: monthly cloud bill −10 %") -> MatrixPicture:
    cells = [
        MatrixCell(row=one, column=other, word=WORDS[(one + other) % 3 + 1], level=(one + other) % 3 + 1)
        for one, other in combinations(range(goals), 2)
    ]
    return MatrixPicture(labels=(label,) * goals, cells=tuple(cells), title="Where the goals collide")


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


@pytest.mark.parametrize("goals", range(2, 13))
def test_pictures_have_slacks_width_and_are_no_higher_than_wide(goals: int) -> None:
    drawn = opened(draw(of(goals).model_dump(mode="json")))
    assert drawn.width == 1080
    assert drawn.height <= drawn.width


@pytest.mark.parametrize(
    "label", ["", ": ", "x" * 500, "word " * 100, "costs $5 and $6 $x^{", "a\nb\tc", "Ünï: 10 % < 5 & *bold*", "ok 🙂"]
)
def test_any_label_can_be_drawn(label: str) -> None:
    assert opened(draw(of(4, label).model_dump(mode="json"))).width == 1080


def test_a_script_that_the_font_lacks_is_not_drawn_as_boxes() -> None:
    with pytest.raises(CannotDraw):
        draw(of(3, "財務: クラウド費用").model_dump(mode="json"))


def test_levels_differ_in_grey_too() -> None:
    greys: list[int] = []
    for level in (1, 2, 3):
        cell = MatrixCell(row=0, column=1, word=WORDS[level], level=level)
        drawn = opened(draw(MatrixPicture(labels=("a", "b"), cells=(cell,)).model_dump(mode="json")))
        greys.append(drawn.convert("L").tobytes()[(drawn.height - 60) * drawn.width + 60])
    assert all(brighter - darker > 35 for brighter, darker in pairwise(greys)), greys


def test_lines_keep_to_their_room() -> None:
    text = "one place for each table that anybody reads"
    assert width_of(fitted(text, 80, 10), 10) <= 80
    assert fitted("short", 80, 10) == "short"
    lines = wrapped(text, 80, 10, 2)
    assert len(lines) == 2
    assert all(width_of(line, 10) <= 80 for line in lines)
    assert lines[1].endswith("…")


def test_the_alternative_text_says_what_the_picture_says_hardest_first() -> None:
    assert alt_text(THREE) == (
        "Collide hard: Priya: time on platform +15 % and Victor: advertising revenue +20 %. "
        "Pull apart: Priya: time on platform +15 % and Fiona: cloud bill −10 %. The other pair does not collide."
    )
    assert alt_text(MatrixPicture(labels=("a", "b"))) == "None of the 2 goals collide."
    assert len(alt_text(of(12))) == 2000


def test_of_two_cells_for_the_same_goals_the_harder_one_counts() -> None:
    both = MatrixPicture(
        labels=("a", "b"),
        cells=(
            MatrixCell(row=0, column=1, word=WORDS[1], level=1),
            MatrixCell(row=1, column=0, word=WORDS[3], level=3),
            MatrixCell(row=1, column=1, word=WORDS[3], level=3),
        ),
    )
    assert [(first, second, cell.level) for first, second, cell in both.hardest_first] == [("a", "b", 3)]


def test_a_picture_has_two_to_twelve_goals_and_three_levels() -> None:
    for labels in (("a",), ("a",) * 13):
        with pytest.raises(ValidationError):
            MatrixPicture(labels=labels)
    with pytest.raises(ValidationError):
        MatrixCell(row=0, column=1, word="x", level=4)


def test_a_table_stands_in_for_it() -> None:
    picture = draw_conflict_matrix("matrix", THREE)
    shown = str(picture.fallback)
    assert "Priya: time on" in shown
    assert "collide hard" in shown
    assert draw_conflict_matrix("matrix", MatrixPicture(labels=("a", "b"))).fallback == []


async def test_the_same_picture_is_drawn_once_and_only_the_last_ones_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []

    def count(data: Mapping[str, Any]) -> bytes:
        drawn.append(data["title"])
        return str(data["title"]).encode()

    monkeypatch.setattr(studio, "import_module", lambda _name: SimpleNamespace(draw=count))
    studio._draw.cache_clear()
    place = Studio()
    assert await asyncio.gather(*(place.draw(KIND, {"title": "a"}) for _ in range(3))) == [b"a"] * 3
    assert drawn == ["a"]
    for number in range(studio._KEPT):
        await place.draw(KIND, {"title": number})
    await place.draw(KIND, {"title": "a"})
    assert drawn.count("a") == 2
    with pytest.raises(UnknownPicture):
        await place.draw("portrait", {})
    studio._draw.cache_clear()


async def test_a_picture_leaves_the_loop_free_and_is_the_same_each_time() -> None:
    data = THREE.model_dump(mode="json")
    drawn = await Studio().draw(KIND, data)
    studio._draw.cache_clear()
    assert opened(await Studio().draw(KIND, data)).tobytes() == opened(drawn).tobytes()


def test_the_app_starts_without_loading_what_draws() -> None:
    loaded = "import sys, bot.run; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0  # noqa: S603 - our own words
