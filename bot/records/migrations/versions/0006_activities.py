"""The activity log, follow-up of job intentions, frozen submissions, and an index to count by."""

import sqlalchemy as sa
from alembic import op

from bot.records import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_COUNT = ["campaign", "person_id", "occurred_at", "kind", "topic", "unit", "voided_at"]


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("note", types.EncryptedText(), nullable=True),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("entered_at", types.BeijingTime(), nullable=False),
        sa.Column("source_key", sa.String(length=160), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("voided_by", sa.String(length=64), nullable=True),
        sa.Column("voided_at", types.BeijingTime(), nullable=True),
        sa.Column("void_reason", types.EncryptedText(), nullable=True),
        sa.CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        sa.ForeignKeyConstraint(["supersedes_id"], ["activity.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_key"),
        sa.UniqueConstraint("supersedes_id"),
    )
    op.create_index("ix_activity_campaign_day", "activity", ["campaign", "day"])
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_intention_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("outcome_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("entered_at", types.BeijingTime(), nullable=False),
        sa.Column("source_key", sa.String(length=160), nullable=False),
        sa.Column("voided_by", sa.String(length=64), nullable=True),
        sa.Column("voided_at", types.BeijingTime(), nullable=True),
        sa.Column("void_reason", types.EncryptedText(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('employed_in_district', 'employed_in_province', 'employed_elsewhere_province', 'still_looking')",
            name="outcome_known",
        ),
        sa.ForeignKeyConstraint(["job_intention_id"], ["job_intention.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_key"),
    )
    op.create_index("ix_follow_up_job_intention_id", "follow_up", ["job_intention_id"])
    op.create_table(
        "report_snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("last_service_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", types.BeijingTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_report_snapshot_campaign", "report_snapshot", ["campaign", "made_at"])
    op.add_column("service", sa.Column("note", types.EncryptedText(), nullable=True))
    op.create_index("ix_service_count", "service", _COUNT)


def downgrade() -> None:
    op.drop_index("ix_service_count", "service")
    with op.batch_alter_table("service") as table:
        table.drop_column("note")
    for table_name in ("report_snapshot", "follow_up", "activity"):
        op.drop_table(table_name)
