"""Which open question of a stakeholder would change the result most: it is asked first when they are reminded."""

from flows.kickoffs import Kickoff, Participant
from flows.scores import first_score


def most_telling(kickoff: Kickoff, participant: Participant) -> str:
    """The id of the stakeholder's open question whose answer would narrow the score most; empty if none would.

    A goal comes before all else: without one nothing can be ranked (K2).
    """
    still_open = [question.id for question in participant.interview.open_questions]
    goal = participant.interview.question_set.goal.id
    if goal in still_open:
        return goal
    score = first_score(kickoff.stakes, kickoff.answers)
    scored = [one for one in (*score.impact.contributions, *score.cost.contributions) if one.question in still_open]
    widest = max(scored, key=lambda one: one.width, default=None)
    return widest.question if widest and widest.question else next(iter(still_open), "")
