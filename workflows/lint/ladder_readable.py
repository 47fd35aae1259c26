"""The reminder ladders of the steps and of the SOP can be read: each rung says when and to whom.

Right: <sop:anakTangga kunci="awal" jenis="pengingat" bagian="3/4" kepada="pelaksana"/>. Wrong:
bagian="separuh"; jenis="laporan" before the step is due; kepada="" ; two ladders at one step.
Warned: kepada="unit:TIDAK-ADA"; a ladder at a step without waktu, of which nobody is reminded.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from workflows.deadlines import DrawnLadder, attribute_at_fault, read_drawn
from workflows.errors import InvalidTimeError
from workflows.lint.finding import Draft, Problem, call, cut
from workflows.lint.surroundings import listed, units_in

_SHARE: Final = 'bukan bagian dari waktu baku. Tulis misalnya "3/4"'
_PLACEHOLDERS: Final = "{nama}, {langkah}, {sop}, {unit}, {tenggat}, {pelaksana}, dan {kasus}"
# (field, reason) of the error, else its reason -> what is said of the attribute or the rung.
_WHY: Final[Mapping[object, str]] = {
    "no_rung": "belum punya anak tangga. Tambahkan satu, atau hapus tangganya",
    "too_many": "punya lebih dari 20 anak tangga. Kurangi",
    ("at_risk", "not_a_fraction"): _SHARE,
    ("at_risk", "out_of_range"): "harus lebih dari 0 dan paling banyak 1",
    "not_a_key": "bukan kunci. Pakai huruf, angka, titik, atau garis, paling banyak 60",
    "reserved": "dipakai Alur sendiri. Pilih kunci lain",
    "duplicate": "dipakai dua kali. Beri kunci yang berbeda",
    ("kind", "unknown"): "tidak dikenal. Pilih pengingat, terlambat, atau laporan",
    "before_due": "berlaku sebelum tenggat, padahal saat itu hanya boleh ada pengingat",
    "empty": "belum diisi. Sebut paling sedikit satu penerima",
    ("whom", "unknown"): (
        "memuat penerima yang tidak dikenal. Pakai pelaksana, peran, atasan, pemilik_proses, atau "
        "unit:KODE"
    ),
    ("channels", "unknown"): "memuat nama saluran yang tidak dikenal",
    "too_long": "terlalu panjang. Pendekkan",
    "not_text": "memuat huruf yang tidak dapat disimpan",
    "placeholder": f"hanya boleh memuat {_PLACEHOLDERS} dalam kurung kurawal",
    "not_yes_or_no": 'harus "true" atau "false"',
    "missing": "tidak menyebut saatnya. Isi bagian, sebelum, sesudah, atau hari",
    "unknown_field": (
        "menyebut saatnya tidak lengkap atau dengan lebih dari satu cara. Isi salah satu: bagian; "
        "sebelum; sesudah; atau hari, satuan, dan pukul"
    ),
    ("at", "not_a_fraction"): _SHARE,
    ("at", "out_of_range"): "terlalu kecil, terlalu besar, atau bukan bilangan",
    ("at", "unknown"): 'tidak dikenal. Pilih "hari_kerja" atau "hari"',
    "not_a_duration": 'tidak dapat dibaca. Tulis misalnya "2 hari kerja"',
    "not_a_clock_time": 'tidak dapat dibaca. Tulis misalnya "08:00"',
}


def check(draft: Draft) -> Iterator[Problem]:
    drawing = draft.drawing
    missing = draft.surroundings.missing_units if draft.surroundings else frozenset()
    places = [(drawing.key, f'SOP "{cut(drawing.name)}"', drawing.tangga)]
    places += [(step.node.id, call(step.node), step.tangga) for step in drawing.steps]
    for element, called, drawn in places:
        for said in _errors(drawn):
            yield Problem(element, f"{called}: {said}.")
        if units := tuple(sorted(missing.intersection(units_in(drawn)))):
            message = (
                f"tangga pengingat menyebut unit yang tidak ada: {listed(units)}. Ganti unitnya"
            )
            yield Problem(element, f"{called}: {message}.", "warning")
    for step in drawing.steps:
        if step.tangga and step.mutu_baku and step.mutu_baku.tanpa_waktu:
            message = "tanpa waktu, jadi tangga pengingatnya tidak dipakai. Hapus tangganya"
            yield Problem(step.node.id, f"{call(step.node)}: {message}.", "warning")


def _errors(drawn: tuple[DrawnLadder, ...]) -> Iterator[str]:
    if len(drawn) > 1:
        yield "ada lebih dari satu tangga pengingat. Sisakan satu"
    for ladder in drawn:
        try:
            read_drawn(ladder)
        except InvalidTimeError as error:
            fields = {name: str(value) for name, value in error.fields.items()}
            yield _say(ladder, fields["rung"], fields["field"], fields["reason"])


def _say(ladder: DrawnLadder, key: str, field: str, reason: str) -> str:
    why = _WHY.get((field, reason)) or _WHY[reason]
    number = _number(ladder, key)
    where = f"tangga pengingat, anak tangga {number}" if number else "tangga pengingat"
    rung = ladder.rungs[number - 1] if number else {}
    name = attribute_at_fault(rung, field, reason)
    if not name:
        return f"{where} {why}"
    text = rung.get(name, "") if number else ladder.berisiko
    return f'{where}: {name} "{cut(text)}" {why}' if text else f"{where}: {name} {why}"


def _number(ladder: DrawnLadder, key: str) -> int:
    """Of the rung that an error names by its key or its number; the later one of two; 0: none."""
    keys = [rung.get("kunci", "").strip() for rung in ladder.rungs]
    if key in keys and key:
        return len(keys) - keys[::-1].index(key)
    return int(key) if key.isdecimal() else 0
