"""The studio: drafts of SOPs with all that was saved, tries and recorded runs."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSONB = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    _extend_definition()
    op.add_column("notice", sa.Column("path", sa.Text(), server_default="", nullable=False))
    _create_process()
    _create_sop_draft()
    _create_sop_revision()
    _create_sop_presence()
    _create_sop_trial()
    _create_sop_run()


def _extend_definition() -> None:
    op.add_column("definition", sa.Column("effective_on", sa.Date(), nullable=True))
    op.execute("UPDATE definition SET effective_on = (deployed_at AT TIME ZONE 'UTC')::date")
    op.alter_column("definition", "effective_on", nullable=False)
    op.add_column("definition", sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.add_column("definition", sa.Column("approved_at", MOMENT, nullable=True))
    op.add_column("definition", sa.Column("approved_by", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_definition_approved_by"), "definition", "person", ["approved_by"], ["id"]
    )


def _create_process() -> None:
    op.create_table(
        "process",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.Column("retired_by", sa.BigInteger(), nullable=True),
        sa.Column("retired_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("review_told_at", MOMENT, nullable=True),
        sa.Column("reviewed_at", MOMENT, nullable=True),
        sa.Column("reviewed_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["retired_by"], ["person.id"], name=op.f("fk_process_retired_by")),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["person.id"], name=op.f("fk_process_reviewed_by")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_process")),
    )
    op.execute(
        "INSERT INTO process (key, review_on)"
        " SELECT key, (max(effective_on) + interval '12 months')::date FROM definition GROUP BY key"
    )


def _create_sop_draft() -> None:
    op.create_table(
        "sop_draft",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("base_id", sa.BigInteger(), nullable=True),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("forms", JSONB, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("submitted_by", sa.BigInteger(), nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("returned", sa.Text(), server_default="", nullable=False),
        sa.Column("definition_id", sa.BigInteger(), nullable=True),
        sa.Column("pen_person", sa.BigInteger(), nullable=True),
        sa.Column("pen_tab", sa.Text(), server_default="", nullable=False),
        sa.Column("pen_until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_sop_draft_approved_by")
        ),
        sa.ForeignKeyConstraint(["base_id"], ["definition.id"], name=op.f("fk_sop_draft_base_id")),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_sop_draft_changed_by")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_sop_draft_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_sop_draft_definition_id")
        ),
        sa.ForeignKeyConstraint(
            ["pen_person"], ["person.id"], name=op.f("fk_sop_draft_pen_person")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["person.id"], name=op.f("fk_sop_draft_submitted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sop_draft")),
    )
    op.create_index(
        "uq_sop_draft_open_key",
        "sop_draft",
        ["key"],
        unique=True,
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'approved')"),
    )


def _create_sop_revision() -> None:
    op.create_table(
        "sop_revision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("forms", JSONB, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["sop_draft.id"], name=op.f("fk_sop_revision_draft_id")
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_sop_revision_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sop_revision")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_sop_revision_draft_id_number")),
    )


def _create_sop_presence() -> None:
    op.create_table(
        "sop_presence",
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("tab", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["sop_draft.id"], name=op.f("fk_sop_presence_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sop_presence_person_id")
        ),
        sa.PrimaryKeyConstraint("draft_id", "tab", name=op.f("pk_sop_presence")),
    )


def _create_sop_trial() -> None:
    op.create_table(
        "sop_trial",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("script", JSONB, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["sop_draft.id"], name=op.f("fk_sop_trial_draft_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sop_trial_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sop_trial")),
    )
    op.create_index(op.f("ix_sop_trial_draft_id"), "sop_trial", ["draft_id"])


def _create_sop_run() -> None:
    op.create_table(
        "sop_run",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("script", JSONB, nullable=False),
        sa.Column("expected", JSONB, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("checked_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("failure", JSONB, nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_sop_run_ended_by")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_sop_run_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sop_run")),
    )
    op.create_index(op.f("ix_sop_run_key"), "sop_run", ["key"])
