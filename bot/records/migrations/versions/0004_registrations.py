"""Registrations: job intentions, help requests and vacancies share one table and one row of receipts."""

import sqlalchemy as sa
from alembic import op

from bot.records import types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COMMON = "draft_id, receipt, campaign, person_id, conversation_id, unit, created_at"


def upgrade() -> None:
    op.add_column("conversation", sa.Column("erased_at", types.BeijingTime(), nullable=True))
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("phone", types.EncryptedText(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.BeijingTime(), nullable=False),
        sa.Column("changed_at", types.BeijingTime(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("draft_id"),
        sa.UniqueConstraint("receipt"),
    )
    op.create_index("ix_registration_person_id", "registration", ["person_id"])
    op.create_index("ix_registration_queue", "registration", ["campaign", "state", "urgent", "created_at"])
    op.execute(
        f"INSERT INTO registration (id, kind, {_COMMON}, phone, state, urgent, changed_at) "
        "SELECT job_intention.id, 'job_intention', draft_id, receipt, campaign, person_id, conversation_id, "
        "job_intention.unit, job_intention.created_at, person.phone, 'open', false, job_intention.created_at "
        "FROM job_intention JOIN person ON person.id = job_intention.person_id"
    )
    with op.batch_alter_table("job_intention") as table:
        table.drop_index("ix_job_intention_person_id")
    op.rename_table("job_intention", "job_intention_before")
    op.create_table(
        "job_intention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind_of_work", types.EncryptedText(), nullable=True),
        sa.Column("place", types.EncryptedText(), nullable=True),
        sa.Column("pay", types.EncryptedText(), nullable=True),
        sa.Column("start", types.EncryptedText(), nullable=True),
        sa.Column("age", types.EncryptedText(), nullable=True),
        sa.Column("groups", types.EncryptedText(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["registration.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("INSERT INTO job_intention (id, kind_of_work) SELECT id, kind_of_work FROM job_intention_before")
    op.drop_table("job_intention_before")
    op.create_table(
        "help_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("story", types.EncryptedText(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["registration.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "vacancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company", types.EncryptedText(), nullable=True),
        sa.Column("kind_of_work", types.EncryptedText(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("pay", types.EncryptedText(), nullable=True),
        sa.Column("place", types.EncryptedText(), nullable=True),
        sa.Column("requirements", types.EncryptedText(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["registration.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "registration_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("text", types.EncryptedText(), nullable=False),
        sa.Column("created_at", types.BeijingTime(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"]),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("message_id"),
    )
    op.create_index("ix_registration_note_registration_id", "registration_note", ["registration_id"])
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("wording", sa.String(length=16), nullable=False),
        sa.Column("given_at", types.BeijingTime(), nullable=False),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_consent_registration_id", "consent", ["registration_id"])
    op.create_table(
        "failed_access",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", types.BeijingTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )


def downgrade() -> None:
    """Job intentions go back to their own table; what that table has no place for is lost."""
    for table in ("failed_access", "consent", "registration_note", "vacancy", "help_request"):
        op.drop_table(table)
    op.rename_table("job_intention", "job_intention_after")
    op.create_table(
        "job_intention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("kind_of_work", types.EncryptedText(), nullable=False),
        sa.Column("created_at", types.BeijingTime(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("draft_id"),
        sa.UniqueConstraint("receipt"),
    )
    op.create_index("ix_job_intention_person_id", "job_intention", ["person_id"])
    op.execute(
        f"INSERT INTO job_intention (id, {_COMMON}, kind_of_work) SELECT registration.id, {_COMMON}, kind_of_work "
        "FROM registration JOIN job_intention_after ON job_intention_after.id = registration.id "
        "WHERE kind_of_work IS NOT NULL"
    )
    op.drop_table("job_intention_after")
    op.drop_table("registration")
    with op.batch_alter_table("conversation") as table:
        table.drop_column("erased_at")
