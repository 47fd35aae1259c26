"""Each step has its mutu baku, or says why the sheet sets no time for it.

Right: <sop:mutuBaku waktu="60 menit">; <sop:mutuBaku tanpaWaktu="true" alasan="…"/>.
Wrong: no sop:mutuBaku; one without waktu; tanpaWaktu without alasan, or beside a waktu; two.
"""

from collections.abc import Iterator

from workflows.drawing import Step, extensions
from workflows.lint.finding import Draft, Problem, call, cut
from workflows.said import Said


def check(draft: Draft) -> Iterator[Problem]:
    for step in draft.drawing.steps:
        problem = _problem(step)
        if problem:
            yield Problem(step.node.id, problem)


def _problem(step: Step) -> Said | None:
    written, it = step.mutu_baku, call(step.node)
    if written is None or not (written.waktu or written.tanpa_waktu):
        return Said(
            "%(it)s belum punya mutu baku. Isi waktunya seperti pada lembar SOP, atau tandai tanpa "
            "waktu beserta alasannya.",
            it=it,
        )
    if len(extensions(step.node.element, "mutuBaku")) > 1:
        return Said("%(it)s punya lebih dari satu mutu baku. Sisakan satu.", it=it)
    if written.waktu and written.tanpa_waktu:
        return Said(
            '%(it)s ditandai tanpa waktu, tetapi waktunya berisi "%(waktu)s". Pilih salah satu.',
            it=it,
            waktu=cut(written.waktu),
        )
    if written.tanpa_waktu and not written.alasan:
        return Said("%(it)s ditandai tanpa waktu, tetapi alasannya kosong. Tulis alasannya.", it=it)
    return None
