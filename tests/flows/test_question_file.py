"""The file with which a workspace changes its questions: what it does, and what is told about its mistakes."""

import string

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.question_file import FileMistakes, compare, read_question_file, write_question_file
from flows.questions import Feed, Kind, Option, Question, QuestionSet, When
from flows.roles import Role


def made(name: str, kind: Kind, **fields: object) -> Question:
    given_fields = {"label": f"About {name}", "wording": f"What of {name}?", "why": "It matters."}
    return Question.model_validate({**given_fields, "id": name, "kind": kind, "roles": [Role.PRODUCT_OWNER], **fields})


def pick(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=value.capitalize()) for value in values)


GOAL = made("goal", Kind.OBJECTIVE, example="cut churn by 10 %")
MORE_GOALS = made("more_goals", Kind.MORE_OBJECTIVES, example="none", options=pick("no_more"))
CURRENT_WAY = made("current_way", Kind.CHOICE, options=pick("rules", "people"))
RULE_COUNT = made(
    "rule_count", Kind.NUMBER, example="40", unit="rules", when=(When(question="current_way", values=("rules",)),)
)
HAS_LABELS = made("has_labels", Kind.YES_NO, stand_ins=[Role.FINANCE], find_out="Ask them.", rows=["K14"])
LABEL_COST = made("label_cost", Kind.MONEY, example="1 €", when=(When(question="has_labels", values=("yes",)),))
BASE = QuestionSet(questions=(GOAL, MORE_GOALS, CURRENT_WAY, RULE_COUNT, HAS_LABELS, LABEL_COST))

NEW = """
- id: team_size
  label: Team size
  kind: number
  wording: How many are you?
  why: It matters.
  roles: [finance, legal]
  example: '7'
  unit: people
"""


def entries(text: str) -> QuestionSet:
    return read_question_file(f"questions:\n{text}", BASE)


def order(text: str) -> list[str]:
    return [question.id for question in entries(text).questions]


@pytest.mark.parametrize("text", ["", "# nothing yet", "questions:", "questions: []", "---\n", "\ufeffquestions:"])
def test_an_empty_file_changes_nothing(text: str) -> None:
    assert read_question_file(text, BASE) == BASE


def test_a_known_id_changes_only_what_is_given() -> None:
    changed = entries("- id: goal\n  wording: >\n    Where do\n    you go?\n  roles: [finance]")
    assert changed.by_id["goal"] == GOAL.model_copy(update={"wording": "Where do you go?", "roles": (Role.FINANCE,)})
    assert changed.questions[1:] == BASE.questions[1:]


def test_fields_are_emptied() -> None:
    changed = entries("- id: has_labels\n  stand_ins: []\n  find_out:\n  rows: ~\n- id: rule_count\n  when:\n")
    assert changed.by_id["has_labels"] == HAS_LABELS.model_copy(update={"stand_ins": (), "find_out": "", "rows": ()})
    assert changed.by_id["rule_count"].when == ()
    assert entries("- id: rule_count\n  when: {}").by_id["rule_count"].when == ()


def test_a_new_question_goes_to_the_end_or_to_its_place() -> None:
    assert order(NEW)[-1] == "team_size"
    assert order(f"{NEW}  after: goal")[1] == "team_size"
    assert order(f"{NEW}  first: true")[0] == "team_size"
    assert order(f"{NEW}  first: no")[-1] == "team_size"
    assert entries(NEW).by_id["team_size"].roles == (Role.FINANCE, Role.LEGAL)


def test_moved_questions_follow_one_another() -> None:
    moved = "- {id: has_labels, after: goal}\n- {id: label_cost, after: has_labels}\n- {id: current_way, after: goal}"
    assert order(moved) == ["goal", "has_labels", "label_cost", "current_way", "more_goals", "rule_count"]
    assert order("- {id: has_labels, first: true}\n- {id: current_way, first: true}")[:2] == [
        "has_labels",
        "current_way",
    ]


def test_switched_off_with_what_hangs_on_it() -> None:
    both = "- {id: current_way, off: true}\n- {id: rule_count, off: yes}"
    assert order(both) == ["goal", "more_goals", "has_labels", "label_cost"]
    assert "current_way" not in order("- {id: current_way, off: true}\n- {id: rule_count, when: {}}")
    assert order(f"{NEW}  off: true") == order("")


@pytest.mark.parametrize("written", ["[yes, No, 12]", "{yes: yes, no: No, 12: 12}", "\n  - yes\n  - No\n  - 12"])
def test_yes_and_numbers_are_texts(written: str) -> None:
    question = entries(f"- id: has_labels\n  kind: choice\n  options: {written}\n- id: label_cost\n  off: true")
    options = question.by_id["has_labels"].options
    assert [option.value for option in options] == ["yes", "no", "12"]
    assert [option.label for option in options] == ["yes", "No", "12"]


def test_listed_labels_keep_the_values_that_they_have() -> None:
    base = QuestionSet(
        questions=(
            GOAL,
            MORE_GOALS,
            made("way", Kind.CHOICE, options=[Option(value="a", label="By hand"), Option(value="b", label="By rules")]),
        )
    )
    changed = read_question_file("questions:\n- id: way\n  options: [By hand, Not at all]", base)
    assert changed.by_id["way"].values == ("a", "not_at_all")


LONG = "x" * 412
Expected = tuple[int, str, str, str]
MISTAKES: list[tuple[str, list[Expected]]] = [
    # The file as a whole, and its YAML. The first line is `questions:`.
    ("  - id: goal\n bad", [(3, "YAML", "does not fit", "one column")]),
    ("- id: goal\n\twhy: x", [(3, "YAML", "has a tab", "spaces")]),
    ("- id: goal\n  why:\tx: y", [(3, "YAML", "has a tab", "spaces")]),
    ("- id: goal\n  why: so: what", [(3, "YAML", "colon", "quotes")]),
    ("- id: goal\n  why: 'so\n  label: y", [(3, "YAML", "quote that is never closed", "Close the quote")]),
    ("- id: goal\n  why\n  label: y", [(3, "YAML", "name without a colon", "colon and a space")]),
    ("- id: goal\n  roles: [finance\n  label: y", [(3, "YAML", "bracket", "Close the bracket")]),
    ("- id: goal\n  why: {project} is it", [(3, "YAML", "begins with a bracket", "{ or [ in quotes")]),
    ("- id: goal\n  why: @you", [(3, "YAML", "begins with a sign", "in quotes")]),
    ("- id: goal\n  why: *", [(3, "YAML", "begins with a sign", "in quotes")]),
    ('- id: goal\n  why: "\\q"', [(3, "YAML", "backslash", "single quotes")]),
    ('- id: goal\n  why: "\\UFFFFFFFF"', [(3, "YAML", "cannot be read", "Check colons")]),
    ("- id: goal\n---\n- id: goal", [(3, "YAML", "second document", "---")]),
    ("- id: goal\n  why: !", [(3, "YAML", "uses a tag", "in quotes")]),
    ("- id: goal\n  why: !!python/object/apply:os.system [ls]", [(3, "YAML", "uses a tag", "in quotes")]),
    ("- id: goal\n  why: a\x07", [(3, "YAML", "cannot be shown", "Take it out")]),
    ('- id: goal\n  why: "a\\ud800"', [(3, "YAML", "cannot be shown", "Take it out")]),
    (
        "- &a\n  id: goal\n- &a\n  id: more_goals\n- *a\n- <<: *a",
        [(line, "YAML", "anchor or alias", "quotes") for line in (2, 4, 6, 7)],
    ),
    (f"- {'[' * 400}", [(2, "YAML", "nested too deeply", "brackets")]),
    ("- id: goal\n\nquestion:\n- id: goal", [(4, "file", "“question”", "below questions:")]),
    ("- id: goal\nquestions:\n- id: goal", [(3, "questions", "in line 1 already", "Leave one")]),
    ("  goal:\n    why: x", [(1, "questions", "has to be a list", "- id:")]),
    ("  some text", [(1, "questions", "has to be a list", "- id:")]),
    ("- goal\n- [goal]", [(line, "questions", "without fields", "- id:") for line in (2, 3)]),
    ("- id: goal\n  [a]: b", [(3, "questions", "brackets in the place of a name", "a name")]),
    ("- {id: goal}\n" + "- {id: goal}\n" * 500, [(2, "questions", "are 501", "at most 500")]),
    # Ids.
    ("- why: x", [(2, "id", "is missing", "Name the question")]),
    ("- id: [goal]", [(2, "id", "has to be text", "quotes")]),
    ("- id: goal\n- id: goal", [(3, "id", "stands in line 2 already", "one entry")]),
    ("- why: x\n  id: goall", [(3, "id", "label, kind, wording, roles would be missing", "Did you mean goal?")]),
    ("- id: goall\n  off: true", [(2, "id", "“goall” is no question", "Did you mean goal?")]),
    ("- id: zzzz\n  off: true", [(2, "id", "“zzzz” is no question", "Use one of: goal, more_goals, ")]),
    (NEW.replace("team_size", "Team-Size"), [(3, "id", "small letters", "Write team_size.")]),
    (NEW.replace("team_size", "'1'"), [(3, "id", "small letters", "Begin with a small letter.")]),
    (
        "- id: brand_new",
        [
            (2, "kind", "is missing", "Use one of: choice, "),
            (2, "label", "is missing", "two or three words"),
            (2, "roles", "is missing", "[product_owner]"),
            (2, "why", "is missing", "why it is asked"),
            (2, "wording", "is missing", "what the person reads"),
        ],
    ),
    # Fields.
    ("- id: goal\n  worrding: x", [(3, "worrding", "is no field", "Did you mean wording?")]),
    ("- id: goal\n  zzzzzz: x", [(3, "zzzzzz", "is no field", "Use one of: id, off, ")]),
    ("- id: goal\n  '': x", [(3, "questions", "is no field", "Use one of: id, off, ")]),
    ("- id: goal\n  why: x\n  why: y", [(4, "why", "is given in line 3 already", "Leave one")]),
    (f"- id: goal\n  wording: {LONG}", [(3, "wording", "is 412 characters long", "Cut it to 300.")]),
    ("- id: goal\n  wording: ''", [(3, "wording", "is empty", "Write what")]),
    (
        "- id: goal\n  wording: [x]\n  why: {a: b}",
        [(3, "wording", "has to be text", "quotes"), (4, "why", "text", "quotes")],
    ),
    ("- id: goal\n  roles: finance", [(3, "roles", "has to be a list", "Write [finance].")]),
    ("- id: goal\n  roles: {a: b}", [(3, "roles", "has to be a list of names", "[one, two]")]),
    ("- id: goal\n  roles: [[a]]", [(3, "roles", "has to be a list of names", "[one, two]")]),
    ("- id: goal\n  roles: []", [(3, "roles", "nobody is asked", "off: true")]),
    (
        "- id: goal\n  roles:\n  - financ\n  - Product owner\n  - zzzzz",
        [
            (4, "roles", "“financ” is no role", "Did you mean finance?"),
            (5, "roles", "“Product owner” is no role", "Did you mean product_owner?"),
            (6, "roles", "“zzzzz” is no role", "Use one of: product_owner, "),
        ],
    ),
    ("- id: goal\n  stand_ins: [legel]", [(3, "stand_ins", "is no role", "Did you mean legal?")]),
    ("- id: goal\n  feeds: [risks]", [(3, "feeds", "“risks” is no use of an answer", "Did you mean risk?")]),
    ("- id: goal\n  rows: [14]", [(3, "rows", "“14” is no row", "K14")]),
    ("- id: has_labels\n  off: maybe", [(3, "off", "has to be true or false", "off: true")]),
    ("- id: has_labels\n  first: [x]", [(3, "first", "has to be true or false", "first: true")]),
    # Kinds, and what goes with them.
    ("- id: has_labels\n  kind: multiple_choice", [(3, "kind", "is no kind", "Use one of: choice, ")]),
    (
        "- id: goal\n  kind: choice\n  off: true",
        [(3, "kind", "cannot be changed", "Leave"), (4, "off", "cannot", "Leave")],
    ),
    ("- id: more_goals\n  off: true", [(3, "off", "cannot be switched off", "Leave off: true out.")]),
    (NEW.replace("number", "objective"), [(5, "kind", "taken by a built-in question", "another kind")]),
    ("- id: has_labels\n  kind: objective", [(3, "kind", "taken by a built-in question", "another kind")]),
    (
        "- id: goal\n  kind: objective\n  example: ''",
        [(4, "example", "is missing for the kind objective", "that can be read")],
    ),
    (
        NEW.replace("  example: '7'\n  unit: people\n", ""),
        [
            (5, "example", "is missing for the kind number", "Write"),
            (5, "unit", "is missing for the kind number", "Say"),
        ],
    ),
    (NEW.replace("number", "duration"), [(10, "unit", "“people” is no unit of time", "seconds, minutes")]),
    (
        NEW.replace("number", "duration").replace("  unit: people\n", ""),
        [(5, "unit", "is missing for the kind duration", "seconds, minutes")],
    ),
    (NEW.replace("number", "choice"), [(5, "options", "are missing for the kind choice", "at least two")]),
    (NEW.replace("number", "[choice]"), [(5, "kind", "has to be text", "quotes")]),
    (
        "- id: current_way\n  kind: date\n  example: May\n- id: rule_count\n  off: true",
        [(3, "options", "go with", "[]")],
    ),
    # Options.
    (
        "- id: current_way\n  options: [Rules]",
        [
            (3, "options", "is only one", "at least two"),
        ],
    ),
    (
        "- id: current_way\n  options: [Rules, People, People!, zzz]",
        [(3, "options", "“people” is the value of two", ":")],
    ),
    (
        "- id: current_way\n  options: [Rules, People, '!']",
        [(3, "options", "an option without a value", "value: Label")],
    ),
    ("- id: current_way\n  options: [Rules, People, '']", [(3, "options", "without a", "value: Label")] * 2),
    ("- id: current_way\n  options: {rules: A, people: }", [(3, "options", "without a label", "value: Label")]),
    ("- id: current_way\n  options:\n    rules: A\n    people: [B]", [(5, "options", "is no text", "value: Label")]),
    ("- id: current_way\n  options:\n    rules: A\n    rules: B\n    people: C", [(5, "options", "in line 4", "one")]),
    ("- id: current_way\n  options: Rules", [(3, "options", "has to be a list", "[Rules]")]),
    (
        f"- id: current_way\n  options:\n    rules: A\n    people: {'x' * 76}",
        [(5, "options", "xx…”, which is 76 characters long", "Cut it to 75.")],
    ),
    (
        "- id: current_way\n  options: [rules, people, " + ", ".join(string.ascii_lowercase) + "]",
        [(3, "options", "are 28", "at most 15")],
    ),
    (
        "- id: current_way\n  options: [People, Robots]",
        [(3, "options", "“rules” is gone, but rule_count", "people, robots")],
    ),
    (
        "- id: has_labels\n  kind: date\n  example: May",
        [(3, "kind", "“yes” is gone, but label_cost", "nothing that can")],
    ),
    # Conditions.
    ("- id: rule_count\n  when: current_way", [(3, "when", "has to name a question", "{current_way: [rules]}")]),
    ("- id: rule_count\n  when: {current_way: rules}", [(3, "when", "has to be a list", "Write [rules].")]),
    ("- id: rule_count\n  when: {current_way: []}", [(3, "when", "without an answer", "[rules]")]),
    (
        "- id: rule_count\n  when:\n   curent_way: [a]\n   has_labels: [yes]\n   current_way:\n   - rules\n   - robots",
        [
            (4, "when", "“curent_way” is no question", "Did you mean current_way?"),
            (5, "when", "has_labels is not asked before rule_count", "after: has_labels"),
            (8, "when", "“robots” is no answer to current_way", "Use one of: rules, people."),
        ],
    ),
    ("- id: rule_count\n  when: {goal: [yes]}", [(3, "when", "no answer to goal", "a question with options")]),
    (
        "- id: label_cost\n  when: {label_cost: [yes]}",
        [(3, "when", "is not asked before label_cost", "Name a question")],
    ),
    ("- id: current_way\n  off: true", [(3, "off", "alone: rule_count hangs on it", "change the when")]),
    (
        "- id: label_cost\n  when: {current_way: [people]}\n- id: current_way\n  off: true",
        [(5, "off", "alone: rule_count, label_cost hang on it", "change the when")],
    ),
    # Places.
    (
        "- id: current_way\n  after: rule_count",
        [(3, "after", "behind rule_count, which hangs on it", "after: current_way")],
    ),
    ("- id: rule_count\n  first: true", [(3, "first", "puts rule_count before current_way", "Put it behind")]),
    (
        "- id: rule_count\n  after: goal",
        [(3, "after", "puts rule_count before current_way", "Put it behind current_way")],
    ),
    ("- id: goal\n  after: more_goal", [(3, "after", "“more_goal” is no question", "Did you mean more_goals?")]),
    ("- id: goal\n  after: goal", [(3, "after", "goes round in a circle: itself", "another question")]),
    (
        "- id: goal\n  after: more_goals\n- id: more_goals\n  after: goal\n- id: current_way\n  after: goal",
        [(3, "after", "goes round in a circle: goal, more_goals", "another question")],
    ),
    ("- id: goal\n  after: current_way\n  first: true", [(4, "first", "does not go with after", "Leave one")]),
    (
        "- id: goal\n  after: label_cost\n- id: label_cost\n  off: true",
        [(3, "after", "label_cost is switched off", "that is asked")],
    ),
    # A mistake brings no others with it.
    ("- id: rule_count\n  after: zzzz\n- id: current_way\n  after: label_cost", [(3, "after", "“zzzz”", "Use one of")]),
    ("- id: current_way\n  options: [A, '!']", [(3, "options", "without a value", "Write")]),
    ("- id: rule_count\n  when: {current_way: [x]}\n  why: ''", [(4, "why", "is empty", "why it is asked")]),
    (
        f"{NEW.replace('people', chr(39) * 2)}- id: label_cost\n  after: team_size\n  when: {{team_size: [x]}}",
        [(10, "unit", "is missing", "Say")],
    ),
]


def mistakes_of(text: str) -> list[Expected]:
    with pytest.raises(FileMistakes) as told:
        read_question_file(text, BASE)
    assert str(told.value) == "\n".join(str(mistake) for mistake in told.value.mistakes)
    return [(one.line, one.field, one.problem, one.mend) for one in told.value.mistakes]


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_a_mistake_names_line_field_and_mend(text: str, expected: list[Expected]) -> None:
    found = mistakes_of(f"questions:\n{text}")
    assert [one[:2] for one in found] == [one[:2] for one in expected], found
    for (_, _, problem, mend), (_, _, in_problem, in_mend) in zip(found, expected, strict=True):
        assert in_problem in problem
        assert in_mend in mend
        assert mend[-1] in ".?"
        assert not problem.endswith(".")
        assert len(mend) < 200


@pytest.mark.parametrize("text", ["- id: goal", "goal"])
def test_a_file_without_questions(text: str) -> None:
    assert mistakes_of(text)[0][:3] == (1, "questions", "is missing")


def test_a_file_that_is_too_large() -> None:
    assert mistakes_of("#" * 500_001) == [(1, "file", "is larger than 500 kB", "Keep only what you change.")]


def test_a_refusal_of_the_question_itself_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.question_checks._misfits", lambda _: iter(()))
    found = mistakes_of("questions:\n- id: current_way\n  options: []")
    assert found == [(2, "kind", "needs at least two options", "Change it.")]


# Any set that can be made of the base.

texts = st.text(st.characters(exclude_categories=["C"]) | st.sampled_from("\n\u2028 :#'\"-"), min_size=1, max_size=300)
words = st.text(string.ascii_letters + "éß漢 :'#{}[]", min_size=1, max_size=60) | st.sampled_from(
    ["yes", "~", "null", "1"]
)
names = st.lists(st.sampled_from(list(Role)), min_size=1, max_size=3, unique=True)


@st.composite
def questions(draw: st.DrawFn, name: str, kind: Kind, before: list[Question]) -> Question:
    values = draw(st.lists(words, min_size=2, max_size=4, unique=True))
    with_options = kind in {Kind.CHOICE, Kind.CHOICES, Kind.SCALE, Kind.MORE_OBJECTIVES}
    hangs_on = (
        draw(st.sampled_from([one for one in before if one.values]))
        if draw(st.booleans()) and any(one.values for one in before)
        else None
    )
    return Question(
        id=name,
        kind=kind,
        label=draw(words)[:40],
        wording=draw(texts),
        why=draw(texts),
        roles=tuple(draw(names)),
        stand_ins=tuple(draw(names)) if draw(st.booleans()) else (),
        feeds=tuple(draw(st.lists(st.sampled_from(list(Feed)), max_size=2))),
        rows=tuple(draw(st.lists(st.sampled_from(["K1", "K14"]), max_size=2))),
        example=draw(words),
        unit="days" if kind is Kind.DURATION else draw(words)[:40],
        find_out=draw(texts | st.just("")),
        options=tuple(Option(value=value, label=draw(words)) for value in values) if with_options else (),
        when=(When(question=hangs_on.id, values=(draw(st.sampled_from(hangs_on.values)),)),) if hangs_on else (),
    )


@st.composite
def sets(draw: st.DrawFn) -> QuestionSet:
    fixed = {"goal": Kind.OBJECTIVE, "more_goals": Kind.MORE_OBJECTIVES}
    others = draw(st.lists(st.sampled_from(["a", "b", "c", "d", "e_5", "yes"]), unique=True))
    made_so_far: list[Question] = []
    for name in draw(st.permutations([*fixed, *others])):
        kind = fixed.get(name) or draw(st.sampled_from([kind for kind in Kind if kind not in fixed.values()]))
        made_so_far.append(draw(questions(name, kind, made_so_far)))
    return QuestionSet(questions=tuple(made_so_far))


@settings(deadline=None, max_examples=50)
@given(sets(), sets())
def test_what_is_written_is_read_again(base: QuestionSet, changed: QuestionSet) -> None:
    assert read_question_file(write_question_file(base), base) == base
    written = write_question_file(changed, base)
    assert read_question_file(written, base) == changed
    assert write_question_file(read_question_file(written, base), base) == written


def read_or_refused(text: str) -> None:
    changed, mistakes = BASE, None
    try:
        changed = read_question_file(text, BASE)
    except FileMistakes as refused:
        mistakes = refused.mistakes
    assert mistakes != ()
    assert all(1 <= mistake.line <= len(f"{text}.".splitlines()) for mistake in mistakes or ())
    assert read_question_file(write_question_file(changed, BASE), BASE) == changed


signs = st.sampled_from(
    [*"[]{}:-,&*!|>'\"%@`#?\t\n\r \\", "\n- ", ": ", "- id: goal\n  ", "\u2028", "\x85", "\x00", "\ud800"]
)


@settings(deadline=None)
@given(
    st.text() | st.lists(signs | st.text(max_size=3), max_size=40).map("".join), st.sampled_from(["", "questions:\n- "])
)
@example('"\\xFFFF"', "")
@example("%YAML " + "9" * 5000 + ".1\n---\n", "")
@example("[" * 3000, "")
def test_no_text_does_more_than_be_refused(text: str, before: str) -> None:
    read_or_refused(before + text)


@settings(deadline=None)
@given(st.binary())
def test_no_bytes_do_more_than_be_refused(raw: bytes) -> None:
    read_or_refused(raw.decode("utf-8", errors="surrogateescape"))


known = st.sampled_from([question.id for question in BASE.questions]) | st.sampled_from(["new_one", "x y", "", "goall"])
scalars = known | st.sampled_from(["yes", "rules", "finance", "legl", "choice", "objective", "number", "K14", "true"])
anything = st.recursive(
    scalars | st.none() | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(scalars, inner, max_size=3),
    max_leaves=6,
)
fields = [
    "off",
    "first",
    "label",
    "kind",
    "wording",
    "why",
    "rows",
    "roles",
    "stand_ins",
    "feeds",
    "example",
    "options",
]
entry = st.fixed_dictionaries(
    {"id": known},
    optional={
        "after": known,
        "off": st.booleans(),
        "first": st.booleans(),
        "when": st.dictionaries(known, st.lists(scalars, max_size=2), max_size=2),
        "options": st.lists(scalars, max_size=3) | st.dictionaries(scalars, scalars, max_size=3),
        "kind": st.sampled_from([kind.value for kind in Kind]),
    },
) | st.dictionaries(st.sampled_from(["id", "after", "when", "unit", *fields]), anything)
complete = {"id": "new_one", "label": "New", "kind": "choice", "wording": "What?", "why": "So.", "roles": ["legal"]}


@settings(deadline=None)
@given(st.lists(entry | entry.map(lambda one: complete | one), max_size=5))
def test_no_entries_do_more_than_be_refused(listed: list[object]) -> None:
    read_or_refused(yaml.safe_dump({"questions": listed}))


def test_long_and_short_texts_are_written_to_be_read() -> None:
    long = "What is done today: by whom, and how often? " * 5
    lines = "First:\nsecond line"
    written = write_question_file(
        QuestionSet(questions=(GOAL.model_copy(update={"wording": long.strip(), "why": lines}), MORE_GOALS))
    )
    assert written.startswith("# ")
    assert "  wording: >-\n    What is done today: by whom" in written
    assert "  why: |-\n    First:\n    second line\n" in written
    assert "  roles: [product_owner]\n" in written
    assert max(map(len, written.splitlines())) <= 110


def test_only_what_moved_is_told_its_place() -> None:
    changed = entries(f"- id: has_labels\n  first: true\n- id: goal\n  after: current_way\n{NEW}  after: goal")
    written = yaml.safe_load(write_question_file(changed, BASE))["questions"]
    places = {one["id"]: one.get("after") or one.get("first") for one in written}
    assert {name: place for name, place in places.items() if place} == {
        "has_labels": True,
        "goal": "current_way",
        "team_size": "goal",
    }


def test_what_was_changed() -> None:
    changed = entries(
        f"- id: goal\n  why: Otherwise.\n  roles: [legal]\n- id: label_cost\n  off: true\n{NEW}"
        "- id: has_labels\n  after: goal\n  example: x"
    )
    told = compare(BASE, changed)
    assert told.added == ("team_size",)
    assert told.reworded == ("goal",)
    assert told.altered == ("goal", "has_labels")
    assert told.switched_off == ("label_cost",)
    assert told.moved == ("has_labels",)
    none_alike = QuestionSet(
        questions=(made("x", Kind.OBJECTIVE, example="1"), made("y", Kind.MORE_OBJECTIVES, example="1"))
    )
    assert compare(BASE, none_alike).moved == ()
