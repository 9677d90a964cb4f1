"""The shapes of tables (docs.slack.dev/reference/block-kit/blocks/table-block and data-table-block)."""

from typing import Any

from playground.elements import ID
from playground.rich_text import RICH_TEXT
from playground.shapes import ByType, Flag, Many, Number, Record, Report, Whole, Words

_COLUMNS = 20
_CELL_CHARACTERS = 20_000
_TEXT = Words(_CELL_CHARACTERS)
_NUMBER = Record({"value": Number(), "text": _TEXT}, required=("value", "text"))
_CELL = ByType({"raw_text": Record({"text": _TEXT}, required=("text",)), "raw_number": _NUMBER, "rich_text": RICH_TEXT})
_COLUMN = Record({"align": Words(6, choices=frozenset({"left", "center", "right"})), "is_wrapped": Flag()})


def _even(value: dict[str, Any], path: str, report: Report) -> None:
    rows = [row for row in value.get("rows") or [] if isinstance(row, list)]
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        report.add("all rows must have the same number of columns", f"{path}/rows")
    heads = [cell.get("type") for cell in rows[0] if isinstance(cell, dict)] if rows else []
    if "rich_text" in heads:
        report.add("header cells must not be of type rich_text", f"{path}/rows/0")
    identifying = value.get("row_header_column_index", 0)
    if rows and isinstance(identifying, int) and identifying >= len(rows[0]):
        report.add("must be the index of a column", f"{path}/row_header_column_index")


TABLE = Record(
    {
        "block_id": ID,
        "rows": Many(Many(_CELL, _COLUMNS), 100),
        "column_settings": Many(_COLUMN, _COLUMNS, low=0),
    },
    required=("rows",),
)
DATA_TABLE = Record(
    {
        "block_id": ID,
        "rows": Many(Many(_CELL, _COLUMNS), 201, low=2),
        "caption": Words(3000),
        "page_size": Whole(1, 100),
        "row_header_column_index": Whole(),
    },
    required=("rows", "caption"),
    rules=(_even,),
)
