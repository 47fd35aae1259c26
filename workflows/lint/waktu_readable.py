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

_WHY: Final[Mapping[str, str]] = {
    "no_duration": "tidak menyebut lama waktu",
    "relative_duration": "dihitung dari suatu kejadian, tetapi tidak jelas berapa lama",
    "window_duration": "menyebut bulan atau masa yang tidak jelas batasnya",
    "ambiguous_duration": "dapat dibaca lebih dari satu cara",
}
_UNREADABLE: Final = 'tidak dapat dibaca. Tulis misalnya "60 menit", "2 jam", atau "3 hari kerja".'
_ACUAN: Final = "nama variabel kasus yang memuat tanggalnya."
_NO_DUE_DATE: Final = "Langkah ini tanpa tenggat sampai"


def check(draft: Draft) -> Iterator[Problem]:
    yield from problems(draft, TIMES)
    for step in draft.drawing.steps:
        if step.mutu_baku and step.mutu_baku.waktu:
            for said, severity in _findings(step.mutu_baku):
                waktu = cut(step.mutu_baku.waktu)
                message = f'{call(step.node)}: waktu "{waktu}" {said}'
                yield Problem(step.node.id, message, severity)


def _findings(written: Written) -> Iterator[tuple[str, Severity]]:
    try:
        waktu, jadwal = read_waktu(written.waktu)
    except InvalidTimeError as error:
        if error.code == "invalid_duration":
            yield _UNREADABLE, "error"
        else:
            yield f"{_WHY[error.code]}. {_NO_DUE_DATE} ditulis jelas.{_choices(error)}", "warning"
        return
    if _is_assumed(waktu, jadwal):
        read = jadwal or waktu
        yield f"dibaca sebagai {read}. {_instead(waktu, jadwal)}", "warning"
    if isinstance(jadwal, Relatif) and not written.acuan:
        yield f"dihitung dari suatu kejadian. {_NO_DUE_DATE} acuan diisi: {_ACUAN}", "warning"
    if written.acuan and not isinstance(jadwal, Relatif):
        acuan = cut(written.acuan)
        yield f'tidak dihitung dari suatu kejadian, jadi acuan "{acuan}" tidak dipakai.', "warning"


def _is_assumed(waktu: Waktu | None, jadwal: Jadwal | None) -> bool:
    counted = jadwal.waktu if jadwal else waktu
    if isinstance(jadwal, Jendela) and jadwal.assumed:
        return True
    return counted is not None and counted.assumed


def _instead(waktu: Waktu | None, jadwal: Jadwal | None) -> str:
    """What else the text can mean, where that can be said in short."""
    counted = jadwal.waktu if jadwal else waktu
    if counted is None or not counted.assumed:
        return "Tulis lebih jelas bila maksudnya lain."
    amount = str(counted).split()[0]
    others = {"hari": f"{amount} hari kerja", "hari_kerja": f"{amount} hari kalender"}
    if counted.unit == "minggu" and counted.minimum is None:
        others["minggu"] = f"{5 * counted.maximum} hari kerja"
    other = others.get(counted.unit)
    if other is None:
        return "Tulis lebih jelas bila maksudnya lain."
    return f'Bila maksudnya lain, tulis misalnya "{other}".'


def _choices(error: InvalidTimeError) -> str:
    choices = error.fields.get("choices")
    if not isinstance(choices, list) or not choices:
        return ""
    return f" Pilih salah satu: {' atau '.join(str(choice) for choice in choices)}."
