"""What stood at an earlier moment: nothing that was answered is overwritten, so it can be read again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, select

from flows.answers import Answer
from flows.kickoffs import Kickoff, Participant, Standing
from flows.objectives import Objective
from storage import tables as t


def as_of(connection: Connection, kickoff: Kickoff, moment: datetime) -> Kickoff:
    """The kickoff with the answers and objectives that stood at this moment; all else is as it is now.

    What was said by whoever was taken out only later is still part of it, but nothing is asked of them any more.
    """
    answers = _stood(connection, kickoff, moment, t.answer.c.given_at, t.answer.c.id)
    objectives = _stood(connection, kickoff, moment, t.objective.c.confirmed_at, t.objective.c.place)

    def back_then(one: Participant) -> Participant:
        given = [Answer.model_validate(row.answer) for row in answers if row.interview_id == one.interview_id]
        goals = [Objective.model_validate(row.objective) for row in objectives if row.interview_id == one.interview_id]
        stood = {answer.question: answer for answer in given}
        then = replace(one.interview, answers=stood, objectives=tuple(goals), pending=())
        return replace(one, interview=then, standing=Standing.UNAVAILABLE if _left_since(one, moment) else one.standing)

    return replace(kickoff, participants=tuple(back_then(one) for one in kickoff.participants))


def _left_since(one: Participant, moment: datetime) -> bool:
    return one.standing is Standing.REMOVED and one.silence is not None and one.silence.last_active > moment


def _stood(
    connection: Connection, kickoff: Kickoff, moment: datetime, since: Column[datetime], order: Column[int]
) -> Sequence[Row[Any]]:
    table = since.table
    ids = [one.interview_id for one in kickoff.participants]
    until = table.c.superseded_at
    stood = select(table).where(table.c.interview_id.in_(ids), since <= moment, until.is_(None) | (until > moment))
    return connection.execute(stood.order_by(order)).all()
