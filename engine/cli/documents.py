"""Verbs around documents and what is printed."""

from __future__ import annotations

import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import click

from engine.app import App
from engine.cli.call import Call, alur, table, verb
from engine.cli.parameters import FILE, NUMBER, plain_text
from engine.document_values import Printed
from engine.usecases import content, documents, people, printing
from workflows.errors import SopError
from workflows.rights import OPERATOR, Actor

OUT = click.option("--out", metavar="FILE", type=FILE, help="Tulis ke berkas ini; - ke keluaran.")
AS = click.option(
    "--as", "login", metavar="USER", type=plain_text, help="Sebagai siapa, dan dalam bahasanya."
)


@alur.group("document")
def document() -> None:
    """Dokumen kasus dan versinya."""


@verb("list", group=document)
@click.argument("case_id", metavar="CASE", type=NUMBER)
def list_documents(call: Call, case_id: int) -> None:
    """Semua versi dokumen sebuah kasus, yang terlama di atas."""
    with call.app() as app:
        lines = documents.list_documents(app, OPERATOR, case_id)
    rows = [
        (one.id, one.name, one.version, "" if one.newest else "diganti", one.size,
         one.uploaded_by, one.sha256[:12])
        for one in lines
    ]  # fmt: skip
    head = ("DOKUMEN", "NAMA", "VERSI", "", "BITA", "PENGUNGGAH", "SHA-256")
    call.answer({"documents": [asdict(line) for line in lines]}, table(rows, head))


@verb("get", group=document)
@click.argument("document_id", metavar="ID", type=NUMBER)
@OUT
def get(call: Call, document_id: int, out: Path | None) -> None:
    """Mengambil isi dokumen; tanpa --out ditulis dengan namanya di folder ini."""
    with call.app() as app:
        stored = documents.read_document(app, OPERATOR, document_id)
        target = out or Path(stored.line.name)
        with stored.content as file:
            if str(target) == "-":
                shutil.copyfileobj(file, sys.stdout.buffer)
                return
            try:
                with target.open("wb") as kept:
                    shutil.copyfileobj(file, kept)
            except OSError as error:
                raise _unwritten(target, error) from error
    call.answer({"document": asdict(stored.line), "file": str(target)}, f"Ditulis ke {target}.")


@verb("tidy", group=document)
def tidy(call: Call) -> None:
    """Membuang isi yang lebih dari sehari tidak dipakai dokumen mana pun, dan pratinjau lama."""
    with call.app() as app:
        cleared = content.clear_content(app, call.now)
    call.answer({"cleared": cleared}, f"{cleared} isi tanpa dokumen dibuang.")


@alur.group("print")
def prints() -> None:
    """Cetakan PDF (A4)."""


@verb("disposisi", group=prints)
@click.argument("item_id", metavar="ITEM", type=NUMBER)
@AS
@OUT
def disposisi(call: Call, item_id: int, login: str | None, out: Path | None) -> None:
    """Lembar disposisi sebuah tugas."""
    with call.app() as app:
        made = printing.print_disposition(app, _actor(app, call, login), item_id, call.now)
    _write(call, made, out)


@verb("nota-dinas", group=prints)
@click.argument("item_id", metavar="ITEM", type=NUMBER)
@AS
@OUT
def nota_dinas(call: Call, item_id: int, login: str | None, out: Path | None) -> None:
    """Nota dinas sebuah tugas."""
    with call.app() as app:
        made = printing.print_memo(app, _actor(app, call, login), item_id, call.now)
    _write(call, made, out)


@verb("berkas", group=prints)
@click.argument("case_id", metavar="CASE", type=NUMBER)
@AS
@OUT
def berkas(call: Call, case_id: int, login: str | None, out: Path | None) -> None:
    """Berkas sebuah kasus: langkah, isian, dokumen, penyerahan, komentar, riwayat."""
    with call.app() as app:
        made = printing.print_dossier(app, _actor(app, call, login), case_id, call.now)
    _write(call, made, out)


def _actor(app: App, call: Call, login: str | None) -> Actor:
    return people.load_actor(app, login, call.now) if login else OPERATOR


def _write(call: Call, made: Printed, out: Path | None) -> None:
    target = out or Path(made.name)
    if str(target) == "-":
        sys.stdout.buffer.write(made.content)
        return
    try:
        target.write_bytes(made.content)
    except OSError as error:
        raise _unwritten(target, error) from error
    call.answer({"file": str(target), "bytes": len(made.content)}, f"Ditulis ke {target}.")


def _unwritten(target: Path, error: OSError) -> SopError:
    return SopError("file_not_writable", file=str(target), reason=error.strerror)
