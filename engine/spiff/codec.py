"""The stored state of a case: what is open, as bytes; neither the definition nor the case's data.

A header with a version, then JSON in the order of making. User data occurs only as the variables
of iterations and is never given a meaning: no type tags, no sorted keys.
"""

import json
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task

from engine.errors import StuckError
from engine.spiff.definition import Compiled
from engine.spiff.scope import Scope

_HEADER = b"alur-state/"
_VERSION = b"1"


def dump(workflow: Any) -> bytes:
    content = {
        "completed": workflow.completed,
        "tasks": _rows(workflow),
        "subprocesses": [
            [around.hex, subprocess.completed, _rows(subprocess)]
            for around, subprocess in workflow.subprocesses.items()
        ],
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return b"%b%b\n%b" % (_HEADER, _VERSION, body.encode("utf-8", "surrogatepass"))


def load(compiled: Compiled, state: bytes, scope: Scope) -> Any:
    """The workflow as it was; raises StuckError for a state that this version cannot read or
    that belongs to another definition."""
    header, _, body = state.partition(b"\n")
    if header != _HEADER + _VERSION:
        found = header[:40].decode("ascii", "replace")
        raise StuckError("state_version_unknown", found=found, definition=compiled.key)
    try:
        content = json.loads(body.decode("utf-8", "surrogatepass"))
    except ValueError:
        raise StuckError("state_unreadable", definition=compiled.key) from None
    workflow = BpmnWorkflow(
        compiled.spec, compiled.subprocess_specs, script_engine=scope, deserializing=True
    )
    _restore(workflow, content["tasks"])
    workflow.completed = content["completed"]
    for around, completed, rows in content["subprocesses"]:
        _attach(workflow, UUID(hex=around), completed, rows)
    return workflow


def _attach(workflow: Any, around: UUID, completed: bool, rows: list[Any]) -> None:
    task = workflow.get_task_from_id(around)
    spec = workflow.subprocess_specs[task.task_spec.spec]
    subprocess = BpmnSubWorkflow(spec, around, workflow, deserializing=True)
    _restore(subprocess, rows)
    subprocess.completed = completed
    subprocess.completed_event.connect(task.task_spec._on_subworkflow_completed, task)
    workflow.subprocesses[around] = subprocess


def _rows(workflow: Any) -> list[list[Any]]:
    """The tokens, parents before children: id, index of the parent, state, node, triggered, and
    what the node remembers."""
    index = {workflow.task_tree.id: 0}
    rows = [_row(workflow.task_tree, -1)]
    queue = [workflow.task_tree]
    for task in queue:
        for child in task.children:
            index[child.id] = len(rows)
            rows.append(_row(child, index[task.id]))
            queue.append(child)
    return rows


def _row(task: Any, parent: int) -> list[Any]:
    node = task.task_spec.name
    return [task.id.hex, parent, task.state, node, task.triggered, task.internal_data]


def _restore(workflow: Any, rows: list[Any]) -> None:
    tasks: list[Any] = []
    for identity, parent, state, node, triggered, internal_data in rows:
        spec = workflow.spec.task_specs.get(node)
        if spec is None:
            raise StuckError("state_of_another_definition", node=node)
        above = tasks[parent] if parent >= 0 else None
        task = Task(workflow, spec, above, state, UUID(hex=identity))
        task.triggered = triggered
        task.internal_data = internal_data
        tasks.append(task)
    workflow.task_tree = tasks[0]
