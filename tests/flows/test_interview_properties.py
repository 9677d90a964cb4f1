"""Whatever a stakeholder does, in any order: nothing crashes, no goal is lost, and the end is reached (K45)."""

from collections.abc import Callable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from flows import interviews
from flows.interview import DONE, Ask, Finished, Interview, Remark, ShowReading, Turn
from flows.objectives import Direction, Objective
from flows.questions import NO_MORE_OBJECTIVES, SEPARATE_GOAL, Kind
from flows.roles import Role
from tests.questions import FIRST_ROLES, begin

TODAY = date(2026, 11, 23)
MOST_TURNS = 40
WORDS = (
    "increase the time users spend on the platform by at least 15%",
    "cut the cloud bill by 10%",
    "cut the cloud bill by 12%",
    "cut the cloud bill by 12%. Increase ad revenue by 20%. Cut the cloud bill by 14%.",
    "increase blorps by 3%",
    "12",
    "5 %",
    "€80,000",
    "hello",
    "yes",
    "no",
    "none",
    "not a goal",
    "that's all",
    "both",
    "back",
    "skip",
    "I don't know",
)
VALUES = ("rules", "by_hand", NO_MORE_OBJECTIVES, SEPARATE_GOAL, "caught", "yes", "nonsense")
FORMS = (
    Objective(metric="cloud bill", family="cloud_bill", direction=Direction.DECREASE),
    Objective(metric="time on platform", direction=Direction.INCREASE),
)
ACTS = st.one_of(
    st.tuples(st.just("hear"), st.sampled_from(WORDS)),
    st.tuples(st.just("choose"), st.sampled_from(VALUES)),
    st.tuples(st.just("correct"), st.sampled_from(FORMS)),
    st.tuples(st.sampled_from(["say_unknown", "skip", "go_back", "confirm", "reject", "repeat"]), st.none()),
)
ROLES = st.sampled_from([(role,) for role in FIRST_ROLES] + [FIRST_ROLES])
KEEPS = {"confirm", "correct", "yes"}
REMOVES = {"reject", "not a goal"}


def play(interview: Interview, act: str, value: object) -> Turn:
    match act, value:
        case "hear", str(words):
            return interviews.hear(interview, words, TODAY)
        case "choose", str(chosen):
            return interviews.choose(interview, chosen)
        case "correct", Objective() as objective:
            return interviews.correct(interview, objective)
        case _:
            plain: Callable[[Interview], Turn] = getattr(interviews, act)
            return plain(interview)


@given(st.lists(ACTS, max_size=MOST_TURNS), ROLES)
def test_any_sequence_keeps_the_interview_whole(acts: list[tuple[str, object]], roles: tuple[Role, ...]) -> None:
    before = begin(*roles).interview
    for act, value in acts:
        turn = play(before, act, value)
        after = turn.interview
        assert after.turn == before.turn + (not isinstance(turn.say, Remark))
        assert after.step in {DONE, *(question.id for question in after.questions)}
        settled, total = after.progress
        assert 0 <= settled <= total
        assert (after.step == DONE) == isinstance(turn.say, Finished | Remark)
        assert bool(after.pending) == isinstance(turn.say, ShowReading)
        assert len(set(after.objectives)) == len(after.objectives)
        assert all(pending.replaces is None for pending in after.pending[1:])
        check_goals(before, after, str(value) if act == "hear" else act)
        before = after


def check_goals(before: Interview, after: Interview, said: str) -> None:
    """A kept goal goes only when its owner removes it or puts another in its place, with the goal in view."""
    lost = set(before.objectives) - set(after.objectives)
    if lost:
        assert lost == {before.replaced_goal}
        assert said in (KEEPS | REMOVES if before.shows_kept_goal else KEEPS)
    gained = set(after.objectives) - set(before.objectives)
    assert len(gained) <= 1


@given(st.lists(ACTS, max_size=MOST_TURNS), ROLES)
def test_whoever_answers_what_is_asked_reaches_the_end(acts: list[tuple[str, object]], roles: tuple[Role, ...]) -> None:
    turn = begin(*roles)
    for act, value in acts:
        turn = play(turn.interview, act, value)
    kept = set(turn.interview.objectives)
    turn = interviews.repeat(turn.interview)
    for _ in range(MOST_TURNS):
        if isinstance(turn.say, Finished):
            break
        turn = answer(turn)
    assert turn.interview.step == DONE
    assert turn.interview.progress[0] == turn.interview.progress[1]
    assert kept <= set(turn.interview.objectives)


def answer(turn: Turn) -> Turn:
    """What a person says who keeps to the point."""
    interview = turn.interview
    if isinstance(turn.say, ShowReading):
        return interviews.skip(interview)
    assert isinstance(turn.say, Ask)
    question = turn.say.question
    match question.kind:
        case Kind.OBJECTIVE:
            return interviews.say_unknown(interview)
        case Kind.MORE_OBJECTIVES | Kind.CHOICE:
            return interviews.choose(interview, question.options[0].value)
        case _:
            return interviews.hear(interview, question.example, TODAY)


@given(st.lists(ACTS, max_size=MOST_TURNS), ROLES)
def test_back_always_comes_to_where_the_interview_began(
    acts: list[tuple[str, object]], roles: tuple[Role, ...]
) -> None:
    interview = begin(*roles).interview
    for act, value in acts:
        interview = play(interview, act, value).interview
    kept = interview.objectives
    for _ in range(MOST_TURNS):
        interview = interviews.go_back(interview).interview
    last = interviews.go_back(interview)
    assert isinstance(last.say, Ask | ShowReading)
    assert last.say.lead in {"This is the first question.", "This is where your interview began."}
    assert last.interview.objectives == kept
