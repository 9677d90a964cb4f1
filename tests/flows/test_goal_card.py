"""The goal card: every line says something, or what is missing and whom it waits for (K35, K38 to K44, K47, K60)."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from flows.answers import Answer, Status
from flows.balance import Share
from flows.charter_writing import write_charter
from flows.goal_card import GoalCard, draw_up
from flows.interview import Handed
from flows.kickoffs import Kickoff, Standing
from flows.roles import Role
from flows.shown import Hole, Line, Shown, sentence
from tests.flows.ledgers import VOTERS, after_looking, feared
from tests.flows.whole_kickoffs import (
    ASKABLE,
    FULL,
    GOALS,
    PEOPLE,
    STARTER,
    company,
    given,
    goal,
    money,
    project,
    settled,
    stake_of,
)  # fmt: skip
from tests.questions import FIRST

NAMES = [question.id for question in ASKABLE]
SECRET = "zzsecret"


def line(card: GoalCard, key: str) -> Line:
    return next(one for one in card.lines if one.key == key)


def drawn(key: str, **values: object) -> Line:
    return line(draw_up(project(given(**values)), None), key)


def test_a_full_kickoff_leaves_nothing_open() -> None:
    for kickoff in (company(), project(FULL, GOALS)):
        card = draw_up(kickoff, settled(kickoff))
        assert [one.key for one in card.lines if one.holes] == []


def test_an_empty_kickoff_says_of_each_gap_whom_it_waits_for() -> None:
    card = draw_up(project(), None)
    assert line(card, "does").holes == (
        Hole(
            missing="Model's job", waits_for=(PEOPLE[Role.PRODUCT_OWNER], PEOPLE[Role.DATA_SCIENTIST]), question="form"
        ),
    )
    assert line(card, "leading").holes[0].missing == "the balance among the goals is not settled yet"
    assert line(card, "guardrails").holes[0].waits_for == (PEOPLE[Role.PRODUCT_OWNER],)
    assert [one.key for one in card.lines if not one.holes] == [one.key for one in card.risks]


def test_where_nobody_holds_the_role_somebody_else_is_waited_for() -> None:
    alone = draw_up(project(roles=(Role.DEVOPS,)), None)
    assert line(alone, "does").holes[0].waits_for == (PEOPLE[Role.DEVOPS],)
    assert line(alone, "stop").holes[0].waits_for == (STARTER,)
    unowned = line(alone, "success.user").holes
    assert [hole.missing for hole in unowned] == [
        "Help for users",
        "who answers for it, as there is no user representative yet",
    ]
    nobody = draw_up(project(roles=()), None)
    assert {hole.waits_for for one in nobody.lines for hole in one.holes} == {(STARTER,)}


def test_whom_a_question_was_handed_on_to_is_waited_for() -> None:
    kickoff = project()
    finance = kickoff.participants[2]
    handed = replace(finance, interview=replace(finance.interview, handed=(Handed("stop_when", "U02"),)))
    assert Shown(kickoff.with_participant(handed)).waits_for("stop_when") == (finance.person,)
    gone = kickoff.with_participant(replace(handed, gone=True))
    assert Shown(gone).waits_for("stop_when") == (PEOPLE[Role.EXECUTIVE_SPONSOR],)


def test_none_of_the_forms_voids_the_task_and_records_the_other_way() -> None:
    card = draw_up(project(given(form="none", form_instead="a checklist")), None)
    assert line(card, "does").text == (
        "None of the twelve forms fits, so machine learning is likely not the best solution. Instead: a checklist."
    )
    void = [one.key for one in card.lines if one.text.startswith("Does not apply")]
    assert void == ["input", "output", "instance", "reject", "cost", "performance"]
    assert drawn("does", form="none").holes[0].question == "form_instead"


def test_a_form_of_a_teams_own_is_asked_for_again() -> None:
    assert drawn("does", form="juggle").holes[0].question == "form"
    assert drawn("cost", form="juggle").holes[0].question == "form"


@pytest.mark.parametrize(
    ("key", "values", "words"),
    [
        ("instance", {"instance": "instance"}, "solves the wrong problem"),
        ("instance", {"instance": "category"}, "Any of a kind"),
        ("instance", {"instance": "our own"}, "Our own."),
        ("reject", {"form": "classify", "stray_cases": "adverts"}, "“Other”, a group of its own. What may turn up"),
        ("output", {"predict": "who leaves", "form": "quantify"}, "Who leaves. A number, with the range"),
        ("performance", {"accuracy_needed": 90.0, "accuracy_target": 80.0}, "has to be said again"),
        ("performance", {"form": "classify", "largest_group": 95.0}, "Accuracy misleads here"),
        ("success.reproducibility", {"rebuild": "some_work"}, "it would take more coding"),
        ("success.reproducibility", {"rebuild": "not_possible"}, "it could not be done"),
        ("success.reproducibility", {"rebuild": "own words"}, "Own words."),
        ("success.predictability", {"drift_allowed": 2.0}, "give or take 2 percentage points"),
        ("success.specification", {"spec_owner": "U77"}, "Tested by <@U77>."),
        ("accept", {"accept_when": "two weeks."}, "Two weeks. It must also behave as it was tested"),
        ("constraints", {"explanation": "no"}, ""),
        ("risk.nonlinear", {"experiment_hours": 6.0}, "One experiment takes 6 hours."),
        ("risk.uncertain", {"quality_seen": "nothing", "accuracy_needed": 90.0}, "90 % of cases right can be reached."),
        ("risk.data", {"examples_needed": 50.0}, "Expected to be needed: 50 examples."),
        ("risk.dates", {"slow_month": "yes"}, "would look like failure"),
    ],
)  # fmt: skip
def test_one_answer_is_put_into_words(key: str, values: dict[str, object], words: str) -> None:
    assert words in drawn(key, **values).text


def test_what_mistakes_cost_is_in_the_cost_function() -> None:
    answers = given(form="alert", largest_group=60.0) | money("miss_cost", 50.0) | money("false_alarm_cost", 2.0)
    card = draw_up(project(answers), None)
    assert line(card, "cost").text.startswith("cost = 50·missed + 2·false alarm. A miss is")
    assert line(card, "cost").holes == ()
    assert "calibrated score" in line(card, "threshold").text
    half = draw_up(project(given(form="alert") | money("miss_cost", 50.0)), None)
    assert [hole.question for hole in line(half, "cost").holes] == ["false_alarm_cost", "largest_group"]
    two = draw_up(project(answers | money("false_alarm_cost", 2.0, "USD")), None)
    assert [hole.missing for hole in line(two, "cost").holes] == ["False alarm cost, comparable with the missed case"]


def test_the_balance_gives_leading_metric_and_guardrails() -> None:
    kickoff = project(FULL, GOALS)
    card = draw_up(kickoff, settled(kickoff, later=1))
    assert line(card, "leading").text == (
        "“time on platform” to rise by at least 15 %, by 30 June 2027. Expected: +12.5 % (wanted: +15 %). "
        "Floor: at least +8 %."
    )
    assert line(card, "leading").depends_on == (f"goal:{PEOPLE[Role.PRODUCT_OWNER]}:time on platform", "option")
    assert "Waits until the pilot is done: “monthly cloud bill” to fall by 10 %." in line(card, "scope").text
    assert line(card, "guardrails").text == (
        "1 goal besides the leading one; it keeps its floor whatever that one gains."
    )
    assert "0.4·max(0, −5 − change in “advertising revenue”)" in line(card, "cost").text


def test_a_goal_that_should_stay_has_a_floor_on_both_sides() -> None:
    kickoff = project({}, {Role.PRODUCT_OWNER: "increase sign-ups by 5%", Role.FINANCE: "keep the price as it is"})
    stay = stake_of(kickoff, Role.FINANCE)
    option = replace(settled(kickoff), shares=(Share(stay, 0.0, None, -2.0),))
    card = draw_up(kickoff, option)
    assert any("Floor: within 2 % of today." in one.text for one in card.measures)
    assert line(card, "leading").text.endswith("to rise by 5 %.")


def test_a_floor_at_todays_level_is_said_in_words() -> None:
    kickoff = project({}, GOALS)
    option = settled(kickoff)
    shares = tuple(replace(one, gets=0.0, floor=0.0) for one in option.shares)
    card = draw_up(kickoff, replace(option, shares=shares))
    rails = [one.text for one in card.measures if one.title.startswith("Guardrail “")]
    assert rails
    assert all("Expected: as today. Floor: no worse than today." in text for text in rails)


def test_an_option_without_guardrails_says_none() -> None:
    kickoff = project({}, {Role.PRODUCT_OWNER: "increase sign-ups by 5%"})
    assert line(draw_up(kickoff, settled(kickoff)), "guardrails").text == "None."


@pytest.mark.parametrize("standing", [Standing.FINISHED, Standing.REMOVED])
def test_goals_kept_in_confidence_stay_there(standing: Standing) -> None:
    kickoff = project(FULL, GOALS)
    option = settled(kickoff)
    finance = kickoff.participants[2]
    kept = replace(finance, standing=standing, interview=replace(finance.interview, confidential=frozenset({"goal"})))
    card = draw_up(kickoff.with_participant(kept), option)
    assert "cloud" not in repr(card)
    assert line(card, "guardrails").text.endswith(". 1 more is kept in confidence or no longer counted.")
    lead = draw_up(kickoff.with_participant(kept), replace(option, leading=stake_of(kickoff, Role.FINANCE)))
    assert "cloud" not in repr(lead)
    assert line(lead, "leading").holes[0].waits_for == (PEOPLE[Role.PRODUCT_OWNER],)
    only = replace(option, leading=option.shares[0].stake, shares=(option.shares[0], option.shares[2]))
    assert line(draw_up(kickoff.with_participant(kept), only), "guardrails").text.startswith("1 more is kept")


def test_an_answer_in_confidence_is_told_of_and_not_told() -> None:
    card = draw_up(project(given(stop_when=SECRET), confidential=["stop_when"]), None)
    assert SECRET not in repr(card)
    assert line(card, "stop").holes[0].missing == "Stopping point (answered in confidence)"


def test_two_goals_of_one_person_with_one_metric_are_two_guardrails() -> None:
    kickoff = project({}, GOALS)
    finance = kickoff.participants[2]
    twice = (*finance.interview.objectives, goal("keep the monthly cloud bill below €5,000"))
    kickoff = kickoff.with_participant(replace(finance, interview=replace(finance.interview, objectives=twice)))
    keys = [one.key for one in draw_up(kickoff, settled(kickoff)).lines]
    assert len(set(keys)) == len(keys)


def test_a_digest_changes_with_what_a_line_says_and_with_nothing_else() -> None:
    before = draw_up(project(given(stop_when="in May")), None)
    after = draw_up(project(given(stop_when="in June")), None)
    changed = {key for key, digest in before.digests().items() if after.digests()[key] != digest}
    assert changed == {"stop"}
    others = draw_up(project(given(stop_when="in May"), roles=(Role.DATA_SCIENTIST, Role.EXECUTIVE_SPONSOR)), None)
    assert others.digests()["does"] == before.digests()["does"]


def test_a_digest_is_the_same_in_every_process() -> None:
    code = (
        "from tests.flows.whole_kickoffs import *; from flows.goal_card import draw_up;"
        "k = project(FULL, GOALS); print(sorted(draw_up(k, settled(k)).digests().items()))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout  # noqa: S603
    kickoff = project(FULL, GOALS)
    assert told.strip() == str(sorted(draw_up(kickoff, settled(kickoff)).digests().items()))


def test_what_a_line_hangs_on_is_what_changes_it() -> None:
    """Whichever answer is taken away, the lines that change name it."""
    kickoff = project(FULL, GOALS)
    whole = draw_up(kickoff, settled(kickoff))
    for name in NAMES:
        less = project({key: answer for key, answer in FULL.items() if key != name}, GOALS)
        digests = draw_up(less, settled(kickoff)).digests()
        for one in whole.lines:
            if digests.get(one.key) != GoalCard.digest(one):
                assert f"answer:{name}" in one.depends_on, (name, one)


def test_a_sentence_begins_with_a_capital_and_ends() -> None:
    assert [sentence(words) for words in ("", "so", "Why?", "so.", "so…")] == ["", "So.", "Why?", "So.", "So…"]


SUBSETS = st.sets(st.sampled_from(NAMES))
WILD = st.one_of(
    st.text(min_size=1, max_size=30), st.floats(allow_nan=False, allow_infinity=False), st.tuples(st.text())
)


@settings(deadline=None)
@for_all(SUBSETS, SUBSETS, st.sets(st.sampled_from(list(Role))), st.booleans())
def test_any_answers_give_a_card_without_secrets(
    names: set[str],
    kept: set[str],
    roles: set[Role],
    balanced: bool,  # noqa: FBT001
) -> None:
    answers = {name: marked(FULL[name]) if name in kept else FULL[name] for name in names}
    kickoff = project(answers, GOALS, [role for role in Role if role in roles], confidential=kept)
    option = settled(kickoff) if balanced and kickoff.stakes else None
    check_whole(draw_up(kickoff, option), kickoff)


@settings(deadline=None)
@for_all(st.dictionaries(st.sampled_from(NAMES), WILD, max_size=12))
def test_answers_of_an_unexpected_kind_give_a_card(values: dict[str, object]) -> None:
    kickoff = project(given(**values), GOALS)
    check_whole(draw_up(kickoff, settled(kickoff)), kickoff)


def marked(answer: Answer) -> Answer:
    """The answer, recognisable where its words are shown."""
    return answer.model_copy(update={"value": SECRET, "given": SECRET}) if isinstance(answer.value, str) else answer


def check_whole(card: GoalCard, kickoff: Kickoff) -> None:
    assert SECRET not in repr(card)
    for one in card.lines:
        assert one.text or one.holes, one
        assert "!" not in one.title
        for hole in one.holes:
            assert set(hole.waits_for) <= {kickoff.owner, *(it.person for it in kickoff.participants)}
    keys = [one.key for one in card.lines]
    assert len(set(keys)) == len(keys)


def test_a_kickoff_that_began_with_fewer_questions_has_a_card_too() -> None:
    kickoff = replace(project({}, GOALS), question_set=FIRST)
    assert line(draw_up(kickoff, None), "does").holes[0].missing == "Model's job"
    check_whole(draw_up(kickoff, settled(kickoff)), kickoff)


def test_an_unknown_answer_is_a_hole() -> None:
    card = draw_up(project({"stop_when": Answer(question="stop_when", status=Status.UNKNOWN)}), None)
    assert line(card, "stop").holes[0].question == "stop_when"


def test_what_people_fear_most_is_among_the_risks_once_they_have_looked_back() -> None:
    kickoff = project(FULL, GOALS)
    answers = [feared(one, silos=1, infeasible=4) for one in VOTERS]
    during, after = (after_looking(*answers, is_over=is_over) for is_over in (False, True))
    assert draw_up(kickoff, None, during) == draw_up(kickoff, None)
    (found,) = (one for one in draw_up(kickoff, None, after).risks if one.key == "risk.feared")
    assert "We aimed too high, and it took too long." in found.text
    calm = after_looking()
    nothing = given(stop_when="in May", accept_when="two good weeks", business_metric="churn")
    assert draw_up(project(nothing), None, calm).risks == draw_up(project(nothing), None).risks
    charter = write_charter(kickoff, None, premortem=after)
    assert charter.lines["risk.feared"] == found
