"""People: Plt and Plh, leave, rights bound to a unit, second factor."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSONB = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    _extend_unit()
    _extend_person()
    _create_person_grant()
    _move_grants()
    _extend_jabatan()
    _extend_holding()
    _create_absence()


def _extend_unit() -> None:
    op.add_column("unit", sa.Column("ended_on", sa.Date(), nullable=True))


def _extend_person() -> None:
    op.add_column("person", sa.Column("nip", sa.Text(), server_default="", nullable=False))
    op.add_column("person", sa.Column("password_at", MOMENT, nullable=True))
    op.add_column(
        "person",
        sa.Column("must_change", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("person", sa.Column("totp_secret", sa.Text(), server_default="", nullable=False))
    op.add_column("person", sa.Column("totp_since", MOMENT, nullable=True))
    op.add_column("person", sa.Column("totp_step", sa.BigInteger(), nullable=True))
    op.add_column(
        "person",
        sa.Column("recovery", JSONB, server_default=sa.text("'[]'::jsonb"), nullable=False),
    )
    op.add_column("person", sa.Column("disabled_at", MOMENT, nullable=True))


def _create_person_grant() -> None:
    op.create_table(
        "person_grant",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("granted_at", MOMENT, nullable=True),
        sa.Column("granted_by", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_person_grant_granted_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_grant_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["revoked_by"], ["person.id"], name=op.f("fk_person_grant_revoked_by")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_grant_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_grant")),
    )
    op.create_index(
        "ix_person_grant_in_force",
        "person_grant",
        ["name", "person_id"],
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_index(op.f("ix_person_grant_person_id"), "person_grant", ["person_id"])


def _extend_jabatan() -> None:
    op.add_column(
        "jabatan", sa.Column("many", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("jabatan", sa.Column("ended_on", sa.Date(), nullable=True))


def _extend_holding() -> None:
    op.add_column(
        "holding", sa.Column("kind", sa.Text(), server_default="definitif", nullable=False)
    )
    op.add_column("holding", sa.Column("letter", sa.Text(), server_default="", nullable=False))
    op.add_column("holding", sa.Column("letter_on", sa.Date(), nullable=True))
    op.add_column("holding", sa.Column("noted_at", MOMENT, nullable=True))
    op.add_column("holding", sa.Column("noted_by", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_holding_noted_by"), "holding", "person", ["noted_by"], ["id"])


def _create_absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("substitute_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column(
            "jabatan_ids",
            postgresql.ARRAY(sa.BigInteger()),
            server_default=sa.text("'{}'::bigint[]"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("noted_by", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.Column("cancelled_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cancelled_by"], ["person.id"], name=op.f("fk_absence_cancelled_by")
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_absence_noted_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["person.id"], name=op.f("fk_absence_substitute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(
        "ix_absence_in_force",
        "absence",
        ["until"],
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"])
    op.create_index(op.f("ix_absence_substitute_id"), "absence", ["substitute_id"])


def _move_grants() -> None:
    """What was a list of names at each person becomes a row for each name."""
    op.execute(
        "INSERT INTO person_grant (person_id, name)"
        " SELECT id, jsonb_array_elements_text(grants) FROM person ORDER BY id"
    )
    op.drop_column("person", "grants")
