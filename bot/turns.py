"""What is posted when an interview takes a turn."""

from bot.effects import closing_lane, edit, interview_lane, opening_name, post, refresh_home, turn_name
from bot.interview_messages import draw_closed, draw_say
from bot.review import find_page
from flows.interview import Turn
from flows.kickoffs import Kickoff, Participant
from storage.outbox import Parcel


def say_turn(kickoff: Kickoff, before: Participant, turn: Turn, outlook: str = "", notice: str = "") -> list[Parcel]:
    """The message that answers the stakeholder, and the edit that closes the question which they answered.

    Whoever looks at their Home tab sees the new question there too.
    """
    interview_id, asked, asks = before.interview_id, before.interview.turn, turn.interview.turn
    page = find_page(before.interview, turn.interview)
    said = draw_say(interview_id, turn, kickoff.name, outlook, notice, page=page)
    thread, lane = opening_name(interview_id), interview_lane(interview_id)
    if asks == asked:
        return [post(said, thread=thread).parcel(kickoff.workspace, lane)]
    closed = edit(turn_name(interview_id, asked), draw_closed(before.interview, turn.interview, kickoff.name))
    at_home = [refresh_home(kickoff.workspace, before.person)] if before.opened_home else []
    return [
        post(said, thread=thread, name=turn_name(interview_id, asks)).parcel(kickoff.workspace, lane),
        closed.parcel(kickoff.workspace, closing_lane(interview_id)),
        *at_home,
    ]
