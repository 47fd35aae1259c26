"""The waktu of each step and timer can be read as one duration; what had to be assumed is said.

Right: "60 menit", "3 hari kerja", "0,5 hari kerja". Wrong: "Sesuai jadwal", "H-3", "120 menit /
3 hari". Warned: "3 hari" (read as hari kerja), "1 minggu" (read as a calendar week).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from workflows.errors import InvalidTimeError
from workflows.lint.finding import Draft, Problem, call, cut
from workflows.lint.instead import TIMES
from workflows.lint.saying import problems
from workflows.mutu_baku import parse_waktu

_WHY: Final[Mapping[str, str]] = {
    "no_duration": "bukan lama waktu",
    "relative_duration": "dihitung dari suatu kejadian, bukan lama waktu",
    "window_duration": "menyebut bulan atau masa, bukan lama waktu",
    "ambiguous_duration": "dapat dibaca lebih dari satu cara",
    "invalid_duration": "tidak dapat dibaca",
}
_WHAT_TO_DO: Final = 'Tulis misalnya "60 menit", "2 jam", atau "3 hari kerja".'


def check(draft: Draft) -> Iterator[Problem]:
    yield from problems(draft, TIMES)
    for step in draft.drawing.steps:
        text = step.mutu_baku.waktu if step.mutu_baku else ""
        if not text:
            continue
        try:
            waktu = parse_waktu(text)
        except InvalidTimeError as error:
            why = _WHY.get(error.code, _WHY["invalid_duration"])
            yield Problem(
                step.node.id,
                f'{call(step.node)}: waktu "{cut(text)}" {why}. {_WHAT_TO_DO}{_choices(error)}',
            )
            continue
        if waktu.assumed:
            yield Problem(
                step.node.id,
                f'{call(step.node)}: waktu "{cut(text)}" dibaca sebagai {waktu}. '
                "Tulis lebih jelas bila maksudnya lain.",
                "warning",
            )


def _choices(error: InvalidTimeError) -> str:
    choices = error.fields.get("choices")
    if not isinstance(choices, list):
        return ""
    return f" Pilih salah satu: {' atau '.join(str(choice) for choice in choices)}."
