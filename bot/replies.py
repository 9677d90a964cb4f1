"""What goes back with the acknowledgement."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.blocks import Words


@dataclass(frozen=True)
class FieldErrors:
    """The form stays open, with a sentence beside each field that needs mending, by the input's name."""

    errors: Mapping[str, str]


@dataclass(frozen=True)
class OnlyYou:
    """An answer to a command that only its sender sees."""

    said: Words
