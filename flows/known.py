"""What a project knows: the answers to each question, side by side, without those kept confidential."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.answers import Answer, Status
from flows.kickoffs import Kickoff
from flows.questions import ABOUT_GOALS, Question


@dataclass(frozen=True)
class Said:
    """One person's answer (`person` is a Slack user id)."""

    person: str
    answer: Answer


@dataclass(frozen=True)
class Known:
    """What was answered to one question, by one person or by several.

    Attributes:
        question: What was asked.
        said: The answers that may be shown.
        kept_back: How many more there are that their authors keep to themselves.
    """

    question: Question
    said: tuple[Said, ...]
    kept_back: int = 0


def list_known(kickoff: Kickoff) -> tuple[Known, ...]:
    """What was answered in a kickoff, goals left out, in the order of its questions."""
    return tuple(known for known in _gather(kickoff, Status.GIVEN) if known.said or known.kept_back)


def list_said(kickoff: Kickoff) -> tuple[Said, ...]:
    """The answers that may be shown, goals left out."""
    return tuple(said for known in list_known(kickoff) for said in known.said)


def list_not_known(kickoff: Kickoff) -> tuple[Known, ...]:
    """The questions that somebody did not know the answer to, or handed on, and that nobody else has answered."""
    given = {known.question.id for known in list_known(kickoff)}
    open_still = _gather(kickoff, Status.UNKNOWN, Status.HANDED)
    unknown = (known for known in open_still if known.question.id not in given)
    return tuple(known for known in unknown if known.said or known.kept_back)


def _gather(kickoff: Kickoff, *statuses: Status) -> Iterator[Known]:
    for question in kickoff.question_set.questions:
        if question.kind in ABOUT_GOALS:
            continue
        said: list[Said] = []
        kept_back = 0
        for one in kickoff.counted:
            answer = one.interview.answers.get(question.id)
            if answer is None or answer.status not in statuses:
                continue
            if question.id in one.interview.confidential:
                kept_back += 1
            else:
                said.append(Said(one.person, answer))
        yield Known(question, tuple(said), kept_back)
