"""A file from another tool, looked through before anything of it is stored, and made ready to
become a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.app import App
from engine.judging import judge
from engine.sketching import refuse_others
from engine.store import definitions
from engine.store.transaction import transaction
from workflows.importing import (
    Package,
    Report,
    assign_roles,
    choose_process,
    examine,
    lay_out_anew,
)
from workflows.lint import Finding
from workflows.pelaksana import ROLES
from workflows.reader import read_xml
from workflows.rights import Actor

FOREIGN = "foreign_extension"


@dataclass(frozen=True)
class ImportPlan:
    """What an import would lead to. `foreign`: extensions of other engines, one by one; `findings`:
    all else that the judge says; `deployed`: the name of the SOP that has this key already."""

    report: Report
    forms: tuple[str, ...]
    ignored: tuple[str, ...]
    foreign: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    deployed: str


def plan_import(
    app: App, actor: Actor, package: Package, process: str, now: datetime
) -> ImportPlan:
    """Nothing is stored. `process`: which of several, "" for the likeliest.

    Raises NotAllowedError: right_missing; InvalidSopError as `read_xml` does; InvalidAnswerError:
    unknown_import_process, sop_file_no_process.
    """
    refuse_others(actor)
    prepared = choose_process(package.xml, process)
    report = examine(package.xml, prepared)
    with transaction(app.sessions) as tx:
        findings = judge(tx, read_xml(prepared), package.forms, app.today(now))
        standing = definitions.find_definition(tx, report.key)
        return ImportPlan(
            report,
            tuple(sorted(package.forms)),
            package.ignored,
            tuple(one for one in findings if one.rule == FOREIGN),
            tuple(one for one in findings if one.rule != FOREIGN),
            standing.name if standing else "",
        )


def prepare_import(package: Package, process: str, roles: Mapping[str, str]) -> bytes:
    """The drawing as it becomes a draft: that process, these roles of its lanes (id -> code), and a
    picture where it had none.

    Raises as `plan_import`.
    """
    known = {role.code for role in ROLES}
    chosen = {lane: code for lane, code in roles.items() if code in known}
    return lay_out_anew(assign_roles(choose_process(package.xml, process), chosen))
