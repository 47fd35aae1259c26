"""From the model of a process to node types that run: one specification per process and scope."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.spiff import activities, catching, compensation, gateways, loops
from engine.spiff.nodes import Node, ProcessSpec, Start, Throw
from workflows.process.model import Container
from workflows.process.model import Node as Model

_NODES: Mapping[str, type[Node]] = {
    "userTask": activities.Step,
    "manualTask": activities.Step,
    "scriptTask": activities.Script,
    "serviceTask": activities.Service,
    "receiveTask": activities.Receive,
    "callActivity": activities.CallActivity,
    "subProcess": activities.SubProcess,
    "eventSubProcess": activities.EventSubProcess,
    "exclusiveGateway": gateways.Exclusive,
    "parallelGateway": gateways.Parallel,
    "inclusiveGateway": gateways.Inclusive,
    "eventBasedGateway": gateways.EventBased,
    "startEvent": Start,
    "intermediateCatchEvent": catching.Catch,
    "boundaryEvent": catching.Boundary,
}


def build(container: Container, digest: str, decisions: Mapping[str, Any]) -> ProcessSpec:
    """The specification of a process with those of its sub-processes inside."""
    return _build(container, digest, decisions)


def _build(container: Container, digest: str, decisions: Mapping[str, Any]) -> ProcessSpec:
    spec = ProcessSpec(container, digest)

    def make(model: Model, name: str = "") -> Node:
        if model.content is not None:
            content = _build(model.content, digest, decisions)
            kind: Callable[..., Node] = _NODES[model.kind]
            return kind(spec, model, name, content)
        node = _type_of(model)(spec, model, name)
        if isinstance(node, activities.Decide):
            node.decisions = decisions
        return node

    for model in container.nodes.values():
        node = make(model) if model.loop is None else _loop(spec, model, make)
        if model.kind == "eventSubProcess":
            spec.triggers.append(catching.ScopeTrigger(spec, model, node))
    _attach(spec)
    return spec


def _type_of(model: Model) -> type[Node]:
    if model.kind in ("intermediateThrowEvent", "endEvent"):
        undoes = model.trigger is not None and model.trigger.kind == "compensation"
        return compensation.Undo if undoes else Throw
    if model.work is not None:
        return activities.Service
    if model.kind == "sendTask":
        return activities.Send
    if model.kind == "businessRuleTask":
        return activities.Decide
    return _NODES[model.kind]


def _loop(spec: ProcessSpec, model: Model, make: Callable[[Model, str], Node]) -> Node:
    assert model.loop is not None
    kind = loops.StandardLoop if model.loop.kind == "standard" else loops.MultiInstance
    make(model, f"{model.id}:each")
    return kind(spec, model)


def _attach(spec: ProcessSpec) -> None:
    """Give activities the events on their boundary, and what undoes them."""
    for node in list(spec.task_specs.values()):
        host = spec.task_specs.get(node.model.attached_to or "")
        if host is None:
            continue
        if node.model.handler is not None:
            host.undone_by = node.model.handler
        else:
            host.boundary.append(node)
            host.has_dependents = True
    undoable = any(
        node.undone_by is not None or (getattr(node, "content", None) and node.content.undo)
        for node in spec.task_specs.values()
    )
    if undoable:
        spec.undo = compensation.UndoAll(spec)
