"""Moving a running case to another version of its definition.

Tokens keep their ids, what they remember and their due moments. Events on boundaries and of event
sub-processes that the new version no longer has are disarmed, those that it adds are armed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.spiff import codec
from engine.spiff.activities import CALLED, Activity
from engine.spiff.compensation import DONE, INSIDE, LEFT
from engine.spiff.compiled import Compiled
from engine.spiff.events import SCOPE
from engine.spiff.move import Move
from engine.spiff.scope import Scope
from engine.spiff.step import Step
from engine.spiff.surroundings import Surroundings
from engine.spiff.tokens import HOST, OF, VIA, Part, Token, spawn
from workflows.process.model import Container, Node


@dataclass(frozen=True, slots=True)
class Blocked:
    """A node whose token cannot be moved. `reason`: no_target, other_kind, other_scope,
    other_loop, other_flow."""

    node: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Migration:
    """`moved`: (node of the old version, node of the new) of each active token; `step` is None
    when something is blocked."""

    step: Step | None
    moved: tuple[tuple[str, str], ...]
    blocked: tuple[Blocked, ...]


def propose_mapping(old: Compiled, new: Compiled) -> dict[str, str]:
    """For each node of the old version the one of the new: by its id, else by kind and name
    where only one node has them. Nodes without a counterpart are left out."""
    before, after = dict(_scopes_of(old.container)), dict(_scopes_of(new.container))
    targets: dict[tuple[str, str], list[str]] = {}
    for node_id, (node, _) in after.items():
        if node.name and node_id not in before:
            targets.setdefault((node.kind, node.name), []).append(node_id)
    mapping = {}
    for node_id, (node, _) in before.items():
        if node_id in after:
            mapping[node_id] = node_id
        elif len(found := targets.get((node.kind, node.name), [])) == 1:
            mapping[node_id] = found[0]
    return mapping


def migrate(
    old: Compiled,
    new: Compiled,
    state: bytes,
    data: Mapping[str, object],
    mapping: Mapping[str, str],
    now: datetime,
    around: Surroundings,
) -> Migration:
    """`mapping` as from `propose_mapping`. Processes called meanwhile stay on their version."""
    before = codec.load(old, state, Scope(data, now, around))
    plan = _Plan(old, new, mapping)
    content = [row for part in before.all_parts() if (row := plan.part(part)) is not None]
    moved = tuple(dict.fromkeys(plan.moved))
    if plan.blocked:
        return Migration(None, moved, tuple(dict.fromkeys(plan.blocked)))
    top = codec.load(new, codec.encode(content), Scope(data, now, around))
    move = Move(top)
    _arm_new(top, frozenset(mapping.values()))
    move.settle()
    return Migration(move.result(), moved, ())


class _Plan:
    def __init__(self, old: Compiled, new: Compiled, mapping: Mapping[str, str]) -> None:
        self.moved: list[tuple[str, str]] = []
        self.blocked: list[Blocked] = []
        self._mapping = mapping
        self._old = dict(_scopes_of(old.container))
        self._new = dict(_scopes_of(new.container))
        self._undoable = {node.attached_to for node, _ in self._new.values() if node.handler}
        self._flows = {flow.id: flow for node, _ in self._new.values() for flow in node.outgoing}

    def part(self, part: Part) -> list[Any] | None:
        row = codec.part_row(part)
        if _is_called(part):
            return row
        row[2] = self._ledger(row[2])
        tokens = {token.id: token for token in part.live()}
        row[3] = [one for each in row[3] if (one := self._row(each, tokens[each[0]])) is not None]
        return row

    def _row(self, row: list[Any], token: Token) -> list[Any] | None:
        identity, state, name, marks = row
        node = token.task_spec.model
        if token.task_spec.bpmn_id is None:  # drawn nowhere
            return row
        target = self._mapping.get(node.id)
        armed = HOST in marks
        if armed and (target is None or not self._still_stands(node, target)):
            return None
        reason = "no_target" if target is None else self._problem(node, target, marks)
        if target is None or reason is not None:
            self.blocked.append(Blocked(node.id, node.name, reason or "no_target"))
            return None
        if not armed:
            self.moved.append((node.id, target))
        if name.startswith(node.id):  # a name of ours: the node's id and perhaps what it is for
            name = target + name.removeprefix(node.id)
        for ledger in (INSIDE, LEFT):
            if ledger in marks:
                marks = marks | {ledger: self._kept(marks[ledger])}
        return [identity, state, name, marks | self._via(marks, target)]

    def _still_stands(self, node: Node, target: str) -> bool:
        found = self._new.get(target)
        if found is None or found[0].kind != node.kind or found[0].trigger is None:
            return False
        host = self._mapping.get(node.attached_to or "") if node.attached_to else None
        same = node.trigger is not None and found[0].trigger.kind == node.trigger.kind
        return same and found[0].attached_to == host

    def _problem(self, node: Node, target: str, marks: dict[str, Any]) -> str | None:
        if target not in self._new:
            return "no_target"
        other, scope = self._new[target]
        if other.kind != node.kind or _waits_for(other) != _waits_for(node):
            return "other_kind"
        if (other.loop and other.loop.kind) != (node.loop and node.loop.kind):
            return "other_loop"
        around = self._old[node.id][1]
        if (self._mapping.get(around, "") if around else "") != scope:
            return "other_scope"
        if len(other.incoming) > 1 and node.kind.endswith("Gateway") and VIA in marks:
            if (marks | self._via(marks, target))[VIA] not in other.incoming:
                return "other_flow"
        return None

    def _via(self, marks: Mapping[str, Any], target: str) -> dict[str, str]:
        """By which flow of the new version the token would have come."""
        via = marks.get(VIA)
        if via is None or target not in self._new or via in self._new[target][0].incoming:
            return {}
        sources = {
            flow.source
            for node, _ in self._old.values()
            for flow in node.outgoing
            if flow.id == via
        }
        wanted = {self._mapping.get(source) for source in sources}
        into = [self._flows[one] for one in self._new[target][0].incoming]
        found = [flow.id for flow in into if flow.source in wanted]
        return {VIA: found[0]} if len(found) == 1 else {}

    def _ledger(self, marks: dict[str, Any]) -> dict[str, Any]:
        """What was done and has no counterpart any more cannot be undone any more."""
        if DONE not in marks:
            return marks
        return marks | {DONE: self._kept(marks[DONE])}

    def _kept(self, done: list[Any]) -> list[Any]:
        kept = []
        for name, variables, inside in done:
            target, within = self._mapping.get(name), self._kept(inside)
            if target in self._new and (within or target in self._undoable):
                kept.append([target, variables, within])
        return kept


def _waits_for(node: Node) -> str:
    return node.trigger.kind if node.trigger is not None else "none"


def _scopes_of(container: Container) -> Iterator[tuple[str, tuple[Node, str]]]:
    """(id, (node, id of the sub-process around it or "")) of every node."""
    pending = [(container, "")]
    for one, scope in pending:
        for node in one.nodes.values():
            yield node.id, (node, scope)
            if node.content is not None:
                pending.append((node.content, node.id))


def _arm_new(top: Part, known: frozenset[str]) -> None:
    """Arm the events that the new version adds to what is active; one of the old version that
    is not armed has fired."""
    for part in top.all_parts():
        if _is_called(part):
            continue
        armed = {(one.internal_data[HOST], one.task_spec.name) for one in _armed(part)}
        for trigger in part.spec.triggers:
            if (SCOPE, trigger.name) not in armed and trigger.bpmn_id not in known:
                spawn(part, trigger, part.task_tree, {HOST: SCOPE})
        for token in part.live():
            if isinstance(token.task_spec, Activity) and OF not in token.internal_data:
                for event in token.task_spec.boundary:
                    if (token.id, event.name) not in armed and event.bpmn_id not in known:
                        spawn(part, event, token, {HOST: token.id})


def _is_called(part: Part) -> bool:
    """Whether it runs, at whatever depth, in a process that is called."""
    while part.host is not None:
        if CALLED in part.host.internal_data:
            return True
        part = part.host.workflow
    return False


def _armed(part: Part) -> list[Token]:
    return [one for one in part.live() if HOST in one.internal_data]
