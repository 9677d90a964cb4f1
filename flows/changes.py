"""What changed in a kickoff since its results were posted: who is in it, whose goals, and the answers behind the score.

An answer's words are not repeated: the results show only what the score makes of them, and an interview may be private.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.answers import Status
from flows.interview import Interview
from flows.kickoffs import Kickoff, Participant
from flows.objectives import Objective, describe
from flows.questions import ABOUT_GOALS
from flows.wishes import same_metric


@dataclass(frozen=True)
class Change:
    """Who changed something, and what: "changed “reduce cloud bill by 10 %” to “reduce cloud bill by 12 %”"."""

    person: str
    words: str


def find_changes(before: Kickoff, after: Kickoff) -> tuple[Change, ...]:
    """List the changes that the results show, in the order of the participants; goals come before answers."""
    said = [one for one in before.counted if _has_said_something(one.interview)]
    then = {one.interview_id: one.interview for one in said}
    now = {one.interview_id for one in after.counted}
    removed = (Change(one.person, "was taken out") for one in said if one.interview_id not in now)
    return (*removed, *(change for one in after.counted for change in _compare(then.get(one.interview_id), one)))


def _has_said_something(interview: Interview) -> bool:
    return bool(interview.answers or interview.objectives)


def _compare(before: Interview | None, after: Participant) -> Iterator[Change]:
    interview = after.interview
    if before is not None:
        words = (*_compare_all_goals(before, interview), *_compare_answers(before, interview))
    else:
        words = tuple(_join(interview)) if _has_said_something(interview) else ()
    yield from (Change(after.person, one) for one in words)


def _join(interview: Interview) -> Iterator[str]:
    """Somebody of whom the results had nothing before; their answers are counted, as none was changed."""
    goals = {question.id for question in interview.question_set.questions if question.kind in ABOUT_GOALS}
    given = [one for one in interview.answers.values() if one.status is Status.GIVEN and one.question not in goals]
    answered = f" and answered {len(given)} question{'s' * (len(given) > 1)}" if given else ""
    yield f"joined{answered}"
    if not interview.keeps_goals_confidential:
        yield from _compare_goals((), interview.objectives)
    elif interview.objectives:
        yield "added goals that stay between us"


def _compare_all_goals(before: Interview, after: Interview) -> Iterator[str]:
    if not after.keeps_goals_confidential:
        yield from _compare_goals(before.objectives, after.objectives)
    elif before.objectives != after.objectives:
        yield "changed goals that stay between us"


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
    for question in after.question_set.questions:
        old, new = (_given(interview, question.id) for interview in (before, after))
        if question.kind in ABOUT_GOALS or old == new:
            continue
        if question.id in after.confidential:
            yield "changed an answer that stays between us"
        else:
            yield f"changed the answer on “{question.label}”"


def _given(interview: Interview, question: str) -> tuple[object, ...]:
    """What was read of an answer, whatever its words; nothing if it was not given."""
    answer = interview.answers.get(question)
    return (answer.value, answer.currency) if answer and answer.status is Status.GIVEN else ()
