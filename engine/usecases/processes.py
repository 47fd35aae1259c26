"""SOPs as a whole: which version is in force, which are retired, when they are to be evaluated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from engine.app import App
from engine.channels.news import News
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.heralding import tell_of_review
from engine.releasing import review_after
from engine.sketching import doer, draft_lines, refuse_others, refuse_strangers
from engine.store import cases, definitions, people, processes, sop_drafts
from engine.store.outlines import Outline, coming_after, counting_on, list_outlines
from engine.store.tables import Definition, Process, SopDraft
from engine.store.transaction import Tx, transaction
from engine.studio_values import Doer, Retirement, SopDetail, SopDraftLine, SopLine, VersionLine
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
        found = _find(tx, actor, sop_drafts.list_drafts(tx), now)
        keys = found.versions.keys() | found.drafts.keys()
        lines = [_line(found, actor, key, app.today(now)) for key in keys]
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
        drafts = sop_drafts.of_key(tx, key) if knows else ()
        standing = [one for one in drafts if one.state in sop_drafts.OPEN]
        line = _line(_find(tx, actor, standing, now, key), actor, key, app.today(now))
        shut = {"retire", "review"} if line.retired else {"revive"}
        return SopDetail(
            line=line,
            versions=_version_lines(tx, app, actor, versions, now),
            drafts=draft_lines(tx, drafts, actor, now),
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


@dataclass(frozen=True)
class _Found:
    """What the lines of SOPs are made of, by their keys; `names`: of those who are named."""

    versions: Mapping[str, Sequence[Outline]]
    processes: Mapping[str, Process]
    drafts: Mapping[str, SopDraftLine]
    names: Mapping[int | None, str]
    cases: Mapping[str, int]


def _find(
    tx: Tx, actor: Actor, drafts: Collection[SopDraft], now: datetime, key: str | None = None
) -> _Found:
    """Of all SOPs, or of one: as many statements for all as for one. `drafts`: those to be told."""
    one = processes.find_process(tx, key) if key is not None else None
    known = processes.processes_by_key(tx) if key is None else {key: one} if one else {}
    named = {who for row in known.values() for who in (row.retired_by, row.reviewed_by)}
    return _Found(
        versions=list_outlines(tx, key),
        processes=known,
        drafts={line.key: line for line in draft_lines(tx, drafts, actor, now)},
        names=people.person_names(tx, named),
        cases=cases.unfinished_by_key(tx, key),
    )


def _line(found: _Found, actor: Actor, key: str, day: date) -> SopLine:
    versions, draft = found.versions.get(key, ()), found.drafts.get(key)
    counting, coming = counting_on(versions, day), coming_after(versions, day)
    shown = counting or (versions[0] if versions else draft)
    process = found.processes.get(key)
    return SopLine(
        key=key,
        name=shown.name if shown else key,
        version=counting.version if counting else None,
        effective_on=counting.effective_on if counting else None,
        coming=coming.version if coming else None,
        coming_on=coming.effective_on if coming else None,
        draft=draft,
        retired=_retirement(found.names, actor, process),
        review_on=process.review_on if process else None,
        review=_review(process, day),
        reviewed=_reviewed(found.names, actor, process),
        cases=found.cases.get(key, 0),
    )


def _line_of(tx: Tx, app: App, actor: Actor, key: str, now: datetime) -> SopLine:
    """Of one SOP, with the draft that it has."""
    draft = sop_drafts.find_open(tx, key)
    found = _find(tx, actor, [draft] if draft else [], now, key)
    return _line(found, actor, key, app.today(now))


def _retirement(
    names: Mapping[int | None, str], actor: Actor, process: Process | None
) -> Retirement | None:
    if process is None or process.retired_at is None:
        return None
    by = doer(names, actor, process.retired_by, process.retired_at)
    return Retirement(by, process.retired_reason)


def _reviewed(
    names: Mapping[int | None, str], actor: Actor, process: Process | None
) -> Doer | None:
    if process is None or process.reviewed_at is None:
        return None
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
    running = {version: count for version, count in cases.count_unfinished(tx, key)}
    names = people.person_names(tx, {who for r in rows for who in (r.deployed_by, r.approved_by)})
    return tuple(
        VersionLine(
            version=row.version,
            name=row.name,
            hash=row.hash,
            state=_state(row, rows, day),
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


def _state(row: Definition, rows: Sequence[Definition], day: date) -> str:
    """A version that a newer one overtakes before or on its day is past as well."""
    newer = [one for one in rows if one.version > row.version]
    if any(one.effective_on <= max(row.effective_on, day) for one in newer):
        return "past"
    return "coming" if row.effective_on > day else "in_force"


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
        return _line_of(tx, app, actor, key, now)


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
        return _line_of(tx, app, actor, key, now)


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
        return _line_of(tx, app, actor, key, now)


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
