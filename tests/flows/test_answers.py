import pytest

from flows.answers import Answer, NotRead, Status, describe_answer, gather_facts, read_answer
from flows.facts import CurrentWay
from flows.questions import CURRENT_VERSION, Question, Role, questions_for


def question(name: str) -> Question:
    return next(one for one in questions_for(tuple(Role), CURRENT_VERSION) if one.id == name)


@pytest.mark.parametrize(
    ("name", "text", "value", "currency", "said"),
    [
        ("cases_per_month", "12.000", None, None, None),
        ("cases_per_month", "12,000", 12000, None, "12,000 cases a month"),
        ("cases_per_month", "-3", None, None, None),
        ("cases_per_month", "lots", None, None, None),
        ("teams", "3", 3, None, "3 teams"),
        ("teams", "0", None, None, None),
        ("accuracy_needed", "90", 90, None, "90 % right"),
        ("accuracy_needed", "95.5 %", 95.5, None, "95.5 % right"),
        ("accuracy_needed", "120", None, None, None),
        ("accuracy_needed", "0", None, None, None),
        ("budget", "€80,000", 80000, "EUR", "EUR 80,000"),
        ("budget", "80,000", None, None, None),
        ("budget", "a lot", None, None, None),
        ("current_way", "software with rules", "rules", None, "Software with rules"),
        ("current_way", "RULES", "rules", None, "Software with rules"),
        ("current_way", "somehow", None, None, None),
    ],
)
def test_an_answer(name: str, text: str, value: object, currency: str | None, said: str | None) -> None:
    if value is None:
        with pytest.raises(NotRead):
            read_answer(question(name), text)
        return
    answer = read_answer(question(name), text)
    assert (answer.value, answer.currency, answer.given) == (value, currency, text)
    assert describe_answer(question(name), answer) == said


def test_not_knowing_is_said_as_such() -> None:
    unknown = Answer(question="teams", status=Status.UNKNOWN)
    assert describe_answer(question("teams"), unknown) == "I don't know"
    assert describe_answer(question("teams"), unknown.model_copy(update={"status": Status.SKIPPED})) == "skipped"


def test_an_option_that_left_the_set_is_said_as_it_was_given() -> None:
    old = Answer(question="current_way", status=Status.GIVEN, given="By pigeon", value="pigeon")
    assert describe_answer(question("current_way"), old) == "By pigeon"


def given_answer(name: str, value: float | str, currency: str | None = None) -> Answer:
    return Answer(question=name, status=Status.GIVEN, value=value, currency=currency)


def test_facts() -> None:
    facts = gather_facts(
        [
            given_answer("goal", "x"),
            given_answer("current_way", "rules"),
            given_answer("method_exists", "yes"),
            given_answer("teams", 3.0),
            given_answer("budget", 80000.0, "EUR"),
            Answer(question="cases_per_month", status=Status.UNKNOWN),
        ]
    )
    assert facts.current_way is CurrentWay.RULES
    assert (facts.method_exists, facts.teams, facts.budget, facts.budget_currency) == (True, 3, 80000, "EUR")
    assert facts.cases_per_month is None


def test_an_unknown_version_asks_the_current_questions() -> None:
    assert questions_for((Role.FINANCE,), 999) == questions_for((Role.FINANCE,), CURRENT_VERSION)
