"""Small drawings for the tests of the reader."""

from workflows.bpmn_xml import read_xml
from workflows.process.model import Node
from workflows.process.nodes import all_nodes
from workflows.process.read import Reading, read_process

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sop="urn:alurkerja:sop:1.0" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:flowable="http://flowable.org/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:x">'
)
SHARED = (
    '<message id="m" name="surat masuk"/><message id="m2" name="balasan"/>'
    '<signal id="s" name="sirene"/><error id="e" errorCode="GAGAL"/>'
    '<escalation id="k" escalationCode="NAIK"/>'
)
MESSAGE = '<messageEventDefinition messageRef="m"/>'
SIGNAL = '<signalEventDefinition signalRef="s"/>'
ERROR = '<errorEventDefinition errorRef="e"/>'
ESCALATION = '<escalationEventDefinition escalationRef="k"/>'
CONDITION = (
    "<conditionalEventDefinition><condition>pagu > 1</condition></conditionalEventDefinition>"
)
COMPENSATION = "<compensateEventDefinition/>"
TERMINATE = "<terminateEventDefinition/>"
LINK = '<linkEventDefinition name="A"/>'


def node(tag: str, name: str, inside: str = "", /, **attributes: str) -> str:
    """`camunda__topic` stands for camunda:topic."""
    written = "".join(f' {key.replace("__", ":")}="{value}"' for key, value in attributes.items())
    return f'<{tag} id="{name}"{written}>{inside}</{tag}>'


def flow(source: str, target: str, condition: str = "", /, **attributes: str) -> str:
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return node(
        "sequenceFlow", f"{source}_{target}", inside,
        **{"sourceRef": source, "targetRef": target, **attributes},
    )  # fmt: skip


def flows(*paths: str) -> str:
    """Sequence flows along each path of node ids."""
    pairs = [pair for path in paths for pair in zip(path.split(), path.split()[1:], strict=False)]
    return "".join(flow(*pair) for pair in pairs)


def timer(slot: str, text: str) -> str:
    return f"<timerEventDefinition><{slot}>{text}</{slot}></timerEventDefinition>"


def extension(*inside: str) -> str:
    return f"<extensionElements>{''.join(inside)}</extensionElements>"


def around(content: str, path: str = "a x z") -> str:
    """The content between a start `a` and an end `z`, with flows along the path."""
    return node("startEvent", "a") + content + node("endEvent", "z") + flows(path)


def scope(tag: str, name: str, start: str = "", inside: str = "", /, **attributes: str) -> str:
    """A sub-process with a start event that has this definition."""
    content = node("startEvent", f"{name}_a", start, **_start(attributes))
    return node(tag, name, content + inside, **attributes)


def _start(attributes: dict[str, str]) -> dict[str, str]:
    written = attributes.pop("isInterrupting", None)
    return {} if written is None else {"isInterrupting": written}


def file(content: str, shared: str = SHARED, process: str = 'isExecutable="true"') -> bytes:
    return f'{HEAD}{shared}<process id="p" {process}>{content}</process></definitions>'.encode()


def read(content: str, shared: str = SHARED) -> Reading:
    return read_process(read_xml(file(content, shared)))


def found(content: str, shared: str = SHARED) -> list[tuple[str, str]]:
    """(code, element) of each error."""
    refusals = read(content, shared).refusals
    return [(one.code, one.element) for one in refusals if one.severity == "error"]


def warned(content: str, shared: str = SHARED) -> list[tuple[str, str]]:
    refusals = read(content, shared).refusals
    return [(one.code, one.element) for one in refusals if one.severity == "warning"]


def nodes(content: str, shared: str = SHARED) -> dict[str, Node]:
    """The nodes of a drawing that is right."""
    reading = read(content, shared)
    assert [one for one in reading.refusals if one.severity == "error"] == []
    return {one.id: one for one in all_nodes(reading.container)}


DEFINITIONS = {
    "none": "",
    "message": MESSAGE,
    "signal": SIGNAL,
    "timer": timer("timeDuration", "P1D"),
    "error": ERROR,
    "escalation": ESCALATION,
    "conditional": CONDITION,
    "link": LINK,
    "compensation": COMPENSATION,
    "terminate": TERMINATE,
    "cancelEventDefinition": "<cancelEventDefinition/>",
}


def drawn(place: str, definition: str) -> str:
    """A whole process in which the event `v` stands at this place (a key of events.ALLOWED)."""
    step = node("userTask", "x")
    event = node(place.split()[0], "v", definition)
    if place == "startEvent":
        return event + step + flows("v x")
    if place == "endEvent":
        return node("startEvent", "a") + event + flows("a v")
    if place == "boundaryEvent":
        attached = node(place, "v", definition, attachedToRef="x")
        undo = node("userTask", "u", isForCompensation="true")
        joined = '<association id="j" sourceRef="v" targetRef="u"/>'
        return around(step + attached + (undo + joined if definition == COMPENSATION else ""))
    if place == "startEvent of an event sub-process":
        inner = event + node("userTask", "t") + flows("v t")
        return around(step + node("subProcess", "y", inner, triggeredByEvent="true"))
    if place == "startEvent of a sub-process":
        inner = event + node("userTask", "t") + flows("v t")
        return around(step + node("subProcess", "y", inner), "a x y z")
    if definition == LINK and place == "intermediateThrowEvent":
        return around(event + node("intermediateCatchEvent", "w", LINK), "a v") + flows("w z")
    if definition == LINK:
        return around(event + node("intermediateThrowEvent", "w", LINK), "a w") + flows("v z")
    return around(event, "a v z")
