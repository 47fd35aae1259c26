"""Each step has a name: it is what people read in their inbox.

Right: "Membahas rencana kerja bersama". Wrong: an empty box.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem, call
from workflows.said import Said


def check(draft: Draft) -> Iterator[Problem]:
    for step in draft.drawing.steps:
        if not step.node.name:
            yield Problem(
                step.node.id,
                Said(
                    "%(it)s belum diberi nama. Tulis kegiatannya, diawali kata kerja.",
                    it=call(step.node),
                ),
                "warning",
            )
