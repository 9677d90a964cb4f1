"""The entries of a file that a workspace keeps: what each one gives, as plain values with line numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from flows.file_mistakes import Mistake, meant, shown
from flows.yaml_tree import content, line_of

Place = tuple[str | int, ...]
"""Where a value is within an entry, as pydantic names it: `("options", 2, "label")`."""

_MOST_ENTRIES = 500
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True)
class Section:
    """A list in a file.

    Attributes:
        name: What stands above it: `questions`.
        one: What an entry is: `question`.
        fields: What an entry can give; with the first of them it begins.
    """

    name: str
    one: str
    fields: tuple[str, ...]


@dataclass
class Entry:
    """One entry of the file.

    Attributes:
        lines: Where what it gives stands.
        given: The fields that it gives, but for those in `broken`.
        broken: The fields that it gives and that cannot be read.
        off: What it names is switched off.
        sound: No mistake was found in it yet.
    """

    lines: dict[Place, int]
    given: dict[str, object] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    off: bool = False
    sound: bool = True

    def line(self, *place: str | int) -> int:
        """The line of this place, or of the nearest one around it that stands in the file."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]


def lists(root: yaml.Node | None, sections: Sequence[Section], found: list[Mistake]) -> dict[str, list[yaml.Node]]:
    """The entries below each section's name; what is wrong with the shape of the file goes to `found`."""
    items: dict[str, list[yaml.Node]] = {section.name: [] for section in sections}
    if root is None or (isinstance(root, yaml.ScalarNode) and not content(root)):
        return items
    names = " or ".join(f"{section.name}:" for section in sections)
    first = sections[0].name
    if not isinstance(root, yaml.MappingNode):
        mend = f"Begin the file with {names} and put the list below it."
        found.append(Mistake(line_of(root), first, "is missing", mend))
        return items
    known = {section.name: section for section in sections}
    for name, node, line in pairs(root, found, first):
        if name not in known:
            found.append(Mistake(line, "file", f"cannot have {shown(name)} here", f"Put everything below {names}."))
        elif isinstance(node, yaml.SequenceNode):
            items[name] = _not_too_many(node.value, name, found)
        elif not isinstance(node, yaml.ScalarNode) or content(node):
            mend = f"Begin each {known[name].one} with - {known[name].fields[0]}:."
            found.append(Mistake(line, name, "has to be a list", mend))
    return items


def _not_too_many(items: list[yaml.Node], name: str, found: list[Mistake]) -> list[yaml.Node]:
    if len(items) <= _MOST_ENTRIES:
        return items
    found.append(Mistake(line_of(items[0]), name, f"are {len(items)}", f"Keep at most {_MOST_ENTRIES}."))
    return []


def pairs(
    node: yaml.MappingNode, found: list[Mistake], where: str, fields: Iterable[str] = ()
) -> Iterator[tuple[str, yaml.Node, int]]:
    """The names of a mapping with what stands behind each and its line; what comes twice is left out."""
    lines: dict[str, int] = {}
    for key, value in node.value:
        line = line_of(key)
        if not isinstance(key, yaml.ScalarNode):
            found.append(Mistake(line, where, "has brackets in the place of a name", "Write a name and a colon."))
            continue
        name = content(key)
        if name in lines:
            told = (name, "is given") if name in fields else (where, f"has {shown(name)}")
            found.append(Mistake(line, told[0], f"{told[1]} in line {lines[name]} already", "Leave one of them out."))
            continue
        lines[name] = line
        yield name, value, line


class EntryReader:
    """Reads the fields of one entry, each by its shape."""

    def __init__(self, entry: Entry, section: Section, found: list[Mistake]) -> None:
        self._entry = entry
        self._section = section
        self._found = found

    def pairs(self, node: yaml.Node) -> list[tuple[str, yaml.Node, int]] | None:
        """The fields of the entry, if it has any."""
        if isinstance(node, yaml.MappingNode):
            return list(pairs(node, self._found, self._section.name, self._section.fields))
        self.note((), self._section.name, "has an entry without fields", f"Begin it with - {self._section.fields[0]}:.")
        return None

    def is_known(self, name: str) -> bool:
        """Whether an entry can have such a field."""
        if name in self._section.fields:
            return True
        where = shown(name)[1:-1] or self._section.name
        self.note((name,), where, f"is no field of a {self._section.one}", meant(name, self._section.fields))
        return False

    def text(self, name: str, node: yaml.Node) -> str | None:
        """A text."""
        if isinstance(node, yaml.ScalarNode):
            return content(node)
        self.note((name,), name, "has to be text", "Put the text in quotes.")
        return None

    def flag(self, name: str, node: yaml.Node) -> bool | None:
        """True or false."""
        value = content(node) if isinstance(node, yaml.ScalarNode) else ""
        if value.lower() not in _FLAGS:
            self.note((name,), name, "has to be true or false", f"Write {name}: true, or leave it out.")
        return _FLAGS.get(value.lower())

    def texts(self, name: str, node: yaml.Node, *within: str | int) -> list[str] | None:
        """A list of texts."""
        place = (name, *within)
        if isinstance(node, yaml.ScalarNode):
            if not content(node):
                return []
            self.note(place, name, "has to be a list", f"Write [{shown(content(node))[1:-1]}].")
            return None
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(item, yaml.ScalarNode) for item in node.value):
            self.note(place, name, "has to be a list of names", "Write them in brackets, such as [one, two].")
            return None
        for index, item in enumerate(node.value):
            self._entry.lines[(*place, index)] = line_of(item)
        return [content(item) for item in node.value]

    def note(self, place: Place, name: str, problem: str, mend: str) -> None:
        """Something is wrong at this place."""
        self._found.append(Mistake(self._entry.line(*place), name, problem, mend))
