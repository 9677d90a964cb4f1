"""Kickoffs with all answers, some of them, or none, for the tests of the goal card, the charter and the brief."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.company_answers import ANSWERS
from flows import interviews
from flows.answers import Answer, Status, choose_option, from_form, read_answer
from flows.balance import Option, OptionKind, Share
from flows.cadence import MONDAYS
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing
from flows.objectives import Objective
from flows.question_bank import BANK
from flows.questions import ABOUT_GOALS, Kind, Question
from flows.reading import read_objectives
from flows.roles import Role
from flows.wishes import Stake

TODAY = date(2026, 11, 23)
STARTER = "USTARTER"
ROLES = tuple(Role)
PEOPLE = {role: f"U{number:02}" for number, role in enumerate(ROLES, 1)}
ASKABLE = tuple(question for question in BANK.questions if question.kind not in ABOUT_GOALS)
GOALS = {
    Role.PRODUCT_OWNER: "increase the time users spend on the platform by at least 15% by 30 June 2027",
    Role.EXECUTIVE_SPONSOR: "increase the revenue from advertisements by 20%",
    Role.FINANCE: "reduce the monthly cloud bill by 10%",
}


def goal(words: str) -> Objective:
    objective = read_objectives(words, TODAY)[0].objective
    assert objective is not None
    return objective


def example_of(question: Question) -> Answer:
    """The example that the question brings, or its first option."""
    if question.kind is Kind.PERSON:
        return from_form(question, ["U77"], TODAY)
    if question.values:
        return from_form(question, [question.values[0]], TODAY)
    return read_answer(question, question.example, TODAY)


def given(**values: Any) -> dict[str, Answer]:
    """Answers with these values."""
    return {
        name: Answer(question=name, status=Status.GIVEN, value=value, given=value if isinstance(value, str) else "")
        for name, value in values.items()
    }


def money(name: str, amount: float, currency: str = "EUR") -> dict[str, Answer]:
    return {name: Answer(question=name, status=Status.GIVEN, value=amount, currency=currency)}


FULL: Mapping[str, Answer] = {question.id: example_of(question) for question in ASKABLE}


def project(
    answers: Mapping[str, Answer] = {},
    goals: Mapping[Role, str] = {},
    roles: Iterable[Role] = ROLES,
    *,
    confidential: Iterable[str] = (),
    name: str = "Churn radar",
    problem: str = "Customers leave.",
) -> Kickoff:
    """A kickoff in which each answer comes from whoever holds its role, and is confidential if it is named so."""
    present = tuple(roles)
    people = [_participant(role, present, answers, goals, frozenset(confidential)) for role in present]
    nudge = Nudge(MONDAYS, "UTC", None)
    return Kickoff(1, "T1", "C1", name, problem, STARTER, Place.THREADS, tuple(people), nudge, BANK)


def _participant(
    role: Role,
    present: tuple[Role, ...],
    answers: Mapping[str, Answer],
    goals: Mapping[Role, str],
    confidential: frozenset[str],
) -> Participant:
    plan = BANK.plan((role,), present)
    interview = interviews.begin(BANK, (role,), plan).interview
    answered = {key: answers[key] for key in plan if key in answers and key != BANK.goal.id}
    objectives = (goal(goals[role]),) if role in goals else ()
    whole = replace(interview, answers=answered, objectives=objectives, confidential=confidential)
    return Participant(ROLES.index(role), PEOPLE[role], Standing.FINISHED, "C1", whole)


def company() -> Kickoff:
    """The chapter's company, with what its twelve people say."""
    kickoff = project()
    people = []
    for one in kickoff.participants:
        role = one.interview.roles[0]
        answered: dict[str, Answer] = {}
        objectives: tuple[Objective, ...] = ()
        for words, said in ANSWERS[role].items():
            asked = (BANK.by_id[name] for name in one.interview.plan)
            question = next((it for it in asked if words in it.wording), None)
            if question is None or question.kind is Kind.MORE_OBJECTIVES:
                continue
            if question.kind is Kind.OBJECTIVE:
                objectives = () if said.startswith("[") else (goal(said),)
                continue
            answer = _answered(question, said, one.person)
            answered |= {question.id: answer} if answer else {}
        people.append(replace(one, interview=replace(one.interview, answers=answered, objectives=objectives)))
    return replace(kickoff, participants=tuple(people))


def _answered(question: Question, said: str, me: str) -> Answer | None:
    if not said.startswith("["):
        return read_answer(question, said, TODAY, me=me)
    label = said[1:-1]
    values = {option.label: option.value for option in question.options} | {"Yes": "yes", "No": "no"}
    return choose_option(question, values[label]) if label in values else None


def settled(kickoff: Kickoff, *, later: int = 0, lead: int = 0) -> Option:
    """A balance in which one goal leads, and the last `later` ones wait."""
    stakes = kickoff.stakes
    leading = stakes[lead]
    ordered = (leading, *(stake for stake in stakes if stake != leading))
    shares = tuple(
        Share(stake, None if i else 15.0, -3.0 if i else 12.5, -5.0 if i else 8.0) for i, stake in enumerate(ordered)
    )
    bound = tuple((stake, 0.4) for stake in ordered[1:2])
    waiting = ordered[len(ordered) - later :] if later else ()
    return Option("o1", OptionKind.LEAD, leading, shares, (("ad_load", -5.0),), bound, waiting)


def stake_of(kickoff: Kickoff, role: Role) -> Stake:
    return next(stake for stake in kickoff.stakes if stake.owner == PEOPLE[role])
