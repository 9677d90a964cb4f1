"""A small language for the shapes Slack accepts, complaining in Slack's own words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


def any_file(_named: str) -> bool:
    """Take every file for an image, where there is no workspace to ask."""
    return True


@dataclass
class Report:
    """The complaints about one message or view, each with its JSON pointer.

    Attributes:
        surface: ``message``, ``modal`` or ``home``.
        is_image: Whether an image block may show the uploaded file with this id or address.
        messages: As Slack puts them into ``response_metadata.messages``.
    """

    surface: str
    is_image: Callable[[str], bool] = any_file
    messages: list[str] = field(default_factory=list)

    def add(self, complaint: str, path: str) -> None:
        """Complain about the value at this JSON pointer."""
        self.messages.append(f"[ERROR] {complaint} [json-pointer:{path}]")


class Shape(Protocol):
    """What a JSON value must look like."""

    def check(self, value: Any, path: str, report: Report) -> None:
        """Report what is wrong with the value at this JSON pointer."""
        ...


@dataclass(frozen=True)
class Anything:
    """Any value at all, for what Slack does not document."""

    def check(self, value: Any, path: str, report: Report) -> None:
        """Accept."""


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def check(self, value: Any, path: str, report: Report) -> None:
        """Report anything but a boolean."""
        if not isinstance(value, bool):
            report.add("must be a boolean", path)


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds."""

    low: int = 0
    high: int | None = None

    def check(self, value: Any, path: str, report: Report) -> None:
        """Report what is no whole number or out of bounds."""
        if not isinstance(value, int) or isinstance(value, bool):
            report.add("must be a valid integer", path)
        elif value < self.low:
            report.add(f"must be greater than or equal to {self.low}", path)
        elif self.high is not None and value > self.high:
            report.add(f"must be less than or equal to {self.high}", path)


@dataclass(frozen=True)
class Number:
    """A number, whole or not, above a bound."""

    above: float | None = None

    def check(self, value: Any, path: str, report: Report) -> None:
        """Report what is no number, or too small."""
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            report.add("must be a number", path)
        elif self.above is not None and value <= self.above:
            report.add(f"must be greater than {self.above:g}", path)


@dataclass(frozen=True)
class Words:
    """A string with a length in characters."""

    high: int
    low: int = 1
    pattern: str | None = None
    choices: frozenset[str] | None = None

    def check(self, value: Any, path: str, report: Report) -> None:
        """Report what is no string, too long, too short, or not of the pattern."""
        if not isinstance(value, str):
            report.add("must be a string", path)
        elif len(value) > self.high:
            report.add(f"must be less than {self.high + 1} characters", path)
        elif len(value) < self.low:
            report.add(f"must be more than {self.low - 1} characters", path)
        elif self.choices is not None and value not in self.choices:
            report.add(f"value must be one of {', '.join(sorted(self.choices))}", path)
        elif self.pattern is not None and not re.fullmatch(self.pattern, value):
            report.add("must match the expected format", path)


@dataclass(frozen=True)
class Many:
    """A list with a number of items."""

    item: Shape
    high: int
    low: int = 1

    def check(self, value: Any, path: str, report: Report) -> None:
        """Report too many, too few, and what is wrong with each."""
        if not isinstance(value, list):
            report.add("must be an array", path)
            return
        if len(value) > self.high:
            report.add(f"no more than {self.high} items allowed", path)
        if len(value) < self.low:
            report.add(f"must provide at least {self.low} items", path)
        for index, item in enumerate(value):
            self.item.check(item, f"{path}/{index}", report)


@dataclass(frozen=True)
class Record:
    """An object with known keys.

    Attributes:
        fields: The shape of each key.
        required: Keys that must be there.
        one_of: Of these, at least one must be there.
        closed: Whether a key that is not in ``fields`` is refused.
        rules: Further rules about the whole object.
    """

    fields: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    closed: bool = True
    rules: tuple["Rule", ...] = ()

    def check(self, value: Any, path: str, report: Report) -> None:
        """Report keys that are missing, unknown or wrong."""
        if not isinstance(value, dict):
            report.add("must be an object", path)
            return
        for key in self.required:
            if value.get(key) is None:
                report.add(f"missing required field: {key}", path)
        if self.one_of and not any(value.get(key) for key in self.one_of):
            report.add(f"must define one of: {', '.join(self.one_of)}", path)
        for key, part in value.items():
            self._check_key(key, part, path, report)
        for rule in self.rules:
            rule(value, path, report)

    def _check_key(self, key: str, part: Any, path: str, report: Report) -> None:
        if key in self.fields:
            if part is not None:
                self.fields[key].check(part, f"{path}/{key}", report)
        elif self.closed and key != "type":
            report.add(f"invalid additional property: {key}", path)


class Rule(Protocol):
    """A rule about a whole object."""

    def __call__(self, value: dict[str, Any], path: str, report: Report) -> None:
        """Report what is wrong."""
        ...


@dataclass(frozen=True)
class ByType:
    """An object whose ``type`` says which shape it has."""

    shapes: Mapping[str, Shape]

    def check(self, value: Any, path: str, report: Report) -> None:
        """Report an unknown type, or what is wrong with a known one."""
        if not isinstance(value, dict):
            report.add("must be an object", path)
        elif "type" not in value:
            report.add("missing required field: type", path)
        elif value["type"] not in self.shapes:
            report.add(f"unsupported type: {value['type']}", f"{path}/type")
        else:
            self.shapes[value["type"]].check(value, path, report)
