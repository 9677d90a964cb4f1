"""The file with which a workspace adds, changes or switches off what moves what; the built-in graph has the same form.

The file is YAML with two lists. Below `factors:` an entry has an `id`; below `links:` it says `from` what `to` what.
What is known changes in the fields that are given, the rest is added. docs/influence.md describes it.
"""

from flows.file_mistakes import FileMistakes, Mistake
from flows.influence_entries import read_entries
from flows.influence_export import write_influence_file
from flows.influence_graph import InfluenceGraph
from flows.influence_merging import merge
from flows.yaml_tree import compose

__all__ = ["FileMistakes", "read_influence_file", "write_influence_file"]


def read_influence_file(text: str, base: InfluenceGraph | None = None) -> InfluenceGraph:
    """The graph that comes of laying the file over `base`, or over an empty one.

    Raises:
        FileMistakes: Something is wrong with the file; all mistakes that were found are in it.
    """
    found: list[Mistake] = []
    graph = merge(read_entries(compose(text), found), base or InfluenceGraph((), (), ()), found)
    if found:
        raise FileMistakes(found)
    return graph
