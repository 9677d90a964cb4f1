"""People join, leave, come back and answer for something else, and nothing that anybody said is lost (K49)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import interviews
from flows.answers import Answer, Status
from flows.cadence import MONDAYS
from flows.interview import DONE, REVIEW, Ask, Finished, Handed, Interview, Review
from flows.kickoffs import Kickoff, Nudge, Participant, Place, Standing, group_roles
from flows.people_changes import Moved, PeopleChange, change_people, list_asked, list_observers
from flows.question_bank import BANK
from flows.questions import AT_MOST, NO_MORE_OBJECTIVES, Kind, QuestionSet
from flows.roles import Role
from tests.questions import FIRST

TODAY = date(2026, 11, 23)
OWNER, SPONSOR, FINANCE = Role.PRODUCT_OWNER, Role.EXECUTIVE_SPONSOR, Role.FINANCE
BILL = "reduce the monthly cloud bill by 10%"
EVERYTHING = 99


def start(questions: QuestionSet, *chosen: tuple[Role, str], observers: tuple[str, ...] = ()) -> Kickoff:
    nobody = Kickoff(
        1, "T1", "C1", "Radar", "", "U9", Place.THREADS, (), Nudge(MONDAYS, "UTC", None), questions, observers=observers
    )
    added = change_people(nobody, chosen, ()).added
    asked = [replace(one, interview_id=n, standing=Standing.OPEN, channel="C1") for n, one in enumerate(added, 1)]
    return replace(nobody, participants=tuple(asked))


def answer(interview: Interview, many: int) -> Interview:
    """The interview after so many questions were answered, and submitted if those were all."""
    for _ in range(many):
        question = interview.question
        if question is None:
            return interviews.submit(interview).interview
        if question.kind is Kind.OBJECTIVE and not interview.objectives:
            interview = interviews.confirm(interviews.hear(interview, BILL, TODAY).interview).interview
            interview = interviews.choose(interview, NO_MORE_OBJECTIVES).interview
        else:
            interview = interviews.say_unknown(interview).interview
    return interview


def after_answers(kickoff: Kickoff, person: str, many: int = EVERYTHING) -> Kickoff:
    one = kickoff.find(person)
    assert one is not None
    interview = answer(one.interview, many)
    standing = Standing.FINISHED if interview.step == DONE else Standing.OPEN
    return kickoff.with_participant(replace(one, interview=interview, standing=standing))


def carry_out(kickoff: Kickoff, change: PeopleChange) -> Kickoff:
    for moved in (*change.returned, *change.removed, *change.changed):
        kickoff = kickoff.with_participant(moved.after)
    first = len(kickoff.participants) + 1
    added = [replace(one, interview_id=number) for number, one in enumerate(change.added, first)]
    return replace(kickoff, participants=(*kickoff.participants, *added), observers=change.observers)


def only(moved: tuple[Moved, ...]) -> Moved:
    (one,) = moved
    return one


def asked_first(moved: Moved) -> str:
    assert moved.turn is not None
    assert isinstance(moved.turn.say, Ask)
    return moved.turn.say.question.id


def test_the_same_people_again_change_nothing() -> None:
    kickoff = start(FIRST, (OWNER, "U1"), (FINANCE, "U2"))
    change = change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U2")], [])
    assert change.moves_nobody
    assert change.observers == ()


def test_who_is_new_is_invited_with_what_their_role_is_asked() -> None:
    kickoff = start(FIRST, (OWNER, "U1"))
    (added,) = change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U2")], []).added
    assert (added.person, added.standing, added.interview.roles) == ("U2", Standing.INVITED, (FINANCE,))
    assert "budget" in added.interview.plan


def test_replacing_takes_one_out_and_adds_another_in_the_same_role() -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (FINANCE, "U2")), "U2")
    change = change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U3")], [])
    assert [one.person for one in change.added] == ["U3"]
    removed = only(change.removed)
    assert (removed.after.person, removed.after.standing) == ("U2", Standing.REMOVED)
    assert change.changed == ()
    after = carry_out(kickoff, change)
    assert after.stakes == ()
    assert list_asked(after)[FINANCE] == ("U3",)


def test_who_comes_back_had_said_everything() -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (FINANCE, "U2")), "U2")
    out = carry_out(kickoff, change_people(kickoff, [(OWNER, "U1")], []))
    returned = only(change_people(out, [(OWNER, "U1"), (FINANCE, "U2")], []).returned)
    assert returned.after.standing is Standing.FINISHED
    assert returned.turn is not None
    assert isinstance(returned.turn.say, Finished)
    assert returned.after.interview.answers == kickoff.participants[1].interview.answers
    assert carry_out(out, change_people(out, [(OWNER, "U1"), (FINANCE, "U2")], [])).stakes == kickoff.stakes


def test_who_comes_back_goes_on_where_they_were() -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (FINANCE, "U2")), "U1", 3)
    asked = kickoff.participants[0].interview.step
    out = carry_out(kickoff, change_people(kickoff, [(FINANCE, "U2")], []))
    returned = only(change_people(out, [(OWNER, "U1"), (FINANCE, "U2")], []).returned)
    assert returned.after.standing is Standing.OPEN
    assert asked_first(returned) == asked


def test_who_comes_back_before_submitting_sees_the_answers_again() -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (FINANCE, "U2")), "U2", 2)
    assert kickoff.participants[1].interview.step == REVIEW
    out = carry_out(kickoff, change_people(kickoff, [(OWNER, "U1")], []))
    returned = only(change_people(out, [(OWNER, "U1"), (FINANCE, "U2")], []).returned)
    assert returned.turn is not None
    assert isinstance(returned.turn.say, Review)


def test_who_comes_back_in_another_role_is_asked_what_is_new() -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (FINANCE, "U2")), "U2")
    out = carry_out(kickoff, change_people(kickoff, [(OWNER, "U1")], []))
    returned = only(change_people(out, [(OWNER, "U1"), (SPONSOR, "U2")], []).returned)
    assert returned.after.standing is Standing.OPEN
    assert asked_first(returned) == "expected_months"
    assert "budget" in returned.after.interview.answers


def test_who_was_never_asked_is_invited_anew() -> None:
    kickoff = start(FIRST, (OWNER, "U1"), (FINANCE, "U2"))
    invited = replace(kickoff.participants[1], standing=Standing.INVITED, channel=None)
    kickoff = kickoff.with_participant(invited)
    out = carry_out(kickoff, change_people(kickoff, [(OWNER, "U1")], []))
    returned = only(change_people(out, [(OWNER, "U1"), (SPONSOR, "U2")], []).returned)
    assert (returned.after.standing, returned.after.interview.roles, returned.turn) == (
        Standing.INVITED,
        (SPONSOR,),
        None,
    )


def test_who_could_not_be_asked_is_tried_again_after_being_taken_out() -> None:
    kickoff = start(FIRST, (OWNER, "U1"), (FINANCE, "U2"))
    called_off = replace(kickoff.participants[1], standing=Standing.UNAVAILABLE, channel=None, note="this is a bot")
    kickoff = kickoff.with_participant(called_off)
    assert change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U2")], []).moves_nobody
    out = carry_out(kickoff, change_people(kickoff, [(OWNER, "U1")], []))
    assert out.participants[1].note == ""
    returned = only(change_people(out, [(OWNER, "U1"), (FINANCE, "U2")], []).returned)
    assert returned.after.standing is Standing.INVITED


@pytest.mark.parametrize(
    ("many", "standing", "note"),
    [(1, Standing.UNAVAILABLE, "this account is closed"), (EVERYTHING, Standing.FINISHED, "")],
)
def test_whose_account_was_closed_comes_back_with_what_they_said(many: int, standing: Standing, note: str) -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (FINANCE, "U2")), "U2", many)
    out = carry_out(kickoff, change_people(kickoff, [(OWNER, "U1")], []))
    out = out.with_participant(replace(out.participants[1], gone=True))
    returned = only(change_people(out, [(OWNER, "U1"), (FINANCE, "U2")], []).returned)
    assert (returned.after.standing, returned.after.note, returned.turn) == (standing, note, None)


def test_a_new_role_reopens_at_its_first_question() -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (SPONSOR, "U2")), "U2")
    before = kickoff.participants[1].interview
    moved = only(change_people(kickoff, [(OWNER, "U1"), (SPONSOR, "U2"), (FINANCE, "U2")], []).changed)
    assert moved.after.standing is Standing.OPEN
    assert asked_first(moved) == "budget"
    assert moved.after.interview.plan == (*before.plan, "budget")
    assert moved.after.interview.answers == before.answers
    assert moved.after.interview.objectives == before.objectives


def test_a_new_role_in_the_midst_of_it_asks_the_same_question_again() -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (SPONSOR, "U2")), "U1", 3)
    moved = only(change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U1"), (SPONSOR, "U2")], []).changed)
    assert asked_first(moved) == moved.before.interview.step
    assert moved.after.interview.plan[-1] == "budget"


def test_a_lost_role_takes_along_what_was_not_answered() -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (FINANCE, "U2"), (OWNER, "U2")), "U2", 3)
    moved = only(change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U2")], []).changed)
    answered = [*moved.before.interview.answers]
    assert moved.after.interview.plan == ("goal", "more_goals", *answered[1:], "budget")
    assert asked_first(moved) == "budget"
    assert moved.after.interview.answers == moved.before.interview.answers


def test_who_is_done_stays_done_with_a_role_less() -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (FINANCE, "U2"), (SPONSOR, "U2")), "U2")
    moved = only(change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U2")], []).changed)
    assert (moved.after.standing, moved.turn, moved.after.interview.roles) == (Standing.FINISHED, None, (FINANCE,))
    assert moved.after.interview.answers == moved.before.interview.answers


def test_who_is_closed_is_asked_again_for_a_new_role_alone() -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (SPONSOR, "U2"), (FINANCE, "U2")), "U1", 3)
    kickoff = kickoff.with_participant(replace(kickoff.participants[0], standing=Standing.CLOSED))
    same = [(OWNER, "U1"), (SPONSOR, "U2"), (FINANCE, "U2")]
    assert change_people(kickoff, same, []).moves_nobody
    moved = change_people(kickoff, [*same, (FINANCE, "U1")], []).changed[0]
    assert moved.after.standing is Standing.OPEN
    assert moved.after.interview.plan[-1] == "budget"


@pytest.mark.parametrize("state", [{"standing": Standing.UNAVAILABLE}, {"standing": Standing.FINISHED, "gone": True}])
def test_who_cannot_be_asked_only_changes_roles(state: dict[str, object]) -> None:
    kickoff = after_answers(start(FIRST, (OWNER, "U1"), (SPONSOR, "U2")), "U2")
    kickoff = kickoff.with_participant(replace(kickoff.participants[1], **state))  # type: ignore[arg-type]
    moved = only(change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U2")], []).changed)
    assert (moved.after.standing, moved.turn) == (state["standing"], None)
    assert moved.after.interview.roles == (FINANCE,)


def test_who_is_invited_begins_with_the_new_roles() -> None:
    kickoff = start(FIRST, (OWNER, "U1"), (SPONSOR, "U2"))
    kickoff = kickoff.with_participant(replace(kickoff.participants[1], standing=Standing.INVITED, channel=None))
    moved = only(change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U2")], []).changed)
    assert moved.turn is None
    assert moved.after.standing is Standing.INVITED
    assert moved.after.interview.plan == FIRST.plan([FINANCE], [OWNER, FINANCE])


def test_who_only_has_questions_handed_on_is_left_alone_until_picked() -> None:
    interview = interviews.begin(FIRST, (), (), (Handed("budget", "U1"),)).interview
    kickoff = start(FIRST, (OWNER, "U1"))
    helper = Participant(2, "U2", Standing.OPEN, "C1", interview)
    kickoff = replace(kickoff, participants=(*kickoff.participants, helper))
    assert change_people(kickoff, [(OWNER, "U1")], []).moves_nobody
    moved = only(change_people(kickoff, [(OWNER, "U1"), (SPONSOR, "U2")], []).changed)
    assert moved.after.interview.handed == (Handed("budget", "U1"),)
    assert asked_first(moved) == "budget"
    back = only(
        change_people(carry_out(kickoff, change_people(kickoff, [(SPONSOR, "U2")], [])), [(OWNER, "U1")], []).removed
    )
    assert back.after.person == "U2"


def test_questions_go_over_to_who_knows_them_best() -> None:
    kickoff = after_answers(start(BANK, (OWNER, "U1"), (FINANCE, "U2")), "U1", 2)
    change = change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U2"), (Role.DATA_SCIENTIST, "U3")], [])
    moved = next(one for one in change.changed if one.before.person == "U1")
    assert moved.turn is None
    gone = set(moved.before.interview.plan) - set(moved.after.interview.plan)
    assert gone
    assert gone <= set(change.added[0].interview.plan) | set(change.changed[-1].after.interview.plan)
    assert moved.after.interview.step in moved.after.interview.plan


def test_who_is_done_is_not_disturbed_when_others_leave() -> None:
    kickoff = after_answers(start(BANK, (FINANCE, "U1"), (Role.DATA_SCIENTIST, "U2")), "U1")
    change = change_people(kickoff, [(FINANCE, "U1")], [])
    assert change.changed == ()


def test_a_new_role_is_asked_even_where_the_first_left_no_room() -> None:
    kickoff = after_answers(start(BANK, (OWNER, "U1"), (SPONSOR, "U2")), "U1")
    assert len(kickoff.participants[0].interview.main_questions) == AT_MOST
    moved = change_people(kickoff, [(OWNER, "U1"), (SPONSOR, "U2"), (FINANCE, "U1")], []).changed[0]
    new = [question.id for question in moved.after.interview.open_questions]
    assert asked_first(moved) == new[0]
    assert new
    assert all(FINANCE in BANK.by_id[one].roles for one in new)
    done = answer(moved.after.interview, EVERYTHING)
    assert set(moved.before.interview.answers) | set(new) <= set(done.answers)
    again = carry_out(kickoff, change_people(kickoff, [(OWNER, "U1"), (SPONSOR, "U2"), (FINANCE, "U1")], []))
    less = change_people(again, [(OWNER, "U1"), (SPONSOR, "U2")], []).changed[0]
    assert less.after.interview.handed == ()
    assert less.after.interview.open_questions == ()


def test_whoever_is_asked_does_not_only_watch() -> None:
    assert list_observers(["U1", "U2", "U2"], [(OWNER, "U1")]) == ("U2",)
    kickoff = start(FIRST, (OWNER, "U1"), (FINANCE, "U2"), observers=("U3",))
    change = change_people(kickoff, [(OWNER, "U1"), (FINANCE, "U3")], ["U2", "U3"])
    assert change.observers == ("U2",)
    assert [one.after.person for one in change.removed] == ["U2"]


PEOPLE = ("U1", "U2", "U3", "U4")
ROLES = (OWNER, SPONSOR, FINANCE, Role.DATA_SCIENTIST, Role.LEGAL)
PICKS = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(PEOPLE)), min_size=1, max_size=8, unique=True)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pick"), PICKS),
        st.tuples(st.just("answer"), st.tuples(st.sampled_from(PEOPLE), st.sampled_from((1, 4, EVERYTHING)))),
        st.tuples(
            st.just("stand"),
            st.tuples(st.sampled_from(PEOPLE), st.sampled_from((Standing.OPEN, Standing.UNAVAILABLE, Standing.CLOSED))),
        ),
    ),
    max_size=10,
)


def play(kickoff: Kickoff, step: str, value: object) -> Kickoff:
    match step, value:
        case "answer", (str(person), int(many)):
            one = kickoff.find(person)
            return after_answers(kickoff, person, many) if one and one.standing is Standing.OPEN else kickoff
        case "stand", (str(person), Standing() as standing):
            one = kickoff.find(person)
            opens = one is not None and one.standing is Standing.INVITED and standing is Standing.OPEN
            ends = one is not None and one.standing is Standing.OPEN and standing is not Standing.OPEN
            return (
                kickoff.with_participant(replace(one, standing=standing, channel="C1"))
                if one and (opens or ends)
                else kickoff
            )
        case _, list(chosen):
            change = change_people(kickoff, in_order(chosen), [])
            check(kickoff, change, in_order(chosen))
            return carry_out(kickoff, change)
    raise AssertionError


def in_order(chosen: list[tuple[Role, str]]) -> list[tuple[Role, str]]:
    return sorted(chosen, key=lambda one: [*Role].index(one[0]))


def check(before: Kickoff, change: PeopleChange, chosen: list[tuple[Role, str]]) -> None:
    after = carry_out(before, change)
    assert change_people(after, chosen, []).moves_nobody
    assert {one.person: set(one.interview.roles) for one in after.counted} == {
        person: set(roles) for person, roles in group_roles(chosen)
    }
    for old, new in zip(before.participants, after.participants, strict=False):
        check_one(old, new)


def check_one(before: Participant, after: Participant) -> None:
    """Nothing said is lost, and where the interview stands is a place in it."""
    assert after.interview.answers == before.interview.answers
    assert after.interview.objectives == before.interview.objectives
    assert after.person == before.person
    asked = [question.id for question in after.interview.questions]
    assert set(after.interview.answers) <= set(asked)
    if after.standing is Standing.OPEN:
        assert after.interview.step in {*asked, REVIEW}
    if after.standing is Standing.FINISHED:
        assert not after.interview.open_questions
    if after.interview.step in {REVIEW, DONE}:
        assert not after.interview.open_questions or after.standing in {Standing.REMOVED, Standing.UNAVAILABLE}
    assert len(after.interview.open_questions) <= AT_MOST


@settings(max_examples=150)
@given(PICKS, STEPS, st.sampled_from((FIRST, BANK)))
def test_whatever_happens_nothing_is_lost(
    chosen: list[tuple[Role, str]], steps: list[tuple[str, object]], questions: QuestionSet
) -> None:
    kickoff = start(questions, *in_order(chosen))
    for step, value in steps:
        kickoff = play(kickoff, step, value)


@given(PICKS, st.integers(0, 12), st.sampled_from(PEOPLE))
def test_out_and_back_again_is_as_if_nothing_had_happened(
    chosen: list[tuple[Role, str]], many: int, person: str
) -> None:
    kickoff = start(FIRST, *in_order(chosen))
    kickoff = after_answers(kickoff, chosen[0][1], many)
    others = [one for one in in_order(chosen) if one[1] != person]
    out = carry_out(kickoff, change_people(kickoff, others, []))
    back = carry_out(out, change_people(out, in_order(chosen), []))
    assert back.stakes == kickoff.stakes
    assert back.answers == kickoff.answers
    assert {one.person: one.standing for one in back.participants} == {
        one.person: one.standing for one in kickoff.participants
    }


def test_an_answer_that_no_longer_belongs_to_a_role_is_kept() -> None:
    budget = Answer(question="budget", status=Status.GIVEN, value=80_000.0, currency="EUR")
    kickoff = start(FIRST, (OWNER, "U1"), (FINANCE, "U2"))
    fiona = kickoff.participants[1]
    kickoff = kickoff.with_participant(replace(fiona, interview=replace(fiona.interview, answers={"budget": budget})))
    moved = only(change_people(kickoff, [(OWNER, "U1"), (SPONSOR, "U2")], []).changed)
    assert moved.after.interview.answers["budget"] == budget
    assert "budget" in moved.after.interview.plan
