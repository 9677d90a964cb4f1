"""The YAML of a file that a workspace keeps, as a tree of texts with line numbers.

The tree is composed and never constructed: nothing in the file becomes an object or runs, and `yes` stays a text.
"""

import re
from typing import Any

import yaml
from yaml.reader import Reader, ReaderError

from flows.file_mistakes import FileMistakes, Mistake

MOST_BYTES = 500_000
"""How large a file may be."""

_DEEPEST = 10
_TEXT = "tag:yaml.org,2002:str"
_NOTHING = "tag:yaml.org,2002:null"

_UNREADABLE = (
    (
        "mapping values are not allowed here",
        "has a colon where none can be, or is indented wrongly",
        "Put text that holds a colon in quotes.",
    ),
    ("could not find expected ':'", "has a name without a colon", "Put a colon and a space after the name."),
    ("found unexpected end of stream", "opens a quote that is never closed", "Close the quote."),
    ("expected ',' or", "opens a bracket that is not closed", "Close the bracket, or put the text in quotes."),
    ("expected <block end>", "does not fit what stands above it", "Let the fields of an entry begin in one column."),
    ("cannot start any token", "begins with a sign that has a meaning in YAML", "Put the text in quotes."),
    ("expected alphabetic or numeric", "begins with a sign that has a meaning in YAML", "Put the text in quotes."),
    ("unknown escape character", "has a backslash in double quotes", "Use single quotes."),
    ("expected a single document", "has a second document", "Leave out the line with ---."),
)
_OTHERWISE = ("cannot be read as YAML", "Check colons, quotes and indentation here and on the line before.")
_TAB = ("has a tab", "Use spaces instead.")
_OPENING = ("begins with a bracket and goes on behind it", "Put text that begins with { or [ in quotes.")


def compose(text: str) -> yaml.Node | None:
    """The tree of a file; nothing if the file holds only comments.

    Raises:
        FileMistakes: It is too large or no YAML, or it has anchors, aliases, tags or very deep nesting.
    """
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise FileMistakes([Mistake(1, "file", "is larger than 500 kB", "Keep only what you change.")])
    try:
        loader = _Loader(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise FileMistakes([_unprintable(line)]) from None
    return loader.composed(text)


def content(node: yaml.Node) -> str:
    """The text of a scalar. What is left empty is an empty text, as are `null` and `~`."""
    if node.tag == _NOTHING:
        return ""
    # A text below > or | ends with a line break that nobody means.
    below = isinstance(node, yaml.ScalarNode) and node.style in {">", "|"}
    return str(node.value).rstrip("\n") if below else str(node.value)


def line_of(node: yaml.Node) -> int:
    """The line on which it begins."""
    return _line(node.start_mark)


class _Loader(yaml.SafeLoader):
    """Composes, and notes what such a file may not have."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._found: list[Mistake] = []
        self._depth = 0

    def composed(self, text: str) -> yaml.Node | None:
        """The tree, if nothing is wrong with it."""
        try:
            tree = self.get_single_node()
        except yaml.MarkedYAMLError as error:
            self._found.append(_syntax(error, text))
        except (ValueError, OverflowError):
            # An escape or a number in a directive beyond what Python can hold.
            self._found.append(Mistake(self.line + 1, "YAML", *_OTHERWISE))
        else:
            if not self._found:
                return tree
        raise FileMistakes(self._found)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose one node and all below it."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        start, end = event.start_mark, event.end_mark
        line = _line(start)
        if event.anchor:
            self._note(line, "uses an anchor or alias", "Write the text out, or put text with * or & in quotes.")
            event.anchor = None
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]
            return yaml.ScalarNode(_TEXT, "", start, end)
        if event.tag:
            self._note(line, "uses a tag", "Leave the tag out, or put text that begins with ! in quotes.")
        if isinstance(event, yaml.ScalarEvent) and Reader.NON_PRINTABLE.search(event.value):
            self._found.append(_unprintable(line))
        if self._depth == _DEEPEST:
            self._note(line, "is nested too deeply", "Put text that holds brackets in quotes.")
            raise FileMistakes(self._found)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def _note(self, line: int, problem: str, mend: str) -> None:
        self._found.append(Mistake(line, "YAML", problem, mend))


def _line(mark: Any) -> int:
    return int(mark.line) + 1


def _unprintable(line: int) -> Mistake:
    return Mistake(line, "YAML", "holds a character that cannot be shown", "Take it out.")


def _syntax(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    words = f"{error.context} {error.problem}"
    # What is opened, or has no colon, is to be mended where it begins and not where the file could not go on.
    begins = "quoted scalar" in words or "simple key" in words or "flow" in words
    line = _line((error.context_mark if begins else None) or error.problem_mark)
    # YAML counts some more characters as ends of lines than this; then the line is only looked up less well.
    lines = text.split("\n")
    told = lines[line - 1] if line <= len(lines) else ""
    return Mistake(line, "YAML", *_told(words, told))


def _told(words: str, line: str) -> tuple[str, str]:
    if "'\\t'" in words or re.match(r" *\t", line):
        return _TAB
    if "expected <block end>" in words and re.search(r":\s+[{\[]", line):
        return _OPENING
    return next(((problem, mend) for part, problem, mend in _UNREADABLE if part in words), _OTHERWISE)
