"""`alur draft`: drafts of SOPs from their beginning to their publication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from engine.app import App
from engine.cli.call import Answer, Call, alur, read_text, stop, table, verb
from engine.cli.operations import show_migration
from engine.cli.parameters import DATE, FILE, FOLDER, NUMBER, plain_text
from engine.cli.sops import definition_answer, finding_rows, read_beside, read_sop_file
from engine.cli.words import DRAFTS, say_code, say_moment
from engine.foreseeing import foresee_migration
from engine.playing import RunResult, check_runs
from engine.proving import failure_of
from engine.studio_sentences import CAUTIONS
from engine.studio_values import SopDraftDetail, SopDraftLine
from engine.usecases import approvals, people, publishing, sop_drafts
from workflows.rights import OPERATOR, Actor

PASSED, DIFFERENT, NO_RUNS = "lulus", "berbeda", "Belum ada rekaman."
draft_argument = click.argument("draft_id", metavar="DRAFT", type=NUMBER)
as_option = click.option("--as", "login", metavar="USER", type=plain_text,
                         help="Bertindak sebagai (bawaan: operator).")  # fmt: skip
as_somebody = click.option("--as", "login", metavar="USER", type=plain_text, required=True,
                           help="Bertindak sebagai.")  # fmt: skip
note_option = click.option("--note", type=plain_text, required=True, help="Yang berubah.")


@alur.group("draft")
def draft_group() -> None:
    """Rancangan SOP: dari awal sampai terbit."""


def actor_of(app: App, login: str | None, call: Call) -> Actor:
    return people.load_actor(app, login, call.now) if login else OPERATOR


@verb("list", group=draft_group)
def list_drafts(call: Call) -> None:
    """Rancangan yang belum terbit."""
    with call.app() as app:
        lines = sop_drafts.list_drafts(app, OPERATOR, call.now)
        rows = [
            (
                one.id,
                one.key,
                one.name,
                say_code(DRAFTS, one.state),
                one.revision,
                one.changed.by,
                say_moment(one.changed.at, app.settings.zone),
            )
            for one in lines
        ]
        head = ("NOMOR", "KUNCI", "NAMA", "KEADAAN", "REVISI", "OLEH", "DIUBAH")
        text = table(rows, head) if rows else "Tidak ada rancangan."
        call.answer({"drafts": [asdict(one) for one in lines]}, text)


@verb("show", group=draft_group)
@draft_argument
def show(call: Call, draft_id: int) -> None:
    """Sebuah rancangan dengan temuan dan revisinya."""
    with call.app() as app:
        plan = publishing.plan_publishing(app, OPERATOR, draft_id, call.now)
        revisions = sop_drafts.list_revisions(app, OPERATOR, draft_id)
        draft, zone = plan.draft, app.settings.zone
        rows = [
            (one.number, one.kind, one.saved.by, say_moment(one.saved.at, zone), one.note)
            for one in revisions
        ]
        cautions = "\n".join(CAUTIONS[one] for one in plan.cautions)
        text = "\n\n".join(
            (
                _said(draft.line),
                finding_rows(plan.findings),
                *([cautions] if cautions else []),
                table(rows, ("REVISI", "JENIS", "OLEH", "DISIMPAN", "CATATAN")),
            )
        )
        value = {
            **_answer(draft),
            "findings": [asdict(one) for one in plan.findings],
            "cautions": plan.cautions,
            "revisions": [asdict(one) for one in revisions],
        }
        call.answer(value, text)


def _said(line: SopDraftLine) -> str:
    state = say_code(DRAFTS, line.state)
    return f"Rancangan {line.id}, {line.key} “{line.name}”: {state}, revisi {line.revision}."


def _answer(draft: SopDraftDetail) -> Answer:
    """Without what was drawn, which `export` gives."""
    value = asdict(draft)
    for name in ("xml", "forms", "pen", "present", "why_not"):
        del value[name]
    return {**value.pop("line"), **value, "acts": sorted(draft.acts)}


def _done(call: Call, draft: SopDraftDetail) -> None:
    call.answer(_answer(draft), _said(draft.line))


@verb("create", group=draft_group)
@click.option("--from", "source", metavar="SOP", type=plain_text, help="Dari SOP yang ada.")
@click.option("--version", type=NUMBER, help="Dari versi ini (bawaan: yang terbaru).")
@click.option("--name", type=plain_text, default="", help="Nama SOP baru.")
@click.option("--key", type=plain_text, default="", help="Kuncinya (bawaan: dari namanya).")
@click.option("--role", "roles", type=plain_text, multiple=True, help="Pelaksana: satu jalur.")
@as_option
def create(
    call: Call,
    source: str | None,
    version: int | None,
    name: str,
    key: str,
    roles: tuple[str, ...],
    login: str | None,
) -> None:
    """Memulai rancangan: SOP baru, atau versi berikutnya dari SOP yang ada."""
    with call.app() as app:
        actor = actor_of(app, login, call)
        if source:
            made = sop_drafts.create_draft_from_version(app, actor, source, version, call.now)
        else:
            made = sop_drafts.create_draft(app, actor, name, key, roles, call.now)
        _done(call, made)


@verb("export", group=draft_group)
@draft_argument
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--revision", type=NUMBER, help="Revisi ini (bawaan: yang terbaru).")
def export(call: Call, draft_id: int, folder: Path, revision: int | None) -> None:
    """Menulis diagram, formulir, dan tabel keputusan sebuah rancangan ke folder."""
    with call.app() as app:
        draft = sop_drafts.read_sop_draft(app, OPERATOR, draft_id, call.now)
        files = {f"{draft.line.key}.bpmn": draft.xml, **draft.forms}
        if revision is not None:
            old = sop_drafts.read_revision(app, OPERATOR, draft_id, revision)
            files = {f"{draft.line.key}.bpmn": old.xml, **old.forms}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    call.answer({"folder": str(folder), "files": sorted(files)}, "\n".join(sorted(files)))


@verb("import", group=draft_group)
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--into", "draft_id", metavar="DRAFT", type=NUMBER, help="Ke rancangan yang ada.")
@click.option("--key", type=plain_text, default="", help="Kunci lain daripada dalam berkas.")
@click.option("--name", type=plain_text, default="", help="Nama lain daripada dalam berkas.")
@click.option("--new", is_flag=True, help="Harus SOP baru.")
@as_option
def bring_in(
    call: Call,
    file: Path,
    draft_id: int | None,
    key: str,
    name: str,
    new: bool,
    login: str | None,
) -> None:
    """Memulai rancangan dari berkas BPMN beserta formulir di sampingnya; boleh belum selesai."""
    xml = read_sop_file(file)
    forms = {**read_beside(xml, file.parent), **_forms_beside(file)}
    with call.app() as app:
        actor = actor_of(app, login, call)
        if draft_id is None:
            made = sop_drafts.import_draft(
                app, actor, xml, forms, call.now, key=key, name=name, new=new
            )
        else:
            now = sop_drafts.read_sop_draft(app, actor, draft_id, call.now)
            sop_drafts.save_sop_draft(
                app, actor, draft_id, xml, forms, call.now, revision=now.line.revision,
                kind="import",
            )  # fmt: skip
            made = sop_drafts.read_sop_draft(app, actor, draft_id, call.now)
        _done(call, made)


def _forms_beside(file: Path) -> dict[str, str]:
    """Forms in the folder that `export` has written: those that no step names yet as well."""
    if len([*file.parent.glob("*.bpmn")]) != 1:
        return {}
    return {one.name: read_text(one) for one in sorted(file.parent.glob("*.form"))}


def _act(act: Callable[..., SopDraftDetail], *names: str) -> Callable[..., None]:
    """A verb that does this to the draft; `names` of what it is given besides."""

    def run(call: Call, draft_id: int, login: str | None, **given: Any) -> None:
        with call.app() as app:
            actor = actor_of(app, login, call)
            _done(call, act(app, actor, draft_id, *(given[one] for one in names), call.now))

    return run


@verb("submit", group=draft_group)
@draft_argument
@note_option
@as_option
def submit(call: Call, **given: Any) -> None:
    """Mengajukan rancangan untuk disahkan; ditolak selama ada kesalahan."""
    _act(approvals.submit_draft, "note")(call, **given)


@verb("take-back", group=draft_group)
@draft_argument
@as_option
def take_back(call: Call, **given: Any) -> None:
    """Menarik kembali rancangan yang diajukan atau disahkan; pengesahannya gugur."""
    _act(approvals.take_back_draft)(call, **given)


@verb("approve", group=draft_group)
@draft_argument
@as_somebody
def approve(call: Call, **given: Any) -> None:
    """Mengesahkan rancangan; bukan oleh yang membuat atau mengajukannya."""
    _act(approvals.approve_draft)(call, **given)


@verb("return", group=draft_group)
@draft_argument
@click.option("--reason", type=plain_text, required=True, help="Alasannya.")
@as_somebody
def give_back(call: Call, **given: Any) -> None:
    """Mengembalikan rancangan kepada pembuatnya."""
    _act(approvals.return_draft, "reason")(call, **given)


@verb("discard", group=draft_group)
@draft_argument
@as_option
def discard(call: Call, draft_id: int, login: str | None) -> None:
    """Membuang rancangan; isinya tetap dapat dibaca."""
    with call.app() as app:
        line = sop_drafts.discard_sop_draft(app, actor_of(app, login, call), draft_id, call.now)
        call.answer(asdict(line), _said(line))


@verb("publish", group=draft_group)
@draft_argument
@click.option("--on", "day", type=DATE, help="Berlaku mulai (bawaan: hari ini).")
@click.option("--accept-warnings", is_flag=True, help="Catatannya sudah diperiksa.")
@as_option
def publish(
    call: Call, draft_id: int, day: date | None, accept_warnings: bool, login: str | None
) -> None:
    """Menerbitkan rancangan yang sudah disahkan, setelah rekamannya diuji."""
    with call.app() as app:
        actor = actor_of(app, login, call)
        check_runs(app, actor, draft_id, call.now)
        on = day or app.today(call.now)
        line = publishing.publish_draft(
            app, actor, draft_id, on, call.now, accept_warnings=accept_warnings
        )
        text = f"{line.key} versi {line.version} terbit, berlaku mulai {on:%d-%m-%Y}."
        call.answer({**definition_answer(line), "effective_on": on}, text)


@verb("test", group=draft_group)
@draft_argument
@as_option
def test(call: Call, draft_id: int, login: str | None) -> None:
    """Menguji semua rekaman SOP pada rancangan ini; keluar dengan 1 bila ada yang berbeda."""
    with call.app() as app:
        results = check_runs(app, actor_of(app, login, call), draft_id, call.now)
    rows = [
        (
            one.name,
            *((DIFFERENT, one.difference.act, one.step) if one.difference else (PASSED, "", "")),
        )
        for one in results
    ]
    text = table(rows, ("REKAMAN", "HASIL", "TINDAKAN", "LANGKAH")) if rows else NO_RUNS
    call.answer({"runs": [_run_answer(one) for one in results]}, text)
    if any(one.difference for one in results):
        stop(1)


def _run_answer(one: RunResult) -> Answer:
    """`failure`: what was expected after which act, and what came."""
    return {
        "id": one.id,
        "name": one.name,
        "passed": not one.difference,
        "failure": failure_of(one),
    }


@verb("dry-run", group=draft_group)
@draft_argument
def dry_run(call: Call, draft_id: int) -> None:
    """Yang akan terjadi pada kasus yang berjalan bila dipindahkan ke rancangan ini; tidak ada yang
    diubah."""
    with call.app() as app:
        lines = foresee_migration(app, OPERATOR, draft_id, call.now)
    show_migration(call, lines, dry_run=True)
