import pytest

from flows.answers import Answer, NotRead, Status, describe_answer, gather_facts, read_answer
from flows.facts import CurrentWay
from flows.questions import CURRENT_VERSION, Question, Role, questions_for


def question(name: str) -> Question:
    return next(one for one in questions_for(tuple(Role), CURRENT_VERSION) if one.id == name)


@pytest.mark.parametrize(
    ("name", "text", "value", "currency", "said"),
    [
        ("cases_per_month", "12.000", 12000, None, "12,000 cases a month (you wrote “12.000”)"),
        ("cases_per_month", "12.000 to 15.000", None, None, None),
        ("cases_per_month", "12,000 a month", 12000, None, "12,000 cases a month"),
        ("cases_per_month", "100 a week", 433, None, "433 cases a month (you wrote “100 a week”)"),
        ("cases_per_month", "5 per week", 21.7, None, "21.7 cases a month (you wrote “5 per week”)"),
        ("cases_per_month", "6,000 per year", 500, None, "500 cases a month (you wrote “6,000 per year”)"),
        ("cases_per_month", "300 a quarter", 100, None, "100 cases a month (you wrote “300 a quarter”)"),
        ("cases_per_month", "500 a day", None, None, None),
        ("cases_per_month", "0 a day", None, None, None),
        ("cases_per_month", "8 an hour", None, None, None),
        ("cases_per_month", "500 per agent", None, None, None),
        ("minutes_per_case", "5", 5, None, "5 minutes a case"),
        ("minutes_per_case", "5 min each", 5, None, "5 minutes a case"),
        ("minutes_per_case", "half an hour", 30, None, "30 minutes a case (you wrote “half an hour”)"),
        ("minutes_per_case", "2 hours", 120, None, "120 minutes a case (you wrote “2 hours”)"),
        ("minutes_per_case", "a day", None, None, None),
        ("minutes_per_case", "1.200", None, None, None),
        ("expected_months", "6 months", 6, None, "6 months"),
        ("expected_months", "2 years", 24, None, "24 months (you wrote “2 years”)"),
        ("expected_months", "by June", None, None, None),
        ("accuracy_needed", "9 out of 10", 90, None, "90 % right"),
        ("accuracy_needed", "nine in ten", 90, None, "90 % right"),
        ("accuracy_needed", "95/100", 95, None, "95 % right"),
        ("accuracy_needed", "199 of 200", 99.5, None, "99.5 % right"),
        ("accuracy_needed", "0.95", None, None, None),
        ("accuracy_needed", "0 of 10", None, None, None),
        ("cases_per_month", "12,000", 12000, None, "12,000 cases a month"),
        ("cases_per_month", "-3", None, None, None),
        ("cases_per_month", "lots", None, None, None),
        ("teams", "3", 3, None, "3 teams"),
        ("teams", "0", None, None, None),
        ("accuracy_needed", "90", 90, None, "90 % right"),
        ("accuracy_needed", "95.5 %", 95.5, None, "95.5 % right"),
        ("accuracy_needed", "120", None, None, None),
        ("accuracy_needed", "0", None, None, None),
        ("budget", "€80,000", 80000, "EUR", "€80,000"),
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


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("accuracy_needed", "0.95", "Do you mean 95? Please write it as a whole number, such as 95."),
        ("accuracy_needed", "0.995", "Do you mean 99.5? Please write it as a whole number, such as 99.5."),
        ("accuracy_needed", "most", "I need one number between 1 and 100, in percent. For example: 90"),
        (
            "cases_per_month",
            "500 a day",
            (
                "Please write it as a number of cases a month: about 15,200 if it is every day, "
                "10,500 if it is on working days."
            ),
        ),
        ("cases_per_month", "lots", "I could not read one number of cases a month in that. For example: 12,000"),
        ("minutes_per_case", "ages", "I could not read one number of minutes a case in that. For example: 5"),
        ("expected_months", "soon", "I could not read one number of months in that. For example: 6"),
        ("teams", "some", "I could not read one number of teams in that. For example: 3"),
    ],
)
def test_what_cannot_be_read_is_asked_for_with_its_unit(name: str, text: str, sentence: str) -> None:
    with pytest.raises(NotRead) as raised:
        read_answer(question(name), text)
    assert str(raised.value) == sentence


def test_a_long_answer_is_shown_short() -> None:
    answer = read_answer(question("minutes_per_case"), "about half an hour " + "or so " * 20)
    assert describe_answer(question("minutes_per_case"), answer).endswith(" …”)")
