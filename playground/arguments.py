"""The arguments of a Web API call, from a form, a query or JSON."""

import json
from collections.abc import Mapping
from typing import Any

from playground.records import Refused

_TRUE = {"true", "1", True}


class Arguments:
    """Reads arguments in whichever encoding they came.

    Args:
        values: The arguments as they came; forms hold JSON as text.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def text(self, name: str) -> str:
        """A text, empty if it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def needed(self, name: str) -> str:
        """A text that must be there.

        Raises:
            Refused: ``invalid_arguments``.
        """
        if not (value := self.text(name)):
            raise Refused("invalid_arguments", [f"[ERROR] missing required field: {name}"], breach=True)
        return value

    def flag(self, name: str) -> bool:
        """Whether something is asked for."""
        value = self.values.get(name)
        return value in _TRUE if isinstance(value, (str, bool, int)) else False

    def ids(self, name: str) -> list[str]:
        """Ids in a list, in JSON or with commas between them."""
        value = self.values.get(name)
        if isinstance(value, str) and value.lstrip().startswith("["):
            value = self.data(name)
        parts = value if isinstance(value, list) else self.text(name).split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def whole(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to a maximum.

        Raises:
            Refused: ``invalid_limit``.
        """
        try:
            value = int(self.values.get(name) or default)
        except (TypeError, ValueError) as error:
            raise Refused("invalid_limit", breach=True) from error
        if not 1 <= value <= most:
            raise Refused("invalid_limit", breach=True)
        return value

    def data(self, name: str, error: str = "invalid_arguments") -> Any:
        """A JSON value, None if it is missing.

        Raises:
            Refused: With the given error, if it is not JSON.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as broken:
            raise Refused(error, [f"[ERROR] {name} is not valid JSON"], breach=True) from broken
