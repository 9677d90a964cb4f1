"""Questions kept with the kickoffs that began with them, reminders, absence, observers, and facts from messages."""

import json
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FIRST = "first"
_FIRST_SET = Path(__file__).parents[1] / "first_question_set.json"


def upgrade() -> None:
    op.create_table(
        "question_set",
        sa.Column("version", AutoString(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_question_set")),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kickoff_id", sa.Integer(), nullable=False),
        sa.Column("author", AutoString(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("ts", AutoString(), nullable=False),
        sa.Column("added_by", AutoString(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["kickoff_id"], ["kickoff.id"], name=op.f("fk_note_kickoff_id_kickoff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("kickoff_id", "channel", "ts", name=op.f("uq_note_kickoff_id_channel_ts")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_kickoff_id"), ["kickoff_id"], unique=False)
    first = json.loads(_FIRST_SET.read_text(encoding="utf-8"))
    question_set = sa.table("question_set", sa.column("version", sa.String()), sa.column("questions", sa.JSON()))
    op.bulk_insert(question_set, [{"version": _FIRST, "questions": first}])
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question_set", AutoString(), nullable=False, server_default=_FIRST))
        batch_op.add_column(sa.Column("answers_due", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("observers", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.create_foreign_key(
            batch_op.f("fk_kickoff_question_set_question_set"), "question_set", ["question_set"], ["version"]
        )
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.alter_column("question_set", server_default=None)
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("handed", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("confidential", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"))
        for name in ("active_at", "reminded_at", "remind_at"):
            batch_op.add_column(sa.Column(name, UTCDateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_interview_remind_at"), ["remind_at"], unique=False)
    _plan(first)
    # Whoever is being asked is looked after from now on.
    op.execute(
        "UPDATE interview SET active_at = CURRENT_TIMESTAMP, remind_at = CURRENT_TIMESTAMP WHERE standing = 'open'"
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        for name in ("plan", "handed", "confidential", "reminded"):
            batch_op.alter_column(name, server_default=None)
        batch_op.drop_column("version")
    with op.batch_alter_table("words", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ts", AutoString(), nullable=False, server_default=""))
        batch_op.create_index("ix_words_channel_ts", ["channel", "ts"], unique=False)
    with op.batch_alter_table("words", schema=None) as batch_op:
        for name in ("channel", "ts"):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("away_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("away_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("opened_home", sa.Boolean(), nullable=False, server_default=sa.false()))


def _plan(questions: list[dict[str, object]]) -> None:
    """Give every interview the questions of its roles, as it had them."""
    interview = sa.table(
        "interview", sa.column("id", sa.Integer()), sa.column("roles", sa.JSON()), sa.column("plan", sa.JSON())
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(interview.c.id, interview.c.roles)).all():
        plan = [question["id"] for question in questions if set(row.roles) & set(question["roles"])]  # type: ignore[call-overload]
        connection.execute(sa.update(interview).where(interview.c.id == row.id).values(plan=plan))


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        for name in ("opened_home", "away_until", "away_from"):
            batch_op.drop_column(name)
    with op.batch_alter_table("words", schema=None) as batch_op:
        batch_op.drop_index("ix_words_channel_ts")
        for name in ("ts", "channel"):
            batch_op.drop_column(name)
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_remind_at"))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        for name in ("remind_at", "reminded_at", "active_at", "reminded", "confidential", "handed", "plan"):
            batch_op.drop_column(name)
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_kickoff_question_set_question_set"), type_="foreignkey")
        for name in ("observers", "answers_due", "question_set"):
            batch_op.drop_column(name)
    op.drop_table("note")
    op.drop_table("question_set")
