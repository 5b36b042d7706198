"""Staff, their sessions, the audit log, the queue, calls, and the answers that clerks write."""

import sqlalchemy as sa
from alembic import op

from bot.records import privacy, types
from bot.records.identity import NAME, plain_name

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", types.BeijingTime(), nullable=False),
        sa.Column("disabled_at", types.BeijingTime(), nullable=True),
        sa.CheckConstraint("role IN ('clerk', 'statistics', 'admin')", name="role_known"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "staff_session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("created_at", types.BeijingTime(), nullable=False),
        sa.Column("seen_at", types.BeijingTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("at", types.BeijingTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("staff_id", "record", "at"):
        op.create_index(f"ix_audit_{column}", "audit", [column])
    _make_queue()
    _make_answers()
    _make_calls()
    op.add_column("message", sa.Column("staff_id", sa.Integer(), nullable=True))
    is_waiting = sa.text("status = 'waiting'")
    op.create_index("ix_message_conversation_id", "message", ["conversation_id"])
    op.create_index("ix_message_waiting", "message", ["status"], sqlite_where=is_waiting, postgresql_where=is_waiting)
    _make_names_findable()


def _make_names_findable() -> None:
    """A digest of each name that is known."""
    person = sa.table("person", sa.column("id"), sa.column("name", types.EncryptedText()))
    key = sa.table("person_key", sa.column("person_id"), sa.column("kind"), sa.column("digest"))
    named = op.get_bind().execute(sa.select(person.c.id, person.c.name).where(person.c.name.is_not(None))).all()
    digests = [
        {"person_id": row.id, "kind": NAME, "digest": privacy.digest(NAME, plain_name(row.name))} for row in named
    ]
    if digests:
        op.bulk_insert(key, digests)


def _make_answers() -> None:
    op.create_table(
        "staff_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("written_at", types.BeijingTime(), nullable=False),
        sa.Column("retired_at", types.BeijingTime(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_staff_answer_campaign", "staff_answer", ["campaign"])
    op.create_table(
        "settled_question",
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("settled_at", types.BeijingTime(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["staff_answer.id"]),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("campaign", "digest"),
    )
    op.create_index("ix_settled_question_answer_id", "settled_question", ["answer_id"])


def _make_calls() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("phone", types.EncryptedText(), nullable=True),
        sa.Column("started_at", types.BeijingTime(), nullable=False),
        sa.Column("ended_at", types.BeijingTime(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("department", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["conversation.id"]),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_call_staff_id", "call", ["staff_id"])


def _make_queue() -> None:
    op.create_table(
        "queue_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("open_key", sa.String(length=64), nullable=True),
        sa.Column("conversation_id", sa.String(length=36), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("note", types.EncryptedText(), nullable=True),
        sa.Column("created_at", types.BeijingTime(), nullable=False),
        sa.Column("due_at", types.BeijingTime(), nullable=True),
        sa.Column("claimed_by", sa.Integer(), nullable=True),
        sa.Column("claimed_at", types.BeijingTime(), nullable=True),
        sa.Column("seen_at", types.BeijingTime(), nullable=True),
        sa.Column("closed_at", types.BeijingTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("department", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"]),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["claimed_by"], ["staff.id"]),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("open_key"),
    )
    for column in ("conversation_id", "registration_id", "person_id"):
        op.create_index(f"ix_queue_entry_{column}", "queue_entry", [column])


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM person_key WHERE kind = 'name'"))
    op.drop_index("ix_message_waiting", "message")
    op.drop_index("ix_message_conversation_id", "message")
    with op.batch_alter_table("message") as table:
        table.drop_column("staff_id")
    for table in ("call", "queue_entry", "settled_question", "staff_answer"):
        op.drop_table(table)
    for table in ("audit", "staff_session", "staff"):
        op.drop_table(table)
