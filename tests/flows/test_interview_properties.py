"""Whatever a stakeholder does, in any order: nothing crashes, no goal is lost, and the end is reached (K45)."""

from collections.abc import Callable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from flows import interviews
from flows.answers import Status
from flows.interview import DONE, REVIEW, Ask, Finished, Interview, Remark, Review, ShowReading, Turn
from flows.objectives import Direction, Objective
from flows.questions import NO_MORE_OBJECTIVES, SEPARATE_GOAL, Kind, Question
from flows.roles import Role
from tests.questions import FIRST, FIRST_ROLES, begin

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
PLAIN = ("say_unknown", "skip", "go_back", "confirm", "reject", "repeat", "submit", "keep_confidential", "go_on")
ACTS = st.one_of(
    st.tuples(st.just("hear"), st.sampled_from(WORDS)),
    st.tuples(st.just("choose"), st.sampled_from(VALUES)),
    st.tuples(st.just("correct"), st.sampled_from(FORMS)),
    st.tuples(st.sampled_from([*PLAIN]), st.none()),
    st.tuples(st.just("edit"), st.sampled_from([*FIRST.by_id])),
    st.tuples(st.just("amend"), st.tuples(st.sampled_from([*FIRST.by_id]), st.sampled_from(WORDS))),
    st.tuples(st.just("hand_on"), st.sampled_from(["U1", "U2"])),
    st.tuples(st.just("receive"), st.sampled_from(["teams", "budget"])),
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
        case "edit", str(question):
            return interviews.edit(interview, question)
        case "amend", (str(question), str(words)):
            return interviews.amend(interview, question, WORDS[0], words, TODAY)
        case "hand_on", str(person):
            return interviews.hand_on(interview, person, "U1")
        case "receive", str(question):
            return interviews.go_on(interviews.receive(interview, question, "U3"))
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
        assert after.step in {DONE, REVIEW, *(question.id for question in after.questions)}
        settled, total = after.progress
        assert 0 <= settled <= total
        assert (after.step == DONE) == isinstance(turn.say, Finished) or isinstance(turn.say, Remark)
        assert (after.step == REVIEW) == isinstance(turn.say, Review) or isinstance(turn.say, Remark)
        assert bool(after.pending) == isinstance(turn.say, ShowReading) or isinstance(turn.say, Remark)
        if after.step in {DONE, REVIEW}:
            assert settled == total
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
    turn = finish(turn.interview)
    assert turn.interview.step == DONE
    assert turn.interview.progress[0] == turn.interview.progress[1]
    assert kept <= set(turn.interview.objectives)


def finish(interview: Interview) -> Turn:
    """Answer what is asked until all is submitted."""
    turn = interviews.repeat(interview)
    for _ in range(MOST_TURNS):
        if isinstance(turn.say, Finished):
            break
        turn = answer(turn)
    return turn


def answer(turn: Turn) -> Turn:
    """What a person says who keeps to the point."""
    interview = turn.interview
    if isinstance(turn.say, ShowReading):
        return interviews.skip(interview)
    if isinstance(turn.say, Review):
        return interviews.submit(interview)
    assert isinstance(turn.say, Ask)
    question = turn.say.question
    match question.kind:
        case Kind.OBJECTIVE:
            return interviews.say_unknown(interview)
        case Kind.MORE_OBJECTIVES:
            return interviews.choose(interview, NO_MORE_OBJECTIVES)
        case Kind.CHOICE | Kind.YES_NO:
            return interviews.choose(interview, question.values[0])
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


@given(st.lists(ACTS, max_size=MOST_TURNS), ROLES)
def test_any_order_ends_where_the_same_answers_given_straight_end(
    acts: list[tuple[str, object]], roles: tuple[Role, ...]
) -> None:
    interview = begin(*roles).interview
    for act, value in acts:
        interview = play(interview, act, value).interview
    ended = finish(interview).interview
    straight = give_straight(ended, begin(*roles).interview)
    assert dict(straight.answers) == dict(ended.answers)
    assert straight.objectives == ended.objectives
    assert straight.step == ended.step


def give_straight(wanted: Interview, interview: Interview) -> Interview:
    """An interview in which each question is answered once, in order, as it was answered in the end in another."""
    for handed in wanted.handed:
        interview = interviews.receive(interview, handed.question, handed.by)
    turn = interviews.repeat(interview)
    while not isinstance(turn.say, Finished):
        if isinstance(turn.say, Review):
            turn = interviews.submit(turn.interview)
            continue
        assert isinstance(turn.say, Ask)
        turn = give(wanted, turn.interview, turn.say.question)
    return turn.interview


def give(wanted: Interview, interview: Interview, question: Question) -> Turn:
    if question.kind is Kind.OBJECTIVE and wanted.objectives:
        for objective in wanted.objectives:
            turn = interviews.correct(interview, objective)
            interview = turn.interview
            if interview.pending:
                interview = interviews.choose(interview, SEPARATE_GOAL).interview
        return interviews.choose(interview, NO_MORE_OBJECTIVES)
    settled = wanted.answers[question.id]
    match settled.status:
        case Status.GIVEN:
            return interviews.fill_in(interview, settled)
        case Status.UNKNOWN:
            return interviews.say_unknown(interview)
        case Status.SKIPPED:
            return interviews.skip(interview)
        case Status.HANDED:
            return interviews.hand_on(interview, str(settled.value), "U1")
