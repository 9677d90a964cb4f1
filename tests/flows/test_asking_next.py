"""Which open question somebody is asked first when they are reminded."""

from dataclasses import replace

from flows.answers import Answer, Status
from flows.asking_next import most_telling
from flows.kickoffs import Kickoff, Participant
from flows.roles import Role
from flows.scoring.heard import hear
from flows.scoring.project_score import draw_project
from flows.scoring.scales import open_questions
from tests.flows.test_kickoffs import kickoff, participant


def skipping(one: Participant, *questions: str) -> Participant:
    said = {name: Answer(question=name, status=Status.SKIPPED) for name in questions}
    return replace(one, interview=replace(one.interview, answers={**one.interview.answers, **said}))


def asked(project: Kickoff) -> str:
    return most_telling(project, project.participants[0])


def test_a_goal_comes_before_all_else() -> None:
    assert asked(kickoff(participant("U1", Role.PRODUCT_OWNER))) == "goal"


def test_then_comes_what_would_narrow_the_score_most() -> None:
    project = kickoff(skipping(participant("U1", Role.PRODUCT_OWNER), "goal"))
    open_now = {question.id for question in project.participants[0].interview.open_questions}
    ordered = [one for one in open_questions(draw_project(hear(project)).contributions) if one in open_now]
    assert asked(project) == ordered[0]
    # What is asked first by the questionnaire need not be what tells most.
    assert len(ordered) > 1


def test_a_question_that_moves_no_score_is_better_than_none_and_at_the_end_there_is_none() -> None:
    one = participant("U1", Role.FINANCE)
    names = [question.id for question in one.interview.open_questions]
    left = skipping(one, *names[:-1])
    (last,) = (question.id for question in left.interview.open_questions)
    assert asked(kickoff(left)) == last
    assert asked(kickoff(skipping(left, last))) == ""
