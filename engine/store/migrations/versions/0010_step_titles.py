"""Searches ask for the names of steps first, and for items with these names then."""

from hashlib import sha256
from xml.etree import ElementTree

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
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
