"""The people that a workspace has for its projects, and what matters most to whoever decides."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_capacity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", AutoString(), nullable=False),
        sa.Column("told_by", AutoString(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_capacity")),
    )
    with op.batch_alter_table("team_capacity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_capacity_workspace"), ["workspace"], unique=False)
    op.create_table(
        "criteria_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", AutoString(), nullable=False),
        sa.Column("person", AutoString(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria_order")),
    )
    with op.batch_alter_table("criteria_order", schema=None) as batch_op:
        batch_op.create_index("ix_criteria_order_workspace_person", ["workspace", "person"], unique=False)


def downgrade() -> None:
    op.drop_table("criteria_order")
    op.drop_table("team_capacity")
