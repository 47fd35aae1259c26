"""Compensation: which activity undoes which, and what a throw may name."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from workflows.process.model import Container, Node
from workflows.process.tree import Scope, Source, is_event_subprocess


def join_handlers(
    source: Source, scope: Scope, nodes: Mapping[str, Node], joined: Mapping[str, list[str]]
) -> dict[str, Node]:
    """The nodes with a handler on each compensation boundary event."""
    found = dict(nodes)
    used: set[str] = set()
    for node in nodes.values():
        if node.kind != "boundaryEvent" or node.trigger is None:
            continue
        if node.trigger.kind == "compensation":
            handler = _handler(source, scope, node, nodes, joined.get(node.id, ()))
            used |= {handler} if handler else set()
            found[node.id] = replace(node, handler=handler)
    for node in nodes.values():
        if node.compensates and node.id not in used:
            source.notes.refuse("compensation_unused", scope.nodes[node.id])
        if node.compensates and node.id in scope.attached:
            source.notes.refuse("boundary_on_compensation", scope.nodes[node.id])
    return found


def _handler(
    source: Source, scope: Scope, event: Node, nodes: Mapping[str, Node], joined: Iterable[str]
) -> str | None:
    element = scope.nodes[event.id]
    if event.id in scope.leaving:
        source.notes.refuse("flow_at_compensation", element)
    host = nodes.get(event.attached_to or "")
    if host is not None and host.loop is not None:
        source.notes.refuse("compensation_of_loop", element)
    handlers = {name for name in joined if name in nodes and nodes[name].compensates}
    if len(handlers) != 1:
        source.notes.refuse("compensation_without_handler", element)
        return None
    return handlers.pop()


def check_throws(source: Source, scopes: Sequence[Scope], read: Mapping[str, Container]) -> None:
    """What a throw names must be there and can be undone. The throw of an event sub-process
    undoes what was done in the scope around it. `scopes`: outer ones first."""
    around = {scope.id: scope for scope in scopes}
    holds: set[str] = set()  # scopes with handlers in them
    for scope in reversed(scopes):
        if scope.id in holds or any(node.handler for node in read[scope.id].nodes.values()):
            holds |= {scope.id, scope.parent or ""}
    undoable = {scope.id: _undoable(read[scope.id]) for scope in scopes}
    lost = {scope.id: _lost(read[scope.id], holds) for scope in scopes}
    for scope in scopes:
        ledger = scope
        while is_event_subprocess(ledger.element) and ledger.parent is not None:
            ledger = around[ledger.parent]
        for node in read[scope.id].nodes.values():
            trigger = node.trigger
            throws = node.kind in ("intermediateThrowEvent", "endEvent")
            if not throws or trigger is None or trigger.kind != "compensation":
                continue
            element, named = scope.nodes[node.id], trigger.activity
            if not trigger.waits:
                source.notes.refuse("compensation_without_waiting", element)
            if named and named not in undoable[ledger.id]:
                source.notes.refuse("compensation_of_nothing", element, text=named)
            if named in lost[ledger.id] or (lost[ledger.id] and not named):
                source.notes.refuse("compensation_of_loop", element)


def _undoable(scope: Container) -> frozenset[str]:
    """The activities of the scope with a handler, and the sub-processes, which may hold some."""
    handled = {node.attached_to or "" for node in scope.nodes.values() if node.handler}
    return frozenset(handled | {one.id for one in scope.nodes.values() if one.kind == "subProcess"})


def _lost(scope: Container, holds: Collection[str]) -> frozenset[str]:
    """What the rounds of a loop have done is not kept, so it cannot be undone from outside."""
    return frozenset(one.id for one in scope.nodes.values() if one.loop and one.id in holds)
