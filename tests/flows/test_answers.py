"""Answers of every kind: what is read, what is asked back, how it is said, and what it tells of the project."""

from datetime import date
from typing import Any

import pytest

from flows.answers import (
    Answer,
    NotRead,
    Status,
    choose_option,
    describe_answer,
    from_form,
    named_person,
    read_answer,
)
from flows.questions import Kind
from tests.flows.questions_of_each_kind import QUESTIONS, SOURCES, TODAY, make_options, make_question, refusal


def read(name: str, text: str) -> Answer:
    return read_answer(QUESTIONS[name], text, TODAY)


@pytest.mark.parametrize(
    ("name", "text", "value", "said"),
    [
        ("cases_per_month", "12.000", 12000, "12,000 cases a month (you wrote “12.000”)"),
        ("cases_per_month", "12,000 a month", 12000, "12,000 cases a month"),
        ("cases_per_month", "about 12k", 12000, "12,000 cases a month"),
        ("cases_per_month", "100 a week", 433, "433 cases a month (you wrote “100 a week”)"),
        ("cases_per_month", "5 per week", 21.7, "21.7 cases a month (you wrote “5 per week”)"),
        ("cases_per_month", "6,000 per year", 500, "500 cases a month (you wrote “6,000 per year”)"),
        ("cases_per_month", "1", 1, "1 case a month"),
        ("minutes_per_case", "5 min each", 5, "5 minutes a case"),
        ("minutes_per_case", "half an hour", 30, "30 minutes a case (you wrote “half an hour”)"),
        ("expected_months", "2 years", 24, "24 months (you wrote “2 years”)"),
        ("teams", "3", 3, "3 teams"),
        ("teams", "one", 1, "1 team"),
        ("teams", "3 teams.", 3, "3 teams"),
        ("load", "200 requests per second", 200, "200 requests per second"),
        ("load", "1.5k/second", 1500, "1,500 requests per second"),
        ("load", "1 request a second", 1, "1 request per second"),
        ("batches", "20 000", 20000, "20,000 batches"),
        ("batches", "4 a month", 4, "4 batches"),
        ("accuracy_needed", "9 out of 10", 90, "90 % right"),
        ("accuracy_needed", "199 of 200", 99.5, "99.5 % right"),
        ("accuracy_needed", "90", 90, "90 % right"),
        ("accuracy_needed", "99,5 %", 99.5, "99.5 % right"),
        ("accuracy_needed", "99.5 %", 99.5, "99.5 % right"),
        ("accuracy_needed", "0.5 %", 0.5, "0.5 % right"),
        ("accuracy_needed", "+5 %", 5, "5 % right"),
        ("share", "90 percent", 90, "90 % of cases"),
        ("share", "half", 50, "50 % of cases"),
        ("budget", "€80,000", 80000, "€80,000"),
        ("budget", "80.000 €", 80000, "€80,000"),
        ("budget", "30k USD", 30000, "$30,000"),
        ("fees", "CHF 500 per month", 500, "CHF 500 a month"),
        ("wait", "90 seconds", 90 / 86400, "90 seconds"),
        ("wait", "three weeks", 21, "3 weeks"),
        ("wait", "1 day", 1, "1 day"),
        ("wait", "4", 4, "4 days"),
        ("delay", "1h 30", 90, "90 minutes"),
        ("delay", "2 days", 2880, "2 days"),
        ("delay", "1,5 h", 90, "1.5 hours"),
        ("launch", "31.12.2026", "2026-12-31", "31 December 2026"),
        ("launch", "1 March 2020", "2020-03-01", "1 March 2020"),
        ("often", "4 of 5", "4", "4 of 5: often"),
        ("often", "four", "4", "4 of 5: often"),
        ("often", "5/five.", "5", "5 of 5: always"),
        ("often", "2: rarely", "2", "2 of 5: rarely"),
        ("often", "At times!", "3", "3 of 5: at times"),
        ("often", "alwyas", "5", "5 of 5: always"),
        ("mood", "1", "v0", "1 of 3: bad"),
        ("mood", "2 out of 3", "v1", "2 of 3"),
        ("mood", "good", None, None),
        ("current_way", "software WITH rules.", "rules", "Software with rules"),
        ("current_way", "RULES", "rules", "Software with rules"),
        ("current_way", "by hand", "by_hand", "People do it by hand"),
        ("current_way", "soft", "rules", "Software with rules"),
        ("current_way", "sofware with rules", "rules", "Software with rules"),
        ("current_way", "so", None, None),
        ("current_way", "it", None, None),
        ("current_way", "it is done yet", None, None),
        ("current_way", "", None, None),
        ("current_way", "x" * 1001, None, None),
        ("label_source", "no", "v2", "No, we would make them"),
        ("sizes", "<10", "v0", "<10"),
        ("sizes", "10", None, None),
        ("sizes", "1", None, None),
        ("sizes", "1-5 teams", "v2", "1-5 teams"),
        ("sizes", "maintennance teem", None, None),
        ("sizes", "mainteannce team", "v3", "maintenance team"),
        ("method_exists", "Yep!", "yes", "Yes"),
        ("method_exists", "yes, we do, thanks", "yes", "Yes"),
        ("method_exists", ":+1:", "yes", "Yes"),
        ("method_exists", "not really", "no", "No"),
        ("method_exists", "No, we don’t", "no", "No"),
        ("name", "  the *claims* database ", "the *claims* database", "the *claims* database"),
        (
            "name",
            "see <https://x.org/a?b|here> &amp; ask",
            "see https://x.org/a?b & ask",
            "see https://x.org/a?b & ask",
        ),
        ("story", "One.\r\nTwo.\x00", "One.\nTwo.", "One.\nTwo."),
    ],
)
def test_an_answer(name: str, text: str, value: Any, said: str | None) -> None:
    if said is None:
        assert refusal(name, text)
        return
    answer = read(name, text)
    assert answer.value == (pytest.approx(value, rel=1e-9) if isinstance(value, float) else value)
    assert (answer.status, answer.question) == (Status.GIVEN, name)
    assert describe_answer(QUESTIONS[name], answer) == said


@pytest.mark.parametrize(("text", "currency"), [("5 euros", "EUR"), ("£5", "GBP"), ("5 CHF", "CHF")])
def test_money_has_its_currency(text: str, currency: str) -> None:
    assert read("budget", text).currency == currency


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("signs", "rules, people", ("v0", "v1")),
        ("signs", "People and rules", ("v0", "v1")),
        ("signs", "peple; ruels", ("v0", "v1")),
        ("signs", "data, and its owners, rules", ("v0", "v2")),
        ("signs", "- Rules\n- Data", ("v0", "v2")),
        ("signs", "1 and 3", ("v0", "v2")),
        ("signs", "1 3", ("v0", "v2")),
        ("signs", "#2.", ("v1",)),
        ("signs", "rules", ("v0",)),
        ("signs", "rules, rules", ("v0",)),
        ("signs", "All of them", ("v0", "v1", "v2")),
        ("signs", "nothing", ("v3",)),
        ("signs", "none of these", ("v3",)),
        ("signs", "neither", ("v3",)),
        ("two", "none", ("v3",)),
        ("pair", "both", ("v0", "v1")),
        ("counts", "2 teams", ("v0",)),
        ("signs", "rules or people", ()),
        ("signs", "rules, cats", ()),
        ("signs", "rules, none of these", ()),
        ("signs", "1 and 7", ()),
        ("signs", "0", ()),
        ("signs", "1-3", ()),
        ("signs", "both", ()),
        ("signs", "x" * 1001, ()),
        ("signs", "…", ()),
        ("two", "not cost", ()),
        ("two", "everything but cost", ()),
        ("pair", "none", ()),
        ("counts", "1", ()),
        ("counts", "2 and 3", ()),
    ],
)
def test_several_options(name: str, text: str, values: tuple[str, ...]) -> None:
    if not values:
        assert refusal(name, text)
        return
    assert read(name, text).value == values


def test_words_that_are_two_options_name_none() -> None:
    twice = make_question(Kind.CHOICES, options=make_options("Cost", "cost!"))
    with pytest.raises(NotRead):
        read_answer(twice, "cost?", TODAY)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("accuracy_needed", "0.95", "Do you mean 95? Please write it in percent. For example: 90"),
        ("accuracy_needed", "0.995", "Do you mean 99.5? Please write it in percent. For example: 90"),
        ("accuracy_needed", "most", "I need one number between 1 and 100, in percent. For example: 90"),
        ("accuracy_needed", "2x", "I need one number between 1 and 100, in percent. For example: 90"),
        ("accuracy_needed", "0 of 10", "I need one number between 1 and 100, in percent. For example: 90"),
        ("accuracy_needed", "120", "I need one number between 1 and 100, in percent. For example: 90"),
        (
            "cases_per_month",
            "500 a day",
            "Please write it per month: 15,200 if every day, 10,500 on working days. For example: 12,000",
        ),
        ("cases_per_month", "8 an hour", "I could not read one number of cases a month in that. For example: 12,000"),
        ("cases_per_month", "lots", "I could not read one number of cases a month in that. For example: 12,000"),
        ("cases_per_month", "-3", "I could not read one number of cases a month in that. For example: 12,000"),
        (
            "batches",
            "10-15",
            "That is a range. Please give one number, perhaps the middle: 12.5. For example: 3",
        ),
        ("batches", "1.200", "Is that 1,200 or 1.2? I cannot tell. For example: 3"),
        ("batches", "5 hours", "I could not read one number of batches in that. For example: 3"),
        ("batches", "1.200 or 7", "I could not read one number of batches in that. For example: 3"),
        ("load", "200 a day", "I could not read one number of requests per second in that. For example: 200"),
        ("load", "200 a month", "I could not read one number of requests per second in that. For example: 200"),
        ("teams", "0", "That should be at least 1. For example: 3"),
        ("budget", "80,000", "In which currency? For example: €80,000"),
        ("budget", "a lot", "I could not read an amount of money in that. For example: €80,000"),
        (
            "budget",
            "€5-10k",
            "That is a range. Please give one number, perhaps the middle: 7,500. For example: €80,000",
        ),
        (
            "delay",
            "2-3 h",
            "That is a range. Please give one number, perhaps the middle: 2.5 hours. For example: 1h 30",
        ),
        ("delay", "ages", "I could not read one span of time in that. For example: 1h 30"),
        ("launch", "03/04/2027", "Do you mean 3 April 2027 or 4 March 2027? For example: 31 December 2026"),
        ("launch", "Monday", "Do you mean 23 November 2026 or 30 November 2026? For example: 31 December 2026"),
        ("launch", "in March", "I could not read one day in that. For example: 31 December 2026"),
        (
            "launch",
            "3 March this year",
            "3 March 2026 has passed. If you mean it, please write the year. For example: 31 December 2026",
        ),
        ("owner", "Ann", "I could not find a person in that. Please type @ and a name, or use the form."),
        ("owner", "<@U1> and <@U2>", "I need one person. Please type @ and a name, or use the form."),
        ("owner", "not <@U1>", "I need one person. Please type @ and a name, or use the form."),
        ("owner", "me", "I could not find a person in that. Please type @ and a name, or use the form."),
        ("method_exists", "yes and no", "I could not tell whether that is a yes. Please answer Yes or No."),
        (
            "current_way",
            "somehow",
            (
                "I could not tell which one you mean. "
                "Please choose: Software with rules; People do it by hand; It is not done yet"
            ),
        ),
        (
            "label_source",
            "yes",
            (
                "That could mean more than one of them. "
                "Please choose: Yes, a system records them; Yes, collected by people"
            ),
        ),
        (
            "signs",
            "cats",
            (
                "I could not tell which ones you mean; please part them with commas. "
                "Please choose: Rules; People; Data, and its owners; None of these"
            ),
        ),
        ("often", "6", "I could not tell which one you mean. Please give a number from 1 (never) to 5 (always)."),
        ("name", " \u200b\u3164 ", "Please write a few words. For example: the claims database"),
        (
            "name",
            "a" * 412,
            "Please shorten it to 300 characters; it has 412. For example: the claims database",
        ),
        (
            "story",
            "a" * 3001,
            (
                "Please shorten it to 3,000 characters; it has 3,001. "
                "For example: Claims come in by post; two people sort them"
            ),
        ),
    ],
)
def test_what_cannot_be_read_is_asked_for(name: str, text: str, sentence: str) -> None:
    assert refusal(name, text) == sentence


@pytest.mark.parametrize("text", ["maybe", "it depends", "yes?", "no doubt", "no idea", "yes but", "y" * 1001, ""])
def test_a_hedge_is_no_yes_and_no_no(text: str) -> None:
    assert refusal("method_exists", text)


@pytest.mark.parametrize(
    "text",
    ["4.5", "4 of 10", "4 or 5", "4-5", "-4", "one of them", "4 (rarely)", "5 stars", "x" * 1001, "0", "99999999999"],
)
def test_no_step_of_the_scale(text: str) -> None:
    assert refusal("often", text)


def test_more_options_than_words_allow_are_cut() -> None:
    labels = tuple(f"the {number} answer among very many" for number in range(15))
    many = make_question(Kind.CHOICE, options=make_options(*labels))
    with pytest.raises(NotRead, match=r"the 0 answer among very many; the 1 answer .*; the 2 answer .*; …$"):
        read_answer(many, "cats", TODAY)
    long = make_question(Kind.CHOICES, options=make_options("a " * 37 + "b", "c " * 37 + "d"))
    with pytest.raises(NotRead, match=r"a a a a a a a…; c c c c c c c…$"):
        read_answer(long, "cats", TODAY)
    verbose = make_question(Kind.SHORT_TEXT, example="so " * 32)
    with pytest.raises(NotRead, match=r"so so…$"):
        read_answer(verbose, "", TODAY)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("<@U0123>", "U0123"),
        ("I think it's <@U0123|ann>, the lead", "U0123"),
        ("<@W9> <@W9>", "W9"),
        ("me", "UME"),
        ("It’s me!", "UME"),
        ("I do", "UME"),
    ],
)
def test_a_person(text: str, person: str) -> None:
    answer = read_answer(QUESTIONS["owner"], text, TODAY, me="UME")
    assert answer.value == person
    assert named_person(QUESTIONS["owner"], answer) == person
    assert describe_answer(QUESTIONS["owner"], answer, short=True) == f"<@{person}>"


@pytest.mark.parametrize("text", ["me and <@U1>", "<@U1> or Bob", "nobody", "<@u1>", "<#C1>"])
def test_no_one_person(text: str) -> None:
    assert refusal("owner", text, me="UME")


def test_objectives_are_read_elsewhere() -> None:
    with pytest.raises(ValueError, match="goal"):
        read_answer(make_question(Kind.OBJECTIVE, "goal", "raise sales by 5 %"), "5", TODAY)


def test_a_pressed_button() -> None:
    assert choose_option(QUESTIONS["method_exists"], "no") == Answer(
        question="method_exists", status=Status.GIVEN, given="No", value="no"
    )
    chosen = choose_option(QUESTIONS["often"], "2")
    assert chosen is not None
    assert (chosen.given, chosen.value) == ("rarely", "2")
    assert choose_option(QUESTIONS["current_way"], "pigeon") is None
    assert choose_option(QUESTIONS["signs"], "v0") is None
    assert choose_option(QUESTIONS["teams"], "3") is None


@pytest.mark.parametrize(
    ("name", "values", "value"),
    [
        ("current_way", ("rules",), "rules"),
        ("method_exists", ("yes",), "yes"),
        ("often", ("2",), "2"),
        ("signs", ("v2", "v0"), ("v0", "v2")),
        ("launch", ("2026-12-31",), "2026-12-31"),
        ("launch", ("2020-12-31",), "2020-12-31"),
        ("owner", ("U0123",), "U0123"),
        ("owner", ("<@U0123>",), "U0123"),
        ("owner", ("me",), "UME"),
        ("teams", ("3",), 3.0),
        ("budget", ("80,000", "EUR"), 80000.0),
        ("name", ("the claims",), "the claims"),
    ],
)
def test_a_field_of_a_form(name: str, values: tuple[str, ...], value: object) -> None:
    assert from_form(QUESTIONS[name], values, TODAY, me="UME").value == value


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("signs", ("v0", "v3")),
        ("signs", ("v0", "cats")),
        ("signs", ()),
        ("current_way", ()),
        ("launch", ("2026-13-01",)),
    ],
)
def test_a_field_that_holds_no_answer(name: str, values: tuple[str, ...]) -> None:
    with pytest.raises(NotRead):
        from_form(QUESTIONS[name], values, TODAY)


def given_answer(name: str, value: Any, currency: str | None = None, given: str = "") -> Answer:
    return Answer(question=name, status=Status.GIVEN, given=given, value=value, currency=currency)


def test_answers_without_a_value() -> None:
    assert describe_answer(QUESTIONS["teams"], Answer(question="teams", status=Status.UNKNOWN)) == "I don't know"
    assert describe_answer(QUESTIONS["teams"], Answer(question="teams", status=Status.SKIPPED)) == "skipped"
    handed = Answer(question="teams", status=Status.HANDED, value="U77")
    assert describe_answer(QUESTIONS["teams"], handed) == "<@U77>"
    assert named_person(QUESTIONS["teams"], handed) == "U77"


def test_only_a_person_is_named() -> None:
    assert named_person(QUESTIONS["name"], given_answer("name", "U77")) is None
    assert named_person(QUESTIONS["owner"], given_answer("owner", "> all")) is None
    assert named_person(QUESTIONS["owner"], Answer(question="owner", status=Status.UNKNOWN)) is None


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("current_way", given_answer("current_way", "pigeon", given="By pigeon"), "By pigeon"),
        ("often", given_answer("often", "9", given="nine"), "nine"),
        ("often", given_answer("often", "9"), "9"),
        ("signs", given_answer("signs", ("v0", "old")), "Rules; old"),
        ("launch", given_answer("launch", "some day"), "some day"),
        ("teams", given_answer("teams", None), "…"),
        ("teams", given_answer("teams", 4.0, given="3 teams"), "4 teams"),
        ("launch", given_answer("launch", 4.0, given="4"), "4"),
        ("method_exists", given_answer("method_exists", ("no", "maybe")), "No; maybe"),
        ("signs", given_answer("signs", ()), "…"),
    ],
)
def test_an_answer_to_a_question_that_was_reworded(name: str, answer: Answer, said: str) -> None:
    assert describe_answer(QUESTIONS[name], answer) == said


@pytest.mark.parametrize(
    ("unit", "said"), [("entries a day", "1 entry a day"), ("analysis", "1 analysis"), ("bus", "1 bus")]
)
def test_one_of_something(unit: str, said: str) -> None:
    question = make_question(Kind.NUMBER, example="1", unit=unit)
    assert describe_answer(question, given_answer("asked", 1.0)) == said


def test_the_short_form() -> None:
    answer = read("story", "Claims come in by post, and two people sort them into eleven piles")
    short = describe_answer(QUESTIONS["story"], answer, short=True)
    assert short == "Claims come in by post, and two people…"
    assert describe_answer(QUESTIONS["wait"], read("wait", "three weeks"), short=True) == "3 weeks"
    assert describe_answer(QUESTIONS["name"], read("name", "a" * 300), short=True) == "a" * 39 + "…"


def test_a_long_answer_is_shown_short() -> None:
    answer = read("minutes_per_case", "about half an hour " + "or so " * 20)
    assert describe_answer(QUESTIONS["minutes_per_case"], answer).endswith("…”)")


def test_a_past_day_needs_its_year() -> None:
    with pytest.raises(NotRead, match=r"^23 November 2026 has passed. If you mean it, please write the year. For"):
        read_answer(QUESTIONS["launch"], "before 24 November", date(2026, 11, 24))
    assert read_answer(QUESTIONS["launch"], "2026-11-23", date(2026, 11, 24)).value == "2026-11-23"


def test_the_sources_are_told_apart_by_their_beginnings() -> None:
    assert [read("label_source", text).value for text in ("yes, a", "yes, collected")] == [SOURCES[0].value, "v1"]
