"""A step that somebody else must do names the steps that it must differ from.

Right: sop:bedaOrang="T1" on the step that checks what T1 wrote. Wrong: the id of something that is
not a step, or the step's own.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem, call, cut


def check(draft: Draft) -> Iterator[Problem]:
    steps = {step.node.id for step in draft.drawing.steps}
    for step in draft.drawing.steps:
        for name in step.beda_orang:
            if name == step.node.id:
                yield Problem(
                    step.node.id,
                    f"{call(step.node)} harus dikerjakan orang yang berbeda dari dirinya sendiri. "
                    "Sebut langkah yang lain pada bedaOrang.",
                )
            elif name not in steps:
                yield Problem(
                    step.node.id,
                    f'{call(step.node)} menyebut "{cut(name)}" pada bedaOrang, padahal itu bukan '
                    "langkah yang dikerjakan orang. Sebut id langkahnya.",
                )
