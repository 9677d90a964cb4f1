"""The entries of a file of questions: what each one gives, as plain values with line numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from flows import file_entries
from flows.file_entries import EntryReader, Section, lists, pairs
from flows.file_mistakes import Mistake, listed, shown
from flows.questions import Question, QuestionSet
from flows.yaml_tree import content, line_of

_LISTS = frozenset({"rows", "roles", "stand_ins", "feeds"})
FIELDS = ("id", "off", "after", "first", *(name for name in Question.model_fields if name != "id"))
"""What an entry can give."""
_SECTION = Section("questions", "question", FIELDS)


@dataclass
class Entry(file_entries.Entry):
    """One entry of the file.

    Attributes:
        id: The question that it changes or adds.
        first: The question comes first.
        after: The question behind which this one comes.
    """

    id: str = ""
    first: bool = False
    after: str = ""


def read_entries(root: yaml.Node | None, base: QuestionSet, found: list[Mistake]) -> list[Entry]:
    """The entries of a file, each id once; what is wrong with their shape goes to `found`."""
    seen: dict[str, Entry] = {}
    for node in lists(root, [_SECTION], found)[_SECTION.name]:
        entry = _Reader(node, base, found).read()
        if entry is not None and entry.id in seen:
            before = seen[entry.id].line()
            problem = f"{shown(entry.id)} stands in line {before} already"
            found.append(Mistake(entry.line("id"), "id", problem, "Make it one entry."))
        elif entry is not None:
            seen[entry.id] = entry
    return list(seen.values())


class _Reader(EntryReader):
    """Reads one entry."""

    _entry: Entry

    def __init__(self, node: yaml.Node, base: QuestionSet, found: list[Mistake]) -> None:
        super().__init__(Entry({(): line_of(node)}), _SECTION, found)
        self._node = node
        self._base = base

    def read(self) -> Entry | None:
        """The entry, if it has an id."""
        entry, before = self._entry, len(self._found)
        fields = self.pairs(self._node)
        if fields is None:
            return None
        # First of all, since options are read beside those that the question has.
        ids = [node for name, node, _ in fields if name == "id" and isinstance(node, yaml.ScalarNode)]
        entry.id = content(ids[0]) if ids else ""
        for name, node, line in fields:
            entry.lines[name,] = line
            self._field(name, node)
        if not entry.id and "id" in entry.broken:
            return None
        if not entry.id:
            self.note(("id",), "id", "is missing", "Name the question that is changed, or a new one.")
            return None
        if entry.first and entry.after:
            self.note(("first",), "first", "does not go with after", "Leave one of them out.")
        entry.sound = len(self._found) == before
        return entry

    def _field(self, name: str, node: yaml.Node) -> None:
        if not self.is_known(name):
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
            return self.flag
        if name in _LISTS:
            return self.texts
        return {"options": self._options, "when": self._when}.get(name, self.text)

    def _options(self, name: str, node: yaml.Node) -> list[dict[str, str]] | None:
        if isinstance(node, yaml.MappingNode):
            return self._labelled(name, node)
        labels = self.texts(name, node)
        if labels is None:
            return None
        known = self._base.by_id.get(self._entry.id)
        values = {option.label: option.value for option in known.options} if known else {}
        return [{"value": values.get(label) or derived(label), "label": label} for label in labels]

    def _labelled(self, name: str, node: yaml.MappingNode) -> list[dict[str, str]] | None:
        options: list[dict[str, str]] = []
        for value, label, line in pairs(node, self._found, name):
            self._entry.lines[name, len(options)] = line
            if not isinstance(label, yaml.ScalarNode):
                self.note((name, len(options)), name, "has an option that is no text", "Write value: Label.")
                return None
            options.append({"value": value, "label": content(label)})
        return options

    def _when(self, name: str, node: yaml.Node) -> list[dict[str, object]] | None:
        if isinstance(node, yaml.ScalarNode) and not content(node):
            return []
        if not isinstance(node, yaml.MappingNode):
            self.note((name,), name, "has to name a question and its answers", "Write {current_way: [rules]}.")
            return None
        conditions: list[dict[str, object]] = []
        for question, answers, line in pairs(node, self._found, name):
            self._entry.lines[name, len(conditions)] = line
            values = self.texts(name, answers, len(conditions))
            if values is None:
                return None
            conditions.append({"question": question, "values": values})
        return conditions


def derived(label: str) -> str:
    """The value that is stored for an option of which only the label is given."""
    return re.sub(r"\W+", "_", label.lower()).strip("_")[:60]


def answers(values: tuple[str, ...]) -> str:
    """What can be answered, for a mend."""
    return listed(values) or "nothing that can be chosen"
