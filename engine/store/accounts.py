"""Sessions, failed log-ins, and what of a person's row belongs to logging in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    Text,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from engine.store.columns import Moment
from engine.store.exclusive import NAMES
from engine.store.notices import unread_of
from engine.store.tables import ApiReply, LoginFailure, LoginIdentity, LoginSession, Person
from engine.store.transaction import Tx

IDLE, LONGEST = timedelta(hours=12), timedelta(days=30)


def add_session(
    tx: Tx, person_id: int, sha256: str, method: str, address: str, agent: str, now: datetime
) -> LoginSession:
    row = LoginSession(
        sha256=sha256,
        person_id=person_id,
        method=method,
        created_at=now,
        seen_at=now,
        address=address,
        agent=agent,
        ending="",
    )
    tx.add(row)
    tx.flush()
    return row


def _living(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return _lives(now - IDLE, now - LONGEST)


def _lives(
    seen_after: datetime | BindParameter[Any], made_after: datetime | BindParameter[Any]
) -> tuple[ColumnElement[bool], ...]:
    return (
        LoginSession.ended_at.is_(None),
        LoginSession.seen_at > seen_after,
        LoginSession.created_at > made_after,
    )


def find_session(tx: Tx, sha256: str, now: datetime) -> Row[LoginSession, Person, int] | None:
    """A session that lives, with its person, who has not been disabled, and how many notices they
    have not read: one statement."""
    given = {"sha256": sha256, "seen_after": now - IDLE, "made_after": now - LONGEST}
    return tx.execute(_session_of(), given).one_or_none()


@lru_cache(maxsize=1)  # every request asks for it
def _session_of() -> Select[LoginSession, Person, int]:
    wanted = LoginSession.sha256 == bindparam("sha256", type_=Text)
    moments = (bindparam(name, type_=Moment) for name in ("seen_after", "made_after"))
    return (
        select(LoginSession, Person, unread_of(Person.id.expression))
        .join(Person, Person.id == LoginSession.person_id)
        .where(wanted, Person.disabled_at.is_(None), *_lives(*moments))
    )


def note_seen(tx: Tx, session_id: int, now: datetime) -> None:
    tx.execute(update(LoginSession).where(LoginSession.id == session_id).values(seen_at=now))


def sessions_of(tx: Tx, person_id: int | None, now: datetime) -> Sequence[Row[LoginSession, str]]:
    """(session, login) of those that live, of one person or (None) of all; the last seen first."""
    query = (
        select(LoginSession, Person.login)
        .join(Person, Person.id == LoginSession.person_id)
        .where(*_living(now))
        .order_by(LoginSession.seen_at.desc(), LoginSession.id.desc())
    )
    if person_id is not None:
        query = query.where(LoginSession.person_id == person_id)
    return tx.execute(query).all()


def end_sessions(
    tx: Tx,
    person_id: int,
    ending: str,
    now: datetime,
    *,
    only: int | None = None,
    keep: int | None = None,
) -> int:
    """End the person's sessions: all, just one, or all but one; how many that were."""
    statement = update(LoginSession).where(
        LoginSession.person_id == person_id, LoginSession.ended_at.is_(None)
    )
    if only is not None:
        statement = statement.where(LoginSession.id == only)
    if keep is not None:
        statement = statement.where(LoginSession.id != keep)
    ended = statement.values(ended_at=now, ending=ending).returning(LoginSession.id)
    return len(tx.scalars(ended).all())


def take_turn(tx: Tx, what: str) -> None:
    """Until the end of the transaction nobody else has this turn: tries are counted exactly."""
    tx.execute(select(func.pg_advisory_xact_lock(NAMES, func.hashtext(what))))


def add_failure(tx: Tx, kind: str, login: str, address: str, now: datetime) -> None:
    tx.add(LoginFailure(kind=kind, login=login, address=address, at=now))
    tx.flush()


def forgive(tx: Tx, kind: str, login: str) -> None:
    """The right one has come: earlier tries count no more against this login."""
    tx.execute(
        update(LoginFailure)
        .where(LoginFailure.kind == kind, LoginFailure.login == login)
        .where(LoginFailure.forgiven.is_(False))
        .values(forgiven=True)
    )


def nth_failure(
    tx: Tx, nth: int, since: datetime, *, kind: str = "", login: str = "", address: str = ""
) -> datetime | None:
    """When the nth last try was, counted against a login or against an address; None when there
    have been fewer since then."""
    query = select(LoginFailure.at).where(LoginFailure.at > since)
    if address:
        query = query.where(LoginFailure.address == address)
    else:
        query = query.where(LoginFailure.login == login, LoginFailure.kind == kind)
        query = query.where(LoginFailure.forgiven.is_(False))
    return tx.scalar(query.order_by(LoginFailure.at.desc()).offset(nth - 1).limit(1))


def clean_up(tx: Tx, now: datetime) -> int:
    """Remove what has served its time; the log of events stays."""
    old = now - timedelta(days=1)
    statements: tuple[Any, ...] = (
        delete(LoginFailure).where(LoginFailure.at < old).returning(LoginFailure.id),
        delete(ApiReply).where(ApiReply.at < old).returning(ApiReply.id),
        delete(LoginSession)
        .where(or_(LoginSession.ended_at < now - LONGEST, LoginSession.seen_at < now - LONGEST))
        .returning(LoginSession.id),
    )
    return sum(len(tx.scalars(one).all()) for one in statements)


def lock_person(tx: Tx, person_id: int) -> Person | None:
    """The row as it is now, held until the end of the transaction; others may still refer to it, as
    a log-in does that has the turn for which whoever locked the row waits."""
    query = select(Person).where(Person.id == person_id).with_for_update(key_share=True)
    return tx.scalar(query.execution_options(populate_existing=True))


def people_by_email(tx: Tx, email: str) -> Sequence[Person]:
    """Whoever has this address and an account in force; letters' case does not count."""
    query = select(Person).where(
        func.lower(Person.email) == email.lower(), Person.disabled_at.is_(None)
    )
    return tx.scalars(query.order_by(Person.id).limit(2)).all()


def find_identity(tx: Tx, issuer: str, subject: str) -> Person | None:
    """Whose it is, disabled or not."""
    return tx.scalar(
        select(Person)
        .join(LoginIdentity, LoginIdentity.person_id == Person.id)
        .where(LoginIdentity.issuer == issuer, LoginIdentity.subject == subject)
    )


def add_identity(
    tx: Tx, person_id: int, issuer: str, subject: str, email: str, now: datetime
) -> None:
    tx.add(
        LoginIdentity(
            issuer=issuer, subject=subject, person_id=person_id, email=email, linked_at=now
        )
    )
    tx.flush()


def issuers_of(tx: Tx, person_id: int) -> Sequence[str]:
    query = select(LoginIdentity.issuer).where(LoginIdentity.person_id == person_id)
    return tx.scalars(query.order_by(LoginIdentity.id)).all()


def has_people(tx: Tx) -> bool:
    return tx.scalar(select(Person.id).limit(1)) is not None
