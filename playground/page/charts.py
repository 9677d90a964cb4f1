"""Slack's chart block as the page shows it, drawn by ECharts, which NiceGUI brings."""

from typing import Any

from nicegui import ui

from playground.page.pieces import draw_html
from playground.page.surface import Surface
from playground.reading import words
from playground.records import Json

_COLOURS = ["#1f5fa8", "#ee9b4a", "#a92f2f", "#5b6673"]
_QUIET = {"color": "#5b6673", "fontSize": 11}


def draw_chart(surface: Surface, block: Json) -> None:
    """A pie, or lines, bars or areas over their categories, with its title above; the same in words for readers."""
    draw_html(surface.markup.plain(block["title"]), tag="strong")
    chart = ui.echart(_options(block["chart"])).classes("chart").style("height: 220px; max-width: 420px")
    chart.props(f'role=img aria-label="{_as_label(words("", [block]))}"')


def _as_label(text: str) -> str:
    return text.replace('"', "'").replace("\n", "; ")


def _options(chart: Json) -> dict[str, Any]:
    if chart["type"] == "pie":
        points = [{"name": one["label"], "value": one["value"]} for one in chart["segments"]]
        return {"color": _COLOURS, "animation": False, "series": [{"type": "pie", "radius": "65%", "data": points}]}
    axes, series = chart["axis_config"], chart["series"]
    return {
        "animation": False,
        "color": _COLOURS,
        "grid": {"left": 44, "right": 16, "top": 34 if len(series) > 1 else 22, "bottom": 40},
        "legend": {"show": len(series) > 1, "top": 0, "textStyle": _QUIET},
        "xAxis": {
            "type": "category",
            "data": axes["categories"],
            "name": axes.get("x_label", ""),
            "nameLocation": "middle",
            "nameGap": 26,
            "axisLabel": _QUIET,
        },
        "yAxis": {"type": "value", "name": axes.get("y_label", ""), "axisLabel": _QUIET},
        "series": [_series(one, chart["type"]) for one in series],
    }


def _series(one: Json, kind: str) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "name": one["name"],
        "type": "bar" if kind == "bar" else "line",
        "data": [point["value"] for point in one["data"]],
        "label": {"show": True, "position": "top", "fontSize": 11},
    }
    return {**drawn, "areaStyle": {}} if kind == "area" else drawn
