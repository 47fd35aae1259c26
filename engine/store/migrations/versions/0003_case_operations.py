"""What administrators do with cases: the trace, incidents, suspended cases."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("case", sa.Column("suspended_by", sa.BigInteger(), nullable=True))
    op.add_column(
        "case", sa.Column("suspended_reason", sa.Text(), server_default="", nullable=False)
    )
    op.create_foreign_key(op.f("fk_case_suspended_by"), "case", "person", ["suspended_by"], ["id"])
    op.create_table(
        "activation",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_activation_case_id")),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_activation")),
        sa.UniqueConstraint("case_id", "token", name=op.f("uq_activation_case_id_token")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("node_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("resolved_by", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_incident_case_id")),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["person.id"], name=op.f("fk_incident_resolved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_case_id"), "incident", ["case_id"], unique=False)
    op.create_index(
        "uq_incident_open",
        "incident",
        ["case_id", "token"],
        unique=True,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    # Cases that are stopped today were told as events only. What is no longer true of them is
    # closed by their next move.
    op.execute(
        """
        INSERT INTO incident (case_id, token, node, node_name, reason, fields, opened_at)
        SELECT DISTINCT ON (event.case_id, event.data->>'token')
               event.case_id, event.data->>'token', event.data->>'node', '',
               coalesce(event.data->>'note', ''), '{}'::jsonb, event.at
          FROM event JOIN "case" ON "case".id = event.case_id
         WHERE event.kind = 'incident' AND "case".state = 'incident' AND event.data ? 'token'
         ORDER BY event.case_id, event.data->>'token', event.id
        """
    )
