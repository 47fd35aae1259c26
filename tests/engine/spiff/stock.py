"""SpiffWorkflow 3.2.0 as it comes out of the box: its own parser, engine, clock and serializer.

The tests beside this run one diagram through it and through ours. What they assert of it is what
is wrong with it: they fail once that is mended, and then tell that something of ours may go.
"""

import json
from itertools import pairwise
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.task import TaskState

SHARED = (
    '<message id="m" name="surat"/><signal id="s" name="sirene"/>'
    '<error id="e1" name="gagal" errorCode="gagal"/><escalation id="x1" escalationCode="naik"/>'
)
MULAI = '<startEvent id="mulai"/>'
SELESAI = '<endEvent id="selesai"/>'
TIMER = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"
MESSAGE = '<messageEventDefinition messageRef="m"/>'
SIGNAL = '<signalEventDefinition signalRef="s"/>'


def node(tag: str, name: str, inside: str = "", **attributes: str) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{tag} id="{name}"{written}>{inside}</{tag}>'


def steps(names: str) -> str:
    return "".join(node("userTask", name) for name in names.split())


def flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{source}_ke_{target}" {ends}>{inside}</sequenceFlow>'


def flows(*paths: str) -> str:
    return "".join(flow(*pair) for path in paths for pair in pairwise(path.split()))


def stock_file(content: str, shared: str = SHARED) -> bytes:
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
        'xmlns:sop="urn:alurkerja:sop:1.0" targetNamespace="urn:alurkerja:tests">'
        f'{shared}<process id="p" isExecutable="true">{content}</process></definitions>'
    ).encode()


def read_stock(content: str, *, shared: str = SHARED, parser: Any = BpmnParser) -> Any:
    """The process and its sub-processes."""
    reader = parser()
    reader.add_bpmn_str(stock_file(content, shared))
    return reader.get_spec("p"), reader.get_subprocess_specs("p")


class Stock:
    """A running workflow."""

    def __init__(
        self, content: str, *, shared: str = SHARED, parser: Any = BpmnParser, engine: Any = None
    ) -> None:
        self.specs = read_stock(content, shared=shared, parser=parser)
        self.workflow = BpmnWorkflow(*self.specs, script_engine=engine)
        self.workflow.do_engine_steps()

    @property
    def ready(self) -> list[str]:
        """The steps that a work list would show."""
        found = self.workflow.get_tasks(state=TaskState.READY, manual=True)
        return [task.task_spec.name for task in found]

    @property
    def waiting(self) -> list[str]:
        return [one.task_spec.name for one in self.workflow.get_tasks(state=TaskState.WAITING)]

    @property
    def finished(self) -> bool:
        return bool(self.workflow.is_completed())

    def task(self, name: str, state: int = TaskState.ANY_MASK) -> Any:
        """The latest task of that name."""
        return self.workflow.get_tasks(state=state, spec_name=name)[-1]

    def complete(self, name: str, **answers: Any) -> None:
        task = self.task(name, TaskState.READY)
        task.data.update(answers)
        task.run()
        self.workflow.do_engine_steps()

    def send(self, name: str, correlations: Any = None, **payload: Any) -> None:
        event = BpmnEvent(MessageEventDefinition(name), payload, correlations or {})
        self.workflow.catch(event)
        self.workflow.do_engine_steps()

    def stored(self) -> str:
        return str(BpmnWorkflowSerializer().serialize_json(self.workflow))

    def restore(self, *, other_order: bool = False) -> None:
        """`other_order`: as from a column that does not keep the order of keys, such as JSONB."""
        hook = (lambda pairs: dict(reversed(pairs))) if other_order else dict
        text = json.dumps(json.loads(self.stored(), object_pairs_hook=hook))
        self.workflow = BpmnWorkflowSerializer().deserialize_json(text)
