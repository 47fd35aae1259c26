"""A new version of an SOP comes into being: deployed by the operator, or published from a draft.
Runs inside the transaction of either."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from engine.app import App
from engine.judging import judge
from engine.spiff import Compiled, compile_definition
from engine.store import definitions, processes, step_titles
from engine.store.tables import Definition, SopDraft
from engine.store.transaction import Tx
from workflows.errors import InvalidSopError
from workflows.lint import Finding
from workflows.reader import content_hash, read_sop, read_xml
from workflows.rights import Actor
from workflows.sop import Sop


@dataclass(frozen=True)
class Content:
    """What a version consists of, read and judged; `hash`: over XML and forms."""

    sop: Sop
    hash: str
    xml: bytes
    forms: Mapping[str, str]
    compiled: Compiled
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Approval:
    """Who let it go, when, and what has changed in the words of its author."""

    by: int | None
    at: datetime
    note: str


def content_of(tx: Tx, app: App, row: SopDraft, now: datetime) -> Content:
    """Of a draft, judged once more: roles, people and other SOPs may have changed.

    Raises InvalidSopError: sop_has_errors, and what compiling raises.
    """
    root = read_xml(row.xml)
    findings = judge(tx, root, row.forms, app.today(now))
    refuse_errors(findings, "sop_has_errors")
    compiled = compile_definition(row.xml, row.forms)
    digest = content_hash(root, row.forms)
    return Content(read_sop(root), digest, row.xml, row.forms, compiled, findings)


def store_version(
    tx: Tx,
    app: App,
    actor: Actor,
    content: Content,
    now: datetime,
    effective_on: date,
    approval: Approval | None = None,
) -> Definition:
    """The caller holds `definitions.lock_key`. The SOP is to be evaluated so many months after the
    version takes effect."""
    row = definitions.add_definition(
        tx,
        Definition(
            key=content.sop.key,
            hash=content.hash,
            name=content.sop.name,
            xml=content.xml,
            forms=dict(content.forms),
            findings=[finding.document() for finding in content.findings],
            deployed_at=now,
            deployed_by=actor.person_id,
            effective_on=effective_on,
            digest=content.compiled.digest,
            starts=[asdict(start) for start in content.compiled.starts if start.kind != "none"],
            note=approval.note if approval else "",
            approved_at=approval.at if approval else None,
            approved_by=approval.by if approval else None,
        ),
    )
    step_titles.note_titles(tx, (step.name for step in content.sop.kegiatan))
    process = processes.ensure_process(tx, row.key)
    process.review_on = review_after(effective_on, app.settings.review_months)
    process.review_told_at = None
    return row


def review_after(day: date, months: int) -> date | None:
    """By when an SOP is to be evaluated that took effect, or was evaluated, on that day; None: it
    is not asked for."""
    if months == 0:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def refuse_errors(findings: Iterable[Finding], code: str = "findings_block") -> None:
    """Raises InvalidSopError: `code` (element, rule, message, count, findings)."""
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise InvalidSopError(
            code,
            count=len(errors),
            element=errors[0].element,
            rule=errors[0].rule,
            message=errors[0].message,
            findings=[asdict(finding) for finding in errors],
        )
