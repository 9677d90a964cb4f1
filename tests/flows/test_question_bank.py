import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest

from flows.facts import CurrentWay, ErrorConsequence, LabelSource
from flows.question_bank import BANK, data, effort, goals, labels, people, quality, rules, success, support, team, worth
from flows.question_changes import Changes, compare
from flows.question_file import read_question_file, write_question_file
from flows.questions import AT_MOST, NO, YES, Kind, Question
from flows.roles import Role

_THEMES = (data, effort, goals, labels, people, quality, rules, success, support, team, worth)
_EVERYONE = frozenset(Role)
_FIRST_THREE = frozenset({Role.PRODUCT_OWNER, Role.EXECUTIVE_SPONSOR, Role.FINANCE})
_ROWS = tuple(
    f"K{number}" for first, last in ((3, 14), (16, 25), (38, 45), (48, 60)) for number in range(first, last + 1)
)
_BEFORE = {
    Role.PRODUCT_OWNER: (
        "goal",
        "current_way",
        "cases_per_month",
        "minutes_per_case",
        "error_consequence",
        "accuracy_needed",
        "label_source",
        "method_exists",
    ),
    Role.EXECUTIVE_SPONSOR: ("goal", "expected_months", "teams"),
    Role.FINANCE: ("goal", "budget"),
}
_WITHOUT_TECHNICAL_WORDS = _EVERYONE - {
    Role.DATA_SCIENTIST,
    Role.ML_ENGINEER,
    Role.SOFTWARE_ENGINEER,
    Role.DATA_ENGINEER,
    Role.DEVOPS,
}
_TECHNICAL_WORDS = re.compile(
    r"\b(?:algorithm|API|compute|cost function|dataset|deploy\w*|distribution|features?|holdout|hyperparameters?|"
    r"inference|latency|metrics?|outliers?|pipelines?|precision|recall|regression|stakeholders?|throughput)\b",
    re.IGNORECASE,
)

_each_question = pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)


def _paths(roles: Collection[Role], present: Collection[Role]) -> list[tuple[str, ...]]:
    """The first questions that somebody with these roles meets, for each way of answering what others hang on."""
    planned = [BANK.by_id[name] for name in BANK.plan(roles, present)]
    names = {question.id for question in planned}
    hung_on = {when.question for question in planned for when in question.when if when.question in names}
    return [tuple(met)[:AT_MOST] for met in _walk(planned, hung_on, {})]


def _walk(planned: list[Question], hung_on: set[str], given: dict[str, str]) -> Iterator[list[str]]:
    for place, question in enumerate(planned):
        if question.kind is Kind.MORE_OBJECTIVES:
            continue
        if any(when.question in given and given[when.question] not in when.values for when in question.when):
            continue
        values = question.values if question.id in hung_on else ("",)
        for value in values:
            chosen = {**given, question.id: value} if value else given
            for rest in _walk(planned[place + 1 :], hung_on, chosen):
                yield [question.id, *rest]
        return
    yield []


def _asked(present: Collection[Role]) -> dict[Role, set[str]]:
    return {role: {name for path in _paths([role], present) for name in path} for role in sorted(present)}


def _asked_of(question: Question, present: Collection[Role]) -> set[Role]:
    held = set(question.roles) & set(present)
    return held or set([role for role in question.stand_ins if role in present][:1])


def _texts(question: Question) -> tuple[str, ...]:
    labels_of_options = tuple(option.label for option in question.options)
    return (question.wording, question.why, question.find_out, question.example, question.label, *labels_of_options)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'{}-]+", text)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?:])\s+", text) if sentence]


@pytest.mark.parametrize("row", _ROWS)
def test_each_row_of_the_checklist_is_asked_of_somebody_when_all_are_there(row: str) -> None:
    asked = set().union(*_asked(_EVERYONE).values())

    assert any(row in BANK.by_id[name].rows for name in asked)


def test_no_question_goes_unasked_when_all_are_there() -> None:
    assert set().union(*_asked(_EVERYONE).values()) == set(BANK.by_id) - {"more_goals"}


def test_every_question_of_every_theme_is_in_the_bank() -> None:
    def of(theme: ModuleType) -> set[str]:
        return {value.id for value in vars(theme).values() if isinstance(value, Question)}

    assert set().union(*map(of, _THEMES)) == set(BANK.by_id)
    assert 60 <= len(BANK.questions) <= 85


@pytest.mark.parametrize("role", list(Role))
def test_everybody_is_asked_for_a_goal_first(role: Role) -> None:
    assert BANK.plan([role], [role])[:2] == ("goal", "more_goals")
    assert BANK.plan([role], _EVERYONE)[:2] == ("goal", "more_goals")


@pytest.mark.parametrize("role", sorted(_FIRST_THREE))
def test_the_questions_of_before_keep_their_people_and_their_order(role: Role) -> None:
    for path in _paths([role], _FIRST_THREE):
        old = [name for name in path if name in {name for names in _BEFORE.values() for name in names}]
        expected = [name for name in _BEFORE[role] if name in path or name != "minutes_per_case"]
        assert old == expected
    assert set(_BEFORE[role]) <= _asked(_FIRST_THREE)[role]


def test_minutes_are_asked_about_whenever_people_do_it_by_hand() -> None:
    question = BANK.by_id["minutes_per_case"]

    assert [(when.question, when.values) for when in question.when] == [("current_way", (CurrentWay.BY_HAND.value,))]


def test_the_answers_of_before_keep_their_values() -> None:
    assert BANK.by_id["current_way"].values == tuple(CurrentWay)
    assert BANK.by_id["error_consequence"].values == tuple(ErrorConsequence)
    assert BANK.by_id["label_source"].values == tuple(LabelSource)
    assert BANK.by_id["method_exists"].values == (YES, NO)


def test_those_who_are_there_stand_in_for_the_absent() -> None:
    for path in _paths([Role.PRODUCT_OWNER], _FIRST_THREE):
        assert {"form", "data_owner", "stray_cases"} <= set(path)
    for path in _paths([Role.EXECUTIVE_SPONSOR], _FIRST_THREE):
        assert {"experience", "jobs_filled"} <= set(path)
    for path in _paths([Role.FINANCE], _FIRST_THREE):
        assert {"people_data", "rollback_hours"} <= set(path)


def test_somebody_alone_is_asked_what_a_first_score_needs() -> None:
    asked = _asked({Role.PRODUCT_OWNER})[Role.PRODUCT_OWNER]

    assert set(_BEFORE[Role.PRODUCT_OWNER]) | {"expected_months", "budget"} <= asked
    assert all(len(path) == AT_MOST for path in _paths([Role.PRODUCT_OWNER], {Role.PRODUCT_OWNER}))


def test_whoever_gets_a_question_was_asked_what_it_hangs_on() -> None:
    present = [set(roles) for size in (1, 2, 3, 11, 12) for roles in combinations(Role, size)]
    for question in BANK.questions:
        for earlier in (BANK.by_id[when.question] for when in question.when):
            assert all(_asked_of(question, roles) <= _asked_of(earlier, roles) for roles in present), question.id


@pytest.mark.parametrize(
    ("given", "unasked"),
    [
        ({"label_source": "automatic"}, {"label_seconds", "label_price", "label_duties", "outsource_weeks"}),
        ({"current_way": "by_hand"}, {"rules_exceptions", "rules_hours", "rules_learnable", "rules_labels"}),
        ({"current_way": "rules"}, {"minutes_per_case"}),
        ({"current_way": "not_done"}, {"minutes_per_case", "accuracy_today", "rules_frustration"}),
        ({"form": "recommend"}, {"largest_group", "form_instead"}),
        ({"method_exists": "no"}, {"method_link"}),
        ({"people_data": "no_people"}, {"explanation", "redress"}),
    ],
)
def test_an_answer_spares_people_what_no_longer_applies(given: dict[str, str], unasked: set[str]) -> None:
    for name in unasked:
        assert any(
            when.question in given and given[when.question] not in when.values for when in BANK.by_id[name].when
        ), name


def test_every_kind_of_answer_occurs() -> None:
    assert {question.kind for question in BANK.questions} == set(Kind)


def test_the_model_can_take_each_of_the_twelve_forms_or_none() -> None:
    """K39, K40."""
    assert len(BANK.by_id["form"].values) == 13
    assert BANK.by_id["form"].options[-1].label == "None of these"
    assert BANK.by_id["form_instead"].when[0].values == ("none",)


def test_the_raccoon_is_asked_about_in_the_words_of_the_project() -> None:
    """K44."""
    assert BANK.by_id["stray_cases"].worded("Cat flap").startswith("In Cat flap, ")
    assert "{" not in BANK.by_id["instance"].worded("Cat flap")


@_each_question
def test_its_words_are_few(question: Question) -> None:
    assert len(_words(question.wording)) <= 28
    assert len(_words(question.why)) <= 28
    assert 2 <= len(_words(question.label)) <= 3
    assert len(_words(question.find_out)) <= 20
    assert len(_sentences(question.find_out)) <= 1
    assert question.find_out or question.kind in {Kind.OBJECTIVE, Kind.MORE_OBJECTIVES, Kind.LONG_TEXT}


@_each_question
def test_its_sentences_are_short(question: Question) -> None:
    for text in (question.wording, question.why):
        assert len(_words(text)) / len(_sentences(text)) <= 18


def test_long_words_are_rare() -> None:
    words = [word for question in BANK.questions for text in _texts(question) for word in _words(text)]

    assert sum(len(word) > 12 for word in words) / len(words) <= 0.05
    for question in BANK.questions:
        words = [word for text in (question.wording, question.why) for word in _words(text)]
        assert sum(len(word) > 12 for word in words) / len(words) <= 0.05, question.id


@_each_question
def test_it_is_written_in_plain_characters(question: Question) -> None:
    for text in _texts(question):
        assert "!" not in text
        assert text.replace("€", "").isascii(), text
        assert text == text.strip()


@_each_question
def test_it_speaks_plainly_to_those_who_are_no_engineers(question: Question) -> None:
    if set(question.roles) & _WITHOUT_TECHNICAL_WORDS:
        for text in (question.wording, question.why, question.find_out):
            assert not _TECHNICAL_WORDS.search(text), text


@_each_question
def test_it_asks_one_thing(question: Question) -> None:
    assert question.wording.count("?") == 1
    assert question.why.endswith(".")
    assert question.find_out == "" or question.find_out.endswith(".")


@_each_question
def test_it_says_what_its_answer_is_good_for(question: Question) -> None:
    assert question.feeds
    assert len(set(question.feeds)) == len(question.feeds)


def test_no_two_questions_look_alike() -> None:
    for texts in (
        [question.label for question in BANK.questions],
        [question.wording for question in BANK.questions],
        [question.why for question in BANK.questions],
    ):
        assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_a_scale_has_words_at_each_of_its_five_steps() -> None:
    for question in BANK.questions:
        if question.kind is Kind.SCALE:
            assert question.values == ("1", "2", "3", "4", "5")


def test_the_documentation_changes_questions_that_there_are() -> None:
    text = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    assert compare(BANK, read_question_file(example, BANK)) == Changes(
        added=("review_board",),
        reworded=("current_way",),
        altered=(),
        switched_off=("data_owner",),
        moved=("business_metric",),
    )


def test_it_can_be_written_as_a_file_and_read_back() -> None:
    assert read_question_file(write_question_file(BANK), BANK) == BANK
