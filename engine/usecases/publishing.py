"""A draft becomes a version of its SOP."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from engine.app import App
from engine.channels.news import News
from engine.errors import ConflictError
from engine.heralding import author_ids, tell_of_draft
from engine.judging import judge
from engine.proving import refuse_failing_runs
from engine.releasing import Approval, Content, content_of, store_version
from engine.sketching import draft_detail, open_draft, read_draft, refuse_seen
from engine.store import cases, definitions, processes
from engine.store.lines import definition_line, sop_of
from engine.store.tables import Definition, SopDraft
from engine.store.transaction import Tx, transaction
from engine.studio_values import IdentityLine, PublishPlan, RunningLine
from engine.values import DefinitionLine
from workflows.errors import InvalidAnswerError, InvalidSopError
from workflows.reader import content_hash, read_sop, read_xml
from workflows.rights import Actor
from workflows.sop import Identitas

FARTHEST: Final = timedelta(days=3653)  # ten years: later is a slip of the keys
FIELDS = ("nomor", "tanggal_revisi", "tanggal_efektif", "disahkan_oleh")


def plan_publishing(
    app: App, actor: Actor, draft_id: int, now: datetime, effective_on: date | None = None
) -> PublishPlan:
    """What is to be looked at before the draft goes on; nothing changes.

    Raises NotAllowedError: right_missing; NotFoundError: sop_draft_not_found.
    """
    with transaction(app.sessions) as tx:
        row = read_draft(tx, actor, draft_id)
        root = read_xml(row.xml)
        newest = definitions.find_definition(tx, row.key)
        process = processes.find_process(tx, row.key)
        identity = _identity(row, newest)
        return PublishPlan(
            draft=draft_detail(tx, row, actor, now),
            findings=judge(tx, root, row.forms, app.today(now)),
            cautions=(
                *_cautions(row, newest, content_hash(root, row.forms), identity, effective_on),
                *_cautions_of_standing(tx, app, row.key, newest, effective_on, now),
            ),
            identity=identity,
            running=tuple(
                RunningLine(version, count)
                for version, count in cases.count_unfinished(tx, row.key)
            ),
            retired_at=process.retired_at if process else None,
            today=app.today(now),
        )


def publish_draft(
    app: App,
    actor: Actor,
    draft_id: int,
    effective_on: date,
    now: datetime,
    *,
    accept_warnings: bool = False,
    revision: int | None = None,
) -> DefinitionLine:
    """Let an approved draft be the next version; cases begin by it from `effective_on`. Its SOP's
    recorded runs must have been played against it just before (`engine.playing.check_runs`).

    Raises as `open_draft`; InvalidSopError: sop_has_errors, and what compiling raises;
    InvalidAnswerError: invalid_effective_date; ConflictError: sop_draft_changed, sop_warnings
    (count) unless they are accepted, sop_same_content, runs_unchecked, runs_failed.
    """
    if not timedelta() <= effective_on - app.today(now) <= FARTHEST:
        raise InvalidAnswerError("invalid_effective_date", field="effective_on")
    with transaction(app.sessions) as tx:
        row = open_draft(tx, actor, draft_id, "publish")
        refuse_seen(tx, row, revision)
        definitions.lock_key(tx, row.key)
        content = content_of(tx, app, row, now)
        _refuse_doubts(tx, app, row, content, effective_on, now, accepted=accept_warnings)
        refuse_failing_runs(tx, row.key, content.hash, now)
        approved_at = row.approved_at
        assert approved_at is not None
        approval = Approval(row.approved_by, approved_at, row.note)
        made = store_version(tx, app, actor, content, now, effective_on, approval)
        row.state, row.definition_id, row.effective_on = "published", made.id, effective_on
        row.changed_at, row.changed_by = now, actor.person_id
        _tell(tx, app, actor, row, made, now)
        return definition_line(made)


def _tell(tx: Tx, app: App, actor: Actor, row: SopDraft, made: Definition, now: datetime) -> None:
    day, note = made.effective_on, made.note
    cases.add_event(
        tx,
        now,
        "sop_published",
        actor.person_id,
        key=made.key,
        name=made.name,
        draft=row.id,
        version=made.version,
        effective_on=day.isoformat(),
        note=note,
    )
    news = News("sop_published", by=actor.name, other=row.name, note=note, since=day)
    approver = () if row.approved_by is None else (row.approved_by,)
    tell_of_draft(tx, app, actor, row, news, {*author_ids(tx, row), *approver}, now)


def _refuse_doubts(
    tx: Tx,
    app: App,
    row: SopDraft,
    content: Content,
    effective_on: date,
    now: datetime,
    *,
    accepted: bool,
) -> None:
    newest = definitions.find_definition(tx, row.key)
    if newest is not None and newest.hash == content.hash:
        raise ConflictError("sop_same_content", key=row.key, version=newest.version)
    warnings = [one for one in content.findings if one.severity == "warning"]
    cautions = (
        *_cautions(row, newest, content.hash, _identity(row, newest), effective_on),
        *_cautions_of_standing(tx, app, row.key, newest, effective_on, now),
    )
    if (warnings or cautions) and not accepted:
        raise ConflictError("sop_warnings", draft=row.id, count=len(warnings) + len(cautions))


def _identity(row: SopDraft, newest: Definition | None) -> tuple[IdentityLine, ...]:
    after = _read_identity(row)
    if after is None:
        return ()
    before = sop_of(newest).identitas if newest else Identitas("")
    return tuple(IdentityLine(one, getattr(before, one), getattr(after, one)) for one in FIELDS)


def _read_identity(row: SopDraft) -> Identitas | None:
    with suppress(InvalidSopError):
        return read_sop(read_xml(row.xml)).identitas
    return None


def _cautions(
    row: SopDraft,
    newest: Definition | None,
    digest: str,
    identity: tuple[IdentityLine, ...],
    effective_on: date | None,
) -> tuple[str, ...]:
    """The sheet's own number and dates are what an auditor compares first."""
    found = []
    lines = {one.field: one for one in identity}
    for field, name in (("nomor", "number"), ("tanggal_revisi", "revision_date")):
        line = lines.get(field)
        if line is not None and not line.after and newest is not None:
            found.append(f"{name}_missing")
        elif line is not None and not line.changed and newest is not None:
            found.append(f"{name}_unchanged")
    written = _day(lines["tanggal_efektif"].after) if lines else None
    if effective_on is not None and written not in (None, effective_on):
        found.append("effective_date_differs")
    if newest is not None and row.base_id != newest.id and newest.deployed_at > row.created_at:
        found.append("base_moved")
    if newest is not None and newest.hash == digest:
        found.append("same_content")
    return tuple(found)


def _cautions_of_standing(
    tx: Tx, app: App, key: str, newest: Definition | None, effective_on: date | None, now: datetime
) -> tuple[str, ...]:
    """A retired SOP stays retired; a version that is still to come never counts once a newer one
    takes effect before it, or on its day."""
    found, process = [], processes.find_process(tx, key)
    if process is not None and process.retired_at is not None:
        found.append("retired")
    coming = newest is not None and newest.effective_on > app.today(now)
    if coming and newest and (effective_on or newest.effective_on) <= newest.effective_on:
        found.append("newest_overtaken")
    return tuple(found)


def _day(text: str) -> date | None:
    """A date as the sheet writes it, where it is one that everybody reads alike."""
    with suppress(ValueError):
        return date.fromisoformat(text.strip())
    with suppress(ValueError):
        return datetime.strptime(text.strip().replace("/", "-"), "%d-%m-%Y").date()  # noqa: DTZ007
    return None
