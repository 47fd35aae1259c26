"""A comparison of two versions in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Flask

from engine.comparison_values import ComparisonDetail, SideLine
from web.language import gettext, lazy
from web.moments import format_clock, format_day, local_date, reading_zone
from workflows.compare import Change, Difference
from workflows.picture import Marks

FIELDS = {
    "nama": lazy("Nama"),
    "jenis": lazy("Jenis"),
    "pelaksana": lazy("Pelaksana"),
    "pada": lazy("Menempel pada"),
    "kejadian": lazy("Kejadian"),
    "berulang": lazy("Pengulangan"),
    "uraian": lazy("Uraian"),
    "lainnya": lazy("Pengaturan lain"),
    "nomor": lazy("Nomor"),
    "kelengkapan": lazy("Kelengkapan"),
    "waktu": lazy("Waktu"),
    "acuan": lazy("Acuan waktu"),
    "alasan": lazy("Alasan tanpa waktu"),
    "output": lazy("Output"),
    "formulir": lazy("Berkas formulir"),
    "unit": lazy("Unit pelaksana"),
    "beda_orang": lazy("Orangnya berbeda dari"),
    "strategis": lazy("Keputusan strategis"),
    "tangga": lazy("Tangga pengingat"),
    "role": lazy("Peran"),
    "dari": lazy("Dari"),
    "ke": lazy("Ke"),
    "label": lazy("Label"),
    "syarat": lazy("Syarat"),
    "bawaan": lazy("Jalan bawaan"),
    "data_awal": lazy("Data awal"),
    "judul": lazy("Judul"),
    "urutan": lazy("Urutan isian"),
    "tanggalPembuatan": lazy("Tanggal pembuatan"),
    "tanggalRevisi": lazy("Tanggal revisi"),
    "tanggalEfektif": lazy("Tanggal efektif"),
    "disahkanOleh": lazy("Disahkan oleh"),
    "jumlahWaktu": lazy("Jumlah waktu"),
    "dasarHukum": lazy("Dasar hukum"),
    "kualifikasiPelaksana": lazy("Kualifikasi pelaksana"),
    "keterkaitan": lazy("Keterkaitan"),
    "peralatan": lazy("Peralatan/perlengkapan"),
    "peringatan": lazy("Peringatan"),
    "pencatatan": lazy("Pencatatan dan pendataan"),
}
# Of a form field, by the names in `workflows.forms.Field`.
SETTINGS = {
    "type": lazy("Jenis isian"),
    "label": lazy("Label"),
    "required": lazy("Wajib diisi"),
    "options": lazy("Pilihan"),
    "description": lazy("Keterangan"),
    "minimum": lazy("Nilai terkecil"),
    "maximum": lazy("Nilai terbesar"),
    "integer": lazy("Bilangan bulat"),
    "digits": lazy("Angka di belakang koma"),
    "min_length": lazy("Panjang terpendek"),
    "max_length": lazy("Panjang terbesar"),
    "hide": lazy("Disembunyikan bila"),
    "appearance": lazy("Tampilan"),
    "default": lazy("Isian awal"),
    "prefix": lazy("Awalan"),
    "suffix": lazy("Akhiran"),
    "pattern": lazy("Pola"),
    "format": lazy("Format"),
    "rows": lazy("Baris awal"),
    "min_rows": lazy("Baris paling sedikit"),
    "max_rows": lazy("Baris paling banyak"),
    "fixed_rows": lazy("Jumlah baris tetap"),
    "multiple": lazy("Boleh lebih dari satu"),
    "accept": lazy("Jenis berkas"),
    "judul": lazy("Judul"),
    "urutan": lazy("Urutan isian"),
}
TAGS = {
    "lane": lazy("Jalur tanpa nama"),
    "sequenceFlow": lazy("Alur"),
    "task": lazy("Langkah"),
    "userTask": lazy("Langkah"),
    "manualTask": lazy("Langkah manual"),
    "serviceTask": lazy("Tugas layanan"),
    "scriptTask": lazy("Tugas skrip"),
    "sendTask": lazy("Tugas kirim"),
    "receiveTask": lazy("Tugas terima"),
    "businessRuleTask": lazy("Tugas aturan"),
    "callActivity": lazy("Pemanggilan proses"),
    "subProcess": lazy("Subproses"),
    "exclusiveGateway": lazy("Percabangan"),
    "inclusiveGateway": lazy("Percabangan inklusif"),
    "parallelGateway": lazy("Percabangan paralel"),
    "eventBasedGateway": lazy("Percabangan berdasarkan kejadian"),
    "startEvent": lazy("Kejadian mulai"),
    "endEvent": lazy("Kejadian selesai"),
    "intermediateThrowEvent": lazy("Tonggak"),
    "intermediateCatchEvent": lazy("Kejadian tunggu"),
    "boundaryEvent": lazy("Kejadian tepi"),
}


def init_app(flask: Flask) -> None:
    flask.jinja_env.globals.update(
        field_word=field_word,
        setting_word=setting_word,
        tag_word=tag_word,
        side_word=side_word,
        choice_word=choice_word,
    )


def field_word(name: str) -> str:
    return str(FIELDS.get(name, name))


def setting_word(name: str) -> str:
    return str(SETTINGS.get(name, name))


def tag_word(tag: str) -> str:
    return str(TAGS.get(tag, tag))


def side_word(side: SideLine) -> str:
    if side.kind == "version":
        return gettext("Versi %(num)d", num=side.number)
    if side.kind == "revision":
        return gettext("Revisi %(num)d", num=side.number)
    return gettext("Rancangan sekarang")


def choice_word(side: SideLine, zone: str) -> str:
    """As `side_word`, with when it was made: short, for a list to choose from on a phone."""
    day = format_day(local_date(side.at, reading_zone(zone)), "d MMM y")
    return f"{side_word(side)} · {day} {format_clock(side.at, zone)}"


def marks_of(detail: ComparisonDetail, side: str) -> Marks:
    """What is marked on the picture of one side: "dari" shows what goes, "ke" what comes."""
    found = detail.comparison
    every = (*found.nodes, *found.alur)
    changed = [one for one in every if one.kind == "changed"]
    if side == "dari":
        went = frozenset(one.id for one in every if one.kind == "removed")
        return Marks(removed=went, changed=frozenset(one.was or one.id for one in changed))
    came = frozenset(one.id for one in every if one.kind == "added")
    return Marks(added=came, changed=frozenset(one.id for one in changed))


def counts(found: Iterable[Difference]) -> Mapping[str, int]:
    kinds = [one.kind for one in found]
    return {kind: kinds.count(kind) for kind in ("added", "removed", "changed")}


def rows_of(change: Change) -> list[tuple[str, str]]:
    """The lines of a change, each with what became of it: "", "del" or "ins". A text of one line
    on either side stands whole."""
    gone = [("del", line) for line in change.before if line not in change.after]
    return [
        *gone,
        *(("" if line in change.before else "ins", line) for line in change.after),
    ]
