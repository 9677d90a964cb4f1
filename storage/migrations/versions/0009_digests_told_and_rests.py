"""How far each digest has told, so that the next one begins there; and for how long nudges rest."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KICKOFF = sa.table(
    "kickoff", sa.column("id", sa.Integer), sa.column("digest_due_at", UTCDateTime), sa.column("digest_told", sa.JSON)
)


def upgrade() -> None:
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("digest_told", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
        batch_op.add_column(sa.Column("paused_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("snoozed_until", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("nudges", sa.Integer(), server_default=sa.text("0"), nullable=False))
    with op.batch_alter_table("own_nudge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("snoozed_until", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("nudges", sa.Integer(), server_default=sa.text("0"), nullable=False))
    # A digest told of seven days until now, so the next one tells of those before it, too.
    planned = _KICKOFF.c.digest_due_at.is_not(None)
    for row in op.get_bind().execute(sa.select(_KICKOFF.c.id, _KICKOFF.c.digest_due_at).where(planned)).all():
        week_before = row.digest_due_at - timedelta(days=7)
        told = {"at": week_before.isoformat(), "last": week_before.date().isoformat()}
        update = sa.update(_KICKOFF).where(_KICKOFF.c.id == row.id)
        op.get_bind().execute(update.values(digest_told={"weekly": told, "monthly": told}))


def downgrade() -> None:
    with op.batch_alter_table("own_nudge", schema=None) as batch_op:
        batch_op.drop_column("nudges")
        batch_op.drop_column("snoozed_until")
        batch_op.drop_column("paused_until")
        batch_op.drop_column("paused_from")
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.drop_column("nudges")
        batch_op.drop_column("snoozed_until")
        batch_op.drop_column("paused_from")
        batch_op.drop_column("digest_told")
