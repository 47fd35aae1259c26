"""`alur unit` and `alur jabatan`: the organisation, as scripts and operators shape it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from engine.app import App
from engine.cli.call import Call, alur, read_file, stop, table, verb
from engine.cli.parameters import EXISTING, plain_text
from engine.errors import NotFoundError
from engine.organisation_values import ImportPlan, JabatanLine
from engine.sentences import explain
from engine.usecases import jabatan as jabatan_cases
from engine.usecases import organisation, organisation_import
from workflows.errors import InvalidAnswerError
from workflows.organisation import UNIT_KINDS
from workflows.pelaksana import ROLES
from workflows.rights import OPERATOR

unit_argument = click.argument("unit", metavar="UNIT", type=plain_text)
DAY = click.DateTime(["%Y-%m-%d"])
on_option = click.option("--on", "day", metavar="YYYY-MM-DD", type=DAY,
                         help="Hari terakhirnya (bawaan: hari ini).")  # fmt: skip
ACTS = {"add": "ditambahkan", "change": "diubah", "end": "diakhiri", "error": "salah"}


@alur.group("unit")
def unit_group() -> None:
    """Unit: pemda, perangkat daerah, dan bagiannya."""


@verb("list", group=unit_group)
@click.option("--ended", is_flag=True, help="Juga yang sudah berakhir.")
def list_units(call: Call, ended: bool) -> None:
    """Semua unit dari atas ke bawah, dengan jabatan dan pemangkunya hari ini."""
    with call.app() as app:
        nodes = organisation.list_organisation(app, OPERATOR, call.now, ended=ended)
        rows = [
            (
                "  " * node.depth + node.code,
                node.name,
                node.kind,
                sum(len(one.holders) for one in node.jabatan),
                sum(one.vacant for one in node.jabatan) or None,
                node.ended_on,
            )
            for node in nodes
        ]
        head = ("KODE", "UNIT", "JENIS", "PEMANGKU", "KOSONG", "BERAKHIR")
        value = {"units": [_without(asdict(node), "may_change") for node in nodes]}
        call.answer(value, table(rows, head))


def _without(value: dict[str, object], *names: str) -> dict[str, object]:
    return {name: one for name, one in value.items() if name not in names}


@verb("add", group=unit_group)
@unit_argument
@click.argument("name", metavar="NAMA", type=plain_text)
@click.option("--kind", type=click.Choice(UNIT_KINDS), required=True, help="Jenisnya.")
@click.option("--under", metavar="UNIT", type=plain_text, default="", help="Unit di atasnya.")
@click.option("--zone", type=plain_text, default="", help="Zonanya (bawaan: unit di atasnya).")
def add_unit(call: Call, unit: str, name: str, kind: str, under: str, zone: str) -> None:
    """Menambah unit dengan kode UNIT."""
    with call.app() as app:
        node = organisation.create_unit(app, OPERATOR, unit, name, kind, under, zone, call.now)
    call.answer({"unit": node.code, "parent": node.parent}, f"{node.name} ditambahkan.")


@verb("move", group=unit_group)
@unit_argument
@click.argument("under", metavar="[UNIT]", type=plain_text, required=False, default="")
def move_unit(call: Call, unit: str, under: str) -> None:
    """Memindahkan unit ke bawah unit lain, atau tanpa unit lain ke paling atas."""
    with call.app() as app:
        node = organisation.move_unit(app, OPERATOR, unit, under, call.now)
    call.answer({"unit": node.code, "parent": node.parent}, f"{node.name} dipindahkan.")


@verb("end", group=unit_group)
@unit_argument
@on_option
def end_unit(call: Call, unit: str, day: date | None) -> None:
    """Mengakhiri unit yang tidak punya kasus, tugas, pemangku, atau bagian lagi."""
    with call.app() as app:
        node = organisation.end_unit(app, OPERATOR, unit, on_day(call, app, day), call.now)
    call.answer({"unit": node.code, "ended_on": node.ended_on}, f"{node.name} diakhiri.")


def on_day(call: Call, app: App, day: date | None) -> date:
    """As given, else today. Click gives a datetime."""
    return date(day.year, day.month, day.day) if day else app.today(call.now)


@verb("export", group=unit_group)
def export(call: Call) -> None:
    """Semua unit dan jabatan sebagai CSV."""
    with call.app() as app:
        text = organisation_import.export_organisation(app, OPERATOR, call.now)
    call.answer({"csv": text}, text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n"))


@verb("import", group=unit_group)
@click.argument("file", metavar="CSV", type=EXISTING)
@click.option("--dry-run", is_flag=True, help="Tunjukkan saja akibatnya; tidak ada yang diubah.")
def import_csv(call: Call, file: Path, dry_run: bool) -> None:
    """Menambah, mengubah, dan mengakhiri unit dan jabatan menurut berkas CSV: semuanya, atau tidak
    satu pun bila ada baris yang salah."""
    text = _decode(read_file(file))
    with call.app() as app:
        plan = organisation_import.preview_import(app, OPERATOR, text, call.now)
        wrong = plan.counts["error"]
        if not dry_run and not wrong:
            digest = plan.digest
            organisation_import.import_organisation(app, OPERATOR, text, call.now, expected=digest)
    value = {"dry_run": dry_run, **plan.counts, "lines": [_line(one) for one in _told(plan)]}
    call.answer(value, _plan_text(plan, done=not dry_run and not wrong))
    if wrong:
        stop(1)


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _told(plan: ImportPlan) -> list[tuple[int, str, str, str]]:
    rows = []
    for one in plan.lines:
        what = " / ".join(part for part in one.row.key if part) or one.row.name
        why = "; ".join(
            f"{column}: {old or '-'} → {new or '-'}" for column, old, new in one.changes
        )
        if one.problem is not None:
            fields = {"field": one.problem.column, "reason": one.problem.reason}
            why = explain(InvalidAnswerError("invalid_organisation", **fields))
        if one.act != "same":
            rows.append((one.row.line, what, ACTS[one.act], why))
    return rows


def _line(row: tuple[int, str, str, str]) -> dict[str, object]:
    return dict(zip(("line", "what", "act", "why"), row, strict=True))


def _plan_text(plan: ImportPlan, *, done: bool) -> str:
    counts = plan.counts
    head = "Diterapkan" if done else "Belum ada yang diubah"
    said = ", ".join(f"{counts[act]} {word}" for act, word in ACTS.items())
    rows = _told(plan)
    listed = table(rows, ("BARIS", "UNIT/JABATAN", "AKIBAT", "KETERANGAN")) if rows else ""
    return f"{head}: {said}, {counts['same']} tetap.\n{listed}".rstrip()


@alur.group("jabatan")
def jabatan_group() -> None:
    """Jabatan di setiap unit."""


def find_jabatan(app: App, unit: str, name: str, call: Call) -> JabatanLine:
    """By its name in the unit, whatever the case of its letters.

    Raises NotFoundError: unit_not_found, jabatan_not_found.
    """
    lines = jabatan_cases.list_jabatan(app, OPERATOR, call.now, unit=unit)
    for line in lines:
        if line.name.casefold() == " ".join(name.split()).casefold():
            return line
    raise NotFoundError("jabatan_not_found", jabatan=name)


@verb("list", group=jabatan_group)
@click.argument("unit", metavar="[UNIT]", type=plain_text, required=False, default="")
def list_jabatan(call: Call, unit: str) -> None:
    """Jabatan semua unit, atau sebuah unit, dengan pemangkunya hari ini."""
    with call.app() as app:
        lines = jabatan_cases.list_jabatan(app, OPERATOR, call.now, unit=unit)
        rows = [
            (
                line.unit,
                line.name,
                line.role or None,
                line.superior or None,
                ", ".join(one.name for one in line.holders)
                or ("KOSONG, diminta SOP" if line.asked_for else "kosong"),
            )
            for line in lines
        ]
        head = ("UNIT", "JABATAN", "PERAN", "ATASAN", "PEMANGKU")
        call.answer({"jabatan": [asdict(line) for line in lines]}, table(rows, head))


@verb("add", group=jabatan_group)
@unit_argument
@click.argument("name", metavar="NAMA", type=plain_text)
@click.option("--role", type=click.Choice([role.code for role in ROLES]), default=None,
              help="Peran yang diminta SOP.")  # fmt: skip
@click.option("--under", nargs=2, metavar="UNIT JABATAN", type=plain_text, help="Atasannya.")
@click.option("--many", is_flag=True, help="Dipangku beberapa orang sekaligus.")
def add_jabatan(
    call: Call, unit: str, name: str, role: str | None, under: tuple[str, str] | None, many: bool
) -> None:
    """Menambah jabatan di sebuah unit."""
    with call.app() as app:
        above = find_jabatan(app, *under, call).id if under else None
        line = jabatan_cases.create_jabatan(
            app, OPERATOR, unit, name, role or "", above, call.now, many=many
        )
    call.answer({"jabatan": line.id, "unit": line.unit}, f"{line.name} ditambahkan.")


@verb("end", group=jabatan_group)
@unit_argument
@click.argument("name", metavar="JABATAN", type=plain_text)
@on_option
def end_jabatan(call: Call, unit: str, name: str, day: date | None) -> None:
    """Mengakhiri jabatan yang tidak dipangku siapa pun lagi."""
    with call.app() as app:
        found = find_jabatan(app, unit, name, call)
        line = jabatan_cases.end_jabatan(app, OPERATOR, found.id, on_day(call, app, day), call.now)
    call.answer({"jabatan": line.id, "ended_on": line.ended_on}, f"{line.name} diakhiri.")
