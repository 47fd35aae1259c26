"""What a diagram means when it runs, as plain values: nodes, flows, triggers, loops, work.

Read from BPMN 2.0 by `workflows.process.read`, carried out by `engine.spiff`. What is not in
here cannot be executed, and the reader refuses it by name. Element names follow BPMN 2.0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NodeKind = Literal[
    "userTask",
    "manualTask",
    "scriptTask",
    "serviceTask",
    "sendTask",
    "receiveTask",
    "businessRuleTask",
    "callActivity",
    "subProcess",
    "eventSubProcess",
    "exclusiveGateway",
    "parallelGateway",
    "inclusiveGateway",
    "eventBasedGateway",
    "startEvent",
    "endEvent",
    "intermediateThrowEvent",
    "intermediateCatchEvent",
    "boundaryEvent",
]
TriggerKind = Literal[
    "none",
    "message",
    "signal",
    "timer",
    "error",
    "escalation",
    "conditional",
    "link",
    "compensation",
    "terminate",
]
TimerKind = Literal["timeDate", "timeDuration", "timeCycle", "waktu"]
Mapped = tuple[tuple[str, str], ...]
"""(name of the variable that is written, expression), in the order of the file."""


@dataclass(frozen=True, slots=True)
class Timer:
    """`text` is ISO 8601 as written (bare or quoted) or an expression that yields it; for
    `waktu` a duration as sheets write it ("3 hari kerja"), counted in the working calendar."""

    kind: TimerKind
    text: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """What an event waits for or throws.

    `name`: of the message, signal or link; the code of an error or escalation ("" catches any).
    `condition`: of a conditional event. `keys`: correlation keys of a message, name -> expression.
    `payload`: variables sent along by a throw, or (on a catch) written from what arrived; empty
    on a catch: all that arrived is written, empty on a throw: nothing is sent.
    `variable`, `text_variable`: on a caught error or escalation, where its code and message go.
    `activity`: what a compensation throw undoes ("" = everything in the scope); `waits`: whether
    it goes on only afterwards.
    """

    kind: TriggerKind = "none"
    name: str = ""
    timer: Timer | None = None
    condition: str = ""
    keys: Mapped = ()
    payload: Mapped = ()
    variable: str = ""
    text_variable: str = ""
    activity: str = ""
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Loop:
    """Multi-instance (`parallel`, `sequential`) or the standard loop (`standard`).

    Exactly one of `cardinality` (expression) and `collection` (expression that yields a list) in
    a multi-instance loop. `item`: variable of one element ("" = none); `output`: variable that
    receives the list of results ("" = none), `output_item`: expression for one result ("" = all
    variables of the iteration). `condition`: of completion; in a standard loop: go on while it
    holds ("" = until `maximum`). `maximum`: of a standard loop.
    """

    kind: Literal["parallel", "sequential", "standard"]
    cardinality: str = ""
    collection: str = ""
    item: str = ""
    output: str = ""
    output_item: str = ""
    condition: str = ""
    test_before: bool = False
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What a service task (or a send or business rule task done elsewhere) asks for.

    `function`: a registered Python function by `name`; `http`: a request; `external`: whoever
    fetches the topic `name`. `fields` are evaluated when the token arrives and go with the job;
    for http they are method, url, body and header.<name>. `result`: variable that takes the whole
    result ("" = each key of a result that is a record is written under its own name).
    """

    kind: Literal["function", "http", "external"]
    name: str
    fields: Mapped = ()
    retries: int = 3
    result: str = ""


@dataclass(frozen=True, slots=True)
class DecisionCall:
    """The DMN decision that a business rule task asks; `result`: variable for the answer.

    `shape`: singleEntry (one value), singleResult (one record), collectEntries (list of values),
    resultList (list of records); "" = what the table gives by its hit policy and outputs.
    """

    decision: str
    result: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """The process that a call activity runs, by key. `shares`: it reads and writes the variables
    of the case; else only those mapped by the node's inputs and outputs."""

    key: str
    shares: bool = True


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `condition` is None where it has none."""

    id: str
    source: str
    target: str
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node with all that its execution needs.

    `outgoing` in the order of the file; `incoming`: flow ids. `interrupting`: of a boundary event
    or an event sub-process. `handler`: on a compensation boundary event, the node that undoes.
    `inputs`: local variables set on arrival; `outputs`: written outside when it ends, instead of
    the results themselves. `content`: of a (event) sub-process; an event sub-process carries the
    trigger of its start event.
    """

    id: str
    name: str
    kind: NodeKind
    outgoing: tuple[Flow, ...] = ()
    incoming: tuple[str, ...] = ()
    default: str | None = None
    trigger: Trigger | None = None
    attached_to: str | None = None
    interrupting: bool = True
    handler: str | None = None
    compensates: bool = False
    loop: Loop | None = None
    content: "Container | None" = None
    call: Call | None = None
    work: Work | None = None
    decision: DecisionCall | None = None
    script: str = ""
    inputs: Mapped = ()
    outputs: Mapped = ()


@dataclass(frozen=True, slots=True)
class Container:
    """A process or sub-process; `nodes` by id in the order of the file."""

    id: str
    name: str
    nodes: Mapping[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something drawn that would not be carried out as drawn.

    `code` says what it is (see `workflows.process.refusals`), `element` and `name` whose, and
    `fields` whatever the sentence needs besides. `severity` "warning": it runs, but something
    that is written there has no effect.
    """

    code: str
    element: str
    name: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    severity: Literal["error", "warning"] = "error"
