"""Who holds a jabatan from when until when: definitive, or as Plt or Plh with a letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from engine.app import App
from engine.errors import ConflictError, NotFoundError
from engine.organisation_values import HoldingChange, HoldingLine
from engine.organising import demand, find_jabatan, find_unit, holding_lines
from engine.store import cases, organisation, people
from engine.store.tables import Holding, Jabatan, Person
from engine.store.transaction import Tx, transaction
from workflows.mandates import MANDATES, Tenure, doubts
from workflows.organisation import check_period, refuse
from workflows.rights import DEFINITIVE, PLH, PLT, Actor

DAY = timedelta(days=1)
LONGEST_LETTER = 150


@dataclass(frozen=True)
class Term:
    """As what somebody holds a jabatan, and when; both days inclusive, `until` None: no end set.
    `letter` and `letter_on`: of the order that makes a Plt or Plh."""

    kind: str
    since: date
    until: date | None = None
    letter: str = ""
    letter_on: date | None = None


def list_holdings(
    app: App, actor: Actor, now: datetime, *, unit: str = "", all_time: bool = False
) -> tuple[HoldingLine, ...]:
    """Who holds what now and later, or has ever held; of a unit alone, or of all.

    Raises NotFoundError: unit_not_found.
    """
    with transaction(app.sessions) as tx:
        ids = None
        if unit:
            rows = organisation.list_jabatan(tx, [find_unit(tx, unit).id])
            ids = [row.id for row in rows]
        return holding_lines(tx, app.today(now), jabatan_ids=ids, all_time=all_time)


def appoint(
    app: App,
    actor: Actor,
    jabatan_id: int,
    login: str,
    term: Term,
    now: datetime,
    *,
    replacing: bool = False,
) -> HoldingChange:
    """Let somebody hold the jabatan. Open items of its role are theirs from the first day on, and
    the next tick tells them.

    `replacing`: whoever holds it then holds it until the day before. Raises NotAllowedError:
    right_missing; NotFoundError: jabatan_not_found, person_not_found; ConflictError:
    jabatan_ended, person_disabled, jabatan_held (by, since), already_holds; InvalidAnswerError:
    invalid_organisation.
    """
    term = _checked(term)
    with transaction(app.sessions) as tx:
        jabatan, unit = find_jabatan(tx, jabatan_id, lock=True)
        demand(actor, unit)
        if jabatan.ended_on is not None:
            raise ConflictError("jabatan_ended", name=jabatan.name)
        person = _person(tx, login)
        others = organisation.holdings_of(tx, jabatan.id)
        replaced = _make_room(others, term) if replacing else []
        _refuse_overlap(tx, jabatan, others, person, term)
        row = Holding(jabatan_id=jabatan.id, person_id=person.id, noted_at=now)
        row.noted_by = actor.person_id
        _write(row, term)
        organisation.add_row(tx, row)
        _log(tx, now, "holding_begun", actor, row, jabatan, replaced=replaced)
        return _change(tx, row, app.today(now), others)


def _person(tx: Tx, login: str) -> Person:
    """Raises NotFoundError: person_not_found; ConflictError: person_disabled."""
    person = people.find_person(tx, login=login)
    if person is None:
        raise NotFoundError("person_not_found", person=login)
    if person.disabled_at is not None:
        raise ConflictError("person_disabled", name=person.name)
    return person


def _checked(term: Term) -> Term:
    """Raises InvalidAnswerError: invalid_organisation."""
    if term.kind not in (DEFINITIVE, PLT, PLH):
        refuse("sebagai", "unknown_holding_kind")
    check_period(term.since, term.until)
    letter = " ".join(term.letter.split())
    if len(letter) > LONGEST_LETTER or not letter.isprintable():
        refuse("surat", "too_long" if letter.isprintable() else "name_unusable")
    if term.kind in MANDATES:
        if not letter:
            refuse("surat", "letter_required")
        if term.letter_on is None:
            refuse("tanggal_surat", "letter_on_required")
        if term.until is None:
            refuse("sampai", "until_required")
    return Term(term.kind, term.since, term.until, letter, term.letter_on)


def _make_room(others: Sequence[Holding], term: Term) -> list[int]:
    """End the definitive holdings in the way; gives back their ids."""
    ended = []
    for one in others if term.kind == DEFINITIVE else ():
        if one.kind == DEFINITIVE and one.since < term.since <= (one.until or date.max):
            one.until = term.since - DAY
            ended.append(one.id)
    return ended


def _tenure(row: Holding) -> Tenure:
    return Tenure(row.person_id, row.kind, row.since, row.until)


def _refuse_overlap(
    tx: Tx, jabatan: Jabatan, others: Sequence[Holding], person: Person, term: Term
) -> None:
    """Raises ConflictError: already_holds, jabatan_held."""
    new = Tenure(person.id, term.kind, term.since, term.until)
    beside = [one for one in others if new.overlaps(_tenure(one))]
    if any(one.person_id == person.id for one in beside):
        raise ConflictError("already_holds", name=person.name)
    if jabatan.many or term.kind != DEFINITIVE:
        return
    for one in beside:
        if one.kind == DEFINITIVE:
            by = people.person_names(tx, [one.person_id]).get(one.person_id)
            raise ConflictError("jabatan_held", by=by, since=one.since.isoformat())


def _write(row: Holding, term: Term) -> None:
    row.kind, row.since, row.until = term.kind, term.since, term.until
    row.letter, row.letter_on = term.letter, term.letter_on


def correct_holding(
    app: App, actor: Actor, holding_id: int, term: Term, now: datetime
) -> HoldingChange:
    """Put right what was entered wrongly; the event keeps what stood before.

    Raises as `appoint` does; NotFoundError: holding_not_found.
    """
    term = _checked(term)
    with transaction(app.sessions) as tx:
        row, jabatan = _open(tx, actor, holding_id)
        others = [one for one in organisation.holdings_of(tx, jabatan.id) if one.id != row.id]
        person = people.find_person(tx, person_id=row.person_id)
        assert person is not None
        _refuse_overlap(tx, jabatan, others, person, term)
        held = organisation.unheld_items(tx, app.today(now))
        before = _document(row)
        _write(row, term)
        _log(tx, now, "holding_corrected", actor, row, jabatan, before=before)
        return _change(tx, row, app.today(now), others, held)


def _open(tx: Tx, actor: Actor, holding_id: int) -> tuple[Holding, Jabatan]:
    """Raises NotFoundError: holding_not_found; NotAllowedError: right_missing."""
    row = organisation.find_holding(tx, holding_id)
    if row is None:
        raise NotFoundError("holding_not_found", holding=holding_id)
    jabatan, unit = find_jabatan(tx, row.jabatan_id, lock=True)
    demand(actor, unit)
    again = organisation.find_holding(tx, holding_id)
    if again is None:  # cancelled while we waited
        raise NotFoundError("holding_not_found", holding=holding_id)
    return again, jabatan


def end_holding(
    app: App, actor: Actor, holding_id: int, last_day: date, now: datetime
) -> HoldingChange:
    """Somebody holds the jabatan until that day. What they have claimed is free after it.

    `HoldingChange.orphaned`: how many open items nobody may do then (counted where the day is
    past). Raises NotAllowedError: right_missing; NotFoundError: holding_not_found; ConflictError:
    holding_over; InvalidAnswerError: invalid_organisation.
    """
    with transaction(app.sessions) as tx:
        row, jabatan = _open(tx, actor, holding_id)
        day = app.today(now)
        if row.until is not None and row.until < day:
            raise ConflictError("holding_over")
        check_period(row.since, last_day)
        held, before = organisation.unheld_items(tx, max(day, last_day + DAY)), _document(row)
        row.until = last_day
        _log(tx, now, "holding_ended", actor, row, jabatan, before=before)
        return _change(tx, row, day, (), held, after=max(day, last_day + DAY))


def cancel_holding(app: App, actor: Actor, holding_id: int, now: datetime) -> None:
    """Take back an appointment that has not begun: its event keeps it.

    Raises NotAllowedError: right_missing; NotFoundError: holding_not_found; ConflictError:
    holding_begun.
    """
    with transaction(app.sessions) as tx:
        row, jabatan = _open(tx, actor, holding_id)
        if row.since <= app.today(now):
            raise ConflictError("holding_begun")
        _log(tx, now, "holding_cancelled", actor, row, jabatan)
        organisation.cancel_holding(tx, row.id)


def _change(
    tx: Tx,
    row: Holding,
    day: date,
    others: Sequence[Holding],
    held: frozenset[int] | None = None,
    after: date | None = None,
) -> HoldingChange:
    tx.flush()
    leave = [
        (absence.person_id, absence.since, absence.until)
        for absence, _ in organisation.leave_of(tx, [one.person_id for one in others])
        if absence.cancelled_at is None
    ]
    lost = 0 if held is None else len(organisation.unheld_items(tx, after or day) - held)
    lines = holding_lines(tx, day, jabatan_ids=[row.jabatan_id], all_time=True)
    line = next(one for one in lines if one.id == row.id)
    warnings = doubts(_tenure(row), [_tenure(one) for one in others], leave)
    return HoldingChange(line, warnings, lost)


def _document(row: Holding) -> dict[str, Any]:
    return {
        "as": row.kind,
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else None,
        "letter": row.letter,
        "letter_on": row.letter_on.isoformat() if row.letter_on else None,
    }


def _log(
    tx: Tx,
    now: datetime,
    kind: str,
    actor: Actor,
    row: Holding,
    jabatan: Jabatan,
    **data: Any,
) -> None:
    about: dict[str, Any] = {"jabatan": jabatan.id, "person": row.person_id, "holding": row.id}
    cases.add_event(
        tx, now, kind, actor.person_id, **about, name=jabatan.name, **_document(row), **data
    )
