"""A graph of what moves what, as the text of a file that can be changed by hand, and as a picture."""

from collections.abc import Iterable, Sequence

import yaml

from flows.influence_entries import BETTER
from flows.influence_graph import Edge, Factor, Horizon, InfluenceGraph, Sign
from flows.yaml_writing import mapping, numbers, plain, text, written

_HEADER = """\
# What moves what. Keep only what you change: what is not in the file stays as it is built in.
# A known id, or a known link, changes in the fields that are given; a new one is added. off: true switches one off.
# Check the file with: ml-kickoff influence check FILE. More is in docs/influence.md.
"""
_BETTER = {sign: word for word, sign in BETTER.items()}
_ARROWS = {Horizon.SHORT: "-->", Horizon.LONG: "-.->"}


def write_influence_file(graph: InfluenceGraph, base: InfluenceGraph | None = None) -> str:
    """The graph as a file. Read over `base`, from which the graph was made, it gives the same graph again.

    Args:
        graph: What is written.
        base: The graph that the file will be read over; `graph` itself, if left out.
    """
    base = base or graph
    levers = {lever.id for lever in graph.levers}
    factors = [_factor(one, base.factors.get(one.id), is_lever=one.id in levers) for one in graph.factors.values()]
    factors += [mapping({"id": text(name), "off": plain("true")}) for name in base.factors if name not in graph.factors]
    kept = {_key(edge) for edge in graph.edges}
    backed = {_key(edge) for edge in base.edges if edge.reference}
    links = [_link(edge, was_backed=_key(edge) in backed) for edge in graph.edges]
    gone = (
        edge for edge in base.edges if _key(edge) not in kept and graph.factors.keys() >= {edge.source, edge.target}
    )
    links += [mapping({**_ends(edge), "off": plain("true")}) for edge in gone]
    return _HEADER + written({"factors": factors, "links": links})


def _key(edge: Edge) -> tuple[str, str, Horizon]:
    return edge.source, edge.target, edge.horizon


def _factor(factor: Factor, known: Factor | None, *, is_lever: bool) -> yaml.Node:
    fields: dict[str, yaml.Node] = {name: text(getattr(factor, name)) for name in ("id", "name", "more", "less")}
    if is_lever:
        fields["reach"] = numbers((factor.reach.down, factor.reach.up))
    if factor.better is not None:
        fields["better"] = text(_BETTER[factor.better])
    # What is empty is left out, unless it was not and has to be emptied.
    if factor.watch or (known is not None and known.watch):
        fields["watch"] = plain(str(factor.watch).lower())
    return mapping(fields)


def _link(edge: Edge, *, was_backed: bool) -> yaml.Node:
    strength = edge.strength
    how = "raises" if edge.sign is Sign.RAISES else "lowers"
    fields = {**_ends(edge), how: numbers((strength.low, strength.likely, strength.high)), "why": text(edge.why)}
    if edge.reference or was_backed:
        fields["source"] = text(edge.reference)
    return mapping(fields)


def _ends(edge: Edge) -> dict[str, yaml.Node]:
    ends: dict[str, yaml.Node] = {"from": text(edge.source), "to": text(edge.target)}
    return ends | ({"horizon": text(edge.horizon)} if edge.horizon is Horizon.LONG else {})


def draw_influence(graph: InfluenceGraph, around: Sequence[str] = ()) -> str:
    """The graph as Mermaid text: levers rounded, what shows only in the long run dotted.

    With `around`, only the links that begin or end at these factors, and the chains between them.
    """
    edges = tuple(dict.fromkeys(_near(graph, around))) if around else graph.edges
    ends = {end for edge in edges for end in (edge.source, edge.target)} | set(around)
    levers = {lever.id for lever in graph.levers}
    lines = ["flowchart LR"]
    for name, factor in graph.factors.items():
        if name in ends:
            left, right = ("([", "])") if name in levers else ("[", "]")
            lines.append(f'    {name}{left}"{_shown(factor.name)}"{right}')
    for edge in edges:
        sign = "+" if edge.sign is Sign.RAISES else "−"
        lines.append(f'    {edge.source} {_ARROWS[edge.horizon]}|"{sign}{edge.strength.likely:g}"| {edge.target}')
    return "\n".join(lines)


def _near(graph: InfluenceGraph, around: Sequence[str]) -> Iterable[Edge]:
    yield from (edge for edge in graph.edges if edge.source in around or edge.target in around)
    for source in around:
        for target in around:
            effect = graph.effect(source, target)
            yield from effect.path if effect else ()


def _shown(name: str) -> str:
    return name.replace('"', "#quot;")
