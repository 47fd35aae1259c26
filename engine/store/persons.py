"""Statements of the directory of people: who is found, who has which right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlalchemy.orm import aliased

from engine.store.tables import Holding, Jabatan, Person, PersonGrant, Unit
from engine.store.transaction import Tx
from workflows.rights import ADMINISTRATOR

GrantRow = Row[PersonGrant, Person, Unit, str, str]


class Wanted(NamedTuple):
    """Which people: whose name, login or jabatan contains `text`; who hold something in one of
    `unit_ids` (None: anywhere); who have that right; whose account has ended, or not."""

    text: str = ""
    unit_ids: Collection[int] | None = None
    grant: str = ""
    disabled: bool = False


def find_people(
    tx: Tx, wanted: Wanted, day: date, *, offset: int, limit: int
) -> tuple[Sequence[Person], int]:
    """Those people by name, and how many there are in all."""
    conditions = _conditions(wanted, day)
    total = tx.scalar(select(func.count()).select_from(Person).where(*conditions)) or 0
    query = select(Person).where(*conditions).order_by(func.lower(Person.name), Person.id)
    return tx.scalars(query.offset(offset).limit(limit)).all(), total


def _conditions(wanted: Wanted, day: date) -> list[ColumnElement[bool]]:
    ended = Person.disabled_at.is_not(None)
    found: list[ColumnElement[bool]] = [ended if wanted.disabled else Person.disabled_at.is_(None)]
    held = (
        select(Holding.person_id)
        .join(Jabatan, Jabatan.id == Holding.jabatan_id)
        .where(or_(Holding.until.is_(None), Holding.until >= day))
    )
    for word in wanted.text.split():
        like = f"%{word.translate(_ESCAPED)}%"
        by_jabatan = held.where(Jabatan.name.ilike(like))
        found.append(
            or_(
                Person.name.ilike(like),
                Person.login.ilike(like),
                Person.nip == word,
                Person.id.in_(by_jabatan),
            )
        )
    if wanted.unit_ids is not None:
        found.append(Person.id.in_(held.where(Jabatan.unit_id.in_(wanted.unit_ids))))
    if wanted.grant:
        granted = select(PersonGrant.person_id).where(
            PersonGrant.name == wanted.grant, PersonGrant.revoked_at.is_(None)
        )
        found.append(Person.id.in_(granted))
    return found


_ESCAPED = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


def everyone(tx: Tx) -> Sequence[Person]:
    """Whose account has not ended, by name."""
    query = select(Person).where(Person.disabled_at.is_(None))
    return tx.scalars(query.order_by(func.lower(Person.name), Person.id)).all()


def person_of_nip(tx: Tx, nip: str) -> Person | None:
    return tx.scalar(select(Person).where(Person.nip == nip).limit(1))


def grant_rows(
    tx: Tx, person_ids: Collection[int] | None = None, *, revoked: bool = False
) -> Sequence[GrantRow]:
    """(PersonGrant, Person, Unit | None, who gave it | None, who took it | None), the oldest
    first; those in force, or with `revoked` only those that are not."""
    giver, taker = aliased(Person), aliased(Person)
    query = (
        select(PersonGrant, Person, Unit, giver.name, taker.name)
        .join(Person, Person.id == PersonGrant.person_id)
        .outerjoin(Unit, Unit.id == PersonGrant.unit_id)
        .outerjoin(giver, giver.id == PersonGrant.granted_by)
        .outerjoin(taker, taker.id == PersonGrant.revoked_by)
        .order_by(PersonGrant.id)
    )
    if person_ids is not None:
        query = query.where(PersonGrant.person_id.in_(person_ids))
    over = PersonGrant.revoked_at.is_not(None)
    return tx.execute(query.where(over if revoked else PersonGrant.revoked_at.is_(None))).all()


def find_grant(tx: Tx, grant_id: int) -> PersonGrant | None:
    return tx.get(PersonGrant, grant_id, populate_existing=True)


def add_grant(tx: Tx, row: PersonGrant) -> None:
    tx.add(row)
    tx.flush()


def lock_administrators(tx: Tx) -> frozenset[int]:
    """Ids of all who are administrators everywhere; of two who would take the right from each
    other, the second waits and sees what the first has done."""
    query = (
        select(Person.id)
        .join(PersonGrant, PersonGrant.person_id == Person.id)
        .where(
            PersonGrant.name == ADMINISTRATOR,
            PersonGrant.unit_id.is_(None),
            PersonGrant.revoked_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .order_by(PersonGrant.id)
        .with_for_update(key_share=True)
    )
    return frozenset(tx.scalars(query))


def lock_person(tx: Tx, person_id: int) -> Person | None:
    """As it is now, until the transaction ends; others may still refer to it."""
    query = select(Person).where(Person.id == person_id).with_for_update(key_share=True)
    return tx.scalar(query.execution_options(populate_existing=True))
