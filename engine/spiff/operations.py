"""What an administrator may do to a token."""

from engine.errors import ConflictError
from engine.spiff.activities import JOB
from engine.spiff.catching import disarm
from engine.spiff.nodes import MAPPED, end_race, is_armed
from engine.spiff.scope import INCIDENT
from engine.spiff.tokens import (
    ARRIVED,
    OF,
    READY,
    STAGE,
    UNDO,
    Token,
    all_live,
    drop_part,
    spawn,
    withdraw,
)

_NO_TARGET = frozenset({"startEvent", "boundaryEvent", "eventSubProcess"})


def skip(token: Token) -> None:
    """Let a token pass as if its node were done, without results; an armed event that is stuck
    is given up. Raises ConflictError cannot_skip for a gateway, or a node that is done and finds
    no way out: which way would it go?"""
    spec = token.task_spec
    if spec.model.kind.endswith("Gateway") or token.internal_data.get(STAGE) == MAPPED:
        raise ConflictError("cannot_skip", node=spec.bpmn_id)
    if is_armed(token):
        withdraw(token)
        return
    drop_part(token)
    for other in all_live(token.workflow.top):
        if token.id in (other.internal_data.get(OF), other.internal_data.get(UNDO)):
            withdraw(other)
    end_race(token)
    disarm(token)
    for mark in (INCIDENT, JOB, ARRIVED):
        token.internal_data.pop(mark, None)
    token.internal_data[STAGE] = MAPPED
    token._set_state(READY)


def move_token(token: Token, node: str) -> None:
    """Raises ConflictError cannot_move with a reason: an iteration or a handler cannot leave the
    activity that it belongs to (iteration); the target is not in a scope around (not_around), no
    token goes there by itself (no_flow), or others would have to come as well (join)."""
    if OF in token.internal_data or UNDO in token.internal_data or is_armed(token):
        raise _cannot(node, "iteration")
    mover = token
    while node not in _targets(mover):
        host = mover.workflow.host
        if host is None:
            raise _cannot(node, "not_around")
        mover = host
        if OF in mover.internal_data or UNDO in mover.internal_data:
            raise _cannot(node, "iteration")
    target = mover.workflow.spec.task_specs[node]
    if target.model.kind in _NO_TARGET or target.model.compensates:
        raise _cannot(node, "no_flow")
    if getattr(target, "joins", False):
        raise _cannot(node, "join")
    end_race(mover)
    withdraw(mover)
    spawn(mover.workflow, target, mover)


def _targets(token: Token) -> frozenset[str]:
    return frozenset(token.workflow.spec.container.nodes)


def _cannot(node: str, reason: str) -> ConflictError:
    return ConflictError("cannot_move", node=node, reason=reason)
