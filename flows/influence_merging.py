"""The entries of a file of what moves what, laid over a graph."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flows.file_entries import Entry
from flows.file_mistakes import Mistake, meant, nearest, shown
from flows.influence_entries import Entries, LinkKey
from flows.influence_graph import Edge, Factor, Horizon, InfluenceGraph, Sign, Strength

_NEW_FACTOR = {
    "name": "Write what people call it.",
    "more": "Write how a rise is said, such as more adverts.",
    "less": "Write how a fall is said, such as fewer adverts.",
}
_SIGNS = {"raises": Sign.RAISES, "lowers": Sign.LOWERS}


@dataclass
class _Known:
    """A factor of the graph, and what it is in it."""

    factor: Factor
    is_lever: bool
    is_metric: bool


def merge(entries: Entries, base: InfluenceGraph, found: list[Mistake]) -> InfluenceGraph:
    """The graph with the entries laid over it; what is wrong goes to `found`, and then it is of no use."""
    merging = _Merging(base, found)
    for name, entry in entries.factors.items():
        merging.put_factor(name, entry)
    for key, entry in entries.links.items():
        merging.put_link(key, entry)
    return merging.graph()


class _Merging:
    def __init__(self, base: InfluenceGraph, found: list[Mistake]) -> None:
        levers = {lever.id for lever in base.levers}
        self._factors = {
            name: _Known(factor, name in levers, name in base.metric_ids) for name, factor in base.factors.items()
        }
        self._order = [factor.id for factor in base.metrics], [factor.id for factor in base.levers]
        self._links: dict[LinkKey, Edge] = {(edge.source, edge.target, edge.horizon): edge for edge in base.edges}
        self._unsound: set[str] = set()
        self._off: set[str] = set()
        self._found = found

    def graph(self) -> InfluenceGraph:
        metrics, levers = self._order
        known = self._factors
        return InfluenceGraph(
            levers=tuple(known[name].factor for name in dict.fromkeys([*levers, *known]) if _is_lever(known, name)),
            metrics=tuple(known[name].factor for name in dict.fromkeys([*metrics, *known]) if _is_metric(known, name)),
            edges=tuple(edge for edge in self._links.values() if {edge.source, edge.target} <= known.keys()),
        )

    def put_factor(self, name: str, entry: Entry) -> None:
        """Add, change or switch off a factor; with it goes what it moves and what moves it."""
        known, before = self._factors.get(name), len(self._found)
        if entry.off:
            if known is None:
                self._note(entry, "id", f"{shown(name)} is no factor", meant(name, self._factors))
            self._factors.pop(name, None)
            self._off.add(name)
            return
        self._found.extend(self._lacking(name, entry) if known is None else ())
        if not entry.sound or len(self._found) > before:
            self._unsound.add(name)
            return
        changed: dict[str, Any] = {field: value for field, value in entry.given.items() if field != "id"}
        factor = replace(known.factor if known else Factor(name, "", "", ""), **changed)
        is_lever = "reach" in changed or (known is not None and known.is_lever)
        is_metric = "better" in changed or (known is not None and known.is_metric)
        if factor.watch and not is_metric:
            self._note(entry, "watch", "does not go with a lever", "Leave it out, or write better: more or less.")
        self._factors[name] = _Known(factor, is_lever, is_metric)

    def _lacking(self, name: str, entry: Entry) -> Iterator[Mistake]:
        told = entry.given.keys() | entry.broken
        lacking = [field for field in _NEW_FACTOR if field not in told]
        guess = nearest(name, self._factors)
        if lacking and guess:
            problem = f"{shown(name)} is no known factor, and {', '.join(lacking)} would be missing for a new one"
            yield Mistake(entry.line("id"), "id", problem, f"Did you mean {guess}?")
            return
        yield from (Mistake(entry.line(field), field, "is missing", _NEW_FACTOR[field]) for field in lacking)
        if not {"reach", "better"} & told:
            mend = "Write better: more or better: less for a metric, reach: [-30, 30] for a lever."
            yield Mistake(entry.line("id"), "id", f"{shown(name)} is neither a metric nor a lever", mend)

    def put_link(self, key: LinkKey, entry: Entry) -> None:
        """Add, change or switch off a link."""
        source, target, _ = key
        ends = [self._is_known(entry, field, name) for field, name in (("from", source), ("to", target))]
        if not all(ends):
            return
        if source == target:
            self._note(entry, "to", "is what stands in from", "Name another factor.")
        elif entry.off:
            if self._links.pop(key, None) is None:
                self._note(
                    entry, "off", f"is given for a link that is not there{self._elsewhere(key)}", "Leave it out."
                )
        elif entry.sound:
            self._join(key, entry)

    def _join(self, key: LinkKey, entry: Entry) -> None:
        known, given = self._links.get(key), entry.given
        told = [(sign, given[field]) for field, sign in _SIGNS.items() if field in given]
        if known is None and not told:
            problem = f"and lowers are missing for a new link{self._elsewhere(key)}"
            self._note(entry, "raises", problem, "Write one of them, such as raises: [0.1, 0.3, 0.6].")
        if known is None and "why" not in given:
            self._note(entry, "why", "is missing", "Say in one sentence how the one moves the other.")
        edge = known or Edge(key[0], key[1], Sign.RAISES, "", key[2])
        for sign, strength in told:
            if isinstance(strength, Strength) and (sign, strength) != (edge.sign, edge.strength):
                # What backed the old numbers does not back the new ones.
                edge = replace(edge, sign=sign, strength=strength, reference="")
        why, source = given.get("why", edge.why), given.get("source", edge.reference)
        self._links[key] = replace(edge, why=str(why), reference=str(source))

    def _is_known(self, entry: Entry, field: str, name: str) -> bool:
        if name in self._factors:
            return True
        if name in self._off:
            self._note(entry, field, f"names {name}, which is switched off", "Leave the link out.")
        elif name not in self._unsound:
            self._note(entry, field, f"{shown(name)} is no factor", meant(name, self._factors))
        return False

    def _elsewhere(self, key: LinkKey) -> str:
        source, target, horizon = key
        other = Horizon.LONG if horizon is Horizon.SHORT else Horizon.SHORT
        return f"; there is one with horizon: {other}" if (source, target, other) in self._links else ""

    def _note(self, entry: Entry, field: str, problem: str, mend: str) -> None:
        self._found.append(Mistake(entry.line(field), field, problem, mend))


def _is_lever(known: dict[str, _Known], name: str) -> bool:
    return name in known and known[name].is_lever


def _is_metric(known: dict[str, _Known], name: str) -> bool:
    return name in known and known[name].is_metric
