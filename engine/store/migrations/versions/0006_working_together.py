"""Working together: handing over, asking, comments, drafts, saved filters; four-eyes."""

from xml.etree import ElementTree

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSONB = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    _extend_work_item()
    _extend_document()
    _create_handover()
    _create_consultation()
    _create_watch()
    _create_comment()
    _create_draft()
    _create_saved_filter()
    _extend_notice()
    _create_default_filter()
    _extend_for_lists()


def _extend_work_item() -> None:
    op.add_column("work_item", sa.Column("completed_for", sa.BigInteger(), nullable=True))
    op.add_column("work_item", sa.Column("completed_as", JSONB, nullable=True))
    op.add_column(
        "work_item",
        sa.Column(
            "barred",
            postgresql.ARRAY(sa.BigInteger()),
            server_default=sa.text("'{}'::bigint[]"),
            nullable=False,
        ),
    )
    op.add_column("work_item", sa.Column("delegate_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_work_item_delegate_id",
        "work_item",
        ["delegate_id"],
        postgresql_where=sa.text("delegate_id IS NOT NULL"),
    )
    op.create_index(
        "ix_work_item_open_due",
        "work_item",
        ["due_at", "id"],
        postgresql_where=sa.text("state IN ('ready', 'claimed')"),
    )
    op.create_foreign_key(
        op.f("fk_work_item_delegate_id"), "work_item", "person", ["delegate_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_work_item_completed_for"), "work_item", "person", ["completed_for"], ["id"]
    )


def _extend_document() -> None:
    op.add_column(
        "document", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False)
    )
    op.add_column("document", sa.Column("replaces_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_document_replaces_id"), "document", "document", ["replaces_id"], ["id"]
    )
    op.create_unique_constraint(op.f("uq_document_replaces_id"), "document", ["replaces_id"])
    op.add_column("document", sa.Column("uploaded_as", JSONB, nullable=True))
    op.create_index("ix_document_sha256", "document", ["sha256"])


def _create_handover() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("work_item_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=True),
        sa.Column("to_id", sa.BigInteger(), nullable=True),
        sa.Column("acted_as", JSONB, nullable=True),
        sa.Column("instructions", JSONB, server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("urgency", sa.Text(), server_default="biasa", nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_handover_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_handover_to_id")),
        sa.ForeignKeyConstraint(
            ["work_item_id"], ["work_item.id"], name=op.f("fk_handover_work_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_work_item_id"), "handover", ["work_item_id"])


def _create_consultation() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("work_item_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_of", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_consultation_asked_by")),
        sa.ForeignKeyConstraint(["asked_of"], ["person.id"], name=op.f("fk_consultation_asked_of")),
        sa.ForeignKeyConstraint(
            ["work_item_id"], ["work_item.id"], name=op.f("fk_consultation_work_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index("ix_consultation_asked_of", "consultation", ["asked_of", "answered_at"])
    op.create_index(op.f("ix_consultation_work_item_id"), "consultation", ["work_item_id"])


def _create_watch() -> None:
    op.create_table(
        "watch",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_watch_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_watch_person_id")),
        sa.PrimaryKeyConstraint("person_id", "case_id", name=op.f("pk_watch")),
    )
    op.create_index(op.f("ix_watch_case_id"), "watch", ["case_id"])


def _create_comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("work_item_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("acted_as", JSONB, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "mentions",
            postgresql.ARRAY(sa.BigInteger()),
            server_default=sa.text("'{}'::bigint[]"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_comment_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_comment_case_id")),
        sa.ForeignKeyConstraint(
            ["work_item_id"], ["work_item.id"], name=op.f("fk_comment_work_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_case_id"), "comment", ["case_id"])


def _create_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("work_item_id", sa.BigInteger(), nullable=False),
        sa.Column("answers", JSONB, nullable=False),
        sa.Column("checked", JSONB, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_draft_saved_by")),
        sa.ForeignKeyConstraint(
            ["work_item_id"], ["work_item.id"], name=op.f("fk_draft_work_item_id")
        ),
        sa.PrimaryKeyConstraint("work_item_id", name=op.f("pk_draft")),
    )


def _create_saved_filter() -> None:
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", JSONB, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_saved_filter_owner_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_saved_filter_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("owner_id", "name", name=op.f("uq_saved_filter_owner_id_name")),
    )
    op.create_index(op.f("ix_saved_filter_unit_id"), "saved_filter", ["unit_id"])


def _extend_notice() -> None:
    """One may be about a case as a whole, or about none."""
    op.add_column("notice", sa.Column("case_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_notice_case_id"), "notice", "case", ["case_id"], ["id"])
    op.alter_column("notice", "work_item_id", nullable=True)
    name = op.f("uq_notice_work_item_id_rung_person_id_channel")
    op.drop_constraint(name, "notice")
    columns = ["work_item_id", "rung", "person_id", "channel"]
    op.create_unique_constraint(name, "notice", columns, postgresql_nulls_not_distinct=True)


def _create_default_filter() -> None:
    op.create_table(
        "default_filter",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("filter_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["filter_id"],
            ["saved_filter.id"],
            name=op.f("fk_default_filter_filter_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_default_filter_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_default_filter")),
    )
    op.create_index(op.f("ix_default_filter_filter_id"), "default_filter", ["filter_id"])


def _extend_for_lists() -> None:
    """What lists of items search and sort by, beside the item itself."""
    op.add_column("work_item", sa.Column("title", sa.Text(), server_default="", nullable=False))
    op.add_column("work_item", sa.Column("sop_key", sa.Text(), server_default="", nullable=False))
    op.add_column("work_item", sa.Column("case_unit_id", sa.BigInteger(), nullable=True))
    _fill_for_lists()
    op.alter_column("work_item", "case_unit_id", nullable=False)
    op.create_foreign_key(
        op.f("fk_work_item_case_unit_id"), "work_item", "unit", ["case_unit_id"], ["id"]
    )
    is_open = "state IN ('ready', 'claimed')"
    for name, columns, where in (
        ("ix_work_item_open_role", ["role", "unit_id", "due_at", "id"], is_open),
        ("ix_work_item_open_unit", ["case_unit_id", "due_at", "id"], is_open),
        (
            "ix_work_item_open_claimed_by",
            ["claimed_by"],
            f"{is_open} AND claimed_by IS NOT NULL",
        ),
    ):
        op.drop_index(name, "work_item", if_exists=True)
        op.create_index(name, "work_item", columns, postgresql_where=sa.text(where))
    op.drop_index("ix_work_item_completed_by", "work_item")
    op.create_index(
        "ix_work_item_completed_by",
        "work_item",
        ["completed_by", "completed_at", "id"],
        postgresql_where=sa.text("completed_by IS NOT NULL"),
        postgresql_include=["case_id", "case_unit_id"],
    )
    op.create_index(
        "ix_work_item_elsewhere",
        "work_item",
        ["unit_id", "role", "case_unit_id"],
        postgresql_where=sa.text("unit_id <> case_unit_id"),
        postgresql_include=["case_id"],
    )
    op.create_index(
        "ix_case_suspended", "case", ["id"], postgresql_where=sa.text("suspended_at IS NOT NULL")
    )


def _fill_for_lists() -> None:
    """The names of steps stand in the definitions' XML, which SQL cannot read."""
    link = op.get_bind()
    of_item = "d.id = coalesce(w.definition_id, c.definition_id)"
    link.execute(
        sa.text(
            "UPDATE work_item w SET case_unit_id = c.unit_id, sop_key = d.key, title = w.node"
            f' FROM "case" c, definition d WHERE c.id = w.case_id AND {of_item}'
        )
    )
    for definition_id, xml in link.execute(sa.text("SELECT id, xml FROM definition")).all():
        names = {
            node.get("id"): " ".join(node.get("name", "").split())
            for node in ElementTree.fromstring(bytes(xml)).iter()
            if node.get("id") and node.get("name")
        }
        query = sa.text(
            "SELECT DISTINCT w.node FROM work_item w"
            ' JOIN "case" c ON c.id = w.case_id'
            " WHERE coalesce(w.definition_id, c.definition_id) = :definition"
        )
        for node in link.execute(query, {"definition": definition_id}).scalars().all():
            link.execute(
                sa.text(
                    'UPDATE work_item w SET title = :title FROM "case" c'
                    " WHERE c.id = w.case_id AND w.node = :node"
                    " AND coalesce(w.definition_id, c.definition_id) = :definition"
                ),
                {"title": names.get(node, node), "node": node, "definition": definition_id},
            )
