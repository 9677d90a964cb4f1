"""Reading a file that a workspace keeps: its own questions, or what it knows to move what."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.settings import Unusable
from flows.file_mistakes import FileMistakes
from flows.yaml_tree import MOST_BYTES

T = TypeVar("T")


def read_own_file(file: Path, read: Callable[[str], T]) -> T:
    """What `read` makes of the file.

    Raises:
        Unusable: The file cannot be read, or has mistakes; the message has a line for each of them.
    """
    try:
        return read(_text(file))
    except FileMistakes as error:
        raise Unusable("\n".join(f"{file}:{mistake}" for mistake in error.mistakes)) from None


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            # One more than a file may have, so that a larger one is seen to be too large and not read to its end.
            raw = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Unusable(f"{file} is not there. Check its path.") from None
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}.") from None
    try:
        return raw.decode(errors="replace" if len(raw) > MOST_BYTES else "strict")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unusable(f"{file}:{line}: file: is not in UTF-8. Save it in UTF-8.") from None
