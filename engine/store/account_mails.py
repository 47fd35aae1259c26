"""Mails about accounts: queued, leased, sent, and the links that they carried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update

from engine.store.tables import AccountMail, Person
from engine.store.transaction import Tx


def add_mail(tx: Tx, person_id: int, kind: str, now: datetime) -> AccountMail:
    row = AccountMail(person_id=person_id, kind=kind, created_at=now, send_after=now, attempts=0)
    tx.add(row)
    tx.flush()
    return row


def count_since(tx: Tx, person_id: int, kind: str, since: datetime) -> int:
    query = select(func.count()).select_from(AccountMail)
    query = query.where(
        AccountMail.person_id == person_id,
        AccountMail.kind == kind,
        AccountMail.created_at > since,
    )
    return tx.scalar(query) or 0


def due_ids(tx: Tx, now: datetime, most: int) -> Sequence[int]:
    query = select(AccountMail.id).where(
        AccountMail.send_after <= now,
        AccountMail.sent_at.is_(None),
        AccountMail.given_up_at.is_(None),
        or_(AccountMail.claimed_until.is_(None), AccountMail.claimed_until < now),
    )
    return tx.scalars(query.order_by(AccountMail.send_after, AccountMail.id).limit(most)).all()


def lease(tx: Tx, mail_id: int, now: datetime, until: datetime) -> AccountMail | None:
    """Ours until then, with one try more; None when somebody else has it, or it is settled."""
    return tx.scalar(
        update(AccountMail)
        .where(
            AccountMail.id == mail_id,
            AccountMail.sent_at.is_(None),
            AccountMail.given_up_at.is_(None),
            or_(AccountMail.claimed_until.is_(None), AccountMail.claimed_until < now),
        )
        .values(claimed_until=until, attempts=AccountMail.attempts + 1)
        .returning(AccountMail)
        .execution_options(populate_existing=True)
    )


def find_mail(tx: Tx, mail_id: int) -> AccountMail:
    return tx.get_one(AccountMail, mail_id)


def find_link(tx: Tx, sha256: str, now: datetime) -> tuple[AccountMail, Person] | None:
    """A link that still opens something, as it is now: whoever uses it holds the person."""
    row = tx.execute(
        select(AccountMail, Person)
        .join(Person, Person.id == AccountMail.person_id)
        .where(
            AccountMail.sha256 == sha256,
            AccountMail.used_at.is_(None),
            AccountMail.expires_at > now,
            Person.disabled_at.is_(None),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def void_links(tx: Tx, person_id: int, now: datetime) -> None:
    """What lies in mailboxes opens nothing any more, and what is queued is not sent."""
    with_link = (AccountMail.person_id == person_id, AccountMail.kind.in_(("reset", "invite")))
    tx.execute(
        update(AccountMail).where(*with_link, AccountMail.used_at.is_(None)).values(used_at=now)
    )
    tx.execute(
        update(AccountMail)
        .where(*with_link, AccountMail.sent_at.is_(None), AccountMail.given_up_at.is_(None))
        .values(given_up_at=now)
    )
