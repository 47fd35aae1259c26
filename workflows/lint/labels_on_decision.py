"""A decision says what is asked, and each way out what the answer is.

Right: "Rancangan telah sempurna?" with "telah sempurna" and "belum sempurna".
Warned: an empty diamond; ways without a name.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem, call
from workflows.said import Said


def check(draft: Draft) -> Iterator[Problem]:
    for node in draft.drawing.nodes.values():
        ways = draft.drawing.outgoing[node.id]
        if node.tag not in ("exclusiveGateway", "inclusiveGateway") or len(ways) < 2:
            continue
        if not node.name:
            message = Said(
                "%(it)s belum menyebut apa yang diputuskan. Tulis pertanyaannya.", it=call(node)
            )
            yield Problem(node.id, message, "warning")
        for way in ways:
            if not way.name:
                message = Said(
                    "%(it)s: jalan ke %(target)s belum diberi nama. Tulis jawabannya.",
                    it=call(node),
                    target=call(draft.drawing.nodes[way.target]),
                )
                yield Problem(way.id, message, "warning")
