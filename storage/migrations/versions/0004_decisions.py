"""The ledger of decisions, and when a vote is looked at next."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kickoff_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.JSON(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["kickoff_id"], ["kickoff.id"], name=op.f("fk_decision_kickoff_id_kickoff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_kickoff_id"), ["kickoff_id"], unique=False)
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("vote_due_at", UTCDateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_kickoff_vote_due_at"), ["vote_due_at"], unique=False)
    _rename(":goals", ":board")


def _rename(old: str, new: str) -> None:
    """Messages with the goals side by side are called boards from now on."""
    name = sa.column("name", sa.String())
    message = sa.table("message", name)
    renamed = sa.update(message).where(name.like(f"results:%{old}")).values(name=sa.func.replace(name, old, new))
    op.execute(renamed)
    _rename_in_outbox(old, new)


def _rename_in_outbox(old: str, new: str) -> None:
    """What still waits to be sent names these messages too."""
    parcel_id, effect = sa.column("id", sa.Integer()), sa.column("effect", sa.JSON())
    done_at = sa.column("done_at", UTCDateTime())
    outbox = sa.table("outbox", parcel_id, effect, done_at)
    connection = op.get_bind()
    for row in connection.execute(sa.select(parcel_id, effect).select_from(outbox).where(done_at.is_(None))).all():
        named = {key: row.effect.get(key) or "" for key in ("name", "thread")}
        changed = {
            key: name.removesuffix(old) + new
            for key, name in named.items()
            if name.startswith("results:") and name.endswith(old)
        }
        if changed:
            renamed = sa.update(outbox).where(parcel_id == row.id).values(effect={**row.effect, **changed})
            connection.execute(renamed)


def downgrade() -> None:
    _rename(":board", ":goals")
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kickoff_vote_due_at"))
        batch_op.drop_column("vote_due_at")
    op.drop_table("decision")
