"""Where the project wants more people, money, computing or time than its own answers leave (chapter 2, section 2.5).

Each finding is a small sum of what people answered, told with its numbers. What nobody answered is never assumed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from flows.conflict import Severity, and_list
from flows.known import Said
from flows.objectives import Unit, describe_amount, describe_day
from flows.shortage import Answers, Shortage, ShortageKind
from flows.two_answers import find_two_answers
from flows.wishes import Stake, by_wish, say_number, say_wish, wanted_level

HOURS_A_WEEK = 30.0
"""Hours a week that one person can mark examples, with breaks and other work."""

_DAYS_A_MONTH = 30.44
_MANY_PEOPLE = 5
_MANY_JOBS, _TOO_MANY_JOBS = 3, 4
_HALF = 0.5
_MONTHS_A_YEAR = 12


def find_shortages(stakes: Sequence[Stake], said: Sequence[Said], today: date) -> tuple[Shortage, ...]:
    """Find what the answers ask too much of, worst first; the order of the stakes changes nothing.

    Args:
        stakes: All goals.
        said: What was answered, by whom, in the order in which it counts: of several answers, the last one.
        today: What "in three months" is counted from.
    """
    answers = Answers.of(said)
    ordered = sorted(set(stakes), key=by_wish)
    plan = _Plan(answers, ordered, today)
    found = [shortage for rule in _RULES for shortage in rule(plan)]
    found += find_two_answers(said)
    return tuple(sorted(found, key=lambda one: (list(Severity).index(one.severity), one.kind, one.id)))


@dataclass(frozen=True)
class _Plan:
    """The answers and goals, with what follows from them."""

    answers: Answers
    stakes: Sequence[Stake]
    today: date

    @property
    def first_result(self) -> tuple[date, str] | None:
        """The first day on which somebody counts on a result, and the question that tells it."""
        days: list[tuple[date, str]] = []
        review, months = self.answers.day("first_review"), self.answers.number("expected_months")
        if review:
            days.append((review, "first_review"))
        if months is not None and months < _MOST_MONTHS:
            days.append((date.fromordinal(self.today.toordinal() + round(months * _DAYS_A_MONTH)), "expected_months"))
        return min(days, default=None)

    @property
    def weeks_left(self) -> float:
        """Weeks until then; none when it is not known, or not ahead."""
        return max(0.0, (self.first_result[0] - self.today).days / 7) if self.first_result else 0.0

    @property
    def labels(self) -> "_Labels | None":
        """How many examples have to be marked, and how often in all; None when that is not known."""
        needed, have = self.answers.number("examples_needed"), self.answers.number("examples_have")
        source = self.answers.words("label_source")
        if needed is None or source not in {"by_hand", "existing"} or (source == "existing" and have is None):
            return None
        missing = needed if source == "by_hand" else max(0.0, needed - (have or 0.0))
        return _Labels(missing, self.answers.number("labellers_per_example") or 1.0)


_MOST_MONTHS = 600.0


@dataclass(frozen=True)
class _Labels:
    examples: float
    people_each: float

    @property
    def times(self) -> float:
        return self.examples * self.people_each

    def say(self) -> str:
        """The examples with how often each is marked."""
        twice = f", each by {say_number(self.people_each)} people" if self.people_each > 1 else ""
        return f"{say_number(self.examples)} examples have to be marked{twice}"


_LABEL_QUESTIONS = ("examples_needed", "examples_have", "label_source", "labellers_per_example")


# People


_JOBS = {
    "data_owner": "deciding on the data",
    "deployer": "putting it into use",
    "redress": "helping those whom it gets wrong",
    "label_checker": "checking the labels",
    "watcher": "watching it in daily use",
    "maintainer": "repairing it",
    "spec_owner": "testing what was agreed",
}


def _one_person_for_many_jobs(plan: _Plan) -> Iterator[Shortage]:
    jobs: dict[str, list[str]] = {}
    for question in _JOBS:
        person = plan.answers.words(question)
        if person:
            jobs.setdefault(person, []).append(question)
    for person, questions in jobs.items():
        if len(questions) >= _MANY_JOBS:
            yield Shortage(
                kind=ShortageKind.PEOPLE,
                severity=Severity.MEDIUM if len(questions) >= _TOO_MANY_JOBS else Severity.LOW,
                people=(person,),
                questions=tuple(questions),
                reason=f"One person is named for {len(questions)} jobs: {and_list(_JOBS[one] for one in questions)}.",
                how_sure="This follows from the answers. How much time each job takes is not known.",
                dissolve="Ask them whether that fits, and name somebody else for some of it.",
            )


def _nobody_to_mark_examples(plan: _Plan) -> Iterator[Shortage]:
    hours, filled = _label_hours(plan), plan.answers.chosen("jobs_filled")
    if plan.labels and filled and "labeller" not in filled and hours > HOURS_A_WEEK:
        yield Shortage(
            kind=ShortageKind.PEOPLE,
            severity=Severity.MEDIUM,
            people=plan.answers.people("jobs_filled", "label_seconds", *_LABEL_QUESTIONS),
            questions=("jobs_filled", "label_seconds", *_LABEL_QUESTIONS),
            reason=f"{plan.labels.say()}. That is {say_number(round(hours))} hours of work, and nobody has that job.",
            how_sure="This follows from the answers.",
            dissolve="Name who marks examples, or buy it outside.",
        )


# Labels


def _label_hours(plan: _Plan) -> float:
    seconds = plan.answers.number("label_seconds")
    return plan.labels.times * seconds / 3600 if plan.labels and seconds else 0.0


def _labels_against_money(plan: _Plan) -> Iterator[Shortage]:
    price, budget, labels = plan.answers.money("label_price"), plan.answers.money("budget"), plan.labels
    if price is None or budget is None or labels is None or price.currency != budget.currency or budget.amount <= 0:
        return
    bill = labels.times * price.amount
    if bill < _HALF * budget.amount:
        return
    enough = budget.amount * _HALF / price.amount / labels.people_each
    yield Shortage(
        kind=ShortageKind.LABELS,
        severity=Severity.HIGH if bill > budget.amount else Severity.MEDIUM,
        people=plan.answers.people("label_price", "budget", *_LABEL_QUESTIONS),
        questions=("label_price", "budget", *_LABEL_QUESTIONS),
        reason=(
            f"{labels.say()}, at {price.say()} each time: that is {price.of(bill).say()}. "
            f"The whole project may cost {budget.say()}."
        ),
        how_sure="This follows from the answers; how many examples are needed is an estimate.",
        dissolve=f"With {say_number(round(enough))} examples, half of the budget is left for the rest.",
    )


def _labels_against_time(plan: _Plan) -> Iterator[Shortage]:
    hours, weeks, labels, first = _label_hours(plan), plan.weeks_left, plan.labels, plan.first_result
    if labels is None or first is None or not weeks or hours <= weeks * HOURS_A_WEEK:
        return
    people = ceil(hours / (weeks * HOURS_A_WEEK))
    yield Shortage(
        kind=ShortageKind.CALENDAR,
        severity=Severity.HIGH if people > _MANY_PEOPLE else Severity.MEDIUM,
        people=plan.answers.people("label_seconds", first[1], *_LABEL_QUESTIONS),
        questions=("label_seconds", first[1], *_LABEL_QUESTIONS),
        reason=(
            f"{labels.say()}: {say_number(round(hours))} hours. One person at {say_number(HOURS_A_WEEK)} hours a week "
            f"needs {say_number(ceil(hours / HOURS_A_WEEK))} weeks. "
            f"A first result is expected in {_count_weeks(weeks)}, on {describe_day(first[0])}."
        ),
        how_sure="This follows from the answers; how many examples are needed is an estimate.",
        dissolve=f"{people} people at once would be done in time, or a first version with fewer examples.",
    )


def _outside_labels_against_time(plan: _Plan) -> Iterator[Shortage]:
    wait, weeks, first = plan.answers.number("outsource_weeks"), plan.weeks_left, plan.first_result
    if wait is None or first is None or not weeks or wait <= weeks:
        return
    yield Shortage(
        kind=ShortageKind.CALENDAR,
        severity=Severity.MEDIUM,
        people=plan.answers.people("outsource_weeks", first[1]),
        questions=("outsource_weeks", first[1]),
        reason=(
            f"Outsiders would deliver the first labels after {_count_weeks(wait)}. "
            f"A first result is expected in {_count_weeks(weeks)}, on {describe_day(first[0])}."
        ),
        how_sure="This follows from the answers.",
        dissolve="Mark the first examples inside, or move the day.",
    )


# Computing


def _experiments_against_time(plan: _Plan) -> Iterator[Shortage]:
    hours, count = plan.answers.number("experiment_hours"), plan.answers.number("experiments")
    weeks, first = plan.weeks_left, plan.first_result
    if hours is None or count is None or first is None or not weeks:
        return
    needed = hours * count / (24 * 7)
    if needed <= weeks:
        return
    yield Shortage(
        kind=ShortageKind.COMPUTE,
        severity=Severity.HIGH if needed > 2 * weeks else Severity.MEDIUM,
        people=plan.answers.people("experiment_hours", "experiments", first[1]),
        questions=("experiment_hours", "experiments", first[1]),
        reason=(
            f"{say_number(count)} experiments of {say_number(hours)} hours, one after another day and night, "
            f"take {_count_weeks(needed)}. A first result is expected in {_count_weeks(weeks)}, "
            f"on {describe_day(first[0])}."
        ),
        how_sure="This follows from the answers; how many experiments it takes is an estimate.",
        dissolve=f"Run {ceil(needed / weeks)} at a time, or begin with smaller ones.",
    )


def _running_against_goals(plan: _Plan) -> Iterator[Shortage]:
    allowed = plan.answers.money("serve_budget")
    if allowed is None:
        return
    for stake in plan.stakes:
        level = wanted_level(stake.objective)
        if (
            stake.objective.family not in {"serving_cost", "cloud_bill"}
            or level is None
            or level.unit is not Unit.MONEY
        ):
            continue
        if level.per != "month" or level.currency != allowed.currency or level.amount >= allowed.amount:
            continue
        yield Shortage(
            kind=ShortageKind.COMPUTE,
            severity=Severity.MEDIUM,
            people=tuple(dict.fromkeys((*plan.answers.people("serve_budget"), stake.owner))),
            questions=("serve_budget",),
            stakes=(stake,),
            reason=(
                f"Running the model may cost {allowed.say()} a month. One goal is for {say_wish(stake.objective)}: "
                f"that is {describe_amount(level.amount, level.unit, currency=level.currency)} a month at most."
            ),
            how_sure="This follows from the answers. The bill may hold more than the model.",
            dissolve="Agree on one number for running the model.",
        )


def _running_against_budget(plan: _Plan) -> Iterator[Shortage]:
    month, budget = plan.answers.money("serve_budget"), plan.answers.money("budget")
    if month is None or budget is None or month.currency != budget.currency:
        return
    year = month.amount * _MONTHS_A_YEAR
    if year > budget.amount:
        yield Shortage(
            kind=ShortageKind.COMPUTE,
            severity=Severity.LOW,
            people=plan.answers.people("serve_budget", "budget"),
            questions=("serve_budget", "budget"),
            reason=(
                f"Running the model may cost {month.say()} a month, {month.of(year).say()} a year. "
                f"The whole project may cost {budget.say()}."
            ),
            how_sure="This follows from the answers. Running it may be paid from elsewhere.",
            dissolve="Say whether the budget includes running the model, and for how long.",
        )


# Calendar


def _goals_before_first_result(plan: _Plan) -> Iterator[Shortage]:
    for stake in plan.stakes:
        first, deadline = plan.first_result, stake.objective.deadline
        if first is None or deadline is None or first[0] <= deadline:
            continue
        yield Shortage(
            kind=ShortageKind.CALENDAR,
            severity=Severity.HIGH if first[1] == "first_review" else Severity.MEDIUM,
            people=tuple(dict.fromkeys((*plan.answers.people(first[1]), stake.owner))),
            questions=(first[1],),
            stakes=(stake,),
            reason=(
                f"One goal is for {say_wish(stake.objective)} by {describe_day(deadline)}. "
                f"The first result is expected on {describe_day(first[0])}, "
                f"{_count_days((first[0] - deadline).days)} later."
            ),
            how_sure="This follows from the answers.",
            dissolve="Move the goal's date, or plan an earlier, smaller result.",
        )


def _count_days(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


def _count_weeks(weeks: float) -> str:
    whole = max(1, round(weeks))
    return "1 week" if whole == 1 else f"{whole:,} weeks"


_RULES: tuple[Callable[[_Plan], Iterator[Shortage]], ...] = (
    _one_person_for_many_jobs,
    _nobody_to_mark_examples,
    _labels_against_money,
    _labels_against_time,
    _outside_labels_against_time,
    _experiments_against_time,
    _running_against_goals,
    _running_against_budget,
    _goals_before_first_result,
)
