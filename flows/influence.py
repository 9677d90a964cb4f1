"""What the app assumes to move what (chapter 2, section 2.3.2), until a stakeholder says otherwise.

Each link is an assumption. A missing one means "unknown", never "no influence". To teach the app a new one, add it to
`influence.yaml`.
"""

from pathlib import Path

from flows.influence_file import read_influence_file
from flows.influence_graph import (
    HOW_STRONGLY,
    LONGEST_PATH,
    Edge,
    Effect,
    Factor,
    Horizon,
    InfluenceGraph,
    Reach,
    Sign,
    Strength,
)

__all__ = [
    "GRAPH",
    "HOW_STRONGLY",
    "LONGEST_PATH",
    "Edge",
    "Effect",
    "Factor",
    "Horizon",
    "InfluenceGraph",
    "Reach",
    "Sign",
    "Strength",
]

GRAPH = read_influence_file(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
"""The built-in graph."""
