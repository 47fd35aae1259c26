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
from workflows.said import N_, Said

_SHARE: Final = N_('bukan bagian dari waktu baku. Tulis misalnya "3/4"')
# (field, reason) of the error, else its reason -> what is said of the attribute or the rung.
_WHY: Final[Mapping[object, str]] = {
    "no_rung": N_("belum punya anak tangga. Tambahkan satu, atau hapus tangganya"),
    "too_many": N_("punya lebih dari 20 anak tangga. Kurangi"),
    ("at_risk", "not_a_fraction"): _SHARE,
    ("at_risk", "out_of_range"): N_("harus lebih dari 0 dan paling banyak 1"),
    "not_a_key": N_("bukan kunci. Pakai huruf, angka, titik, atau garis, paling banyak 60"),
    "reserved": N_("dipakai Alur sendiri. Pilih kunci lain"),
    "duplicate": N_("dipakai dua kali. Beri kunci yang berbeda"),
    ("kind", "unknown"): N_("tidak dikenal. Pilih pengingat, terlambat, atau laporan"),
    "before_due": N_("berlaku sebelum tenggat, padahal saat itu hanya boleh ada pengingat"),
    "empty": N_("belum diisi. Sebut paling sedikit satu penerima"),
    ("whom", "unknown"): N_(
        "memuat penerima yang tidak dikenal. Pakai pelaksana, peran, atasan, pemilik_proses, atau "
        "unit:KODE"
    ),
    ("channels", "unknown"): N_("memuat nama saluran yang tidak dikenal"),
    "too_long": N_("terlalu panjang. Pendekkan"),
    "not_text": N_("memuat huruf yang tidak dapat disimpan"),
    "placeholder": N_(
        "hanya boleh memuat {nama}, {langkah}, {sop}, {unit}, {tenggat}, {pelaksana}, dan {kasus} "
        "dalam kurung kurawal"
    ),
    "not_yes_or_no": N_('harus "true" atau "false"'),
    "missing": N_("tidak menyebut saatnya. Isi bagian, sebelum, sesudah, atau hari"),
    "unknown_field": N_(
        "menyebut saatnya dengan lebih dari satu cara. Isi salah satu: bagian; sebelum; sesudah; "
        "atau hari, satuan, dan pukul"
    ),
    ("at", "not_a_fraction"): _SHARE,
    ("at", "out_of_range"): N_("terlalu kecil, terlalu besar, atau bukan bilangan"),
    ("at", "unknown"): N_('tidak dikenal. Pilih "hari_kerja" atau "hari"'),
    "not_a_duration": N_('tidak dapat dibaca. Tulis misalnya "2 hari kerja"'),
    "not_a_clock_time": N_('tidak dapat dibaca. Tulis misalnya "08:00"'),
}


def check(draft: Draft) -> Iterator[Problem]:
    drawing = draft.drawing
    missing = draft.surroundings.missing_units if draft.surroundings else frozenset()
    sop = Said('SOP "%(name)s"', name=cut(drawing.name))
    places = [(drawing.key, sop, drawing.tangga)]
    places += [(step.node.id, call(step.node), step.tangga) for step in drawing.steps]
    for element, called, drawn in places:
        for said in _errors(drawn):
            yield Problem(element, Said("%(it)s: %(said)s.", it=called, said=said))
        if units := tuple(sorted(missing.intersection(units_in(drawn)))):
            message = Said(
                "%(it)s: tangga pengingat menyebut unit yang tidak ada: %(units)s. Ganti unitnya.",
                it=called,
                units=listed(units),
            )
            yield Problem(element, message, "warning")
    for step in drawing.steps:
        if step.tangga and step.mutu_baku and step.mutu_baku.tanpa_waktu:
            message = Said(
                "%(it)s: tanpa waktu, jadi tangga pengingatnya tidak dipakai. Hapus tangganya.",
                it=call(step.node),
            )
            yield Problem(step.node.id, message, "warning")


def _errors(drawn: tuple[DrawnLadder, ...]) -> Iterator[Said]:
    if len(drawn) > 1:
        yield Said("ada lebih dari satu tangga pengingat. Sisakan satu")
    for ladder in drawn:
        try:
            read_drawn(ladder)
        except InvalidTimeError as error:
            fields = {name: str(value) for name, value in error.fields.items()}
            yield _say(ladder, fields["rung"], fields["field"], fields["reason"])


def _say(ladder: DrawnLadder, key: str, field: str, reason: str) -> Said:
    why = Said(_WHY.get((field, reason)) or _WHY[reason])
    number = _number(ladder, key)
    where = Said("tangga pengingat")
    if number:
        where = Said("tangga pengingat, anak tangga %(number)s", number=number)
    rung = ladder.rungs[number - 1] if number else {}
    name = attribute_at_fault(rung, field, reason)
    text = rung.get(name, "") if number else ladder.berisiko
    if not name:
        return Said("%(where)s %(why)s", where=where, why=why)
    if not text:
        return Said("%(where)s: %(name)s %(why)s", where=where, name=name, why=why)
    said = N_('%(where)s: %(name)s "%(text)s" %(why)s')
    return Said(said, where=where, name=name, text=cut(text), why=why)


def _number(ladder: DrawnLadder, key: str) -> int:
    """Of the rung that an error names by its key or its number; the later one of two; 0: none."""
    keys = [rung.get("kunci", "").strip() for rung in ladder.rungs]
    if key in keys and key:
        return len(keys) - keys[::-1].index(key)
    return int(key) if key.isdecimal() else 0
