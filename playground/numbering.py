"""Slack names the blocks and elements an app left unnamed."""

import copy
import itertools
from collections.abc import Iterable

from playground.records import Json
from playground.walking import all_blocks, interactive

_counter = itertools.count(1)


def with_ids(blocks: Iterable[Json]) -> tuple[Json, ...]:
    """Copies of the blocks in which every block has a block_id and every element an action_id."""
    named = copy.deepcopy(tuple(blocks))
    for block in all_blocks(named):
        block.setdefault("block_id", f"b{next(_counter):04d}")
        for element in interactive(block):
            element.setdefault("action_id", f"a{next(_counter):04d}")
    return named
