"""When it was last time to ask for progress, how often nobody answered, pauses, digests, and timers."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("nudged_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("unanswered", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("digests", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("digest_declined", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("digest_due_at", UTCDateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_kickoff_digest_due_at"), ["digest_due_at"], unique=False)

    op.create_table(
        "own_nudge",
        sa.Column("kickoff_id", sa.Integer(), nullable=False),
        sa.Column("person", AutoString(), nullable=False),
        sa.Column("cadence", sa.JSON(), nullable=False),
        sa.Column("zone", AutoString(), nullable=False),
        sa.Column("next_due_at", UTCDateTime(), nullable=True),
        sa.Column("nudged_at", UTCDateTime(), nullable=True),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["kickoff_id"], ["kickoff.id"], name=op.f("fk_own_nudge_kickoff_id_kickoff")),
        sa.PrimaryKeyConstraint("kickoff_id", "person", name=op.f("pk_own_nudge")),
    )
    with op.batch_alter_table("own_nudge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_nudge_next_due_at"), ["next_due_at"], unique=False)
    op.create_table(
        "timer",
        sa.Column("workspace", AutoString(), nullable=False),
        sa.Column("person", AutoString(), nullable=False),
        sa.Column("kickoff_id", sa.Integer(), nullable=False),
        sa.Column("stage", AutoString(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["kickoff_id"], ["kickoff.id"], name=op.f("fk_timer_kickoff_id_kickoff")),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_timer")),
    )
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_timer_kickoff_id"), ["kickoff_id"], unique=False)


def downgrade() -> None:
    op.drop_table("timer")
    op.drop_table("own_nudge")
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kickoff_digest_due_at"))
        batch_op.drop_column("digest_due_at")
        batch_op.drop_column("digest_declined")
        batch_op.drop_column("digests")
        batch_op.drop_column("paused_until")
        batch_op.drop_column("unanswered")
        batch_op.drop_column("nudged_at")
