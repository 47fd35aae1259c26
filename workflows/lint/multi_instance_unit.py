"""`sop:unit` names the variable that holds the unit: the inputDataItem of the same step.

Right: sop:unit="bidang" with <inputDataItem id="bidang"/>. Wrong: sop:unit on a step that is not
repeated, or naming another variable.
"""

from collections.abc import Iterator

from workflows.drawing import Step
from workflows.lint.finding import Draft, Problem, call, cut


def check(draft: Draft) -> Iterator[Problem]:
    for step in draft.drawing.steps:
        problem = _problem(step) if step.unit else ""
        if problem:
            yield Problem(
                step.node.id, f'{call(step.node)} memakai unit "{cut(step.unit or "")}", {problem}'
            )


def _problem(step: Step) -> str:
    if not step.multi_instance:
        return (
            "tetapi tidak dikerjakan berulang untuk tiap unit. "
            "Jadikan langkah berulang, atau hapus unitnya."
        )
    if step.item is None:
        return "tetapi perulangannya tidak menamai butirnya. Isi butir masukan (inputDataItem)."
    if step.unit != step.item:
        return f'tetapi butir perulangannya bernama "{step.item}". Samakan keduanya.'
    return ""
