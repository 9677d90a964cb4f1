"""The entries of a file of what moves what: what each one gives, as plain values with line numbers."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import yaml

from flows.file_entries import Entry, EntryReader, Section, lists
from flows.file_mistakes import Mistake, meant, shown
from flows.influence_graph import HOW_STRONGLY, Horizon, Reach, Sign, Strength
from flows.yaml_tree import line_of

FACTORS = Section("factors", "factor", ("id", "off", "name", "more", "less", "reach", "better", "watch"))
LINKS = Section("links", "link", ("from", "to", "horizon", "off", "raises", "lowers", "why", "source"))
BETTER = {"more": Sign.RAISES, "less": Sign.LOWERS}
"""What is welcome of a metric, as it is written."""

LinkKey = tuple[str, str, Horizon]
"""A link's two ends, and when it shows: what tells it from all others."""

_Value = TypeVar("_Value")

_NUMBER = re.compile(r"[+-]?\d{1,6}(\.\d{1,6})?")
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LONGEST = {"why": 200, "source": 200}
_LONGEST_WORDS = 60
_MOST = 1000.0
_LEAST_REACH = -100.0


@dataclass
class Entries:
    """What a file gives, each factor and each link once."""

    factors: dict[str, Entry]
    links: dict[LinkKey, Entry]


def read_entries(root: yaml.Node | None, found: list[Mistake]) -> Entries:
    """The entries of a file; what is wrong with their shape goes to `found`."""
    nodes = lists(root, [FACTORS, LINKS], found)
    entries = Entries({}, {})
    for node in nodes[FACTORS.name]:
        factor = _Reader(node, FACTORS, found).read("id")
        if factor is not None:
            name = str(factor.given["id"])
            before = entries.factors.setdefault(name, factor)
            _only_once(before, factor, "id", shown(name), found)
    for node in nodes[LINKS.name]:
        link = _Reader(node, LINKS, found).read("from", "to")
        if link is not None:
            key = key_of(link)
            before = entries.links.setdefault(key, link)
            _only_once(before, link, "from", f"{shown(key[0])} to {shown(key[1])}", found)
    return entries


def key_of(link: Entry) -> LinkKey:
    """What tells the link of an entry from all others."""
    horizon = link.given.get("horizon", Horizon.SHORT)
    return str(link.given["from"]), str(link.given["to"]), Horizon(str(horizon))


def _only_once(before: Entry, entry: Entry, field: str, what: str, found: list[Mistake]) -> None:
    if before is not entry:
        problem = f"{what} stands in line {before.line()} already"
        found.append(Mistake(entry.line(field), field, problem, "Make it one entry."))


class _Reader(EntryReader):
    """Reads one entry."""

    def __init__(self, node: yaml.Node, section: Section, found: list[Mistake]) -> None:
        super().__init__(Entry({(): line_of(node)}), section, found)
        self._node = node

    def read(self, *needed: str) -> Entry | None:
        """The entry, if it says what it is about and when that shows."""
        entry, before = self._entry, len(self._found)
        fields = self.pairs(self._node)
        if fields is None:
            return None
        for name, node, line in fields:
            entry.lines[name,] = line
            self._field(name, node)
        for name in needed:
            if name not in entry.given and name not in entry.broken:
                self.note((name,), name, "is missing", f"Name the {self._section.one} that is changed, or a new one.")
        if {"raises", "lowers"} <= entry.given.keys():
            self.note(("lowers",), "lowers", "does not go with raises", "Leave one of them out.")
        entry.sound = len(self._found) == before
        return entry if all(name in entry.given for name in needed) and "horizon" not in entry.broken else None

    def _field(self, name: str, node: yaml.Node) -> None:
        if not self.is_known(name):
            return
        value = self._shape(name)(name, node)
        if value is None:
            self._entry.broken.add(name)
        elif name == "off":
            self._entry.off = bool(value)
        else:
            self._entry.given[name] = value

    def _shape(self, name: str) -> Callable[[str, yaml.Node], object]:
        shapes: dict[str, Callable[[str, yaml.Node], object]] = {
            "off": self.flag,
            "watch": self.flag,
            "reach": self._reach,
            "raises": self._strength,
            "lowers": self._strength,
            "better": self._better,
            "horizon": self._horizon,
            "id": self._id,
        }
        return shapes.get(name, self._words)

    def _id(self, name: str, node: yaml.Node) -> str | None:
        value = self.text(name, node)
        if value is None or _ID.fullmatch(value):
            return value
        self.note((name,), name, f"{shown(value)} is not made of at most 40 small letters, digits and _", "Rename it.")
        return None

    def _words(self, name: str, node: yaml.Node) -> str | None:
        value, most = self.text(name, node), _LONGEST.get(name, _LONGEST_WORDS)
        if value is not None and len(value) > most:
            self.note((name,), name, f"is {len(value)} characters long", f"Cut it to {most}.")
            return None
        if value == "" and name != "source":
            self.note((name,), name, "is empty", "Write something, or leave it out.")
            return None
        return value

    def _better(self, name: str, node: yaml.Node) -> Sign | None:
        return self._one_of(name, node, BETTER)

    def _horizon(self, name: str, node: yaml.Node) -> Horizon | None:
        return self._one_of(name, node, {horizon.value: horizon for horizon in Horizon})

    def _one_of(self, name: str, node: yaml.Node, values: dict[str, _Value]) -> _Value | None:
        told = self.text(name, node)
        if told is not None and told not in values:
            self.note((name,), name, f"has {shown(told)}", meant(told, values))
        return values.get(told) if told is not None else None

    def _reach(self, name: str, node: yaml.Node) -> Reach | None:
        ends = self._numbers(name, node, 2, "Write how far down and how far up, such as [-30, 30].")
        if ends is None:
            return None
        down, up = ends
        if _LEAST_REACH < down <= 0 <= up <= _MOST and down < up:
            return Reach(down, up)
        self.note((name,), name, "has to go down from 0 and up from 0, in percent", "Write [-30, 30], or [0, 100].")
        return None

    def _strength(self, name: str, node: yaml.Node) -> Strength | None:
        if isinstance(node, yaml.ScalarNode) and node.value in HOW_STRONGLY:
            return HOW_STRONGLY[node.value]
        mend = f"Write [0.1, 0.3, 0.6], or one of: {', '.join(HOW_STRONGLY)}."
        amounts = self._numbers(name, node, 3, mend)
        if amounts is None:
            return None
        low, likely, high = amounts
        if 0 <= low <= likely <= high <= _MOST and likely > 0:
            return Strength(low, likely, high)
        self.note((name,), name, "has to rise from low over likely to high, above 0", mend)
        return None

    def _numbers(self, name: str, node: yaml.Node, count: int, mend: str) -> list[float] | None:
        told = [item.value for item in node.value] if isinstance(node, yaml.SequenceNode) else []
        if len(told) == count and all(isinstance(one, str) and _NUMBER.fullmatch(one) for one in told):
            return [float(one) for one in told]
        self.note((name,), name, f"has to be a list of {count} numbers", mend)
        return None
