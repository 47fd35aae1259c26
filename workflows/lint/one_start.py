"""A process, and every sub-process, begins at exactly one start event.

Right: one circle without symbol, then the flow. Wrong: two circles; no circle at all.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem, call, call_scope


def check(draft: Draft) -> Iterator[Problem]:
    for scope, nodes in draft.drawing.scopes.items():
        starts = [node for node in nodes if node.tag == "startEvent"]
        where = call_scope(draft.drawing, scope)
        if not starts:
            yield Problem(scope, f"{where} tidak punya kejadian mulai. Tambahkan satu.")
        for extra in starts[1:]:
            yield Problem(
                extra.id,
                f"{call(extra)} adalah kejadian mulai kedua; {where.lower()} hanya boleh punya "
                "satu. Hapus, atau gabungkan alurnya ke kejadian mulai yang pertama.",
            )
