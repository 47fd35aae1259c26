"""Each step has its mutu baku, or says why the sheet sets no time for it.

Right: <sop:mutuBaku waktu="60 menit">; <sop:mutuBaku tanpaWaktu="true" alasan="…"/>.
Wrong: no sop:mutuBaku; one without waktu; tanpaWaktu without alasan, or beside a waktu; two.
"""

from collections.abc import Iterator

from workflows.drawing import Step, extensions
from workflows.lint.finding import Draft, Problem, call, cut


def check(draft: Draft) -> Iterator[Problem]:
    for step in draft.drawing.steps:
        problem = _problem(step)
        if problem:
            yield Problem(step.node.id, f"{call(step.node)} {problem}")


def _problem(step: Step) -> str:
    written = step.mutu_baku
    if written is None or not (written.waktu or written.tanpa_waktu):
        return (
            "belum punya mutu baku. Isi waktunya seperti pada lembar SOP, atau tandai tanpa waktu "
            "beserta alasannya."
        )
    if len(extensions(step.node.element, "mutuBaku")) > 1:
        return "punya lebih dari satu mutu baku. Sisakan satu."
    if written.waktu and written.tanpa_waktu:
        waktu = cut(written.waktu)
        return f'ditandai tanpa waktu, tetapi waktunya berisi "{waktu}". Pilih salah satu.'
    if written.tanpa_waktu and not written.alasan:
        return "ditandai tanpa waktu, tetapi alasannya kosong. Tulis alasannya."
    return ""
