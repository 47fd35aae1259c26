"""Event-based gateways: what may stand behind them."""

from collections.abc import Mapping

from lxml import etree

from workflows.bpmn_xml import is_true
from workflows.process.model import Node
from workflows.process.tree import Scope, Source

_WAITS = frozenset({"message", "signal", "timer", "conditional"})


def check_event_gateways(source: Source, scope: Scope, nodes: Mapping[str, Node]) -> None:
    for node in nodes.values():
        if node.kind == "eventBasedGateway":
            _check(source, scope, node, nodes)


def _check(source: Source, scope: Scope, gateway: Node, nodes: Mapping[str, Node]) -> None:
    element = scope.nodes[gateway.id]
    if is_true(element.get("instantiate")):
        source.notes.refuse("event_gateway_starts", element)
    if (element.get("eventGatewayType") or "Exclusive").strip() != "Exclusive":
        source.notes.refuse("event_gateway_parallel", element)
    if not gateway.outgoing:
        source.notes.refuse("event_gateway_empty", element)
    for flow in gateway.outgoing:
        target = nodes.get(flow.target)
        if target is not None:
            _check_target(source, scope, target, scope.nodes[target.id])


def _check_target(source: Source, scope: Scope, target: Node, element: etree._Element) -> None:
    catches = target.kind == "intermediateCatchEvent" and (
        target.trigger is None or target.trigger.kind in _WAITS  # None: refused for itself
    )
    receives = target.kind == "receiveTask" and target.loop is None
    if not catches and not receives:
        source.notes.refuse("event_gateway_target", element)
    elif target.id in scope.attached:
        source.notes.refuse("event_gateway_boundary", element)
    elif len(scope.reaching.get(target.id, ())) > 1:
        source.notes.refuse("event_gateway_shared", element)
