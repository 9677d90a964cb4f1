"""What a stakeholder may do in an interview, at random, with any set of questions."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from flows import interviews
from flows.answers import Status
from flows.interview import DONE, Ask, Finished, Interview, Review, ShowReading, Turn
from flows.objectives import Direction, Objective
from flows.questions import NO_MORE_OBJECTIVES, SEPARATE_GOAL, Kind, Question, QuestionSet
from tests.restarts import Kept

TODAY = date(2026, 11, 23)
MOST_TURNS = 40
MOST_QUESTIONS = 90
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
FORMS = (
    Objective(metric="cloud bill", family="cloud_bill", direction=Direction.DECREASE),
    Objective(metric="time on platform", direction=Direction.INCREASE),
)
PLAIN = ("say_unknown", "skip", "go_back", "confirm", "reject", "repeat", "submit", "keep_confidential", "go_on")
VALUES = (NO_MORE_OBJECTIVES, SEPARATE_GOAL, "nonsense")

Act = tuple[str, object]
_places = st.integers(0, MOST_QUESTIONS)


def acts_on(question_set: QuestionSet) -> st.SearchStrategy[Act]:
    """One act; many of them answer what is asked, or change what others hang on, so that something happens."""
    ids = st.sampled_from([*question_set.by_id])
    decisive = st.sampled_from([when.question for one in question_set.questions for when in one.when])
    hanging = st.sampled_from([one.id for one in question_set.questions if one.when])
    return st.one_of(
        st.tuples(st.just("answer"), _places),
        st.tuples(st.just("answer"), _places),
        st.tuples(st.just("change"), st.tuples(decisive, _places)),
        st.tuples(st.just("change"), st.tuples(ids, _places)),
        st.tuples(st.just("hear"), st.sampled_from(WORDS)),
        st.tuples(st.just("choose"), st.sampled_from(VALUES)),
        st.tuples(st.just("correct"), st.sampled_from(FORMS)),
        st.tuples(st.sampled_from(PLAIN), st.none()),
        st.tuples(st.just("edit"), ids),
        st.tuples(st.just("amend"), st.tuples(st.one_of(ids, decisive), st.sampled_from(WORDS))),
        st.tuples(st.just("hand_on"), st.sampled_from(["U1", "U2"])),
        st.tuples(st.just("receive"), st.one_of(ids, hanging)),
        st.tuples(st.just("restart"), st.none()),
    )


def play(interview: Interview, act: str, value: object) -> Turn:
    """What follows from one act."""
    match act, value:
        case "answer", int(number):
            return answer_somehow(interview, number)
        case "change", (str(question), int(number)):
            there = interviews.edit(replace(interview, pending=()), question).interview
            return answer_somehow(there, number) if there.step == question else interviews.repeat(there)
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


def play_all(kept: Kept, interview: Interview, acts: Sequence[Act]) -> Interview:
    """Where an interview stands after these acts; `restart` reads it from the database."""
    for act, value in acts:
        if act == "restart":
            assert kept.restart(interview) == interview
        interview = kept.restart(interview) if act == "restart" else play(interview, act, value).interview
    return interview


def answer_somehow(interview: Interview, number: int) -> Turn:
    """Answer what is asked with something that it takes; of several answers, the one of this number."""
    question = interview.question
    if interview.pending or question is None:
        return interviews.repeat(interview)
    match question.kind:
        case Kind.OBJECTIVE | Kind.MORE_OBJECTIVES:
            return interviews.hear(interview, WORDS[number % 2], TODAY)
        case Kind.CHOICE | Kind.YES_NO:
            return interviews.choose(interview, question.values[number % len(question.values)])
        case Kind.CHOICES | Kind.SCALE:
            return interviews.hear(interview, question.options[number % len(question.options)].label, TODAY)
        case Kind.PERSON:
            return interviews.hear(interview, "<@U7>", TODAY)
        case _:
            return interviews.hear(interview, question.example, TODAY)


def finish(interview: Interview) -> Turn:
    """Answer what is asked until all is submitted."""
    turn = interviews.repeat(interview)
    for _ in range(MOST_QUESTIONS):
        if isinstance(turn.say, Finished):
            break
        turn = _answer(turn)
    return turn


def _answer(turn: Turn) -> Turn:
    """What a person says who keeps to the point."""
    interview = turn.interview
    if isinstance(turn.say, ShowReading):
        return interviews.skip(interview)
    if isinstance(turn.say, Review):
        return interviews.submit(interview)
    assert isinstance(turn.say, Ask)
    match turn.say.question.kind:
        case Kind.OBJECTIVE:
            return interviews.say_unknown(interview)
        case Kind.MORE_OBJECTIVES:
            return interviews.choose(interview, NO_MORE_OBJECTIVES)
        case _:
            return answer_somehow(interview, 0)


def give_straight(wanted: Interview, interview: Interview) -> Interview:
    """An interview in which each question is answered once, in order, as it was answered in the end in another."""
    turn = interviews.repeat(interview)
    while not isinstance(turn.say, Finished):
        if isinstance(turn.say, Review):
            turn = interviews.submit(turn.interview)
            continue
        assert isinstance(turn.say, Ask)
        turn = _give(wanted, turn.interview, turn.say.question)
    assert turn.interview.step == DONE
    return turn.interview


def _give(wanted: Interview, interview: Interview, question: Question) -> Turn:
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
