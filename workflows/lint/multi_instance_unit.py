"""`sop:unit` names the variable that holds the unit: the inputDataItem of the same step.

Right: sop:unit="bidang" with <inputDataItem id="bidang"/>. Wrong: sop:unit on a step that is not
repeated, or naming another variable.
"""

from collections.abc import Iterator

from workflows.drawing import Step
from workflows.lint.finding import Draft, Problem, call, cut
from workflows.said import N_, Said


def check(draft: Draft) -> Iterator[Problem]:
    for step in draft.drawing.steps:
        problem = _problem(step) if step.unit else ""
        if problem:
            said = Said(problem, it=call(step.node), unit=cut(step.unit or ""), item=step.item)
            yield Problem(step.node.id, said)


def _problem(step: Step) -> str:
    if not step.multi_instance:
        return N_(
            '%(it)s memakai unit "%(unit)s", tetapi tidak dikerjakan berulang untuk tiap unit. '
            "Jadikan langkah berulang, atau hapus unitnya."
        )
    if step.item is None:
        return N_(
            '%(it)s memakai unit "%(unit)s", tetapi perulangannya tidak menamai butirnya. Isi '
            "butir masukan (inputDataItem)."
        )
    if step.unit != step.item:
        return N_(
            '%(it)s memakai unit "%(unit)s", tetapi butir perulangannya bernama "%(item)s". '
            "Samakan keduanya."
        )
    return ""
