"""Projects that have ended, and whether scores learn from them."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calibration_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", AutoString(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("told_by", AutoString(), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_use")),
    )
    with op.batch_alter_table("calibration_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_use_workspace"), ["workspace"], unique=False)
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_at", UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("kickoff", schema=None) as batch_op:
        batch_op.drop_column("closed_at")
    op.drop_table("calibration_use")
