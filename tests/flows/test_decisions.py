"""Every kind of line of the ledger comes back from JSON as it was."""

import json
from typing import get_args

import pytest
from pydantic import ValidationError

from flows.decisions import Decision, load_decision
from tests.flows.ledgers import AT, LINES


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.kind)
def test_a_line_comes_back_from_json_as_it_was(line: Decision) -> None:
    assert load_decision(json.loads(json.dumps(line.model_dump(mode="json")))) == line


def test_every_kind_of_line_is_among_them() -> None:
    assert {type(line) for line in LINES} == set(get_args(Decision))


@pytest.mark.parametrize(
    "stored",
    [
        {"kind": "unheard_of", "by": "U1", "at": AT.isoformat()},
        {"by": "U1", "at": AT.isoformat()},
        {"kind": "balance_dropped", "by": "", "at": "2026-11-23T09:30:00", "why": "A moment in no zone."},
        {"kind": "balance_dropped", "by": "", "at": AT.isoformat(), "why": "", "more": 1},
        {"kind": "ballot_cast", "by": "U1", "at": AT.isoformat(), "number": 1, "ranking": []},
    ],
)
def test_what_is_no_line_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        load_decision(stored)
