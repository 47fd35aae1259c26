"""SpiffWorkflow's parser, with our node types and without its recursion.

Stock parsing walks from node to node along the flows and runs out of stack at some 400 nodes in
a row. Here all nodes of a process are made first and connected afterwards.
"""

from typing import Any, ClassVar

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    IntermediateCatchEventParser,
    IntermediateThrowEventParser,
    StartEventParser,
)
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.task_parsers import (
    ConditionalGatewayParser,
    GatewayParser,
    SubWorkflowParser,
)
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin

from engine.spiff import nodes
from engine.spiff.multi_instance import MultiInstance, SequentialMultiInstance
from engine.spiff.timers import TimerDefinition


class Flat:
    """Mixed in before a SpiffWorkflow node parser: makes one node and goes no further."""

    PARALLEL_MI_CLASS = MultiInstance
    SEQUENTIAL_MI_CLASS = SequentialMultiInstance

    def parse_node(self: Any) -> Any:
        self.task = self.create_task()
        loops = self.xpath("./bpmn:multiInstanceLoopCharacteristics")
        if loops:
            self._add_multiinstance_task(loops[0])
        events = self.process_parser.get_boundary_events(self.bpmn_id)
        return self._add_boundary_event(events) if events else self.task

    def connect_flows(self: Any) -> None:
        default = self.node.get("default")
        for flow in self.process_parser.get_outgoing_sequence_flows(self.bpmn_id):
            target = self.process_parser.entry(flow.get("targetRef"))
            self.connect_outgoing(target, flow, flow.get("id") == default)

    def parse_incoming_data_references(self) -> list[Any]:
        """Data objects on an SOP drawing are documents of the case, not variables."""
        return []

    parse_outgoing_data_references = parse_incoming_data_references

    def parse_timer_event(self: Any, event: Any) -> TimerDefinition:
        for kind in ("timeDate", "timeDuration"):
            for slot in self._xpath(event, f"./bpmn:{kind}"):
                return TimerDefinition(self.bpmn_id, kind, slot.text)
        raise AssertionError("subset.check() has let a timer without a moment pass")

    def _copy_task_attrs(self: Any, original: Any, loop_characteristics: Any = None) -> None:
        super()._copy_task_attrs(original, loop_characteristics)  # type: ignore[misc] # mixin
        # SpiffWorkflow wires this only when it restores a serialised definition.
        original.completed_event.connect(self.task.merge_child)

    def _add_boundary_event(self: Any, events: list[Any]) -> Any:
        split = nodes.BoundaryEventSplit(self.spec, f"{self.bpmn_id}.BoundaryEventSplit")
        join = BoundaryEventJoin(
            self.spec, f"{self.bpmn_id}.BoundaryEventJoin", split_task=split.name, cancel=True
        )
        split.connect(self.task)
        self.task.connect(join)
        for event in events:
            child = self.process_parser.parse_node(event)
            split.connect(child)
            child.connect(join)
        return split


class FlatTaskParser(Flat, TaskParser):
    pass


class FlatSubProcessParser(Flat, SubWorkflowParser):
    pass


class FlatGatewayParser(Flat, GatewayParser):
    pass


class FlatExclusiveParser(Flat, ConditionalGatewayParser):
    def connect_outgoing(self: Any, target: Any, flow: Any, is_default: bool) -> None:
        condition = self.parse_condition(flow)
        if is_default or condition is None:  # without condition: the only flow
            self.task.connect(target)
        else:
            self.task.connect_outgoing_if(condition, target)


class FlatStartParser(Flat, StartEventParser):
    pass


class FlatEndParser(Flat, EndEventParser):
    pass


class FlatCatchParser(Flat, IntermediateCatchEventParser):
    pass


class FlatThrowParser(Flat, IntermediateThrowEventParser):
    pass


class FlatBoundaryParser(Flat, BoundaryEventParser):
    pass


class FlatProcessParser(ProcessParser):
    """Parses one process or embedded sub-process. Whether it is executable is asked when the file
    is read, in all spellings of true."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process_executable = True
        self.node_parsers: list[Any] = []

    def add_tasks(self) -> None:
        boundary = full_tag("boundaryEvent")
        for node in self.node:
            if node.tag in self.parser.PARSER_CLASSES and node.tag != boundary:
                self.parse_node(node)
        for parser in self.node_parsers:
            parser.connect_flows()

    def parse_node(self, node: Any) -> Any:
        parser_class, node_class = self.parser.PARSER_CLASSES[node.tag]
        parser = parser_class(self, node_class, node, self.nsmap)
        self.node_parsers.append(parser)
        return parser.parse_node()

    def entry(self, node_id: str) -> Any:
        """Where a flow to this node leads: past the start of its boundary events, if any."""
        specs = self.spec.task_specs
        return specs.get(f"{node_id}.BoundaryEventSplit") or specs[node_id]


class Parser(BpmnParser):
    PROCESS_PARSER_CLASS = FlatProcessParser
    PARSER_CLASSES: ClassVar[dict[str, tuple[type[Any], type[Any]]]] = {
        full_tag("startEvent"): (FlatStartParser, nodes.StartEvent),
        full_tag("endEvent"): (FlatEndParser, nodes.EndEvent),
        full_tag("userTask"): (FlatTaskParser, nodes.UserTask),
        full_tag("manualTask"): (FlatTaskParser, nodes.ManualTask),
        full_tag("exclusiveGateway"): (FlatExclusiveParser, nodes.ExclusiveGateway),
        full_tag("parallelGateway"): (FlatGatewayParser, nodes.ParallelGateway),
        full_tag("subProcess"): (FlatSubProcessParser, nodes.SubWorkflowTask),
        full_tag("intermediateCatchEvent"): (FlatCatchParser, nodes.IntermediateCatchEvent),
        full_tag("intermediateThrowEvent"): (FlatThrowParser, nodes.IntermediateThrowEvent),
        full_tag("boundaryEvent"): (FlatBoundaryParser, nodes.BoundaryEvent),
    }

    def add_bpmn_xml(self, bpmn: Any, filename: str | None = None) -> None:
        """Only the processes: lanes, messages, stores and positions are read elsewhere or not
        executed, and SpiffWorkflow's reading of them has errors of its own."""
        self._add_processes(bpmn, filename)
