"""`ml-kickoff influence`: check the file of what a workspace knows to move what, print the graph, or draw it."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from bot.own_files import read_own_file
from bot.settings import Unusable
from flows.file_mistakes import meant, shown
from flows.influence import GRAPH
from flows.influence_changes import compare
from flows.influence_export import draw_influence, write_influence_file
from flows.influence_file import read_influence_file
from flows.influence_graph import InfluenceGraph


def effective_graph(file: Path | None) -> InfluenceGraph:
    """The built-in graph, with the file laid over it if there is one.

    Raises:
        Unusable: The file cannot be read, or has mistakes; the message has a line for each of them.
    """
    return GRAPH if file is None else read_own_file(file, lambda text: read_influence_file(text, GRAPH))


def check(file: Path) -> str:
    """What the file changes, in one sentence.

    Raises:
        Unusable: The file cannot be read, or has mistakes.
    """
    changes = compare(GRAPH, effective_graph(file))
    counts = {one.name: getattr(changes, one.name) for one in fields(changes)}
    total = sum(counts.values())
    if not total:
        return "No changes: what moves what stays as it is built in."
    told = ", ".join(_say(count, *name.split("_", 1)) for name, count in counts.items() if count)
    return f"{total} {'change' if total == 1 else 'changes'}, all good: {told}."


def _say(count: int, what: str, done: str) -> str:
    return f"{count} {what.removesuffix('s') if count == 1 else what} {done.replace('_', ' ')}"


def export(file: Path | None) -> str:
    """The whole graph, as the text of a file to be changed; with the file laid over it if there is one.

    Raises:
        Unusable: The file cannot be read, or has mistakes.
    """
    return write_influence_file(effective_graph(file), GRAPH).rstrip("\n")


def draw(file: Path | None, around: Sequence[str]) -> str:
    """The graph as Mermaid text, or the part of it around these factors.

    Raises:
        Unusable: The file cannot be read, or has mistakes; or a factor is not known.
    """
    graph = effective_graph(file)
    for name in around:
        if name not in graph.factors:
            raise Unusable(f"{shown(name)} is no factor. {meant(name, graph.factors)}")
    return draw_influence(graph, around)
