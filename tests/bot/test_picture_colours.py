"""Colours that mean something stay apart for people who see few of them, and words stand out from what is behind them.

Colour blindness is simulated as Machado, Oliveira and Fernandes do ("A Physiologically-based Model for Simulation of
Color Vision Deficiency", 2009), where one kind of cone is missing altogether; grey stands for a black-and-white print.
"""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from bot.pictures.style import ACCENT, ACCENT_FAINT, FAINT_INK, INK, LEVELS, ON_LEVELS, PAPER

Vector = npt.NDArray[np.float64]

SEEN = {
    "all colours": np.eye(3),
    "no red cones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green cones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue cones": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])

APART = [
    *((f"level {one} and {other}", LEVELS[one], LEVELS[other]) for one, other in combinations(LEVELS, 2)),
    ("one's own point and another's", INK, ACCENT),
    ("a line and its band", ACCENT, ACCENT_FAINT),
]
"""What is told apart by its colour alone, or before its words are read."""
FAR_ENOUGH = 20.0
"""In CIE 1976 ΔE; 2.3 is just noticeable side by side (Mahy and others, 1994), so this is eight times as much."""

ON_WHAT = [
    ("words", INK, PAPER, 4.5),
    ("words beside the picture", FAINT_INK, PAPER, 4.5),
    *((f"words on level {level}", ON_LEVELS[level], LEVELS[level], 4.5) for level in LEVELS),
    ("a line", ACCENT, PAPER, 3.0),
    ("a line on its band", ACCENT, ACCENT_FAINT, 3.0),
]
"""With the least contrast that the Web Content Accessibility Guidelines 2.2 ask for."""


def linear(colour: str) -> Vector:
    shares = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def lab(light: Vector) -> Vector:
    share = TO_XYZ @ np.clip(light, 0, 1) / WHITE
    x, y, z = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    dark, light = sorted(float(np.dot([0.2126, 0.7152, 0.0722], linear(colour))) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def test_the_measures_are_the_published_ones() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert lab(linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.2], abs=0.1)
    # Red and green of one lightness, which many colour-blind people take for each other.
    red, green = (lab(SEEN["no green cones"] @ linear(colour)) for colour in ("#b05050", "#747a30"))
    assert np.linalg.norm(red - green) < FAR_ENOUGH < np.linalg.norm(lab(linear("#b05050")) - lab(linear("#747a30")))


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize(("what", "one", "other"), APART)
def test_what_has_to_be_told_apart_can_be(what: str, one: str, other: str, seen: str) -> None:
    first, second = (lab(SEEN[seen] @ linear(colour)) for colour in (one, other))
    assert np.linalg.norm(first - second) >= FAR_ENOUGH


@pytest.mark.parametrize(("what", "over", "under", "least"), ON_WHAT)
def test_words_and_lines_stand_out(what: str, over: str, under: str, least: float) -> None:
    assert contrast(over, under) >= least
