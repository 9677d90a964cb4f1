"""The newer blocks, built with as little as they need."""

from typing import Any

from tests.playground.apps import plain

Block = dict[str, Any]


def rich(*parts: Block) -> Block:
    return {"type": "rich_text", "elements": list(parts)}


def line(*elements: Block) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def bullets(**more: Any) -> Block:
    return {"type": "rich_text_list", "style": "bullet", "elements": [line()], **more}


def said(text: str = "x", **more: Any) -> Block:
    return {"type": "text", "text": text, **more}


def cell(text: str = "x") -> Block:
    return {"type": "raw_text", "text": text}


def number(value: float) -> Block:
    return {"type": "raw_number", "value": value, "text": str(value)}


def table(rows: int = 1, columns: int = 1, **more: Any) -> Block:
    return {"type": "table", "rows": [[cell()] * columns] * rows, **more}


def data_table(rows: int = 2, columns: int = 1, **more: Any) -> Block:
    return {"type": "data_table", "caption": "Goals", "rows": [[cell()] * columns] * rows, **more}


def chart(kind: str = "line", number_of: int = 1, points: int = 2, label: str = "", **more: Any) -> Block:
    labels = [f"{label}{n}" for n in range(points)]
    data = [{"label": one, "value": n} for n, one in enumerate(labels)]
    drawn = {"type": kind, "series": [{"name": f"Series {n}", "data": data} for n in range(number_of)]}
    return visualization(**{**drawn, "axis_config": {"categories": labels}, **more})


def visualization(title: str = "Progress", **drawn: Any) -> Block:
    return {"type": "data_visualization", "title": title, "chart": drawn}


def pie(number_of: int, label: str = "", value: float = 1) -> Block:
    return visualization(type="pie", segments=[{"label": f"{label}{n}", "value": value} for n in range(number_of)])


def picture(**more: Any) -> Block:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A curve", **more}


def video(**more: Any) -> Block:
    urls = {"video_url": "https://example.com/v", "thumbnail_url": "https://example.com/t"}
    return {"type": "video", "title": plain("Demo"), "alt_text": "A demo", **urls, **more}


def files(**more: Any) -> Block:
    return {"type": "input", "label": plain("Data"), "element": {"type": "file_input", **more}}


def feedback(text: str = "Good", value: str = "+", **more: Any) -> Block:
    one = {"text": plain(text), "value": value, **more}
    return {"type": "feedback_buttons", "positive_button": one, "negative_button": one}


def icons(number_of: int = 1, **more: Any) -> Block:
    icon = {"type": "icon_button", "icon": "trash", "text": plain("Delete"), **more}
    return {"type": "context_actions", "elements": [icon] * number_of}


def card(**more: Any) -> Block:
    return {"type": "card", "title": plain("Churn"), **more}


def carousel(cards: int) -> Block:
    return {"type": "carousel", "elements": [card()] * cards}


def container(*children: Block, **more: Any) -> Block:
    return {"type": "container", "title": plain("Charter"), "child_blocks": list(children), **more}


def task(task_id: str = "1", status: str = "complete", **more: Any) -> Block:
    return {"task_id": task_id, "title": "Read", "status": status, **more}


def plan(tasks: int) -> Block:
    return {"type": "plan", "title": "Plan", "tasks": [task(str(n), "pending") for n in range(tasks)]}


def alert(length: int = 1, **more: Any) -> Block:
    return {"type": "alert", "text": plain("x" * length), **more}


DIVIDER = {"type": "divider"}
TWIN = {"name": "Churn", "data": [{"label": "0", "value": 0}, {"label": "1", "value": 1}]}
