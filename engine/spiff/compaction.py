"""Drops what is finished. History lives in the events of the case; the state holds what is open,
so that the ten-thousandth round costs what the tenth did.

This is safe because none of our node types looks back: joins remember on the token which flow it
came by, multi-instance keeps its results. One of SpiffWorkflow's does, the join behind an
activity with boundary events: it looks for its start and that one's children, which are kept.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.util.task import TaskState


def compact(workflow: Any) -> None:
    for part in [workflow, *workflow.subprocesses.values()]:
        _compact_part(part)
    drop_detached(workflow)


def drop_detached(workflow: Any) -> None:
    """Forget the sub-processes whose activity has ended or was withdrawn. SpiffWorkflow leaves
    those behind that were withdrawn together with the iterations around them."""
    if not workflow.subprocesses:
        return
    held = dict(workflow.tasks)
    # Outer ones come first, so that the inner ones of a dropped one are dropped as well.
    for around, subprocess in list(workflow.subprocesses.items()):
        task = held.get(around)
        if task is None or task.has_state(TaskState.FINISHED_MASK):
            del workflow.subprocesses[around]
        else:
            held |= subprocess.tasks


def _compact_part(part: Any) -> None:
    """Keep the root, what is unfinished, and the starts of boundary events still in use with
    their children; hang each below the nearest ancestor that is kept."""
    tasks = part.tasks
    kept = {part.task_tree.id}
    for task in tasks.values():
        if not task.has_state(TaskState.FINISHED_MASK):
            kept.add(task.id)
            split = _boundary_start(tasks, task)
            if split is not None:
                kept |= {split.id, *split._children}
    if len(kept) == len(tasks):
        return
    nearest: dict[Any, Any] = {}
    remaining: dict[Any, Any] = {}
    queue = [part.task_tree]
    for task in queue:
        queue += task.children
        above = nearest.get(task._parent)
        if task.id in kept:
            task.parent = above
            remaining[task.id] = task
            if above is not None:
                above._children.append(task.id)
        nearest[task.id] = task if task.id in kept else above
        # The children have been queued; those kept come back below their nearest ancestor.
        task._children = []
    part.tasks = remaining


def _boundary_start(tasks: dict[Any, Any], task: Any) -> Any:
    """The start of boundary events that an unfinished task still refers to, or None."""
    above = tasks.get(task._parent)
    if isinstance(task.task_spec, BoundaryEventJoin):
        while above is not None and above.task_spec.name != task.task_spec.split_task:
            above = tasks.get(above._parent)
        return above
    is_start = above is not None and isinstance(above.task_spec, BoundaryEventSplit)
    return above if is_start else None
