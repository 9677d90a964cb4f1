"""The shape of charts (docs.slack.dev/reference/block-kit/blocks/data-visualization-block)."""

from collections import Counter
from typing import Any

from playground.elements import ID
from playground.shapes import ByType, Many, Number, Record, Report, Words

MOST_SERIES = 12
"""Some copies of Slack's page say six; its validator is said to take twelve."""
MOST_POINTS = 20
_LABEL = Words(20)
_AXIS = Words(50)
_SEGMENT = Record({"label": _LABEL, "value": Number(above=0)}, required=("label", "value"))
_POINT = Record({"label": _LABEL, "value": Number()}, required=("label", "value"))
_SERIES = Record({"name": _LABEL, "data": Many(_POINT, MOST_POINTS)}, required=("name", "data"))
_CONFIG = Record(
    {"categories": Many(_LABEL, MOST_POINTS), "x_label": _AXIS, "y_label": _AXIS}, required=("categories",)
)


def _matching(value: dict[str, Any], path: str, report: Report) -> None:
    series = [one for one in value.get("series") or [] if isinstance(one, dict)]
    config = value.get("axis_config")
    categories = config.get("categories") if isinstance(config, dict) else None
    if not isinstance(categories, list):
        return
    _forbid_twins(categories, f"{path}/axis_config/categories", report)
    _forbid_twins([one.get("name") for one in series], f"{path}/series", report)
    for index, one in enumerate(series):
        labels = [point.get("label") for point in one.get("data") or [] if isinstance(point, dict)]
        if Counter(map(str, labels)) != Counter(map(str, categories)):
            report.add("must have one data point for every category", f"{path}/series/{index}/data")


def _forbid_twins(labels: list[Any], path: str, report: Report) -> None:
    for label, times in Counter(map(str, labels)).items():
        if times > 1:
            report.add(f"must be unique: {label}", path)


_WITH_AXES = Record(
    {"series": Many(_SERIES, MOST_SERIES), "axis_config": _CONFIG},
    required=("series", "axis_config"),
    rules=(_matching,),
)
_PIE = Record({"segments": Many(_SEGMENT, MOST_SERIES)}, required=("segments",))

DATA_VISUALIZATION = Record(
    {
        "block_id": ID,
        "title": Words(50),
        "chart": ByType({"pie": _PIE, "line": _WITH_AXES, "bar": _WITH_AXES, "area": _WITH_AXES}),
    },
    required=("title", "chart"),
)
