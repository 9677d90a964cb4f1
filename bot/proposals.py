"""A goal that somebody found in a message is shown to the person whose goal it may be, for their word."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.app import App
from bot.availability import await_answers, today_in
from bot.blocks import mention, quote
from bot.brevity import cut_words
from bot.handing_on import hand_on
from bot.kickoff_card import refresh
from bot.projects import name_project
from bot.turns import say_turn
from flows import interviews
from flows.interview import Handed
from flows.interview_goals import read_goals
from flows.kickoffs import Kickoff, Participant, Standing
from storage import kickoffs, outbox, people

_QUOTED_WORDS = 10


class NotProposed(Exception):
    """The goal cannot be shown to anybody; the message says why, in plain words."""


def propose(connection: Connection, app: App, kickoff: Kickoff, text: str, *, author: str, by: str) -> str:
    """Show the goal in a text to its author, or else to whoever found it; an author who takes no part is asked.

    Returns:
        What happens with it, in a sentence for whoever found it.

    Raises:
        NotProposed: There is no new goal in it, or nobody can be asked.
    """
    asked = _find(kickoff, author) or _find(kickoff, by)
    zone = asked.zone if asked else people.zone_of(connection, kickoff.workspace, by)
    today = today_in(app, zone or "")
    if not read_goals(text, today):
        raise NotProposed(f"I found no goal in that. For example: {kickoff.question_set.goal.example}.")
    if asked is not None:
        return _show(connection, app, kickoff, asked, (text, today), author=author, by=by)
    if kickoff.find(author) is not None:
        raise NotProposed("I cannot ask its author in this project. You can add it as a fact instead.")
    handed = Handed(kickoff.question_set.goal.id, by)
    refresh(connection, hand_on(connection, app, kickoff, handed, author), app)
    return f"{mention(author)} takes no part in {name_project(kickoff)} yet, so I ask them for their goal."


def _find(kickoff: Kickoff, person: str) -> Participant | None:
    found = kickoff.find(person)
    return None if found is None or found.gone or found.is_called_off else found


def _show(
    connection: Connection,
    app: App,
    kickoff: Kickoff,
    before: Participant,
    words: tuple[str, date],
    *,
    author: str,
    by: str,
) -> str:
    if before.standing is Standing.INVITED:
        raise NotProposed("I am still inviting them. Please try again in a minute, or add it as a fact.")
    text, today = words
    turn = interviews.propose_goal(before.interview, text, today, by, "")
    if turn is None:
        raise NotProposed("That goal is there already.")
    now = app.clock()
    after = replace(before, interview=turn.interview)
    if before.standing is not Standing.OPEN:
        after = await_answers(app, kickoff, after)
    kickoffs.save_participant(connection, before, after, now)
    notice = _say_who_found_it(before.person, text, author=author, by=by)
    outbox.put(connection, say_turn(kickoff, before, turn, notice=notice), now)
    refresh(connection, kickoff.with_participant(after), app)
    if before.person == by:
        return "I show you the goal in your thread. It is kept once you say that it is right."
    return f"I show the goal to {mention(before.person)}, who decides whether it is kept."


def _say_who_found_it(person: str, text: str, *, author: str, by: str) -> str:
    words = f"“{quote(cut_words(text, _QUOTED_WORDS), 200)}”"
    if person != by:
        return f"{mention(person)}, {mention(by)} found a goal in your message {words}."
    return f"{mention(person)}, you found a goal in {'your message' if author == by else 'the message'} {words}."
