"""A step that somebody else must do names the steps that it must differ from, and there can be
somebody else.

Right: sop:bedaOrang="T1" on the step that checks what T1 wrote, in the lane of somebody else or of
several. Wrong: the id of something that is not a step, or the step's own; two steps of one role
that a single person holds in every agency. Warned: that is so in some agency.
"""

from collections.abc import Iterator

from workflows.drawing import Step
from workflows.lint.finding import Draft, Problem, call, cut
from workflows.lint.surroundings import listed, role_of, seats_of
from workflows.said import Said


def check(draft: Draft) -> Iterator[Problem]:
    steps = {step.node.id: step for step in draft.drawing.steps}
    for step in draft.drawing.steps:
        for name in step.beda_orang:
            if name == step.node.id:
                yield Problem(
                    step.node.id,
                    Said(
                        "%(it)s harus dikerjakan orang yang berbeda dari dirinya sendiri. Sebut "
                        "langkah yang lain pada bedaOrang.",
                        it=call(step.node),
                    ),
                )
            elif name not in steps:
                yield Problem(
                    step.node.id,
                    Said(
                        '%(it)s menyebut "%(name)s" pada bedaOrang, padahal itu bukan langkah yang '
                        "dikerjakan orang. Sebut id langkahnya.",
                        it=call(step.node),
                        name=cut(name),
                    ),
                )
            else:
                yield from _nobody_else(draft, step, steps[name])


def _nobody_else(draft: Draft, step: Step, other: Step) -> Iterator[Problem]:
    role = role_of(draft.drawing, step)
    seats = seats_of(draft.drawing, step)
    if draft.surroundings is None or role is None or seats != seats_of(draft.drawing, other):
        return
    for seat in seats:
        units = draft.surroundings.single.get(seat, ())
        if units:
            yield Problem(
                step.node.id,
                Said(
                    "%(it)s harus dikerjakan orang lain daripada %(other)s, padahal keduanya "
                    'dikerjakan "%(role)s", yang hanya dijabat satu orang di %(units)s. Pindahkan '
                    "salah satunya ke jalur lain, atau hapus syaratnya.",
                    it=call(step.node),
                    other=call(other.node),
                    role=role.name,
                    units=listed(units),
                ),
                "error" if seat in draft.surroundings.everywhere else "warning",
            )
