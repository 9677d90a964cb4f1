"""Writing YAML that people can change by hand."""

import re
from collections.abc import Iterable

import yaml

_WIDTH = 100
_FOLDED_FROM = 80
_BREAKS = re.compile("[\r\n\x85\u2028\u2029]")


def written(sections: dict[str, list[yaml.Node]]) -> str:
    """The text of a file with these lists of entries."""
    tree = mapping(
        {
            name: yaml.SequenceNode("tag:yaml.org,2002:seq", entries, flow_style=False)
            for name, entries in sections.items()
        }
    )
    told: str = yaml.serialize(tree, Dumper=yaml.SafeDumper, width=_WIDTH, allow_unicode=True)
    # Entries alone begin in the first column.
    names = "|".join(f"^{name}:" for name in sections)
    return re.sub(rf"^- |{names}", r"\n\g<0>", told, flags=re.MULTILINE)


def mapping(fields: dict[str, yaml.Node]) -> yaml.MappingNode:
    """An entry, or what stands below a name."""
    pairs = [(text(name), node) for name, node in fields.items()]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=not pairs)


def names(words: Iterable[str]) -> yaml.Node:
    """A list of texts on one line."""
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [text(str(name)) for name in words], flow_style=True)


def numbers(values: Iterable[float]) -> yaml.Node:
    """A list of numbers on one line."""
    told = [f"{value:.6f}".rstrip("0").rstrip(".") for value in values]
    nodes = [yaml.ScalarNode(f"tag:yaml.org,2002:{'float' if '.' in one else 'int'}", one) for one in told]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", nodes, flow_style=True)


def plain(word: str) -> yaml.Node:
    """A word without quotes, such as true."""
    return yaml.ScalarNode("tag:yaml.org,2002:bool", word)


def text(words: str) -> yaml.ScalarNode:
    """A text, in whichever way it can be changed best."""
    return yaml.ScalarNode("tag:yaml.org,2002:str", words, style=_style(words))


def _style(text: str) -> str | None:
    lines = text.split("\n")
    if any(line != line.strip() or not line or _BREAKS.search(line) for line in lines):
        return '"' if _BREAKS.search(text) else None
    if len(lines) > 1:
        return "|"
    # Text below > can hold colons and quotes, so that nobody stumbles over them who rewords it.
    return ">" if len(text) > _FOLDED_FROM and "  " not in text else None
