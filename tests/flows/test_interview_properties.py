"""Whatever a stakeholder does, in any order: nothing crashes, nothing said is lost, and the end is reached (K45)."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from flows import interviews
from flows.answers import Answer
from flows.interview import DONE, REVIEW, Ask, Finished, Interview, Remark, Review, ShowReading
from flows.question_bank import BANK
from flows.questions import AT_MOST
from flows.roles import Role
from tests.flows.interview_acts import MOST_TURNS, Act, acts_on, finish, give_straight, play, play_all
from tests.questions import FIRST, FIRST_ROLES
from tests.restarts import kept

KEEPS = {"confirm", "correct", "yes"}
REMOVES = {"reject", "not a goal"}


@dataclass(frozen=True)
class Case:
    """Somebody with one role or several, where others have some too, and what they do."""

    question_set: str
    roles: tuple[Role, ...]
    others: tuple[Role, ...]
    acts: tuple[Act, ...]

    @property
    def begun(self) -> Interview:
        question_set = SETS[self.question_set]
        plan = question_set.plan(self.roles, {*self.roles, *self.others})
        return interviews.begin(question_set, self.roles, plan).interview


def some(roles: tuple[Role, ...], least: int) -> st.SearchStrategy[tuple[Role, ...]]:
    return st.lists(st.sampled_from(roles), min_size=least, max_size=3, unique=True).map(tuple)


def cases(question_set: str, roles: tuple[Role, ...]) -> st.SearchStrategy[Case]:
    acts = st.lists(acts_on(SETS[question_set]), max_size=MOST_TURNS).map(tuple)
    return st.builds(Case, st.just(question_set), some(roles, 1), some(roles, 0), acts)


SETS = {"first": FIRST, "bank": BANK}
CASES = st.one_of(cases("first", FIRST_ROLES), cases("bank", tuple(Role)))


@given(CASES)
def test_any_sequence_keeps_the_interview_whole(case: Case) -> None:
    before = case.begun
    with kept(before) as database:
        for act, value in case.acts:
            if act == "restart":
                assert database.restart(before) == before
                continue
            turn = play(before, act, value)
            after = turn.interview
            turns = 2 if act == "change" else 1
            assert after.turn == before.turn + (0 if isinstance(turn.say, Remark) else turns)
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
            check_answers(before, after, act)
            before = after


def check_goals(before: Interview, after: Interview, said: str) -> None:
    """A kept goal goes only when its owner removes it or puts another in its place, with the goal in view."""
    lost = set(before.objectives) - set(after.objectives)
    if lost:
        assert lost == {before.replaced_goal}
        assert said in (KEEPS | REMOVES if before.shows_kept_goal else KEEPS)
    gained = set(after.objectives) - set(before.objectives)
    assert len(gained) <= 1


def check_answers(before: Interview, after: Interview, act: str) -> None:
    """An answer goes only with what it hangs on, and never because there are more than twelve; nor are more asked."""
    known = before.question_set
    for lost in before.answers.keys() - after.answers.keys() - {known.goal.id}:
        assert known.by_id[lost].when or act == "receive"
        assert known.by_id[lost] not in after.questions or act == "receive"
    handed = {one.question for one in after.handed}
    assert sum(one.id not in handed for one in after.open_questions) <= AT_MOST


@given(CASES)
def test_whoever_answers_what_is_asked_reaches_the_end(case: Case) -> None:
    with kept(case.begun) as database:
        played = play_all(database, case.begun, case.acts)
    turn = finish(played)
    assert turn.interview.step == DONE
    assert turn.interview.progress[0] == turn.interview.progress[1]
    assert set(played.objectives) <= set(turn.interview.objectives)


@given(CASES)
def test_back_always_comes_to_where_the_interview_began(case: Case) -> None:
    with kept(case.begun) as database:
        interview = play_all(database, case.begun, case.acts)
    goals = interview.objectives
    for _ in range(MOST_TURNS + 10):
        interview = interviews.go_back(interview).interview
    last = interviews.go_back(interview)
    assert isinstance(last.say, Ask | ShowReading)
    assert last.say.lead in {"This is the first question.", "This is where your interview began."}
    assert last.interview.objectives == goals


@given(CASES)
def test_any_order_ends_where_the_same_answers_given_straight_end(case: Case) -> None:
    """What is known in the end hangs on the last answers alone, and on who handed what on; never on the way there.

    An answer beyond the twelfth question stays when others come to stand before it, though it would not be asked for
    any more. Given straight, such answers are there from the beginning.
    """
    with kept(case.begun) as database:
        ended = finish(play_all(database, case.begun, case.acts)).interview
    straight = case.begun
    for handed in reversed(ended.handed):
        straight = interviews.receive(straight, handed.question, handed.by)
    straight = give_straight(ended, replace(straight, answers=kept_beyond_the_limit(ended)))
    assert dict(straight.answers) == dict(ended.answers)
    assert straight.objectives == ended.objectives
    assert straight.step == ended.step
    assert set(straight.questions) == set(ended.questions)
    assert set(straight.handed) == set(ended.handed)


def kept_beyond_the_limit(ended: Interview) -> dict[str, Answer]:
    """The answers that would not be asked for if everything was answered in order."""
    handed = {one.question for one in ended.handed}
    planned = [one.id for one in ended.main_questions if one.id in ended.plan]
    return {one: ended.answers[one] for one in planned[AT_MOST:] if one not in handed}
