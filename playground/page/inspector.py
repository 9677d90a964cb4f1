"""The inspector: what went over the wire, both ways, how long it took, and any broken limit in red."""

import json
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui

from playground.page.live import Part, Row
from playground.records import Breach, Exchange

if TYPE_CHECKING:
    from playground.page.desk import Desk

_SHOWN = 150
_OK = 200


def rows(desk: "Desk") -> list[Row]:
    """Broken rules first, then calls and deliveries, newest first."""
    log = desk.workspace.log
    broken = [Row(f"breach {place}", partial(_draw_breach, breach)) for place, breach in enumerate(log.breaches)]
    first = max(0, len(log.traffic) - _SHOWN)
    numbered = list(enumerate(log.traffic[first:], first))
    return [
        *broken,
        *(Row(f"exchange {place}", partial(_draw_exchange, exchange)) for place, exchange in reversed(numbered)),
    ]


def _draw_breach(breach: Breach) -> Sequence[Part]:
    with ui.element("div").classes("exchange breach").props("role=alert"):
        ui.label(f"{breach.method}: {breach.error}").classes("exchange-name")
        ui.label(breach.detail)
    return ()


def went_well(exchange: Exchange) -> bool:
    """Whether a call or delivery was answered as it should be."""
    refused = isinstance(exchange.answer, dict) and exchange.answer.get("ok") is False
    return exchange.status == _OK and not refused


def _draw_exchange(exchange: Exchange) -> Sequence[Part]:
    to_app = exchange.direction == "delivery"
    with ui.element("details").classes(f"exchange{'' if went_well(exchange) else ' failed'}"):
        with ui.element("summary"):
            ui.label("Slack → app" if to_app else "app → Slack").classes(f"direction {exchange.direction}")
            ui.label(exchange.name).classes("exchange-name")
            status = str(exchange.status or "no answer")
            ui.label(status if not exchange.attempt else f"{status}, retry {exchange.attempt}").classes("status")
            ui.label(f"{exchange.seconds * 1000:.0f} ms").classes("status")
        if exchange.note:
            ui.label(exchange.note).classes("faint")
        _draw_json("Sent", exchange.sent)
        _draw_json("Answered", exchange.answer)
    return ()


def _draw_json(title: str, value: object) -> None:
    ui.label(title).classes("faint")
    shown = ui.element("pre")
    with shown:
        ui.label(json.dumps(value, indent=2, ensure_ascii=False))
