"""Posts, courses, fairs, recommendations, import sources."""

import sqlalchemy as sa
from alembic import op

from bot.records import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("every_minutes", sa.Integer(), nullable=True),
        sa.Column("etag", sa.String(length=200), nullable=True),
        sa.Column("last_modified", sa.String(length=200), nullable=True),
        sa.Column("fetched_at", types.BeijingTime(), nullable=True),
        sa.Column("last_good_at", types.BeijingTime(), nullable=True),
        sa.Column("last_error", sa.String(length=1000), nullable=True),
        sa.Column("bad_rows", sa.String(length=1000), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("url"),
    )
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(length=64), nullable=False),
        sa.Column("imported_at", types.BeijingTime(), nullable=False),
        sa.Column("seen_at", types.BeijingTime(), nullable=False),
        sa.Column("gone_at", types.BeijingTime(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind_of_work", sa.String(length=64), nullable=False),
        sa.Column("organiser", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("fee", sa.String(length=64), nullable=True),
        sa.Column("subsidised", sa.Boolean(), nullable=True),
        sa.Column("contact_phone", sa.String(length=32), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("import_source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_source_id"],
            ["import_source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_key"),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_import_source_id"), ["import_source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_course_kind_of_work"), ["kind_of_work"], unique=False)

    op.create_table(
        "job_fair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(length=64), nullable=False),
        sa.Column("imported_at", types.BeijingTime(), nullable=False),
        sa.Column("seen_at", types.BeijingTime(), nullable=False),
        sa.Column("gone_at", types.BeijingTime(), nullable=True),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", types.BeijingTime(), nullable=False),
        sa.Column("ends_at", types.BeijingTime(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=True),
        sa.Column("organiser", sa.String(length=200), nullable=True),
        sa.Column("source_note", sa.String(length=200), nullable=True),
        sa.Column("import_source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_source_id"],
            ["import_source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_key"),
    )
    with op.batch_alter_table("job_fair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_fair_campaign"), ["campaign"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_fair_import_source_id"), ["import_source_id"], unique=False)

    op.create_table(
        "job_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(length=64), nullable=False),
        sa.Column("imported_at", types.BeijingTime(), nullable=False),
        sa.Column("seen_at", types.BeijingTime(), nullable=False),
        sa.Column("gone_at", types.BeijingTime(), nullable=True),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind_of_work", sa.String(length=64), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("pay_low", sa.Integer(), nullable=True),
        sa.Column("pay_high", sa.Integer(), nullable=True),
        sa.Column("pay_period", sa.String(length=8), nullable=True),
        sa.Column("unit", sa.String(length=64), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("requirements", sa.String(length=1000), nullable=True),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("contact_phone", sa.String(length=32), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("import_source_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("pay_period IN ('month', 'day', 'hour')", name="pay_period_known"),
        sa.ForeignKeyConstraint(
            ["import_source_id"],
            ["import_source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_key"),
    )
    with op.batch_alter_table("job_post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_post_import_source_id"), ["import_source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_post_kind_of_work"), ["kind_of_work"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("reason", types.EncryptedText(), nullable=False),
        sa.Column("given_at", types.BeijingTime(), nullable=False),
        sa.CheckConstraint("kind IN ('post', 'course', 'guidance')", name="recommendation_kind_known"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("campaign", "person_id", "kind", "item_id", name="item_once"),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(
            "guidance_once",
            ["campaign", "person_id", "kind"],
            unique=True,
            sqlite_where=sa.text("item_id IS NULL"),
            postgresql_where=sa.text("item_id IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_recommendation_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_person_id"))
        batch_op.drop_index(
            "guidance_once", sqlite_where=sa.text("item_id IS NULL"), postgresql_where=sa.text("item_id IS NULL")
        )

    op.drop_table("recommendation")
    with op.batch_alter_table("job_post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_post_kind_of_work"))
        batch_op.drop_index(batch_op.f("ix_job_post_import_source_id"))

    op.drop_table("job_post")
    with op.batch_alter_table("job_fair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_fair_import_source_id"))
        batch_op.drop_index(batch_op.f("ix_job_fair_campaign"))

    op.drop_table("job_fair")
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_kind_of_work"))
        batch_op.drop_index(batch_op.f("ix_course_import_source_id"))

    op.drop_table("course")
    op.drop_table("import_source")
