"""A graph of what moves what, read from YAML that people can review; `influence.yaml` describes the form."""

from collections.abc import Mapping
from typing import Any

import yaml

from flows.influence_graph import Edge, Factor, Horizon, InfluenceGraph, Reach, Sign, Strength

_BETTER = {"more": Sign.RAISES, "less": Sign.LOWERS}


def read_influence_file(text: str) -> InfluenceGraph:
    """The graph that the text describes."""
    told = yaml.safe_load(text)
    return InfluenceGraph(
        levers=tuple(_factor(entry) for entry in told["factors"] if "reach" in entry),
        metrics=tuple(_factor(entry) for entry in told["factors"] if "better" in entry),
        edges=tuple(_edge(entry) for entry in told["links"]),
    )


def _factor(entry: Mapping[str, Any]) -> Factor:
    reach = {"reach": Reach(*map(float, entry["reach"]))} if "reach" in entry else {}
    better = _BETTER[entry["better"]] if "better" in entry else None
    watch = entry.get("watch", False)
    return Factor(entry["id"], entry["name"], entry["more"], entry["less"], better=better, watch=watch, **reach)


def _edge(entry: Mapping[str, Any]) -> Edge:
    sign = Sign.RAISES if "raises" in entry else Sign.LOWERS
    return Edge(
        entry["from"],
        entry["to"],
        sign,
        entry["why"],
        Horizon(entry.get("horizon", Horizon.SHORT)),
        entry.get("source", ""),
        Strength(*map(float, entry["raises" if sign is Sign.RAISES else "lowers"])),
    )
