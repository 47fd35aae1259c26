"""What may stand where: the children and attributes of BPMN that are understood at each element.

This takes the place of a schema check: it is narrower where a schema would let something pass that
would then be ignored, and wider where tools differ in ways that mean nothing (order, prefixes).
"""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from workflows.bpmn_xml import BPMN
from workflows.process.performers import PERFORMERS
from workflows.process.tree import Source, is_event_subprocess, parts, tag
from workflows.vocabulary import NODE_TAGS

_NOTES: Final = frozenset({"documentation", "extensionElements", "auditing", "monitoring"})
_NODE: Final = _NOTES | {"incoming", "outgoing", "categoryValueRef"}
_DATA: Final = frozenset({"property", "dataInputAssociation", "dataOutputAssociation"})
_ACTIVITY: Final = _NODE | _DATA | PERFORMERS | {
    "ioSpecification", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics",
}  # fmt: skip
_EVENT: Final = _NODE | _DATA | {
    "dataInput", "dataOutput", "inputSet", "outputSet", "eventDefinitionRef",
    "messageEventDefinition", "signalEventDefinition", "timerEventDefinition",
    "errorEventDefinition", "escalationEventDefinition", "conditionalEventDefinition",
    "linkEventDefinition", "compensateEventDefinition", "terminateEventDefinition",
    "cancelEventDefinition",
}  # fmt: skip
# Drawn for people.
DOCUMENTATION: Final = frozenset(
    {
        "association", "dataObject", "dataObjectReference", "dataStoreReference", "group",
        "laneSet", "textAnnotation",
    }
)  # fmt: skip
EXECUTED: Final = frozenset(
    {
        "task", "userTask", "manualTask", "scriptTask", "serviceTask", "sendTask", "receiveTask",
        "businessRuleTask", "callActivity", "subProcess", "exclusiveGateway", "parallelGateway",
        "inclusiveGateway", "eventBasedGateway", "startEvent", "endEvent",
        "intermediateThrowEvent", "intermediateCatchEvent", "boundaryEvent",
    }
)  # fmt: skip
_SCOPE: Final = DOCUMENTATION | EXECUTED | {"sequenceFlow"}
_DEFINITION: Final = _NOTES | {"operationRef"}

CHILDREN: Final[Mapping[str, frozenset[str]]] = {
    "process": _SCOPE | _NOTES | PERFORMERS | {
        "property", "ioSpecification", "ioBinding", "supportedInterfaceRef", "supports",
        "correlationSubscription",
    },
    "subProcess": _SCOPE | _ACTIVITY,
    **dict.fromkeys(
        ("task", "manualTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask",
         "callActivity"), _ACTIVITY),
    "userTask": _ACTIVITY | {"rendering"},
    "scriptTask": _ACTIVITY | {"script"},
    **dict.fromkeys(
        ("startEvent", "endEvent", "intermediateThrowEvent", "intermediateCatchEvent",
         "boundaryEvent"), _EVENT),
    **dict.fromkeys(
        ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"), _NODE),
    "sequenceFlow": _NOTES | {"conditionExpression", "categoryValueRef"},
    "standardLoopCharacteristics": _NOTES | {"loopCondition"},
    "multiInstanceLoopCharacteristics": _NOTES | {
        "loopCardinality", "loopDataInputRef", "loopDataOutputRef", "inputDataItem",
        "outputDataItem", "completionCondition",
    },
    "messageEventDefinition": _DEFINITION,
    "signalEventDefinition": _NOTES,
    "timerEventDefinition": _NOTES | {"timeDate", "timeDuration", "timeCycle"},
    "errorEventDefinition": _NOTES,
    "escalationEventDefinition": _NOTES,
    "conditionalEventDefinition": _NOTES | {"condition"},
    "linkEventDefinition": _NOTES | {"source", "target"},
    "compensateEventDefinition": _NOTES,
    "terminateEventDefinition": _NOTES,
}  # fmt: skip

_NAMED: Final = frozenset({"id", "name"})
_QUANTITIES: Final = frozenset({"isForCompensation", "startQuantity", "completionQuantity"})
_ACTED: Final = _NAMED | _QUANTITIES | {"default"}
_GATEWAY: Final = _NAMED | {"gatewayDirection"}
ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "process": _NAMED | {
        "isExecutable", "processType", "isClosed", "definitionalCollaborationRef",
    },
    "task": _ACTED,
    "manualTask": _ACTED,
    "userTask": _ACTED | {"implementation"},
    "scriptTask": _ACTED | {"scriptFormat"},
    "serviceTask": _ACTED | {"implementation", "operationRef"},
    "sendTask": _ACTED | {"implementation", "operationRef", "messageRef"},
    "receiveTask": _ACTED | {"implementation", "operationRef", "messageRef", "instantiate"},
    "businessRuleTask": _ACTED | {"implementation"},
    "callActivity": _ACTED | {"calledElement"},
    "subProcess": _ACTED | {"triggeredByEvent"},
    "exclusiveGateway": _GATEWAY | {"default"},
    "inclusiveGateway": _GATEWAY | {"default"},
    "parallelGateway": _GATEWAY,
    "eventBasedGateway": _GATEWAY | {"instantiate", "eventGatewayType"},
    "startEvent": _NAMED | {"isInterrupting", "parallelMultiple"},
    "intermediateCatchEvent": _NAMED | {"parallelMultiple"},
    "intermediateThrowEvent": _NAMED,
    "endEvent": _NAMED,
    "boundaryEvent": _NAMED | {"attachedToRef", "cancelActivity", "parallelMultiple"},
    "sequenceFlow": _NAMED | {"sourceRef", "targetRef", "isImmediate"},
    "standardLoopCharacteristics": _NAMED | {"testBefore", "loopMaximum"},
    "multiInstanceLoopCharacteristics": _NAMED | {
        "isSequential", "behavior", "oneBehaviorEventRef", "noneBehaviorEventRef",
    },
    "messageEventDefinition": _NAMED | {"messageRef"},
    "signalEventDefinition": _NAMED | {"signalRef"},
    "errorEventDefinition": _NAMED | {"errorRef"},
    "escalationEventDefinition": _NAMED | {"escalationRef"},
    "compensateEventDefinition": _NAMED | {"activityRef", "waitForCompletion"},
    "timerEventDefinition": _NAMED,
    "conditionalEventDefinition": _NAMED,
    "linkEventDefinition": _NAMED,
    "terminateEventDefinition": _NAMED,
}  # fmt: skip
_MEANINGFUL: Final = frozenset().union(*ATTRIBUTES.values()) - _NAMED

# Beside the processes: another way to draw a course of events, which nobody would follow.
_OUTSIDE: Final = frozenset({"choreography", "globalChoreographyTask"})


def check(source: Source) -> None:
    """Refuses what is not understood where it stands."""
    for element in source.root.iterchildren(f"{BPMN}*"):
        if tag(element) in _OUTSIDE:
            source.notes.refuse("element_not_executed", element, kind=tag(element))
    for extension in parts(source.root, "extension"):
        if (extension.get("mustUnderstand") or "").strip() in ("true", "1"):
            source.notes.refuse("extension_required", extension, text=extension.get("definition"))
    waiting = [source.process]
    for element in waiting:  # grows while it is walked
        _check_attributes(source, element)
        known = CHILDREN.get(tag(element), frozenset())
        for child in element.iterchildren(f"{BPMN}*"):
            name = tag(child)
            if name not in known:
                misplaced = name in CHILDREN and name not in NODE_TAGS
                source.notes.refuse(
                    "element_misplaced" if misplaced else "element_not_executed", child, kind=name
                )
            elif name in CHILDREN:
                waiting.append(child)


def _check_attributes(source: Source, element: etree._Element) -> None:
    known = ATTRIBUTES.get(tag(element), _NAMED)
    for name in map(str, element.keys()):
        if name.startswith("{") or name in known:
            continue
        if name in _MEANINGFUL:
            source.notes.refuse("attribute_misplaced", element, attribute=name)
        else:
            source.notes.warn("attribute_unknown", element, attribute=name)
    if is_event_subprocess(element) and element.get("default"):
        source.notes.refuse("attribute_misplaced", element, attribute="default")
