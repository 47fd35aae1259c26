"""The names of other engines' extensions, by what becomes of them. See `foreign`.

Camunda 7, Flowable and Activiti share most names, and no two engines use one name for two things
that would be treated differently; so the names stand without their namespaces.
"""

from collections.abc import Mapping
from typing import Final

from workflows.vocabulary import ACTIVITY_TAGS, EVENT_TAGS

_TASKS: Final = frozenset({"serviceTask", "sendTask", "businessRuleTask", "scriptTask"})
_PROGRAMS: Final = _TASKS - {"scriptTask"}
_MAPPED: Final = ACTIVITY_TAGS | EVENT_TAGS
_LOOP: Final = frozenset({"multiInstanceLoopCharacteristics"})
_RULE: Final = frozenset({"businessRuleTask"})
_CALL: Final = frozenset({"callActivity"})
_ERRORS: Final = frozenset({"errorEventDefinition", "escalationEventDefinition"})
_SENDS: Final = frozenset({"messageEventDefinition", "signalEventDefinition"})

# Name -> the elements where a reader takes it up (or refuses it by its own, better reason).
READ: Final[Mapping[str, frozenset[str]]] = {
    # multi-instance
    "collection": _LOOP,
    "elementVariable": _LOOP,
    "loopCharacteristics": _LOOP,
    # work
    "type": _TASKS | _SENDS,
    "topic": _TASKS,
    "class": _PROGRAMS | _SENDS,
    "expression": _PROGRAMS | _SENDS,
    "delegateExpression": _PROGRAMS | _SENDS,
    "messageExpression": _SENDS,
    "signalExpression": _SENDS,
    "connector": _PROGRAMS,
    "taskDefinition": _TASKS | EVENT_TAGS,
    "taskHeaders": _TASKS,
    "field": _PROGRAMS,
    # decisions and scripts
    "decisionRef": _RULE,
    "decisionRefBinding": _RULE,
    "mapDecisionResult": _RULE,
    "calledDecision": _RULE,
    "resultVariable": _RULE | {"scriptTask"},
    "script": frozenset({"scriptTask"}),
    "resource": frozenset({"conditionExpression"}),
    # calls
    "calledElement": _CALL,
    "calledElementBinding": _CALL,
    "variableMappingClass": _CALL,
    "variableMappingDelegateExpression": _CALL,
    "inheritVariables": _CALL,
    "in": _CALL | {"signalEventDefinition"},
    "out": _CALL,
    # mappings and events
    "inputOutput": _MAPPED,
    "ioMapping": _MAPPED,
    "subscription": frozenset({"message"}),
    "errorCodeVariable": _ERRORS,
    "errorMessageVariable": _ERRORS,
    "escalationCodeVariable": _ERRORS,
}
# Of no matter for the course of a case: how the other engine stores, shows or speeds up things.
QUIET: Final = frozenset(
    {
        "async", "asyncBefore", "asyncAfter", "asyncLeave", "asyncLeaveExclusive", "exclusive",
        "completeAsync", "jobPriority", "taskPriority", "historyTimeToLive", "versionTag",
        "isStartableInTasklist", "diagramRelationId", "modelerTemplate", "modelerTemplateVersion",
        "modelerTemplateIcon", "properties", "property", "userTask", "userTaskForm",
        "sameDeployment", "inheritBusinessKey", "fallbackToDefaultTenant", "formFieldValidation",
        "includeInHistory", "parallelInSameTransaction", "localization", "taskIdVariableName",
        "bindingType", "formRefBinding", "formRefVersion", "formVersion", "signavioLabel",
        "signavioType", "signavioDiagramMetaData", "signavioMessageName", "isHorizontal",
    }
)  # fmt: skip
# What is run beside or instead of what is drawn.
REFUSED: Final = frozenset(
    {
        "executionListener", "taskListener", "eventListener", "executionListeners",
        "taskListeners", "skipExpression", "resource", "connector", "class", "delegateExpression",
        "errorEventDefinition", "mapException", "variableAggregation", "triggerable",
        "eventType", "triggerEventType", "eventInParameter", "eventOutParameter",
        "startEventCorrelationConfiguration", "preScript", "postScript", "serviceTaskOperator",
        "calledDecisionId", "onEntry-script", "onExit-script", "onEntry", "onExit",
        "inputOutput", "ioMapping", "loopCharacteristics", "collection", "decisionRef",
        "calledDecision", "calledElement", "subscription", "taskDefinition", "adHoc",
        "caseRef", "terminateAll",
    }
)  # fmt: skip
# Who does a step: here it is the lane, or a candidate group that is a role.
WHO: Final = frozenset(
    {
        "assignee", "candidateUsers", "candidateGroups", "candidateStarterUsers", "owner",
        "candidateStarterGroups", "potentialStarter", "initiator", "customResource",
    }
)  # fmt: skip
# What is asked in a step: here it is a form file beside the drawing.
FORM: Final = frozenset(
    {
        "formKey", "formRef", "formId", "formData", "formProperty", "formDefinition",
        "externalReference", "formHandlerClass",
    }
)  # fmt: skip
# Until when, and what first: here it is the mutu baku.
WHEN: Final = frozenset(
    {"dueDate", "followUpDate", "businessCalendarName", "priority", "taskSchedule"}
)
# Namespaces of colours, positions and the editors' own notes.
DECORATION: Final = (
    "bpmn.io/schema/bpmn/biocolor",
    "/non-normative/color",
    "camunda.org/schema/modeler",
    "flowable.org/modeler",
    "activiti.com/modeler",
    "/modeler/activiti",
    "schema/bpmndi",
)
# Keys of Signavio's and Bizagi's pairs that only say how a thing looks, in lower case.
STYLE: Final = frozenset(
    {
        "bgcolor", "bordercolor", "fontcolor", "fontsize", "textcolor", "textbackgroundcolor",
        "textdirection", "runtimeproperties", "revisionid", "ismain", "width", "height",
    }
)  # fmt: skip
