"""Each expression of the drawing can be read: conditions, numbers of repetitions, timers.

Right: keputusan == "tanda_tangan"; PT30M; P3D. Wrong: keputusan = "tanda_tangan"; open("x").
"""

import re
from collections.abc import Iterator
from typing import Final

from workflows.bpmn_xml import BPMN, local_name
from workflows.expressions import ExpressionError, compile_expression
from workflows.lint.finding import Draft, Problem, call, cut

# A bare ISO moment or duration is no expression; the engine reads it itself.
_BARE_TIME: Final = re.compile(r"\s*[\"']?(P[\dT]|\d{4}-\d\d)")
_SLOTS: Final = ("loopCardinality", "completionCondition", "timeDate", "timeDuration")


def check(draft: Draft) -> Iterator[Problem]:
    for flow in draft.drawing.flows:
        if flow.condition:
            named = f'jalan "{cut(flow.name)}"' if flow.name else f'garis alur "{flow.id}"'
            yield from _problem(flow.id, f"Syarat pada {named}", flow.condition)
    for node in draft.drawing.nodes.values():
        for part in node.element.iterchildren(
            f"{BPMN}multiInstanceLoopCharacteristics", f"{BPMN}timerEventDefinition"
        ):
            for slot in part.iterchildren():
                text = slot.text or ""
                if local_name(slot) in _SLOTS and not _BARE_TIME.match(text):
                    where = f"{call(node)}: isi {local_name(slot)}"
                    yield from _problem(node.id, where, text)


def _problem(element: str, where: str, text: str) -> Iterator[Problem]:
    try:
        compile_expression(text)
    except ExpressionError as error:
        column = error.fields.get("column")
        place = f" (huruf ke-{column})" if column else ""
        shown = cut(text)
        yield Problem(
            element,
            f'{where} tidak dapat dibaca{place}: "{shown}". '
            'Tulis misalnya: keputusan == "tanda_tangan".',
        )
