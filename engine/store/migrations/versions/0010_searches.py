"""Searches ask for the names of steps first; filters of those who see all read indexes alone."""

from hashlib import sha256
from xml.etree import ElementTree

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

OPEN = "state IN ('ready', 'claimed')"
# Of bounded length alone: a row of an index has no room for a long name.
SHOWN = ["at_risk_at", "paused_at", "unit_id", "claimed_by", "case_id"]


def upgrade() -> None:
    for name, columns in (
        ("ix_work_item_open_unit", ["case_unit_id", "due_at", "id"]),
        ("ix_work_item_open_due", ["due_at", "id"]),
    ):
        op.drop_index(name, "work_item")
        op.create_index(
            name, "work_item", columns, postgresql_where=sa.text(OPEN), postgresql_include=SHOWN
        )
    table = op.create_table(
        "step_title",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_step_title")),
    )
    link = op.get_bind()
    titles = set(link.execute(sa.text("SELECT DISTINCT title FROM work_item")).scalars())
    for xml in link.execute(sa.text("SELECT xml FROM definition")).scalars().all():
        # More than steps have names in a drawing; a name without an item finds nothing.
        titles |= {
            " ".join(node.get("name", "").split())
            for node in ElementTree.fromstring(bytes(xml)).iter()
        }
    rows = [{"sha256": sha256(one.encode()).hexdigest(), "title": one} for one in titles if one]
    op.bulk_insert(table, rows)
