"""The first set of questions, frozen: tests of how interviews go do not hang on what the newest set asks."""

import json
from pathlib import Path

from flows import interviews
from flows.interview import Turn
from flows.questions import QuestionSet
from flows.roles import Role

_FILE = Path(__file__).parents[1] / "storage" / "migrations" / "first_question_set.json"

FIRST = QuestionSet.model_validate({"questions": json.loads(_FILE.read_text(encoding="utf-8"))})
FIRST_ROLES = (Role.PRODUCT_OWNER, Role.EXECUTIVE_SPONSOR, Role.FINANCE)


def begin(*roles: Role) -> Turn:
    """Start an interview with the first questions of these roles."""
    return interviews.begin(FIRST, roles, FIRST.plan(roles, roles))
