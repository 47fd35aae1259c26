"""Activities: tasks, sub-processes and calls, each with what its kind needs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from lxml import etree

from workflows.bpmn_xml import is_true
from workflows.process.calls import read_call
from workflows.process.decisions import is_flowable, read_decision
from workflows.process.loops import read_loop
from workflows.process.mappings import read_mappings
from workflows.process.messages import read_keys, read_message, read_payload
from workflows.process.model import Node, Trigger
from workflows.process.scripts import read_script
from workflows.process.tree import Source, attribute, ours, tag
from workflows.process.work import read_work, refuse_foreign_work

# BPMN tag -> how the kind of activity is read beyond what all have in common.
Reader = Callable[[Source, etree._Element, Node], Node]


def read_activity(source: Source, element: etree._Element, node: Node) -> Node:
    for name in ("startQuantity", "completionQuantity"):
        if (element.get(name) or "1").strip() != "1":
            source.notes.refuse("quantity", element, attribute=name)
    loop, compensates = read_loop(source, element), is_true(element.get("isForCompensation"))
    if loop is not None or compensates:
        node = replace(node, loop=loop, compensates=compensates)
    node = read_mappings(source, element, node)
    reader = _READERS.get(tag(element))
    return reader(source, element, node) if reader else node


def _plain(source: Source, element: etree._Element, node: Node) -> Node:
    source.notes.warn("plain_task_is_manual", element)
    return node


def _service(source: Source, element: etree._Element, node: Node) -> Node:
    if is_flowable(element):
        return _rule(source, element, replace(node, kind="businessRuleTask"))
    work = read_work(source, element, node)
    if refuse_foreign_work(source, element):
        return node
    if work is None:
        source.notes.refuse("work_missing", element)
    return replace(node, work=work)


def _send(source: Source, element: etree._Element, node: Node) -> Node:
    work = read_work(source, element, node)
    if refuse_foreign_work(source, element):
        return node
    if not attribute(element, "messageRef"):
        if work is None:
            source.notes.refuse("send_nothing", element)
        elif ours(element, "isi") or ours(element, "kunci"):
            source.notes.refuse("message_unnamed", element)
        return replace(node, work=work)
    if work is not None:
        source.notes.refuse("work_and_message", element)
    trigger = Trigger(
        "message",
        read_message(source, element),
        keys=read_keys(source, element, None, catches=False),
        payload=read_payload(source, element, None),
    )
    return replace(node, trigger=trigger)


def _receive(source: Source, element: etree._Element, node: Node) -> Node:
    if is_true(element.get("instantiate")):
        source.notes.refuse("receive_starts_process", element)
    trigger = Trigger(
        "message",
        read_message(source, element),
        keys=read_keys(source, element, None, catches=True),
        payload=read_payload(source, element, None),
    )
    return replace(node, trigger=trigger)


def _rule(source: Source, element: etree._Element, node: Node) -> Node:
    decision = read_decision(source, element)
    work = read_work(source, element, node)
    if decision is not None and work is not None:
        source.notes.refuse("work_several", element)
    if decision is None and not refuse_foreign_work(source, element) and work is None:
        source.notes.refuse("decision_unnamed", element)
    return replace(node, decision=decision, work=None if decision else work)


_READERS: Final[dict[str, Reader]] = {
    "task": _plain,
    "serviceTask": _service,
    "sendTask": _send,
    "receiveTask": _receive,
    "businessRuleTask": _rule,
    "scriptTask": read_script,
    "callActivity": read_call,
}
