"""Each way out of a decision has a condition, or is the default that needs none.

Right: one flow with `keputusan == "tanda_tangan"`, the other one marked as default.
Wrong: two flows without condition; a default that carries a condition (it would be ignored).
Warned: conditions on all flows and no default: a case could find every way closed.
"""

from collections.abc import Iterator

from workflows.drawing import Flow, Node
from workflows.lint.finding import Draft, Problem, call, cut


def check(draft: Draft) -> Iterator[Problem]:
    for node in draft.drawing.nodes.values():
        if node.tag == "exclusiveGateway":
            yield from _problems(node, draft.drawing.outgoing[node.id])


def _problems(gateway: Node, ways: tuple[Flow, ...]) -> Iterator[Problem]:
    for way in ways:
        named = f' "{cut(way.name)}"' if way.name else ""
        if way.condition and (way.is_default or len(ways) == 1):
            yield Problem(
                way.id,
                f"{call(gateway)}: syarat pada jalan{named} tidak akan diperiksa, karena jalan ini "
                "dipakai bila tidak ada jalan lain. Hapus syaratnya.",
            )
        elif not way.condition and not way.is_default and len(ways) > 1:
            yield Problem(
                way.id,
                f"{call(gateway)}: jalan{named} tidak punya syarat. "
                "Isi syaratnya, atau jadikan jalan bawaan.",
            )
    if len(ways) > 1 and not any(way.is_default for way in ways):
        yield Problem(
            gateway.id,
            f"{call(gateway)} tidak punya jalan bawaan; berkas akan tertahan bila tidak satu pun "
            "syarat terpenuhi. Tandai satu jalan sebagai bawaan.",
            "warning",
        )
