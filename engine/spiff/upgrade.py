"""States of earlier versions, brought to the present one.

Version 1 (Alur 0.1.0) kept SpiffWorkflow's own tasks, with its helpers around activities that have
events on their boundary, and knew who belonged to whom from their place in the tree.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.spiff.scope import KEEPS, LOCAL
from engine.spiff.tokens import HOST, OF, VIA

Flows = Mapping[tuple[str, str], str]

_FINISHED = 64 | 128 | 256
_SPLIT = ".BoundaryEventSplit"
_HELPERS = (".BoundaryEventJoin", _SPLIT, ".EndJoin")
_ITERATION = " [child]"


def from_version_1(content: dict[str, Any], flows: Flows) -> list[list[Any]]:
    """`flows`: (source, target) -> id of each sequence flow of the definition."""
    parts = [_part("", content["tasks"], flows)]
    for around, _, rows in content["subprocesses"]:
        parts.append(_part(_id(around), rows, flows))
    return parts


def _part(host: str, rows: list[list[Any]], flows: Flows) -> list[Any]:
    kept = [_row(row, rows, flows) for row in rows[1:] if _is_kept(row)]
    return [host, _id(rows[0][0]), {}, kept]


def _is_kept(row: list[Any]) -> bool:
    _, _, state, node, _, _ = row
    return not state & _FINISHED and node != "End" and not node.endswith(_HELPERS)


def _row(row: list[Any], rows: list[list[Any]], flows: Flows) -> list[Any]:
    identity, parent, state, node, _, marks = row
    marks = dict(marks)
    if VIA in marks:  # then the node it came from, now the flow
        marks[VIA] = flows.get((marks[VIA], node), marks[VIA])
    if LOCAL in marks:
        marks[KEEPS] = True
    above = rows[parent]
    if node.endswith(_ITERATION):
        node = node.removesuffix(_ITERATION) + ":each"
        marks[OF] = _id(above[0])
    elif above[3].endswith(_SPLIT) and above[3] != node + _SPLIT and "due" in marks:
        marks[HOST] = _host(above, rows)
    return [_id(identity), state, node, marks]


def _host(split: list[Any], rows: list[list[Any]]) -> str:
    """The activity that was started together with the events on its boundary."""
    activity = split[3].removesuffix(_SPLIT)
    beside = [row for row in rows if row[1] >= 0 and rows[row[1]] is split and row[3] == activity]
    return _id(beside[0][0])


def _id(text: str) -> str:
    return str(UUID(hex=text))
