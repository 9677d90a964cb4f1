"""Questions that two people answered differently, where only one answer can be planned with."""

from collections.abc import Iterator, Sequence

from flows.answers import Answer, Status
from flows.conflict import Severity, and_list
from flows.known import Said
from flows.shortage import Shortage, ShortageKind

_ASKED = {
    "accuracy_needed": "how often it must be right to be of use",
    "budget": "what the project may cost",
    "cases_per_month": "how many cases a month there are",
    "examples_needed": "how many examples are needed",
    "expected_months": "when a first result is expected",
    "first_review": "when a first result is shown",
    "label_source": "where right answers come from",
    "people_data": "what is true of data about people",
    "rollback_hours": "how long switching it off may take",
    "serve_budget": "what running it may cost",
}
"""The questions whose answers the project is planned with, and what they are about."""

_CLOSE = 1.1
_FAR = 2.0
"""Numbers closer than the first factor say the same; farther apart than the second, they are two plans."""


def find_two_answers(said: Sequence[Said]) -> Iterator[Shortage]:
    """Questions with answers that differ; the order in which they were given changes nothing."""
    for question, about in _ASKED.items():
        given = [one for one in said if one.answer.question == question and one.answer.status is Status.GIVEN]
        first = {_counted(one.answer): one for one in sorted(given, key=lambda one: one.person, reverse=True)}
        if len(first) > 1 and not _are_close([one.answer for one in first.values()]):
            answers = sorted(first.values(), key=lambda one: (one.answer.given, one.person))
            yield Shortage(
                kind=ShortageKind.TWO_ANSWERS,
                severity=_judge([one.answer for one in answers]),
                people=tuple(dict.fromkeys(one.person for one in answers)),
                questions=(question,),
                reason=f"Asked {about}, people said {and_list(f'“{one.answer.given}”' for one in answers)}.",
                how_sure="These are their own words.",
                dissolve="Agree on one answer. Until then, the last one counts.",
            )


def _counted(answer: Answer) -> tuple[object, str | None]:
    return answer.value, answer.currency


def _are_close(answers: Sequence[Answer]) -> bool:
    return _spread(answers) <= _CLOSE


def _judge(answers: Sequence[Answer]) -> Severity:
    return Severity.MEDIUM if _spread(answers) >= _FAR else Severity.LOW


def _spread(answers: Sequence[Answer]) -> float:
    """The largest number over the smallest; far apart where they are no numbers, or in different currencies."""
    numbers = [answer.value for answer in answers if isinstance(answer.value, float)]
    currencies = {answer.currency for answer in answers}
    if len(numbers) < len(answers) or len(currencies) > 1 or min(numbers) <= 0:
        return _FAR
    return max(numbers) / min(numbers)
