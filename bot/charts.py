"""Lines and bars as Slack's own chart block, and as a table where a workspace does not take that yet.

The block (docs.slack.dev/reference/block-kit/blocks/data-visualization-block) holds 12 series of 20 points, labels of
20 characters and a title of 50; a message holds two of them. It stands in messages and on Home, not in forms.
"""

from collections.abc import Mapping, Sequence

from bot.blocks import Block, clean, cut, table

MOST_SERIES = 12
MOST_POINTS = 20
_LABEL = 20
_TITLE = 50
_AXIS = 50
_TYPE = "data_visualization"


def line_chart(
    title: str, labels: Sequence[str], series: Mapping[str, Sequence[float]], *, x: str = "", y: str = ""
) -> Block:
    """Values over time. Of more than 20 points the first and last are kept, and some between them.

    Args:
        title: What stands above.
        labels: One for each point, in order.
        series: The values by their names, one for each label.
        x: What the labels are.
        y: What the values are.
    """
    kept = _thin(len(labels))
    few = {name: [values[place] for place in kept] for name, values in series.items()}
    return _chart("line", title, [labels[place] for place in kept], few, x, y)


def bar_chart(
    title: str, labels: Sequence[str], series: Mapping[str, Sequence[float]], *, x: str = "", y: str = ""
) -> Block:
    """Values side by side, the first 20 of them."""
    few = {name: values[:MOST_POINTS] for name, values in series.items()}
    return _chart("bar", title, labels[:MOST_POINTS], few, x, y)


def _thin(count: int) -> list[int]:
    """The places of at most 20 points, evenly apart, with the first and the last."""
    if count <= MOST_POINTS:
        return list(range(count))
    return sorted({round(step * (count - 1) / (MOST_POINTS - 1)) for step in range(MOST_POINTS)})


def _chart(
    kind: str, title: str, labels: Sequence[str], series: Mapping[str, Sequence[float]], x: str, y: str
) -> Block:
    categories, names = _distinct(labels), _distinct(list(series)[:MOST_SERIES])
    axes: Block = {"categories": categories}
    axes |= {"x_label": cut(clean(x), _AXIS)} if x else {}
    axes |= {"y_label": cut(clean(y), _AXIS)} if y else {}
    drawn = [
        {
            "name": name,
            "data": [{"label": label, "value": value} for label, value in zip(categories, values, strict=True)],
        }
        for name, values in zip(names, series.values(), strict=False)
    ]
    return {
        "type": _TYPE,
        "title": cut(clean(title) or "…", _TITLE),
        "chart": {"type": kind, "series": drawn, "axis_config": axes},
    }


def _distinct(labels: Sequence[str]) -> list[str]:
    """Labels that fit and differ from each other: of two alike, the later one gets a number."""
    taken: dict[str, None] = {}
    for label in labels:
        words = cut(clean(label) or "…", _LABEL)
        number = 2
        shown = words
        while shown in taken:
            ending = f" ({number})"
            shown = cut(words, _LABEL - len(ending)) + ending
            number += 1
        taken[shown] = None
    return list(taken)


def without_charts(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks with tables instead of charts."""
    return [_as_table(block) if block["type"] == _TYPE else block for block in blocks]


def _as_table(block: Block) -> Block:
    """One row for each label, one column for each series."""
    series = block["chart"]["series"]
    categories = block["chart"]["axis_config"]["categories"]
    head = [block["title"], *(one["name"] for one in series)]
    rows = [[label, *(f"{one['data'][place]['value']:,g}" for one in series)] for place, label in enumerate(categories)]
    return table(head, rows)
