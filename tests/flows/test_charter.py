"""The charter: what it holds, how complete it is, what is missing, and what changed (K61)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.answers import Answer, Status
from flows.charter import PART_TITLES, POINTS, Charter, Part, Signature, differences, measure_completeness
from flows.charter_writing import write_charter
from flows.decisions import UnknownChanged, UnknownStatus
from flows.kickoffs import Kickoff
from flows.roles import Role
from flows.shown import Hole, Line, keyed
from tests.flows.whole_kickoffs import (
    ASKABLE,
    FULL,
    GOALS,
    PEOPLE,
    STARTER,
    TODAY,
    company,
    given,
    goal,
    project,
    settled,
    stake_of,
)

NAMES = [question.id for question in ASKABLE]
SECRET = "zzsecret"
SIGNED = Signature(person="U01", what="the goal card", day=TODAY)
ASKED = Signature(person="U02", what="the goal card")


def written(kickoff: Kickoff) -> Charter:
    return write_charter(kickoff, settled(kickoff) if kickoff.stakes else None)


def test_what_counts_adds_up_to_a_hundred_and_is_in_every_charter() -> None:
    assert sum(POINTS.values()) == 100
    assert set(POINTS) <= set(written(project()).lines)
    assert set(PART_TITLES) == set(Part)


def test_with_all_answers_it_is_complete() -> None:
    charter = written(project(FULL, GOALS))
    assert (charter.completeness, charter.open_points) == (100, ())
    assert [section.part for section in charter.sections] == list(Part)


def test_with_none_it_says_what_is_missing_and_whom_it_waits_for() -> None:
    charter = written(project(roles=(Role.FINANCE, Role.LEGAL), problem=" "))
    assert charter.completeness == 3, "half of what is said when nothing fits"
    assert len({hole.question or hole.missing for hole in charter.open_points}) == len(charter.open_points)
    assert Hole(missing="what problem it should solve", waits_for=(STARTER,)) in charter.open_points
    assert Hole(missing="Main goal", waits_for=("U03", "U12"), question="goal") in charter.open_points
    assert charter.lines["team.gaps"].text.startswith("Nobody yet as product owner, executive sponsor,")


def test_without_anybody_it_waits_for_whoever_started_it() -> None:
    charter = written(project(roles=()))
    assert charter.lines["team.people"].holes == (Hole(missing="who takes part", waits_for=(STARTER,)),)
    assert "<@USTARTER>" in charter.lines["unknown:K16"].text


def test_the_company_of_the_chapter_lacks_one_thing() -> None:
    charter = written(company())
    assert charter.completeness == 99
    assert [hole.question for hole in charter.open_points] == ["maintainer"]
    assert charter.lines["collisions"].text == "9 collisions among the goals. The gravest 3 stand below."
    assert charter.lines["timeline.work"].text == "40 experiments of 6 hours. 240 hours one after another."


def test_ways_out_of_a_collision_are_told_until_the_balance_is_settled() -> None:
    kickoff = project({}, GOALS)
    open_still, settled_now = (charter.lines for charter in (write_charter(kickoff, None), written(kickoff)))
    key = next(key for key in open_still if key.startswith("collision|"))
    assert open_still[key].text.startswith(settled_now[key].text)
    assert "serve both" in " ".join(line.text for line in open_still.values())
    assert "serve both" not in " ".join(line.text for line in settled_now.values())


def test_days_are_in_the_timeline() -> None:
    kickoff = replace(project(given(experiments=3.0), GOALS), answers_due=date(2026, 12, 1))
    lines = written(kickoff).lines
    assert lines["timeline.goals"].text == "30 June 2027: “time on platform”."
    assert lines["timeline.answers"].text == "1 December 2026."
    assert lines["timeline.work"].text == "3 experiments."


def test_what_somebody_did_not_know_has_its_first_owner() -> None:
    unknown = {"serve_budget": Answer(question="serve_budget", status=Status.UNKNOWN)}
    lines = written(project(unknown)).lines
    assert lines["unknown:serve_budget"].text.endswith("Owner: <@U03>.")
    assert "unknown:serve_budget" not in written(project(unknown, confidential=["serve_budget"])).lines


def test_unknowns_stand_in_the_charter_as_people_left_them() -> None:
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    changed = {
        "K19": UnknownChanged(by="U01", at=at, key="K19", status=UnknownStatus.ACCEPTED, evidence="the small one fits"),
        "K20": UnknownChanged(
            by="U01", at=at, key="K20", owner="U09", due=date(2026, 12, 1), evidence="4 hours so far"
        ),
        "own:V1": UnknownChanged(by="U01", at=at, key="own:V1", name="Will the vendor agree?"),
    }
    lines = write_charter(project(), None, unknowns=changed).lines
    assert lines["unknown:K19"].text == "Accepted as a risk. The small one fits."
    assert lines["unknown:K20"].text.endswith("4 hours so far. Owner: <@U09>. By 1 December 2026.")
    assert lines["unknown:own:V1"].title == "Will the vendor agree?"
    assert lines["unknown:own:V1"].text == "Owner: <@U05>."


def test_what_is_known_in_confidence_is_no_unknown() -> None:
    kickoff = project({"method_exists": Answer(question="method_exists", status=Status.UNKNOWN)})
    engineer = kickoff.participants[5]
    answers = given(method_exists="yes")
    kept = replace(engineer.interview, answers=answers, confidential=frozenset(answers))
    lines = written(kickoff.with_participant(replace(engineer, interview=kept))).lines
    assert "unknown:method_exists" not in lines


def test_goals_in_confidence_are_counted() -> None:
    kickoff = project(FULL, GOALS, confidential=["goal"])
    charter = write_charter(kickoff, settled(kickoff))
    assert charter.lines["goals"].text == "3 more are kept in confidence."
    assert charter.lines["goals"].holes[0].missing == "a goal that may be shown"
    assert "cloud" not in charter.to_json()
    one = kickoff.with_participant(
        replace(kickoff.participants[2], interview=project(FULL, GOALS).participants[2].interview)
    )
    assert write_charter(one, None).lines["goals"].text == "1 goal of 1 person. 2 more are kept in confidence."
    two = one.with_participant(replace(one.participants[1], interview=project(FULL, GOALS).participants[1].interview))
    assert write_charter(two, None).lines["goals"].text == "2 goals of 2 people. 1 more is kept in confidence."


def test_a_balance_of_other_goals_has_to_be_settled_again() -> None:
    kickoff = project(FULL, GOALS)
    fewer = project(FULL, {role: words for role, words in GOALS.items() if role is not Role.FINANCE})
    charter = write_charter(kickoff, settled(fewer))
    assert charter.lines["balance"].holes[0].missing == "a balance of the goals as they are now"
    still = replace(settled(kickoff), moves=())
    assert write_charter(kickoff, still).lines["balance"].text == "One goal leads, and the others keep their floors."
    held = write_charter(kickoff, replace(still, held=("cost of errors",))).lines["balance"].text
    assert held.endswith("No worse than today, though nobody has a goal for it: cost of errors.")


def test_two_goals_for_one_metric_are_two_lines() -> None:
    stake = stake_of(project({}, GOALS), Role.FINANCE)
    assert keyed("goal", [(stake,), (stake,), (stake,)]) == (
        "goal|goal:U03:monthly cloud bill", "goal|goal:U03:monthly cloud bill#2", "goal|goal:U03:monthly cloud bill#3",
    )  # fmt: skip


def test_a_name_without_signs_is_still_a_title() -> None:
    assert written(project(name=" \n")).title == "…"


def test_json_brings_it_back() -> None:
    charter = write_charter(company(), None, (SIGNED, ASKED))
    assert Charter.from_json(charter.to_json()) == charter
    with pytest.raises(ValidationError):
        Charter.from_json(charter.to_json().replace('"schema_version": 1', '"schema_version": 2'))


def test_nothing_changed() -> None:
    assert differences(written(company()), written(company())) == ()


def test_answers_that_came_in_are_told() -> None:
    before = written(project(given(stop_when="in May", predict="who leaves"), GOALS))
    after = written(project(given(stop_when="in June", form="alert", deployer="U09"), GOALS, name="Churn"))
    told = differences(before, after)
    assert told[0] == "The name is now “Churn”."
    assert "Stopped when now says: In June." in told
    assert "What the model does is known now: It warns someone, or asks them what to do (alert)." in told
    assert "Cost function now lacks: Missed case cost." in told
    assert "Output now lacks: What to predict." in told
    assert "In use is known now: Puts it into use: <@U09>." in told
    assert told[-1] == "It is 53 % complete, 12 points more than before."


def test_what_went_is_told() -> None:
    kickoff = project(given(stop_when="in May"), GOALS)
    without = project({}, {Role.FINANCE: "reduce the monthly cloud bill by 12%"})
    told = differences(written(kickoff), written(without))
    assert "Stopped when is no longer known." in told
    assert "Stopped when now lacks: Stopping point." in told
    assert "“time on platform” is gone." in told
    assert "“monthly cloud bill” now says: Reduce monthly cloud bill by 12 %, no deadline given. Owner: <@U03>." in told
    assert "“time on platform” is new: " in "\n".join(differences(written(without), written(kickoff)))
    assert told[-1].endswith("4 points less than before.")


def test_a_gap_that_was_filled_is_told() -> None:
    before, after = (written(project(given(form="alert", **more))) for more in ({}, {"largest_group": 60.0}))
    assert "Cost function no longer lacks: Largest group." in differences(before, after)
    small = [differences(after, written(project(given(form="alert", largest_group=60.0, jobs_filled=("none",)))))]
    assert small[0][-1] == "It is 26 % complete, 1 point more than before."


def test_long_words_are_cut_in_what_changed() -> None:
    told = differences(written(project()), written(project(given(stop_when="so " * 100))))
    assert all(len(one) < 200 for one in told)


def test_signatures_that_changed_are_told() -> None:
    bare, signed = (write_charter(project(), None, one) for one in ((ASKED,), (SIGNED, ASKED)))
    opened = write_charter(project(), None, (SIGNED.model_copy(update={"reopened": ("Output",)}), ASKED))
    assert differences(bare, signed) == ("<@U01> has signed the goal card.",)
    assert differences(signed, opened) == ("<@U01> has to sign the goal card again: Output.",)
    assert differences(signed, bare) == ("<@U01> has no longer signed the goal card.",)
    unsigned = write_charter(project(), None, (SIGNED.model_copy(update={"day": None}), ASKED))
    assert differences(signed, unsigned) == ("<@U01> has no longer signed the goal card.",)


def test_half_of_a_line_counts_half() -> None:
    hole = Hole(missing="x", waits_for=("U1",))
    assert measure_completeness([Line(key="goals", title="", text="one", holes=(hole,))]) == 6
    assert measure_completeness([Line(key="goals", title="", holes=(hole,))]) == 0
    assert measure_completeness([Line(key="team.people", title="", text="all")]) == 0


SUBSETS = st.sets(st.sampled_from(NAMES))
FORMS = st.sampled_from(["alert", "quantify", "synthesize", "recommend", "none"])


@settings(deadline=None)
@for_all(SUBSETS, SUBSETS, FORMS)
def test_more_answers_make_it_more_complete_or_leave_it(some: set[str], more: set[str], form: str) -> None:
    answers = dict(FULL) | given(form=form)
    less, all_of_them, whole = (
        written(project({name: answers[name] for name in names})).completeness for names in (some, some | more, NAMES)
    )
    assert less <= all_of_them <= whole
    assert whole == 76, "all but the goals and their balance"


@settings(deadline=None)
@for_all(SUBSETS, SUBSETS, st.sets(st.sampled_from(list(Role))))
def test_any_answers_give_a_charter_without_secrets(names: set[str], kept: set[str], roles: set[Role]) -> None:
    texts = {name for name in kept if isinstance(FULL[name].value, str)}
    secret = {name: FULL[name].model_copy(update={"value": SECRET, "given": SECRET}) for name in texts}
    answers = {name: secret.get(name, FULL[name]) for name in names}
    charter = written(project(answers, GOALS, [role for role in Role if role in roles], confidential=kept))
    assert SECRET not in charter.to_json()
    assert Charter.from_json(charter.to_json()) == charter
    assert all(line.text or line.holes for line in charter.lines.values())
    assert sum(len(section.lines) for section in charter.sections) == len(charter.lines)


def test_a_goal_of_two_people_is_kept_apart() -> None:
    kickoff = project({}, GOALS)
    owner = kickoff.participants[0]
    same = replace(owner.interview, objectives=(goal(GOALS[Role.FINANCE]),))
    lines = written(kickoff.with_participant(replace(owner, interview=same))).lines
    assert {f"wanted|goal:{PEOPLE[role]}:monthly cloud bill" for role in (Role.PRODUCT_OWNER, Role.FINANCE)} <= set(
        lines
    )
