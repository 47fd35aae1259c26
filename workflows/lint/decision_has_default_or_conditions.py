"""Each way out of a decision has a condition, or is the default that needs none.

Right: one flow with `keputusan == "tanda_tangan"`, the other one marked as default.
Wrong: two flows without condition; a default that carries a condition (it would be ignored), or
that can never be taken; conditions behind a parallel gateway.
Warned: conditions on all flows and no default: a case could find every way closed.
"""

from collections.abc import Iterator
from typing import Final

from workflows.drawing import Flow, Node
from workflows.lint.finding import Draft, Problem, call
from workflows.lint.instead import DECISIONS
from workflows.lint.saying import problems
from workflows.said import Said

_NEVER_CHOOSE: Final = frozenset({"parallelGateway", "eventBasedGateway"})


def check(draft: Draft) -> Iterator[Problem]:
    yield from problems(draft, DECISIONS)
    for node in draft.drawing.nodes.values():
        if node.tag not in _NEVER_CHOOSE and _may_find_all_closed(
            node, draft.drawing.outgoing[node.id]
        ):
            yield Problem(
                node.id,
                Said(
                    "%(it)s tidak punya jalan bawaan; berkas akan tertahan bila tidak satu pun "
                    "syarat terpenuhi. Tandai satu jalan sebagai bawaan.",
                    it=call(node),
                ),
                "warning",
            )


def _may_find_all_closed(node: Node, ways: tuple[Flow, ...]) -> bool:
    if any(way.is_default for way in ways):
        return False
    if node.tag == "exclusiveGateway" and len(ways) > 1:
        return True
    return bool(ways) and all(way.condition for way in ways)
