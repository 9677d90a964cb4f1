"""The entries of a file of questions: what each one gives, as plain values with line numbers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import yaml

from flows.question_mistakes import Mistake, listed, meant, shown
from flows.question_yaml import content, line_of
from flows.questions import Question, QuestionSet

Place = tuple[str | int, ...]
"""Where a value is within a question, as pydantic names it: `("options", 2, "label")`."""

_MOST_ENTRIES = 500
_LISTS = frozenset({"rows", "roles", "stand_ins", "feeds"})
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
FIELDS = ("id", "off", "after", "first", *(name for name in Question.model_fields if name != "id"))
"""What an entry can give."""


@dataclass
class Entry:
    """One entry of the file.

    Attributes:
        id: The question that it changes or adds.
        given: The fields that it gives, but for those in `broken`.
        broken: The fields that it gives and that cannot be read.
        lines: Where what it gives stands.
        off: The question is switched off.
        first: The question comes first.
        after: The question behind which this one comes.
        sound: No mistake was found in it yet.
    """

    id: str
    lines: dict[Place, int]
    given: dict[str, object] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    off: bool = False
    first: bool = False
    after: str = ""
    sound: bool = True

    def line(self, *place: str | int) -> int:
        """The line of this place, or of the nearest one around it that stands in the file."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]


def read_entries(root: yaml.Node | None, base: QuestionSet, found: list[Mistake]) -> list[Entry]:
    """The entries of a file, each id once; what is wrong with their shape goes to `found`."""
    seen: dict[str, Entry] = {}
    for node in _items(root, found):
        entry = _Reader(node, base, found).read()
        if entry is not None and entry.id in seen:
            before = seen[entry.id].line()
            _note(
                found,
                entry.line("id"),
                "id",
                f"{shown(entry.id)} stands in line {before} already",
                "Make it one entry.",
            )
        elif entry is not None:
            seen[entry.id] = entry
    return list(seen.values())


def _items(root: yaml.Node | None, found: list[Mistake]) -> list[yaml.Node]:
    if root is None or (isinstance(root, yaml.ScalarNode) and not content(root)):
        return []
    if not isinstance(root, yaml.MappingNode):
        mend = "Begin the file with questions: and put the list below it."
        _note(found, line_of(root), "questions", "is missing", mend)
        return []
    items: list[yaml.Node] = []
    for name, node, line in _pairs(root, found, "questions"):
        if name != "questions":
            _note(found, line, "file", f"cannot have {shown(name)} here", "Put everything below questions:.")
        elif isinstance(node, yaml.SequenceNode):
            items = node.value
        elif not isinstance(node, yaml.ScalarNode) or content(node):
            _note(found, line, "questions", "has to be a list", "Begin each question with - id:.")
    if len(items) > _MOST_ENTRIES:
        _note(found, line_of(items[0]), "questions", f"are {len(items)}", f"Keep at most {_MOST_ENTRIES}.")
        return []
    return items


def _pairs(node: yaml.MappingNode, found: list[Mistake], where: str) -> Iterator[tuple[str, yaml.Node, int]]:
    lines: dict[str, int] = {}
    for key, value in node.value:
        line = line_of(key)
        if not isinstance(key, yaml.ScalarNode):
            _note(found, line, where, "has brackets in the place of a name", "Write a name and a colon.")
            continue
        name = content(key)
        if name in lines:
            told = (name, "is given") if name in FIELDS else (where, f"has {shown(name)}")
            _note(found, line, told[0], f"{told[1]} in line {lines[name]} already", "Leave one of them out.")
            continue
        lines[name] = line
        yield name, value, line


def _note(found: list[Mistake], line: int, name: str, problem: str, mend: str) -> None:
    found.append(Mistake(line, name, problem, mend))


class _Reader:
    """Reads one entry."""

    def __init__(self, node: yaml.Node, base: QuestionSet, found: list[Mistake]) -> None:
        self._node = node
        self._base = base
        self._found = found
        self._entry = Entry("", {(): line_of(node)})

    def read(self) -> Entry | None:
        """The entry, if it has an id."""
        entry, before = self._entry, len(self._found)
        if not isinstance(self._node, yaml.MappingNode):
            self._note((), "questions", "has an entry without fields", "Begin it with - id:.")
            return None
        pairs = list(_pairs(self._node, self._found, "questions"))
        # First of all, since options are read beside those that the question has.
        ids = [node for name, node, _ in pairs if name == "id" and isinstance(node, yaml.ScalarNode)]
        entry.id = content(ids[0]) if ids else ""
        for name, node, line in pairs:
            entry.lines[name,] = line
            self._field(name, node)
        if not entry.id and "id" in entry.broken:
            return None
        if not entry.id:
            self._note(("id",), "id", "is missing", "Name the question that is changed, or a new one.")
            return None
        if entry.first and entry.after:
            self._note(("first",), "first", "does not go with after", "Leave one of them out.")
        entry.sound = len(self._found) == before
        return entry

    def _field(self, name: str, node: yaml.Node) -> None:
        if name not in FIELDS:
            self._note((name,), shown(name)[1:-1] or "questions", "is no field of a question", meant(name, FIELDS))
            return
        value = self._shape(name)(name, node)
        if value is None:
            self._entry.broken.add(name)
        elif name in {"id", "off", "after", "first"}:
            setattr(self._entry, name, value)
        else:
            self._entry.given[name] = value

    def _shape(self, name: str) -> Callable[[str, yaml.Node], object]:
        if name in {"off", "first"}:
            return self._flag
        if name in _LISTS:
            return self._texts
        return {"options": self._options, "when": self._when}.get(name, self._text)

    def _text(self, name: str, node: yaml.Node) -> str | None:
        if isinstance(node, yaml.ScalarNode):
            return content(node)
        self._note((name,), name, "has to be text", "Put the text in quotes.")
        return None

    def _flag(self, name: str, node: yaml.Node) -> bool | None:
        value = content(node) if isinstance(node, yaml.ScalarNode) else ""
        if value.lower() not in _FLAGS:
            self._note((name,), name, "has to be true or false", f"Write {name}: true, or leave it out.")
        return _FLAGS.get(value.lower())

    def _texts(self, name: str, node: yaml.Node, *within: str | int) -> list[str] | None:
        place = (name, *within)
        if isinstance(node, yaml.ScalarNode):
            if not content(node):
                return []
            self._note(place, name, "has to be a list", f"Write [{shown(content(node))[1:-1]}].")
            return None
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(item, yaml.ScalarNode) for item in node.value):
            self._note(place, name, "has to be a list of names", "Write them in brackets, such as [one, two].")
            return None
        for index, item in enumerate(node.value):
            self._entry.lines[(*place, index)] = line_of(item)
        return [content(item) for item in node.value]

    def _options(self, name: str, node: yaml.Node) -> list[dict[str, str]] | None:
        if isinstance(node, yaml.MappingNode):
            return self._labelled(name, node)
        labels = self._texts(name, node)
        if labels is None:
            return None
        known = self._base.by_id.get(self._entry.id)
        values = {option.label: option.value for option in known.options} if known else {}
        return [{"value": values.get(label) or derived(label), "label": label} for label in labels]

    def _labelled(self, name: str, node: yaml.MappingNode) -> list[dict[str, str]] | None:
        options: list[dict[str, str]] = []
        for value, label, line in _pairs(node, self._found, name):
            self._entry.lines[name, len(options)] = line
            if not isinstance(label, yaml.ScalarNode):
                self._note((name, len(options)), name, "has an option that is no text", "Write value: Label.")
                return None
            options.append({"value": value, "label": content(label)})
        return options

    def _when(self, name: str, node: yaml.Node) -> list[dict[str, object]] | None:
        if isinstance(node, yaml.ScalarNode) and not content(node):
            return []
        if not isinstance(node, yaml.MappingNode):
            self._note((name,), name, "has to name a question and its answers", "Write {current_way: [rules]}.")
            return None
        conditions: list[dict[str, object]] = []
        for question, answers, line in _pairs(node, self._found, name):
            self._entry.lines[name, len(conditions)] = line
            values = self._texts(name, answers, len(conditions))
            if values is None:
                return None
            conditions.append({"question": question, "values": values})
        return conditions

    def _note(self, place: Place, name: str, problem: str, mend: str) -> None:
        _note(self._found, self._entry.line(*place), name, problem, mend)


def derived(label: str) -> str:
    """The value that is stored for an option of which only the label is given."""
    return re.sub(r"\W+", "_", label.lower()).strip("_")[:60]


def answers(values: tuple[str, ...]) -> str:
    """What can be answered, for a mend."""
    return listed(values) or "nothing that can be chosen"
