"""Drafts of SOPs, what was saved of them, and who has them open."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Row, delete, exists, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import defer

from engine.store.seats import seats_on
from engine.store.tables import (
    Definition,
    Jabatan,
    Person,
    PersonGrant,
    SopDraft,
    SopPresence,
    SopRevision,
    SopTrial,
    Unit,
)
from engine.store.transaction import Tx
from workflows.rights import ADMINISTRATOR, PROCESS_OWNER, SUPERVISOR

OPEN = ("draft", "submitted", "approved")
UNREAD = (defer(SopDraft.xml), defer(SopDraft.forms))


def lock_draft(tx: Tx, draft_id: int) -> SopDraft | None:
    """The draft as it is now; until the transaction ends nobody else changes it."""
    wanted = select(SopDraft).where(SopDraft.id == draft_id).with_for_update()
    return tx.scalar(wanted.execution_options(populate_existing=True))


def find_draft(tx: Tx, draft_id: int) -> SopDraft | None:
    return tx.get(SopDraft, draft_id)


def find_open(tx: Tx, key: str) -> SopDraft | None:
    """The one draft of the SOP that is being drawn, submitted or approved."""
    return tx.scalar(select(SopDraft).where(SopDraft.key == key, SopDraft.state.in_(OPEN)))


def list_drafts(tx: Tx, states: Sequence[str] = OPEN) -> Sequence[SopDraft]:
    """Without what was drawn; the one that was changed last first."""
    query = select(SopDraft).where(SopDraft.state.in_(states)).options(*UNREAD)
    return tx.scalars(query.order_by(SopDraft.changed_at.desc(), SopDraft.id.desc())).all()


def of_key(tx: Tx, key: str) -> Sequence[SopDraft]:
    """All drafts that the SOP has had, without what was drawn; the newest first."""
    query = select(SopDraft).where(SopDraft.key == key).options(*UNREAD)
    return tx.scalars(query.order_by(SopDraft.id.desc())).all()


def add_draft(tx: Tx, row: SopDraft) -> SopDraft:
    tx.add(row)
    tx.flush()
    return row


def base_versions(tx: Tx, rows: Collection[SopDraft]) -> Mapping[int | None, int]:
    """definition id -> number of the versions that these drafts were begun from."""
    wanted = {row.base_id for row in rows if row.base_id is not None}
    found = select(Definition.id, Definition.version).where(Definition.id.in_(wanted))
    return {one: version for one, version in tx.execute(found)}


def base_of(tx: Tx, row: SopDraft) -> Definition | None:
    """The version that the draft was begun from."""
    return None if row.base_id is None else tx.get(Definition, row.base_id)


def add_revision(
    tx: Tx, row: SopDraft, kind: str, by: int | None, note: str, now: datetime
) -> None:
    """Keep what the draft is now as its revision."""
    tx.add(
        SopRevision(
            draft_id=row.id,
            number=row.revision,
            kind=kind,
            xml=row.xml,
            forms=row.forms,
            saved_at=now,
            saved_by=by,
            note=note,
        )
    )
    tx.flush()


def find_revision(tx: Tx, draft_id: int, number: int) -> SopRevision | None:
    wanted = (SopRevision.draft_id == draft_id, SopRevision.number == number)
    return tx.scalar(select(SopRevision).where(*wanted))


def list_revisions(
    tx: Tx, draft_id: int
) -> Sequence[Row[int, str, datetime, str | None, str, int | None]]:
    """(number, kind, saved_at, name, note, id of who) of each, the newest first."""
    query = (
        select(
            SopRevision.number,
            SopRevision.kind,
            SopRevision.saved_at,
            Person.name,
            SopRevision.note,
            SopRevision.saved_by,
        )
        .outerjoin(Person, Person.id == SopRevision.saved_by)
        .where(SopRevision.draft_id == draft_id)
    )
    return tx.execute(query.order_by(SopRevision.number.desc())).all()


def is_tried(tx: Tx, draft_id: int, number: int) -> bool:
    """Whether somebody is trying this very revision, so that it must stay."""
    tried = exists().where(SopTrial.draft_id == draft_id, SopTrial.revision == number)
    return bool(tx.scalar(select(tried)))


def delete_revision(tx: Tx, draft_id: int, number: int) -> None:
    wanted = (SopRevision.draft_id == draft_id, SopRevision.number == number)
    tx.execute(delete(SopRevision).where(*wanted))


def author_ids(tx: Tx, draft_id: int) -> frozenset[int]:
    """Everybody who has saved anything of the draft."""
    query = select(SopRevision.saved_by).where(SopRevision.draft_id == draft_id).distinct()
    return frozenset(one for one in tx.scalars(query) if one is not None)


def home_of(tx: Tx, row: SopDraft) -> frozenset[int]:
    """The units in which whoever began the draft had a jabatan then, and those above them: who
    oversees one of these may approve it. Empty for the operator's."""
    seats = seats_on(row.created_at.date())
    query = (
        select(Unit.id, Unit.ancestors)
        .join(Jabatan, Jabatan.unit_id == Unit.id)
        .join(seats, seats.c.jabatan_id == Jabatan.id)
        .where(seats.c.person_id == row.created_by)
    )
    return frozenset(one for own, above in tx.execute(query) for one in (own, *above))


def note_presence(tx: Tx, draft_id: int, tab: str, person_id: int, now: datetime) -> None:
    values = {"draft_id": draft_id, "tab": tab, "person_id": person_id, "seen_at": now}
    statement = insert(SopPresence).values(values)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["draft_id", "tab"],
            set_={"seen_at": now, "person_id": person_id},
        )
    )


def forget_presence(tx: Tx, draft_id: int, tab: str) -> None:
    wanted = (SopPresence.draft_id == draft_id, SopPresence.tab == tab)
    tx.execute(delete(SopPresence).where(*wanted))


def forget_absent(tx: Tx, draft_id: int, before: datetime) -> None:
    """Those who were last seen before that moment."""
    wanted = (SopPresence.draft_id == draft_id, SopPresence.seen_at < before)
    tx.execute(delete(SopPresence).where(*wanted))


def list_present(tx: Tx, draft_id: int, since: datetime) -> Sequence[Row[int, str]]:
    """(id, name) of everybody who has it open, by name; who has two tabs counts once."""
    query = (
        select(Person.id, Person.name)
        .join(SopPresence, SopPresence.person_id == Person.id)
        .where(SopPresence.draft_id == draft_id, SopPresence.seen_at >= since)
        .distinct()
    )
    return tx.execute(query.order_by(Person.name)).all()


def possible_approvers(tx: Tx, unit_ids: Collection[int]) -> Sequence[Person]:
    """Process owners and overseers, everywhere or in one of these units; where there are none, the
    administrators."""
    there = or_(PersonGrant.unit_id.is_(None), PersonGrant.unit_id.in_(unit_ids))
    for names in ((PROCESS_OWNER, SUPERVISOR), (ADMINISTRATOR,)):
        query = (
            select(Person)
            .join(PersonGrant, PersonGrant.person_id == Person.id)
            .where(PersonGrant.name.in_(names), PersonGrant.revoked_at.is_(None), there)
            .where(Person.disabled_at.is_(None))
            .distinct()
            .order_by(Person.id)
        )
        if found := tx.scalars(query).all():
            return found
    return ()
