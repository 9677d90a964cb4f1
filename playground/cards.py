"""The shapes of alerts, cards, plans and tasks (docs.slack.dev/reference/block-kit/blocks)."""

from collections import Counter
from typing import Any

from playground.elements import BUTTON, ID, IMAGE, URL, text
from playground.rich_text import ONE_RICH_TEXT
from playground.shapes import ByType, Many, Record, Report, Shape, Words

_IMAGE = ByType({"image": IMAGE})
_TITLE = Words(3000)

ALERT = Record(
    {
        "block_id": ID,
        "text": text(200),
        "level": Words(7, choices=frozenset({"default", "info", "warning", "error", "success"})),
    },
    required=("text",),
)


def _one_icon(value: dict[str, Any], path: str, report: Report) -> None:
    if value.get("icon") and value.get("slack_icon"):
        report.add("must not define both icon and slack_icon", path)


CARD = Record(
    {
        "block_id": ID,
        "hero_image": _IMAGE,
        "icon": _IMAGE,
        "slack_icon": ByType({"icon": Record({"name": Words(50)}, required=("name",))}),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": Many(ByType({"button": BUTTON}), 3),
    },
    one_of=("hero_image", "title", "actions", "body"),
    rules=(_one_icon,),
)
CAROUSEL = Record({"block_id": ID, "elements": Many(ByType({"card": CARD}), 10)}, required=("elements",))

_SOURCE = ByType({"url": Record({"url": URL, "text": _TITLE}, required=("url", "text"))})
_TASK: dict[str, Shape] = {
    "task_id": ID,
    "title": _TITLE,
    "status": Words(11, choices=frozenset({"pending", "in_progress", "complete", "error"})),
    "details": ONE_RICH_TEXT,
    "output": ONE_RICH_TEXT,
    "sources": Many(_SOURCE, 100, low=0),
}
_NEEDED = ("task_id", "title", "status")


def _under_way(value: dict[str, Any], path: str, report: Report) -> None:
    if value.get("status") == "pending":
        report.add("only the tasks of a plan can be pending", f"{path}/status")


def _unique_tasks(value: dict[str, Any], path: str, report: Report) -> None:
    ids = [task.get("task_id") for task in value.get("tasks") or [] if isinstance(task, dict)]
    for task_id, times in Counter(map(str, ids)).items():
        if times > 1:
            report.add(f"`task_id` must be unique: {task_id}", f"{path}/tasks")


TASK_CARD = Record({"block_id": ID, **_TASK}, required=_NEEDED, rules=(_under_way,))
PLAN = Record(
    {"block_id": ID, "title": _TITLE, "tasks": Many(Record(_TASK, required=_NEEDED), 50)},
    required=("title", "tasks"),
    rules=(_unique_tasks,),
)
