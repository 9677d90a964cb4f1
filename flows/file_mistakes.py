"""What is wrong with a file that a workspace keeps: where, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

_ALIKE = 65
_SHOWN = 40
_LISTED = 16


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake in a file.

    Attributes:
        line: Where it is, counted from 1.
        field: The field of an entry; `YAML` or `file` when it is none of them.
        problem: What is wrong, as the predicate to the field, without a full stop.
        mend: What to do, in one short sentence.
    """

    line: int
    field: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.line}: {self.field}: {self.problem}. {self.mend}"


class FileMistakes(Exception):
    """A file cannot be used; `mistakes` holds all that were found, by line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def shown(text: str) -> str:
    """A text of the file in quotes, on one line and cut if it is long."""
    flat = " ".join(text.split())
    return f"“{flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + '…'}”"


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant."""
    found = process.extractOne(
        name.lower().replace(" ", "_"), list(names), scorer=fuzz.ratio, processor=str.lower, score_cutoff=_ALIKE
    )
    return found[0] if found else None


def meant(name: str, names: Iterable[str]) -> str:
    """A mend for a name that is not known: the one that is near, or those that can be used."""
    known = list(names)
    guess = nearest(name, known)
    return f"Did you mean {guess}?" if guess else f"Use one of: {listed(known)}."


def listed(names: Iterable[str]) -> str:
    """The names behind one another; of very many, the first."""
    known = list(names)
    return ", ".join(known[:_LISTED]) + (" …" if len(known) > _LISTED else "")
