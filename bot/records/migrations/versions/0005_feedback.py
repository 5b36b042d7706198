"""What people thought of an answer and of a talk."""

import sqlalchemy as sa
from alembic import op

from bot.records import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("given_at", types.BeijingTime(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"]),
        sa.PrimaryKeyConstraint("message_id"),
    )
    op.create_index("ix_feedback_campaign", "feedback", ["campaign"])
    op.create_table(
        "rating",
        sa.Column("conversation_id", sa.String(length=36), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("given_at", types.BeijingTime(), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name="one_to_five"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"]),
        sa.PrimaryKeyConstraint("conversation_id"),
    )
    op.create_index("ix_rating_campaign", "rating", ["campaign"])


def downgrade() -> None:
    op.drop_table("rating")
    op.drop_table("feedback")
