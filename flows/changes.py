"""What changed in a kickoff since its results were posted: whose goals, and which answers behind the score.

An answer's words are not repeated: the results show only what the score makes of them, and an interview may be private.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flows.answers import gather_facts
from flows.facts import Facts
from flows.interview import Interview
from flows.kickoffs import Kickoff, Participant
from flows.objectives import Objective, describe
from flows.wishes import same_metric


@dataclass(frozen=True)
class Change:
    """Who changed something, and what: "changed “reduce cloud bill by 10 %” to “reduce cloud bill by 12 %”"."""

    person: str
    words: str


def find_changes(before: Kickoff, after: Kickoff) -> tuple[Change, ...]:
    """List the changes that the results show, in the order of the participants; goals come before answers."""
    then = {one.interview_id: one.interview for one in before.counted}
    now = {one.interview_id for one in after.counted}
    removed = (Change(one.person, "was taken out") for one in before.counted if one.interview_id not in now)
    return (*removed, *(change for one in after.counted for change in _compare(then.get(one.interview_id), one)))


def _compare(before: Interview | None, after: Participant) -> Iterator[Change]:
    interview = after.interview
    if before is None:
        before = replace(interview, answers={}, objectives=())
    if interview.keeps_goals_confidential:
        changed = ["changed goals that stay between us"] if before.objectives != interview.objectives else []
    else:
        changed = list(_compare_goals(before.objectives, interview.objectives))
    yield from (Change(after.person, words) for words in (*changed, *_compare_answers(before, interview)))


def _compare_goals(before: tuple[Objective, ...], after: tuple[Objective, ...]) -> Iterator[str]:
    gone = [goal for goal in before if goal not in after]
    added = [goal for goal in after if goal not in before]
    # A goal that went on in other words is found by its metric, or else by its turn.
    added.sort(key=lambda new: not any(same_metric(old, new) for old in gone))
    for new in added:
        old = next((goal for goal in gone if same_metric(goal, new)), gone[0] if gone else None)
        if old is None:
            yield f"added “{_say(new)}”"
        else:
            gone.remove(old)
            yield f"changed “{_say(old)}” to “{_say(new)}”"
    yield from (f"removed “{_say(goal)}”" for goal in gone)


def _say(goal: Objective) -> str:
    return describe(goal).replace(", no deadline given", "")


def _compare_answers(before: Interview, after: Interview) -> Iterator[str]:
    old, new = gather_facts(before.answers.values()), gather_facts(after.answers.values())
    changed = {_QUESTIONS.get(name, name) for name in Facts.model_fields if getattr(old, name) != getattr(new, name)}
    for question in after.question_set.questions:
        if question.id in changed:
            yield f"changed the answer on “{question.label}”"


_QUESTIONS = {"budget_currency": "budget"}
"""Facts that are learned from a question of another name."""
