"""Which open question of a stakeholder would change the result most: it is asked first when they are reminded."""

from flows.kickoffs import Kickoff, Participant
from flows.scoring.heard import hear
from flows.scoring.project_score import draw_project
from flows.scoring.scales import open_questions


def most_telling(kickoff: Kickoff, participant: Participant) -> str:
    """The id of the stakeholder's open question whose answer would narrow the score most; empty if none would.

    A goal comes before all else: without one nothing can be ranked (K2).
    """
    still_open = [question.id for question in participant.interview.open_questions]
    goal = participant.interview.question_set.goal.id
    if goal in still_open:
        return goal
    open_to_score = open_questions(draw_project(hear(kickoff)).contributions)
    return next((one for one in open_to_score if one in still_open), next(iter(still_open), ""))
