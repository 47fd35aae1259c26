"""A decision says what is asked, and each way out what the answer is.

Right: "Rancangan telah sempurna?" with "telah sempurna" and "belum sempurna".
Warned: an empty diamond; ways without a name.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem, call


def check(draft: Draft) -> Iterator[Problem]:
    for node in draft.drawing.nodes.values():
        ways = draft.drawing.outgoing[node.id]
        if node.tag not in ("exclusiveGateway", "inclusiveGateway") or len(ways) < 2:
            continue
        if not node.name:
            message = f"{call(node)} belum menyebut apa yang diputuskan. Tulis pertanyaannya."
            yield Problem(node.id, message, "warning")
        for way in ways:
            if not way.name:
                target = call(draft.drawing.nodes[way.target])
                message = f"{call(node)}: jalan ke {target} belum diberi nama. Tulis jawabannya."
                yield Problem(way.id, message, "warning")
