"""The form that a step names is there, can be read, and does not overwrite the case's own data.

Right: sop:formulir="konsultasi.form" beside the BPMN file. Wrong: a missing file, a path, broken
JSON, a condition that does not compile, a field named like the list that the case starts with.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from workflows.drawing import Drawing, Step
from workflows.errors import InvalidSopError
from workflows.forms import Form, read_form
from workflows.lint.finding import Draft, Problem, call, cut
from workflows.said import N_, Said

_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_WHY: Final[Mapping[str, str]] = {
    "not_json": N_("bukan JSON yang sah"),
    "too_large": N_("terlalu besar"),
    "unstorable": N_("memuat huruf atau angka yang tidak dapat disimpan"),
    "not_a_form": N_("bukan formulir form-js"),
    "invalid_key": N_(
        "punya isian dengan kunci yang tidak sah; pakai huruf, angka, dan garis bawah"
    ),
    "duplicate_key": N_("memakai satu kunci untuk dua isian"),
    "unsupported_type": N_("memakai jenis isian yang belum didukung"),
    "invalid_value": N_("punya isian dengan setelan yang tidak sah"),
    "no_options": N_("punya pilihan tanpa daftar jawaban"),
    "no_columns": N_("punya tabel tanpa kolom"),
    "invalid_pattern": N_("punya pola (pattern) yang tidak dapat dibaca"),
    "invalid_expression": N_("punya syarat tampil yang tidak dapat dibaca"),
}


def check(draft: Draft) -> Iterator[Problem]:
    for step in draft.drawing.steps:
        if step.formulir is not None:
            problem = _problem(draft, step, step.formulir)
            if problem:
                said = Said(
                    '%(it)s: formulir "%(form)s" %(problem)s.',
                    it=call(step.node),
                    form=cut(step.formulir),
                    problem=problem,
                )
                yield Problem(step.node.id, said)


def _problem(draft: Draft, step: Step, name: str) -> Said | None:
    if not _FILE_NAME.fullmatch(name):
        return Said("bukan nama berkas biasa; tulis nama berkas tanpa folder")
    if draft.forms is None:
        return None
    if name not in draft.forms:
        return Said("tidak ditemukan; simpan berkasnya di samping berkas BPMN")
    try:
        form = read_form(draft.forms[name])
    except InvalidSopError as error:
        why = Said(_WHY.get(str(error.fields.get("reason")), N_("tidak dapat dibaca")))
        field = error.fields.get("field")
        return Said('%(why)s (isian "%(field)s")', why=why, field=field) if field else why
    if taken := _taken(draft.drawing, step, form):
        return Said(
            'punya isian "%(field)s" yang menimpa data berkas; pakai kunci lain', field=taken
        )
    return None


def _taken(drawing: Drawing, step: Step, form: Form) -> str | None:
    """A field whose answer would replace a variable that the process itself relies on."""
    own = {one["nama"] for one in drawing.data_awal} | {step.item}
    return next((field.key for field in form.questions if field.key in own), None)
