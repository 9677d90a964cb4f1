"""How two graphs of what moves what differ."""

from dataclasses import dataclass

from flows.influence_graph import InfluenceGraph


@dataclass(frozen=True)
class Changes:
    """How many factors and links were added, changed and switched off."""

    factors_added: int
    factors_changed: int
    factors_switched_off: int
    links_added: int
    links_changed: int
    links_switched_off: int


def compare(base: InfluenceGraph, changed: InfluenceGraph) -> Changes:
    """What was done to `base` to get `changed`; links that went with a factor are not counted."""
    old, new = _factors(base), _factors(changed)
    old_links = {(edge.source, edge.target, edge.horizon): edge for edge in base.edges}
    new_links = {(edge.source, edge.target, edge.horizon): edge for edge in changed.edges}
    return Changes(
        factors_added=len(new.keys() - old.keys()),
        factors_changed=sum(old[name] != new[name] for name in old.keys() & new.keys()),
        factors_switched_off=len(old.keys() - new.keys()),
        links_added=len(new_links.keys() - old_links.keys()),
        links_changed=sum(old_links[key] != new_links[key] for key in old_links.keys() & new_links.keys()),
        links_switched_off=sum({key[0], key[1]} <= new.keys() for key in old_links.keys() - new_links.keys()),
    )


def _factors(graph: InfluenceGraph) -> dict[str, object]:
    levers = {lever.id for lever in graph.levers}
    return {name: (factor, name in levers) for name, factor in graph.factors.items()}
