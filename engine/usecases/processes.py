"""SOPs as a whole: which version is in force, which are retired, when they are to be evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from engine.app import App
from engine.channels.news import News
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.heralding import tell_of_review
from engine.releasing import review_after
from engine.sketching import doer, draft_line, refuse_others, refuse_strangers
from engine.store import cases, definitions, people, processes, sop_drafts
from engine.store.tables import Definition, Process, SopDraft
from engine.store.transaction import Tx, transaction
from engine.studio_values import Doer, Retirement, SopDetail, SopLine, VersionLine
from engine.surroundings import compiled_of
from workflows.lint import Finding
from workflows.reason import check_reason
from workflows.rights import Actor, Thing, Verb, may

SOON: Final = timedelta(days=30)  # before an evaluation is due
ACTS: Final[Mapping[str, Verb]] = {
    "draw": "draft",
    "retire": "publish",
    "revive": "publish",
    "review": "publish",
}


def list_sops(app: App, actor: Actor, now: datetime) -> tuple[SopLine, ...]:
    """All SOPs that have a version, by name, and those that are only drawn so far.

    Raises NotAllowedError: right_missing.
    """
    refuse_strangers(actor)
    with transaction(app.sessions) as tx:
        drafts = {row.key: row for row in sop_drafts.list_drafts(tx)}
        keys = {row.key for row in definitions.newest_definitions(tx)} | drafts.keys()
        lines = [_line(tx, app, actor, key, drafts.get(key), now) for key in keys]
        return tuple(sorted(lines, key=lambda line: (line.name.lower(), line.key)))


def read_process(app: App, actor: Actor, key: str, now: datetime) -> SopDetail:
    """Versions are open to everybody, drafts to those who draw or approve.

    Raises NotFoundError: definition_not_found.
    """
    knows = _knows_drafts(actor)
    with transaction(app.sessions) as tx:
        versions = definitions.list_versions(tx, key)
        if not versions:
            raise NotFoundError("definition_not_found", key=key)
        line = _line(tx, app, actor, key, sop_drafts.find_open(tx, key) if knows else None, now)
        retired = line.retired is not None
        shut = {"retire", "review"} if retired else {"revive"}
        drafts = sop_drafts.of_key(tx, key) if knows else ()
        return SopDetail(
            line=line,
            versions=_version_lines(tx, app, actor, versions, now),
            drafts=tuple(draft_line(tx, one, actor, now) for one in drafts),
            callers=_callers(tx, key, app.today(now)),
            acts=frozenset(
                act
                for act, verb in ACTS.items()
                if act not in shut and may(actor, verb, Thing()) is None
            ),
        )


def _knows_drafts(actor: Actor) -> bool:
    try:
        refuse_strangers(actor)
    except NotAllowedError:
        return False
    return True


def _line(
    tx: Tx, app: App, actor: Actor, key: str, draft: SopDraft | None, now: datetime
) -> SopLine:
    day, process = app.today(now), processes.find_process(tx, key)
    counting = definitions.find_in_force(tx, key, day)
    newest = definitions.find_definition(tx, key)
    coming = definitions.find_coming(tx, key, day)
    shown = counting or newest
    return SopLine(
        key=key,
        name=shown.name if shown else draft.name if draft else key,
        version=counting.version if counting else None,
        effective_on=counting.effective_on if counting else None,
        coming=coming.version if coming else None,
        coming_on=coming.effective_on if coming else None,
        draft=draft_line(tx, draft, actor, now) if draft else None,
        retired=_retirement(tx, actor, process),
        review_on=process.review_on if process else None,
        review=_review(process, day),
        reviewed=_reviewed(tx, actor, process),
        cases=sum(count for _, count in cases.count_unfinished(tx, key)),
    )


def _retirement(tx: Tx, actor: Actor, process: Process | None) -> Retirement | None:
    if process is None or process.retired_at is None:
        return None
    names = people.person_names(tx, [process.retired_by])
    by = doer(names, actor, process.retired_by, process.retired_at)
    return Retirement(by, process.retired_reason)


def _reviewed(tx: Tx, actor: Actor, process: Process | None) -> Doer | None:
    if process is None or process.reviewed_at is None:
        return None
    names = people.person_names(tx, [process.reviewed_by])
    return doer(names, actor, process.reviewed_by, process.reviewed_at)


def _review(process: Process | None, day: date) -> str:
    if process is None or process.review_on is None or process.retired_at is not None:
        return ""
    if process.review_on <= day:
        return "due"
    return "soon" if process.review_on - SOON <= day else ""


def _version_lines(
    tx: Tx, app: App, actor: Actor, rows: Sequence[Definition], now: datetime
) -> tuple[VersionLine, ...]:
    day, key = app.today(now), rows[0].key
    counting = definitions.find_in_force(tx, key, day)
    running = {version: count for version, count in cases.count_unfinished(tx, key)}
    names = people.person_names(tx, {who for r in rows for who in (r.deployed_by, r.approved_by)})
    return tuple(
        VersionLine(
            version=row.version,
            name=row.name,
            hash=row.hash,
            state=_state(row, counting, day),
            published=doer(names, actor, row.deployed_by, row.deployed_at),
            approved=doer(names, actor, row.approved_by, row.approved_at)
            if row.approved_at
            else None,
            effective_on=row.effective_on,
            note=row.note,
            findings=tuple(Finding.read(one) for one in row.findings),
            cases=running.get(row.version, 0),
        )
        for row in rows
    )


def _state(row: Definition, counting: Definition | None, day: date) -> str:
    """A version that a newer one has overtaken before its day is past as well."""
    if counting is not None and row.version <= counting.version:
        return "in_force" if row.id == counting.id else "past"
    return "coming" if row.effective_on > day else "past"


def _callers(tx: Tx, key: str, day: date) -> tuple[str, ...]:
    """Names of other SOPs in use that call this one."""
    retired = {one.key for one in processes.processes_by_key(tx).values() if one.retired_at}
    return tuple(
        row.name
        for row in definitions.list_in_force(tx, day)
        if row.key != key and row.key not in retired and key in compiled_of(row).calls
    )


def retire_sop(app: App, actor: Actor, key: str, reason: str, now: datetime) -> SopLine:
    """No case of it begins from here on; running ones go on to their end.

    Raises NotAllowedError: right_missing; NotFoundError: definition_not_found;
    InvalidAnswerError: reason_missing; ConflictError: sop_retired, sop_is_called (names).
    """
    refuse_others(actor, "publish")
    reason = check_reason(reason)
    with transaction(app.sessions) as tx:
        process = _open(tx, key)
        if process.retired_at is not None:
            at, why = process.retired_at.isoformat(), process.retired_reason
            raise ConflictError("sop_retired", key=key, at=at, why=why)
        if callers := _callers(tx, key, app.today(now)):
            raise ConflictError("sop_is_called", key=key, names=", ".join(callers))
        process.retired_at, process.retired_by = now, actor.person_id
        process.retired_reason = reason
        cases.add_event(tx, now, "sop_retired", actor.person_id, key=key, note=reason)
        return _line(tx, app, actor, key, sop_drafts.find_open(tx, key), now)


def revive_sop(app: App, actor: Actor, key: str, now: datetime) -> SopLine:
    """Let it be started again. Raises as `retire_sop`; ConflictError: sop_not_retired."""
    refuse_others(actor, "publish")
    with transaction(app.sessions) as tx:
        process = _open(tx, key)
        if process.retired_at is None:
            raise ConflictError("sop_not_retired", key=key)
        process.retired_at = process.retired_by = None
        process.retired_reason = ""
        cases.add_event(tx, now, "sop_revived", actor.person_id, key=key)
        return _line(tx, app, actor, key, sop_drafts.find_open(tx, key), now)


def _open(tx: Tx, key: str) -> Process:
    definitions.lock_key(tx, key)
    definitions.get_definition(tx, key)
    return processes.ensure_process(tx, key)


def review_sop(app: App, actor: Actor, key: str, note: str, now: datetime) -> SopLine:
    """It was evaluated and still fits: the next evaluation is due so many months from today.
    `note`: what came of it.

    Raises as `retire_sop`.
    """
    refuse_others(actor, "publish")
    note = check_reason(note)
    with transaction(app.sessions) as tx:
        process, day = _open(tx, key), app.today(now)
        process.reviewed_at, process.reviewed_by = now, actor.person_id
        process.review_on = review_after(day, app.settings.review_months)
        process.review_told_at = None
        cases.add_event(tx, now, "sop_reviewed", actor.person_id, key=key, note=note)
        return _line(tx, app, actor, key, sop_drafts.find_open(tx, key), now)


def due_reviews(app: App, now: datetime) -> tuple[str, ...]:
    """Keys of the SOPs that are to be evaluated and whose owners do not know yet."""
    with transaction(app.sessions) as tx:
        return tuple(processes.due_keys(tx, app.today(now)))


def remind_of_review(app: App, key: str, now: datetime) -> int:
    """Tell the process owners, once for each date; how many notices."""
    with transaction(app.sessions) as tx:
        definitions.lock_key(tx, key)
        row, process = definitions.find_definition(tx, key), processes.find_process(tx, key)
        if row is None or process is None or key not in processes.due_keys(tx, app.today(now)):
            return 0
        process.review_told_at = now
        news = News("sop_review", other=row.name, since=process.review_on)
        return tell_of_review(tx, app, key, news, now)
