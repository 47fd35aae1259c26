"""Verbs around SOP files and what is deployed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from engine.cli.call import Answer, Call, read_file, stop, table, verb
from engine.usecases import definitions
from engine.values import DefinitionLine
from workflows.lint import Finding
from workflows.reader import form_names, read_xml
from workflows.rights import OPERATOR

file_argument = click.argument(
    "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path)
)


def read_forms(xml: bytes, folder: Path) -> dict[str, str]:
    """The forms that the file names and that lie beside it; the lint tells which are missing."""
    found = (folder / Path(name).name for name in sorted(form_names(read_xml(xml))))
    return {
        path.name: read_file(path).decode("utf-8", "replace") for path in found if path.is_file()
    }


def definition_answer(line: DefinitionLine) -> Answer:
    value = {"key": line.key, "version": line.version, "hash": line.hash, "name": line.name}
    return {**value, "findings": [asdict(finding) for finding in line.findings]}


def finding_rows(findings: tuple[Finding, ...]) -> str:
    rows = [(f.severity, f.rule, f.element, f.message) for f in findings]
    return table(rows, ("", "ATURAN", "ELEMEN", "TEMUAN")) if rows else "Tidak ada temuan."


@verb("deploy")
@file_argument
def deploy(call: Call, files: tuple[Path, ...]) -> None:
    """Memasang berkas BPMN beserta formulirnya; isi yang sama tidak dipasang dua kali."""
    read = [(path, read_file(path)) for path in files]
    with call.app() as app:
        lines = []
        for path, xml in read:
            forms = read_forms(xml, path.parent)
            lines.append(definitions.deploy_definition(app, OPERATOR, xml, forms, call.now))
        text = "\n".join(f"{line.key} versi {line.version} terpasang." for line in lines)
        call.answer({"definitions": [definition_answer(line) for line in lines]}, text)


@verb("lint")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def lint(call: Call, file: Path) -> None:
    """Memeriksa berkas BPMN tanpa memasangnya; keluar dengan 1 bila ada kesalahan."""
    xml = read_file(file)
    findings = definitions.check_definition(xml, read_forms(xml, file.parent))
    call.answer({"findings": [asdict(finding) for finding in findings]}, finding_rows(findings))
    if any(finding.severity == "error" for finding in findings):
        stop(1)


@verb("definitions")
def list_definitions(call: Call) -> None:
    """SOP yang terpasang."""
    with call.app() as app:
        lines = definitions.list_definitions(app)
        rows = [(line.key, line.version, line.name, line.hash[:12]) for line in lines]
        text = table(rows, ("KUNCI", "VERSI", "NAMA", "HASH"))
        call.answer({"definitions": [definition_answer(line) for line in lines]}, text)
