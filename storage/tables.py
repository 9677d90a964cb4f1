"""The tables. What people wrote is kept in JSON columns, since a text type may refuse some characters (NUL)."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, MetaData, Table, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

# Named before the first migration, so that every constraint can be altered on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class QuestionSetRow(SQLModel, table=True):
    """A set of questions as it was when a kickoff began with it; kept, so that no change reaches what is under way."""

    __tablename__: ClassVar[Any] = "question_set"

    version: str = Field(primary_key=True)
    questions: list[Any] = Field(sa_type=JSON)


class KickoffRow(SQLModel, table=True):
    """One project's kickoff, with its nudge: `next_due_at` is UTC, `zone` the owner's IANA zone.

    It was last time to ask at `nudged_at`, the last `unanswered` of `nudges` were not answered, none comes from the day
    `paused_from` to `paused_until`, both included, or before `snoozed_until`. `digests` says which ones come,
    `digest_declined` which people want none, `digest_due_at` when the next one comes, in UTC, and `digest_told` how far
    each has told.
    `answers_due` is the last day for answers, and `observers` are those who watch without being asked. A vote under way
    is looked at next at `vote_due_at`, in UTC. It is closed since `closed_at`, the moment of the line that says so.
    """

    __tablename__: ClassVar[Any] = "kickoff"
    __table_args__ = (Index("ix_kickoff_workspace_channel", "workspace", "channel"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    channel: str
    name: str = Field(sa_type=JSON)
    problem: str = Field(sa_type=JSON)
    starter: str
    place: str
    cadence: dict[str, Any] = Field(sa_type=JSON)
    zone: str
    next_due_at: datetime | None = Field(default=None, index=True)
    nudged_at: datetime | None = None
    unanswered: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    paused_from: date | None = None
    paused_until: date | None = None
    snoozed_until: datetime | None = None
    nudges: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    digests: list[str] = Field(default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": text("'[]'")})
    digest_declined: list[str] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": text("'[]'")}
    )
    digest_due_at: datetime | None = Field(default=None, index=True)
    digest_told: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": text("'{}'")}
    )
    created_at: datetime
    concluded_at: datetime | None = None
    question_set: str = Field(foreign_key="question_set.version")
    answers_due: date | None = None
    observers: list[str] = Field(default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": text("'[]'")})
    vote_due_at: datetime | None = Field(default=None, index=True)
    closed_at: datetime | None = None


class InterviewRow(SQLModel, table=True):
    """One stakeholder's interview. `step` is a question's id; `turn` rises with every message said.

    `plan` holds the ids of the person's questions, `handed` those that others handed on to them, `confidential` those
    whose answers go only into totals. The person did something last at `active_at`, was reminded `reminded` times since
    then, last at `reminded_at`, and is looked at again at `remind_at`. Whoever was taken out was so at `active_at`.
    """

    __tablename__: ClassVar[Any] = "interview"
    __table_args__ = (
        UniqueConstraint("kickoff_id", "person"),
        Index("ix_interview_workspace_person", "workspace", "person"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kickoff_id: int = Field(foreign_key="kickoff.id")
    workspace: str
    person: str
    roles: list[str] = Field(sa_type=JSON)
    standing: str
    note: str = ""
    channel: str | None = None
    plan: list[str] = Field(sa_type=JSON)
    handed: list[Any] = Field(sa_type=JSON)
    confidential: list[str] = Field(sa_type=JSON)
    step: str
    turn: int
    pending: list[Any] = Field(sa_type=JSON)
    active_at: datetime | None = None
    reminded: int = 0
    reminded_at: datetime | None = None
    remind_at: datetime | None = Field(default=None, index=True)


class AnswerRow(SQLModel, table=True):
    """One answer. A later one to the same question supersedes it; nothing is overwritten."""

    __tablename__: ClassVar[Any] = "answer"
    __table_args__ = (Index("ix_answer_interview_id_superseded_at", "interview_id", "superseded_at"),)

    id: int | None = Field(default=None, primary_key=True)
    interview_id: int = Field(foreign_key="interview.id")
    answer: dict[str, Any] = Field(sa_type=JSON)
    given_at: datetime
    superseded_at: datetime | None = None


class ObjectiveRow(SQLModel, table=True):
    """One objective that its owner confirmed. `place` orders a person's objectives."""

    __tablename__: ClassVar[Any] = "objective"
    __table_args__ = (Index("ix_objective_interview_id_superseded_at", "interview_id", "superseded_at"),)

    id: int | None = Field(default=None, primary_key=True)
    interview_id: int = Field(foreign_key="interview.id")
    place: int
    objective: dict[str, Any] = Field(sa_type=JSON)
    confirmed_at: datetime
    superseded_at: datetime | None = None


class WordsRow(SQLModel, table=True):
    """What a stakeholder wrote in their thread, whole, whether or not it could be read.

    `channel` and `ts` name the message, so that the question is found again when it is edited.
    """

    __tablename__: ClassVar[Any] = "words"
    __table_args__ = (Index("ix_words_channel_ts", "channel", "ts"),)

    id: int | None = Field(default=None, primary_key=True)
    interview_id: int = Field(foreign_key="interview.id", index=True)
    step: str
    words: str = Field(sa_type=JSON)
    written_at: datetime
    channel: str = ""
    ts: str = ""


class TeamCapacityRow(SQLModel, table=True):
    """How many people a workspace has for its projects, as somebody told it; the latest of a workspace counts."""

    __tablename__: ClassVar[Any] = "team_capacity"

    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(index=True)
    told_by: str
    told_at: datetime
    people: dict[str, Any] = Field(sa_type=JSON)


class CriteriaOrderRow(SQLModel, table=True):
    """What matters most to a decision maker, as they put it; the latest of a person counts."""

    __tablename__: ClassVar[Any] = "criteria_order"
    __table_args__ = (Index("ix_criteria_order_workspace_person", "workspace", "person"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    person: str
    criteria: list[str] = Field(sa_type=JSON)
    told_at: datetime


class CalibrationUseRow(SQLModel, table=True):
    """Somebody's word on whether a workspace's scores learn from its closed projects; the latest counts."""

    __tablename__: ClassVar[Any] = "calibration_use"

    id: int | None = Field(default=None, primary_key=True)
    workspace: str = Field(index=True)
    is_on: bool
    told_by: str
    told_at: datetime


class ActivityRow(SQLModel, table=True):
    """One entry of the activity log."""

    __tablename__: ClassVar[Any] = "activity"

    id: int | None = Field(default=None, primary_key=True)
    kickoff_id: int = Field(foreign_key="kickoff.id", index=True)
    person: str
    entry: dict[str, Any] = Field(sa_type=JSON)
    logged_at: datetime


class NoteRow(SQLModel, table=True):
    """A message that somebody added to a kickoff as a fact: whose words they are, and where they stand."""

    __tablename__: ClassVar[Any] = "note"
    __table_args__ = (UniqueConstraint("kickoff_id", "channel", "ts"),)

    id: int | None = Field(default=None, primary_key=True)
    kickoff_id: int = Field(foreign_key="kickoff.id", index=True)
    author: str
    words: str = Field(sa_type=JSON)
    channel: str
    ts: str
    added_by: str
    added_at: datetime


class DecisionRow(SQLModel, table=True):
    """One line of a kickoff's ledger of decisions, which holds who decided what, and when."""

    __tablename__: ClassVar[Any] = "decision"

    id: int | None = Field(default=None, primary_key=True)
    kickoff_id: int = Field(foreign_key="kickoff.id", index=True)
    line: dict[str, Any] = Field(sa_type=JSON)
    decided_at: datetime


class PersonRow(SQLModel, table=True):
    """What is known of a person: an empty zone is not known; `gone` means that the account was closed.

    They are away from `away_from` to `away_until`, the days included, and `opened_home` says that they look at the
    app's Home tab, of which they have turned to `home_page`.
    """

    __tablename__: ClassVar[Any] = "person"

    workspace: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    zone: str
    gone: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    away_from: date | None = None
    away_until: date | None = None
    opened_home: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    home_page: str = Field(default="", sa_column_kwargs={"server_default": ""})


class OwnNudgeRow(SQLModel, table=True):
    """When one person is asked for progress besides the owner, because they said so; columns as those of a kickoff."""

    __tablename__: ClassVar[Any] = "own_nudge"

    kickoff_id: int = Field(primary_key=True, foreign_key="kickoff.id")
    person: str = Field(primary_key=True)
    cadence: dict[str, Any] = Field(sa_type=JSON)
    zone: str
    next_due_at: datetime | None = Field(default=None, index=True)
    nudged_at: datetime | None = None
    unanswered: int = Field(default=0)
    paused_from: date | None = None
    paused_until: date | None = None
    snoozed_until: datetime | None = None
    nudges: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class TimerRow(SQLModel, table=True):
    """A timer that somebody started; each person has one at most. `stage` is the kind of work, empty for none."""

    __tablename__: ClassVar[Any] = "timer"

    workspace: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    kickoff_id: int = Field(foreign_key="kickoff.id", index=True)
    stage: str
    started_at: datetime


class DeliveryRow(SQLModel, table=True):
    """A delivery from Slack that was acted on; the same key a second time changes nothing."""

    __tablename__: ClassVar[Any] = "delivery"

    key: str = Field(primary_key=True)
    seen_at: datetime = Field(index=True)


_OPEN = text("done_at IS NULL")


class OutboxRow(SQLModel, table=True):
    """Something to be done at Slack. Rows of one lane are done in the order of their ids.

    A row is open until `done_at` is set; `error` beside it means that it was given up. `leased_until` is set while a
    process works on it; a lease that ran out means that the outcome is unknown. `blocked_on` names the channel that
    has to let the app in first.
    """

    __tablename__: ClassVar[Any] = "outbox"
    __table_args__ = (
        Index("ix_outbox_lane_open", "lane", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_outbox_due_at_open", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_outbox_done_at", "done_at"),
        # A posted message carries its parcel's id, so an id must never be given twice.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace: str
    lane: str
    kind: str
    effect: dict[str, Any] = Field(sa_type=JSON)
    due_at: datetime
    attempts: int = 0
    leased_until: datetime | None = None
    blocked_on: str | None = Field(default=None, index=True)
    error: str | None = None
    created_at: datetime
    done_at: datetime | None = None


class MessageRow(SQLModel, table=True):
    """A message that the app posted, under the name that its sender gave it; or a canvas, whose id is its `ts`."""

    __tablename__: ClassVar[Any] = "message"
    __table_args__ = (Index("ix_message_workspace_channel_ts", "workspace", "channel", "ts"),)

    name: str = Field(primary_key=True)
    workspace: str
    channel: str
    ts: str
    interview_id: int | None = Field(default=None, foreign_key="interview.id")


def _table(model: type[SQLModel]) -> Table:
    return model.metadata.tables[str(model.__tablename__)]


metadata: MetaData = SQLModel.metadata
question_set = _table(QuestionSetRow)
kickoff = _table(KickoffRow)
interview = _table(InterviewRow)
answer = _table(AnswerRow)
objective = _table(ObjectiveRow)
words = _table(WordsRow)
team_capacity = _table(TeamCapacityRow)
criteria_order = _table(CriteriaOrderRow)
calibration_use = _table(CalibrationUseRow)
activity = _table(ActivityRow)
note = _table(NoteRow)
decision = _table(DecisionRow)
person = _table(PersonRow)
own_nudge = _table(OwnNudgeRow)
timer = _table(TimerRow)
delivery = _table(DeliveryRow)
outbox = _table(OutboxRow)
message = _table(MessageRow)
