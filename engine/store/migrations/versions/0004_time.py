"""Time: calendars of units, ladders, pauses, preferences; notices by rung."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSONB = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    _add_columns()
    _create_calendars_and_ladders()
    _create_pauses()
    _create_preferences()
    _name_rungs()


def _add_columns() -> None:
    for table, column in (
        ("case", "due_at"),
        ("case", "at_risk_at"),
        ("work_item", "at_risk_at"),
        ("work_item", "paused_at"),
    ):
        op.add_column(table, sa.Column(column, MOMENT, nullable=True))


def _create_calendars_and_ladders() -> None:
    op.create_table(
        "calendar_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_calendar_version_unit_id")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_calendar_version_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_version")),
        sa.UniqueConstraint("unit_id", "number", name=op.f("uq_calendar_version_unit_id_number")),
    )
    op.create_table(
        "ladder",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_ladder_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder")),
        sa.UniqueConstraint("key", "node", name=op.f("uq_ladder_key_node")),
    )


def _create_pauses() -> None:
    op.create_table(
        "pause",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("work_item_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("awaited_unit_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("started_by", sa.BigInteger(), nullable=True),
        sa.Column("resume_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["work_item_id"], ["work_item.id"], name=op.f("fk_pause_work_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["awaited_unit_id"], ["unit.id"], name=op.f("fk_pause_awaited_unit_id")
        ),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_pause_started_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_pause_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index(op.f("ix_pause_work_item_id"), "pause", ["work_item_id"], unique=False)
    op.create_index(
        "uq_pause_open",
        "pause",
        ["work_item_id", sa.text("(kind = 'suspended')")],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_pause_resume_at",
        "pause",
        ["resume_at"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _create_preferences() -> None:
    op.create_table(
        "snooze",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("work_item_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["work_item_id"], ["work_item.id"], name=op.f("fk_snooze_work_item_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_snooze_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snooze")),
    )
    op.create_index(op.f("ix_snooze_work_item_id"), "snooze", ["work_item_id"], unique=False)
    op.create_table(
        "preference",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("channels", JSONB, server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("addresses", JSONB, server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("feed_sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_preference_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_preference")),
        sa.UniqueConstraint("feed_sha256", name=op.f("uq_preference_feed_sha256")),
    )


def _name_rungs() -> None:
    """Until now a kind occurred once in a ladder, so it is the key of the rung as well."""
    op.add_column("notice", sa.Column("rung", sa.Text(), nullable=True))
    op.execute("UPDATE notice SET rung = kind")
    op.alter_column("notice", "rung", nullable=False)
    op.add_column("notice", sa.Column("digest_id", sa.BigInteger(), nullable=True))
    op.drop_constraint("uq_notice_work_item_id_kind_person_id_channel", "notice", type_="unique")
    op.create_unique_constraint(
        op.f("uq_notice_work_item_id_rung_person_id_channel"),
        "notice",
        ["work_item_id", "rung", "person_id", "channel"],
    )
