"""The waktu of each step and timer can be read; what had to be assumed or left open is said.

Right: "60 menit", "3 hari kerja", "triwulan I", "2 minggu setelah Perkada ditetapkan" with
acuan="tanggal_perkada". Wrong: "segera". Warned: "3 hari" (read as hari kerja), "1 minggu" (as a
calendar week), "H-3" without acuan; "Sesuai jadwal" and "120 menit / 3 hari", which stay as they
are written and give no due date.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from workflows.drawing import Written
from workflows.errors import InvalidTimeError
from workflows.lint.finding import Draft, Problem, Severity, call, cut
from workflows.lint.instead import TIMES
from workflows.lint.saying import problems
from workflows.mutu_baku import Jadwal, Jendela, Relatif, Waktu, read_waktu
from workflows.said import N_, Said, one_of

WARNED: Final = "warning"
_CLEARER: Final = N_("Tulis lebih jelas bila maksudnya lain.")
_WHY: Final[Mapping[str, str]] = {
    "no_duration": N_("tidak menyebut lama waktu"),
    "relative_duration": N_("dihitung dari suatu kejadian, tetapi tidak jelas berapa lama"),
    "window_duration": N_("menyebut bulan atau masa yang tidak jelas batasnya"),
    "ambiguous_duration": N_("dapat dibaca lebih dari satu cara"),
}


def check(draft: Draft) -> Iterator[Problem]:
    yield from problems(draft, TIMES)
    for step in draft.drawing.steps:
        if step.mutu_baku and step.mutu_baku.waktu:
            waktu, it = cut(step.mutu_baku.waktu), call(step.node)
            for said, severity in _findings(step.mutu_baku):
                message = Said('%(it)s: waktu "%(waktu)s" %(said)s', it=it, waktu=waktu, said=said)
                yield Problem(step.node.id, message, severity)


def _findings(written: Written) -> Iterator[tuple[Said, Severity]]:
    try:
        waktu, jadwal = read_waktu(written.waktu)
    except InvalidTimeError as error:
        yield _unreadable(error)
        return
    if _is_assumed(waktu, jadwal):
        instead = _instead(waktu, jadwal)
        yield (
            Said("dibaca sebagai %(read)s. %(instead)s", read=jadwal or waktu, instead=instead),
            WARNED,
        )
    if isinstance(jadwal, Relatif) and not written.acuan:
        yield (
            Said(
                "dihitung dari suatu kejadian. Langkah ini tanpa tenggat sampai acuan diisi: nama "
                "variabel kasus yang memuat tanggalnya."
            ),
            WARNED,
        )
    if written.acuan and not isinstance(jadwal, Relatif):
        yield (
            Said(
                'tidak dihitung dari suatu kejadian, jadi acuan "%(acuan)s" tidak dipakai.',
                acuan=cut(written.acuan),
            ),
            WARNED,
        )


def _unreadable(error: InvalidTimeError) -> tuple[Said, Severity]:
    if error.code == "invalid_duration":
        text = N_('tidak dapat dibaca. Tulis misalnya "60 menit", "2 jam", atau "3 hari kerja".')
        return Said(text), "error"
    why, choices = Said(_WHY[error.code]), error.fields.get("choices")
    listed = one_of(map(str, choices)) if isinstance(choices, list) else ""
    if not listed:
        return Said("%(why)s. Langkah ini tanpa tenggat sampai ditulis jelas.", why=why), WARNED
    text = N_(
        "%(why)s. Langkah ini tanpa tenggat sampai ditulis jelas. Pilih salah satu: %(listed)s."
    )
    return Said(text, why=why, listed=listed), WARNED


def _is_assumed(waktu: Waktu | None, jadwal: Jadwal | None) -> bool:
    counted = jadwal.waktu if jadwal else waktu
    if isinstance(jadwal, Jendela) and jadwal.assumed:
        return True
    return counted is not None and counted.assumed


def _instead(waktu: Waktu | None, jadwal: Jadwal | None) -> Said:
    """What else the text can mean, where that can be said in short."""
    counted = jadwal.waktu if jadwal else waktu
    if counted is None or not counted.assumed:
        return Said(_CLEARER)
    amount = str(counted).split()[0]
    others = {"hari": f"{amount} hari kerja", "hari_kerja": f"{amount} hari kalender"}
    if counted.unit == "minggu" and counted.minimum is None:
        others["minggu"] = f"{5 * counted.maximum} hari kerja"
    other = others.get(counted.unit)
    if other is None:
        return Said(_CLEARER)
    return Said('Bila maksudnya lain, tulis misalnya "%(other)s".', other=other)
