"""Kickoffs with their participants, answers and objectives."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    insert,
    or_,
    select,
    update,
)

from flows.absence import Absence
from flows.answers import Answer
from flows.digest_days import DigestKind, Told
from flows.interview import Handed, Interview, Pending
from flows.kickoffs import Digests, Kickoff, Nudge, Participant, Place, Standing
from flows.objectives import Objective
from flows.questions import QuestionSet
from flows.reading import Doubt, DoubtKind, Reading
from flows.reminders import Silence
from flows.roles import Role
from storage import nudges, question_sets
from storage import tables as t

_TOLD: TypeAdapter[dict[DigestKind, Told]] = TypeAdapter(dict[DigestKind, Told])


def _with_person(table: Table, person: Column[Any]) -> Select[Any]:
    """Rows of a table, with what is known of the person in one of its columns."""
    known = (t.person.c.workspace == table.c.workspace) & (t.person.c.person == person)
    columns = t.person.c
    learned = (
        columns.zone.label("person_zone"),
        columns.gone,
        columns.away_from,
        columns.away_until,
        columns.opened_home,
    )
    return select(table, *learned).select_from(table.outerjoin(t.person, known))


# Building a statement costs as much as running it, so those that every answer runs are built once.
_KICKOFFS = _with_person(t.kickoff, t.kickoff.c.starter)
_KICKOFF = _KICKOFFS.where(t.kickoff.c.id == bindparam("kickoff_id"))
_LOCKED_KICKOFF = _KICKOFF.with_for_update(of=t.kickoff)
_OF_INTERVIEW = select(t.interview.c.kickoff_id).where(t.interview.c.id == bindparam("interview_id"))
_KICKOFF_OF_INTERVIEW = _KICKOFFS.where(t.kickoff.c.id == _OF_INTERVIEW.scalar_subquery())
_LOCKED_KICKOFF_OF_INTERVIEW = _KICKOFF_OF_INTERVIEW.with_for_update(of=t.kickoff)
_INTERVIEW_IN_THREAD = select(t.message.c.interview_id).where(
    t.message.c.workspace == bindparam("workspace"),
    t.message.c.channel == bindparam("channel"),
    t.message.c.ts == bindparam("thread"),
)
_INTERVIEWS = (
    _with_person(t.interview, t.interview.c.person)
    .where(t.interview.c.kickoff_id.in_(bindparam("kickoff_ids", expanding=True)))
    .order_by(t.interview.c.id)
)


def _standing(table: Table) -> Select[Any]:
    """What somebody says; of those who were taken out, what they had said until then."""
    ids: BindParameter[Any] = bindparam("interview_ids", expanding=True)
    removed = t.interview.c.standing == Standing.REMOVED.value
    until_removed = and_(removed, table.c.superseded_at == t.interview.c.active_at)
    said = select(table).join(t.interview, t.interview.c.id == table.c.interview_id)
    return said.where(table.c.interview_id.in_(ids), or_(table.c.superseded_at.is_(None), until_removed))


_ANSWERS = _standing(t.answer).order_by(t.answer.c.id)
_OBJECTIVES = _standing(t.objective).order_by(t.objective.c.place)
_MOVE_INTERVIEW = update(t.interview).where(t.interview.c.id == bindparam("interview_id"))
_SUPERSEDE_ANSWERS = update(t.answer).where(t.answer.c.id.in_(bindparam("ids", expanding=True)))
_SUPERSEDE_OBJECTIVES = update(t.objective).where(
    t.objective.c.interview_id == bindparam("of_interview"),
    t.objective.c.place.in_(bindparam("places", expanding=True)),
    t.objective.c.superseded_at.is_(None),
)
_SUPERSEDE_ALL = [
    update(table).where(table.c.interview_id == bindparam("of_interview"), table.c.superseded_at.is_(None))
    for table in (t.answer, t.objective)
]
_ADD_ANSWER = insert(t.answer)
_ADD_OBJECTIVE = insert(t.objective)
_ADD_WORDS = insert(t.words)
_WORDS = (t.words.c.interview_id, t.words.c.step, t.words.c.words, t.words.c.written_at)


@dataclass(frozen=True)
class Words:
    """What was written in an interview and when, and the step that it was written at."""

    interview_id: int
    step: str
    words: str
    written_at: datetime


def create(connection: Connection, kickoff: Kickoff, now: datetime) -> Kickoff:
    """Store a new kickoff with its participants; their ids are given here and are those of the kickoff returned."""
    values = {
        "workspace": kickoff.workspace,
        "channel": kickoff.channel,
        "name": kickoff.name,
        "problem": kickoff.problem,
        "starter": kickoff.starter,
        "place": kickoff.place.value,
        **nudges.dump(kickoff.nudge),
        "created_at": now,
        "question_set": question_sets.keep(connection, kickoff.question_set),
        "answers_due": kickoff.answers_due,
        "observers": list(kickoff.observers),
        "digests": sorted(kickoff.digests.kinds),
    }
    kickoff_id = connection.execute(insert(t.kickoff).values(**values).returning(t.kickoff.c.id)).scalar_one()
    kickoff = replace(kickoff, id=kickoff_id)
    return replace(kickoff, participants=tuple(add_participant(connection, kickoff, p) for p in kickoff.participants))


def add_participant(connection: Connection, kickoff: Kickoff, participant: Participant) -> Participant:
    """Store a stakeholder who joins a kickoff; their interview's id is that of the participant returned."""
    values = {
        "kickoff_id": kickoff.id,
        "workspace": kickoff.workspace,
        "person": participant.person,
        **_state(participant),
    }
    added = connection.execute(insert(t.interview).values(**values).returning(t.interview.c.id)).scalar_one()
    return replace(participant, interview_id=added)


def _state(participant: Participant) -> dict[str, Any]:
    interview = participant.interview
    return {
        "roles": [role.value for role in interview.roles],
        "standing": participant.standing.value,
        "note": participant.note,
        "channel": participant.channel,
        "plan": list(interview.plan),
        "handed": [[one.question, one.by] for one in interview.handed],
        "confidential": sorted(interview.confidential),
        "step": interview.step,
        "turn": interview.turn,
        "pending": [_dump_pending(pending) for pending in interview.pending],
        "active_at": participant.silence.last_active if participant.silence else None,
        "reminded": participant.silence.sent if participant.silence else 0,
        "reminded_at": participant.silence.last_sent if participant.silence else None,
        "remind_at": participant.remind_at,
    }


def load(connection: Connection, kickoff_id: int, *, lock: bool = False) -> Kickoff:
    """One kickoff with everything known; locked, nobody else changes it before this transaction ends.

    Raises:
        sqlalchemy.exc.NoResultFound: There is none with this id.
    """
    row = connection.execute(_LOCKED_KICKOFF if lock else _KICKOFF, {"kickoff_id": kickoff_id}).one()
    return _assemble(connection, [row])[0]


def load_all(connection: Connection, ids: Collection[int]) -> tuple[Kickoff, ...]:
    """Several kickoffs with everything known, newest first."""
    return _all(connection, _KICKOFFS.where(t.kickoff.c.id.in_(ids)))


def created_at(connection: Connection, kickoff_id: int) -> datetime:
    """When a kickoff was started."""
    started: datetime = connection.execute(
        select(t.kickoff.c.created_at).where(t.kickoff.c.id == kickoff_id)
    ).scalar_one()
    return started


def of_channel(connection: Connection, workspace: str, channel: str) -> tuple[Kickoff, ...]:
    """The kickoffs started in this channel, newest first."""
    here = (t.kickoff.c.workspace == workspace, t.kickoff.c.channel == channel)
    return _all(connection, _KICKOFFS.where(*here))


def of_person(connection: Connection, workspace: str, person: str) -> tuple[Kickoff, ...]:
    """The kickoffs that this person started or takes part in, newest first."""
    return _all(connection, _KICKOFFS.where(t.kickoff.c.workspace == workspace, _is_theirs(workspace, person)))


def _is_theirs(workspace: str, person: str) -> ColumnElement[bool]:
    takes_part = select(t.interview.c.kickoff_id).where(
        t.interview.c.workspace == workspace,
        t.interview.c.person == person,
        t.interview.c.standing != Standing.REMOVED.value,
    )
    return (t.kickoff.c.starter == person) | t.kickoff.c.id.in_(takes_part)


def ids_seen_by(connection: Connection, workspace: str, person: str, channels: Collection[str]) -> tuple[int, ...]:
    """The ids of the kickoffs that go on and that somebody started or takes part in, and of those of these channels."""
    seen = t.kickoff.c.channel.in_(channels) | _is_theirs(workspace, person)
    going_on = select(t.kickoff.c.id).where(t.kickoff.c.workspace == workspace, t.kickoff.c.closed_at.is_(None), seen)
    return tuple(connection.execute(going_on.order_by(t.kickoff.c.id.desc())).scalars())


def roles_of(connection: Connection, workspace: str, person: str) -> tuple[bool, frozenset[Role]]:
    """Whether somebody started any kickoff, and all roles that they hold in one."""
    started = select(t.kickoff.c.id).where(t.kickoff.c.workspace == workspace, t.kickoff.c.starter == person).limit(1)
    held = select(t.interview.c.roles).where(
        t.interview.c.workspace == workspace,
        t.interview.c.person == person,
        t.interview.c.standing != Standing.REMOVED.value,
    )
    roles = frozenset(Role(role) for row in connection.execute(held).scalars() for role in row)
    return connection.execute(started).first() is not None, roles


def closed_seen_by(
    connection: Connection, workspace: str, person: str, channel: str, limit: int
) -> tuple[Kickoff, ...]:
    """The newest closed kickoffs of a channel, and those that somebody started or took part in, newest first."""
    theirs = (t.kickoff.c.channel == channel) | _is_theirs(workspace, person)
    closed = (t.kickoff.c.workspace == workspace, t.kickoff.c.closed_at.is_not(None))
    return _all(connection, _KICKOFFS.where(*closed, theirs).limit(limit))


def scored(connection: Connection, workspace: str) -> tuple[int, ...]:
    """The ids of the kickoffs whose results are posted and that are not closed."""
    query = select(t.kickoff.c.id).where(
        t.kickoff.c.workspace == workspace, t.kickoff.c.concluded_at.is_not(None), t.kickoff.c.closed_at.is_(None)
    )
    return tuple(connection.execute(query.order_by(t.kickoff.c.id)).scalars())


def load_interview(connection: Connection, interview_id: int, *, lock: bool = False) -> tuple[Kickoff, Participant]:
    """One participant by their interview, with the kickoff that they are part of; `lock` as for `load`.

    Raises:
        sqlalchemy.exc.NoResultFound: There is none with this id.
    """
    query = _LOCKED_KICKOFF_OF_INTERVIEW if lock else _KICKOFF_OF_INTERVIEW
    kickoff = _assemble(connection, [connection.execute(query, {"interview_id": interview_id}).one()])[0]
    return kickoff, next(one for one in kickoff.participants if one.interview_id == interview_id)


def interview_in_thread(connection: Connection, workspace: str, channel: str, thread: str) -> int | None:
    """The id of the interview that is held in this thread."""
    here = {"workspace": workspace, "channel": channel, "thread": thread}
    return connection.execute(_INTERVIEW_IN_THREAD, here).scalar()


def open_interviews_in(connection: Connection, workspace: str, channel: str, person: str) -> tuple[int, ...]:
    """The ids of this person's unfinished interviews in a channel, such as their direct messages."""
    query = select(t.interview.c.id).where(
        t.interview.c.workspace == workspace,
        t.interview.c.person == person,
        t.interview.c.channel == channel,
        t.interview.c.standing == Standing.OPEN.value,
    )
    return tuple(connection.execute(query.order_by(t.interview.c.id)).scalars())


def save_participant(connection: Connection, before: Participant, after: Participant, now: datetime) -> None:
    """Store what changed in one participant. Answers and objectives that fell away are kept as superseded.

    Those of somebody who is taken out end at that moment, which is when the person was active last; and they are given
    anew once the person is back. So `storage.history` knows what counted when.
    """
    leaves, returns = (one.standing is Standing.REMOVED for one in (after, before))
    if leaves and not returns:
        after = replace(after, silence=Silence(now))
    elif returns and not leaves:
        before = replace(before, interview=replace(before.interview, answers={}, objectives=()))
    connection.execute(_MOVE_INTERVIEW, {"interview_id": after.interview_id, **_state(after)})
    _save_answers(connection, before, after, now)
    _save_objectives(connection, before, after, now)
    if leaves and not returns:
        for supersede in _SUPERSEDE_ALL:
            connection.execute(supersede, {"of_interview": after.interview_id, "superseded_at": now})


def _save_answers(connection: Connection, before: Participant, after: Participant, now: datetime) -> None:
    old, new = before.interview.answers, after.interview.answers
    changed = [answer for key, answer in new.items() if old.get(key) != answer]
    gone = {key for key, answer in old.items() if new.get(key) != answer}
    if gone:
        rows = connection.execute(_ANSWERS, {"interview_ids": [after.interview_id]}).all()
        ids = [row.id for row in rows if row.answer["question"] in gone]
        connection.execute(_SUPERSEDE_ANSWERS, {"ids": ids, "superseded_at": now})
    for answer in changed:
        values = {"interview_id": after.interview_id, "answer": answer.model_dump(mode="json"), "given_at": now}
        connection.execute(_ADD_ANSWER, values)


def _save_objectives(connection: Connection, before: Participant, after: Participant, now: datetime) -> None:
    if before.interview.objectives == after.interview.objectives:
        return
    old = dict(enumerate(before.interview.objectives))
    new = dict(enumerate(after.interview.objectives))
    gone = [place for place, objective in old.items() if new.get(place) != objective]
    if gone:
        connection.execute(
            _SUPERSEDE_OBJECTIVES, {"of_interview": after.interview_id, "places": gone, "superseded_at": now}
        )
    for place, objective in new.items():
        if old.get(place) != objective:
            values = {"interview_id": after.interview_id, "place": place, "confirmed_at": now}
            connection.execute(_ADD_OBJECTIVE, {**values, "objective": objective.model_dump(mode="json")})


def keep_words(connection: Connection, words: Words, channel: str, ts: str) -> None:
    """Keep what a stakeholder wrote, whole, in the message with this channel and timestamp."""
    connection.execute(_ADD_WORDS, {**vars(words), "channel": channel, "ts": ts})


def find_words(connection: Connection, workspace: str, channel: str, ts: str) -> Words | None:
    """What a message said before it was edited, as far as it was written in an interview."""
    query = (
        select(*_WORDS)
        .join(t.interview, t.interview.c.id == t.words.c.interview_id)
        .where(t.words.c.channel == channel, t.words.c.ts == ts, t.interview.c.workspace == workspace)
        .order_by(t.words.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return Words(**row) if row else None


def last_words(connection: Connection, interview_id: int) -> Words | None:
    """What was written last in an interview."""
    query = select(*_WORDS).where(t.words.c.interview_id == interview_id).order_by(t.words.c.id.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    return Words(**row) if row else None


def save_nudge(connection: Connection, kickoff_id: int, nudge: Nudge) -> None:
    """Store when progress is asked for."""
    values = nudges.dump(nudge)
    connection.execute(update(t.kickoff).where(t.kickoff.c.id == kickoff_id).values(**values))


def save_digests(connection: Connection, kickoff_id: int, digests: Digests) -> None:
    """Store which digests come, when the next one does, and how far each has told."""
    values = {
        "digests": sorted(digests.kinds),
        "digest_due_at": digests.next_due_at,
        "digest_declined": sorted(digests.declined),
        "digest_told": _TOLD.dump_python(dict(digests.told), mode="json"),
    }
    connection.execute(update(t.kickoff).where(t.kickoff.c.id == kickoff_id).values(**values))


def lock_due_digests(connection: Connection, now: datetime, limit: int) -> tuple[Kickoff, ...]:
    """Kickoffs whose digest is due, locked; those that another process is dealing with are left to it."""
    return _lock_due(connection, t.kickoff.c.digest_due_at, now, limit)


def save_observers(connection: Connection, kickoff_id: int, observers: Sequence[str]) -> None:
    """Store who watches without being asked."""
    connection.execute(update(t.kickoff).where(t.kickoff.c.id == kickoff_id).values(observers=list(observers)))


def move(connection: Connection, kickoff_id: int, channel: str) -> None:
    """Store that a kickoff is at home in another channel."""
    connection.execute(update(t.kickoff).where(t.kickoff.c.id == kickoff_id).values(channel=channel))


def conclude(connection: Connection, kickoff_id: int, now: datetime) -> None:
    """Note that the results were posted."""
    connection.execute(update(t.kickoff).where(t.kickoff.c.id == kickoff_id).values(concluded_at=now))


def close(connection: Connection, kickoff_id: int, at: datetime | None) -> None:
    """Note that the project ended, at the moment of the line that says so; None for that it goes on after all."""
    connection.execute(update(t.kickoff).where(t.kickoff.c.id == kickoff_id).values(closed_at=at))


def lock_due_nudges(connection: Connection, now: datetime, limit: int) -> tuple[Kickoff, ...]:
    """Kickoffs whose nudge is due, locked; those that another process is dealing with are left to it."""
    return _lock_due(connection, t.kickoff.c.next_due_at, now, limit)


def _lock_due(connection: Connection, due_at: Column[Any], now: datetime, limit: int) -> tuple[Kickoff, ...]:
    due = _KICKOFFS.where(due_at <= now).order_by(due_at).limit(limit)
    return _assemble(connection, connection.execute(due.with_for_update(of=t.kickoff, skip_locked=True)).all())


def claim_due_reminders(connection: Connection, now: datetime, limit: int) -> tuple[tuple[int, str], ...]:
    """Take the interviews whose people are to be looked after now; of each the id, and the workspace.

    Whoever claims them sees to it; those that another process is dealing with are left to it.
    """
    due = (
        select(t.interview.c.id, t.interview.c.workspace)
        .where(t.interview.c.remind_at <= now)
        .order_by(t.interview.c.remind_at)
        .limit(limit)
    )
    rows = connection.execute(due.with_for_update(skip_locked=True)).all()
    if rows:
        taken = update(t.interview).where(t.interview.c.id.in_([row.id for row in rows]))
        connection.execute(taken.values(remind_at=None))
    return tuple((row.id, row.workspace) for row in rows)


def _all(connection: Connection, query: Select[Any]) -> tuple[Kickoff, ...]:
    return _assemble(connection, connection.execute(query.order_by(t.kickoff.c.id.desc())).all())


def _assemble(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Kickoff, ...]:
    """Kickoffs of these rows, with a fixed number of queries however many there are."""
    ids = [row.id for row in rows]
    interviews = connection.execute(_INTERVIEWS, {"kickoff_ids": ids}).all()
    interview_ids = {"interview_ids": [row.id for row in interviews]}
    answers = _by_interview(connection.execute(_ANSWERS, interview_ids))
    objectives = _by_interview(connection.execute(_OBJECTIVES, interview_ids))
    sets = {row.id: question_sets.load(connection, row.question_set) for row in rows}
    participants: dict[int, list[Participant]] = {}
    for row in interviews:
        given = answers.get(row.id, []), objectives.get(row.id, [])
        participants.setdefault(row.kickoff_id, []).append(_participant(row, sets[row.kickoff_id], *given))
    return tuple(_kickoff(row, sets[row.id], participants.get(row.id, [])) for row in rows)


def _by_interview(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    grouped: dict[int, list[Row[Any]]] = {}
    for row in rows:
        grouped.setdefault(row.interview_id, []).append(row)
    return grouped


def _kickoff(row: Row[Any], question_set: QuestionSet, participants: Sequence[Participant]) -> Kickoff:
    return Kickoff(
        id=row.id,
        workspace=row.workspace,
        channel=row.channel,
        name=row.name,
        problem=row.problem,
        starter=row.starter,
        place=Place(row.place),
        participants=tuple(participants),
        nudge=nudges.load(row),
        concluded_at=row.concluded_at,
        starter_gone=bool(row.gone),
        question_set=question_set,
        answers_due=row.answers_due,
        observers=tuple(row.observers),
        starter_opened_home=bool(row.opened_home),
        starter_away=_absence(row),
        digests=Digests(
            kinds=frozenset(map(DigestKind, row.digests)),
            next_due_at=row.digest_due_at,
            declined=frozenset(row.digest_declined),
            told=_TOLD.validate_python(row.digest_told),
        ),
        closed_at=row.closed_at,
    )


def _participant(
    row: Row[Any], question_set: QuestionSet, answers: Sequence[Row[Any]], objectives: Sequence[Row[Any]]
) -> Participant:
    given = [Answer.model_validate(one.answer) for one in answers]
    interview = Interview(
        roles=tuple(Role(role) for role in row.roles),
        question_set=question_set,
        plan=tuple(row.plan),
        step=row.step,
        turn=row.turn,
        answers={answer.question: answer for answer in given},
        objectives=tuple(Objective.model_validate(one.objective) for one in objectives),
        pending=tuple(_load_pending(pending) for pending in row.pending),
        handed=tuple(Handed(question, by) for question, by in row.handed),
        confidential=frozenset(row.confidential),
    )
    return Participant(
        row.id,
        row.person,
        Standing(row.standing),
        row.channel,
        interview,
        row.note,
        gone=bool(row.gone),
        zone=row.person_zone or "",
        away=_absence(row),
        silence=Silence(row.active_at, row.reminded, row.reminded_at) if row.active_at else None,
        remind_at=row.remind_at,
        opened_home=bool(row.opened_home),
    )


def _absence(row: Row[Any]) -> Absence | None:
    return Absence(row.away_from, row.away_until) if row.away_from else None


def _dump_pending(pending: Pending) -> dict[str, Any]:
    objective = pending.reading.objective
    return {
        "objective": objective.model_dump(mode="json") if objective else None,
        "doubts": [[doubt.kind.value, doubt.sentence] for doubt in pending.reading.doubts],
        "replaces": pending.replaces,
    }


def _load_pending(stored: dict[str, Any]) -> Pending:
    objective = Objective.model_validate(stored["objective"]) if stored["objective"] else None
    doubts = tuple(Doubt(DoubtKind(kind), sentence) for kind, sentence in stored["doubts"])
    return Pending(Reading(objective, doubts), stored["replaces"])
