"""Lines and bars in Slack's own block, within its limits for any input, and as a table where it is not taken."""

from hypothesis import given
from hypothesis import strategies as st

from bot.charts import MOST_POINTS, bar_chart, line_chart, without_charts
from playground.charts import DATA_VISUALIZATION
from playground.shapes import Report

WORDS = st.text(max_size=40)
NUMBERS = st.floats(-1e6, 1e6)


@st.composite
def charts(draw: st.DrawFn) -> tuple[str, list[str], dict[str, list[float]]]:
    labels = draw(st.lists(WORDS, min_size=1, max_size=50))
    names = draw(st.lists(WORDS, min_size=1, max_size=15, unique=True))
    series = {name: draw(st.lists(NUMBERS, min_size=len(labels), max_size=len(labels))) for name in names}
    return draw(st.text(min_size=1, max_size=80).filter(str.strip)), labels, series


@given(chart=charts(), lines=st.booleans())
def test_any_chart_is_one_that_slack_takes(
    *, chart: tuple[str, list[str], dict[str, list[float]]], lines: bool
) -> None:
    title, labels, series = chart
    block = (line_chart if lines else bar_chart)(title, labels, series, x="Week", y="Open")
    report = Report("message")
    DATA_VISUALIZATION.check({key: value for key, value in block.items() if key != "type"}, "", report)
    assert not report.messages
    (table,) = without_charts([block])
    assert table["type"] == "table"
    assert len(table["rows"]) == 1 + len(block["chart"]["axis_config"]["categories"])


def test_a_long_line_keeps_its_ends() -> None:
    labels = [f"day {number}" for number in range(100)]
    block = line_chart("Open", labels, {"open": [float(number) for number in range(100)]})
    points = block["chart"]["series"][0]["data"]
    assert (points[0]["value"], points[-1]["value"], len(points)) == (0, 99, MOST_POINTS)


def test_alike_names_get_a_number() -> None:
    block = bar_chart("Risks", ["the same"] * 3, {"high": [1, 2, 3]})
    assert block["chart"]["axis_config"]["categories"] == ["the same", "the same (2)", "the same (3)"]
    assert "x_label" not in block["chart"]["axis_config"]
