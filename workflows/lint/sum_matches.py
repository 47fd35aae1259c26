"""The total that the sheet states is the sum of its steps.

Right: jumlahWaktu="230 menit" over 60+120+30+10+10. Wrong: "220 menit" over the same.
Compared only within one unit: menit and hari kerja are never added up.
"""

from collections.abc import Iterator

from workflows.errors import InvalidTimeError
from workflows.lint.finding import Draft, Problem, cut
from workflows.mutu_baku import Waktu, parse_waktu
from workflows.said import Said


def check(draft: Draft) -> Iterator[Problem]:
    block = draft.drawing.identitas
    written = "" if block is None else (block.get("jumlahWaktu") or "").strip()
    if not written:
        return
    stated = _read(written)
    if stated is None:
        message = Said(
            'Jumlah waktu "%(total)s" tidak dapat dibaca. Tulis misalnya "230 menit".',
            total=cut(written),
        )
        yield Problem(draft.drawing.key, message, "warning")
        return
    texts = [step.mutu_baku.waktu for step in draft.drawing.steps if step.mutu_baku]
    times = [_read(text) for text in texts if text]
    if not times or any(time is None or time.unit != stated.unit for time in times):
        return
    total = sum(time.amount for time in times if time is not None)
    if total != stated.amount:
        counted = Waktu(stated.unit, None, total) if total else "0"
        yield Problem(
            draft.drawing.key,
            Said(
                'Jumlah waktu tertulis "%(total)s", sedangkan jumlah langkahnya %(counted)s. '
                "Perbaiki salah satunya.",
                total=cut(written),
                counted=counted,
            ),
            "warning",
        )


def _read(text: str) -> Waktu | None:
    try:
        return parse_waktu(text)
    except InvalidTimeError:
        return None  # waktu_readable speaks of it
