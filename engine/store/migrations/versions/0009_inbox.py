"""The lists of the inbox are read from their indexes alone."""

from alembic import op
from sqlalchemy import text

revision = "0009"
down_revision = "0008"

OPEN = "state IN ('ready', 'claimed')"


def upgrade() -> None:
    op.drop_index("ix_work_item_open_role", "work_item")
    op.create_index(
        "ix_work_item_open_role",
        "work_item",
        ["role", "unit_id", "due_at", "id"],
        postgresql_where=text(OPEN),
        postgresql_include=["at_risk_at", "paused_at", "claimed_by", "delegate_id", "barred"],
    )
    op.drop_index("ix_work_item_open_unit", "work_item")
    op.create_index(
        "ix_work_item_open_unit",
        "work_item",
        ["case_unit_id", "due_at", "id"],
        postgresql_where=text(OPEN),
        postgresql_include=["at_risk_at", "paused_at", "unit_id", "claimed_by"],
    )
    op.drop_index("ix_work_item_open_claimed_by", "work_item")
    op.create_index(
        "ix_work_item_open_claimed_by",
        "work_item",
        ["claimed_by", "due_at", "id"],
        postgresql_where=text(f"{OPEN} AND claimed_by IS NOT NULL"),
        postgresql_include=["at_risk_at", "paused_at", "role", "unit_id", "barred"],
    )
