"""Undoing what has been completed.

Each part keeps a list of its completed activities that can be undone, for only these outlive
their token. A compensation throw takes from it what it is to undo, the latest first, one after the
other: the handler at the boundary of an activity, or for a sub-process without one all that can be
undone inside of it. Handlers read the case's data as they are then.
"""

from engine.spiff.nodes import Node, ProcessSpec
from engine.spiff.scope import LOCAL
from engine.spiff.tokens import READY, STARTED, UNDO, Part, Token, all_live, spawn
from workflows.process.model import Node as Model
from workflows.process.model import Trigger

DONE = "done"  # at the root of a part: [[node, its variables, what is done inside], …]
LEFT = "left"  # at a throw: what it still has to undo, in the order of completion
INSIDE = "inside"  # at a sub-process: what was done inside of it


class Undo(Node):
    """A compensation throw or end event; it waits for the handlers."""

    has_dependents = True
    undoes = True

    def act(self, token: Token) -> bool:
        if LEFT in token.internal_data:
            return True  # all is undone
        trigger = self.model.trigger
        assert trigger is not None
        done = _ledger_part(token).task_tree.internal_data.get(DONE, [])
        wanted = [one for one in done if trigger.activity in ("", one[0])]
        done[:] = [one for one in done if one not in wanted]
        token.internal_data[LEFT] = wanted
        if not wanted:
            return True
        token._set_state(STARTED)
        _undo_next(token)
        return False


class UndoAll(Undo):
    """Undoes all of a sub-process; it is drawn nowhere."""

    def __init__(self, spec: ProcessSpec) -> None:
        everything = Trigger("compensation")
        super().__init__(spec, Model(":undo", "", "intermediateThrowEvent", trigger=everything))
        self.bpmn_id = None

    def is_traced(self, token: Token) -> bool:
        return False


def note_completed(token: Token) -> None:
    """Remember a completed activity that can be undone."""
    spec, marks = token.task_spec, token.internal_data
    inside = marks.get(INSIDE, [])
    if spec.undone_by is not None or inside:
        done = token.workflow.task_tree.internal_data.setdefault(DONE, [])
        done.append([spec.name, marks.get(LOCAL), inside])


def keep_inside(part: Part) -> None:
    """What was done inside of a sub-process that ends can still be undone from outside; what a
    called process has done is its own."""
    done = part.task_tree.internal_data.get(DONE)
    if done and part.host is not None and part.host.task_spec.content is not None:
        part.host.internal_data[INSIDE] = done


def begin_undoing(part: Part, token: Token) -> None:
    """Undo a completed sub-process from inside: `part` is it once more, `token` its host."""
    part.task_tree.internal_data[DONE] = token.internal_data.pop(INSIDE)
    spawn(part, part.spec.undo, part.task_tree)


def handler_done(token: Token) -> None:
    """A handler has ended: on to the next one."""
    throw = token.internal_data[UNDO]
    for one in all_live(token.workflow.top):
        if one.id == throw:
            _undo_next(one)
            return


def _undo_next(throw: Token) -> None:
    """Start the handler that is next; the throw passes when none is left."""
    left = throw.internal_data[LEFT]
    if not left:
        throw._set_state(READY)
        return
    name, variables, inside = left.pop()
    part = _ledger_part(throw)
    spec = part.spec.task_specs[name]
    marks: dict[str, object] = {UNDO: throw.id}
    if spec.undone_by is None:
        spawn(part, spec, throw, marks | {INSIDE: inside})
    else:
        own = {LOCAL: variables} if variables else {}
        spawn(part, part.spec.task_specs[spec.undone_by], throw, marks | own)


def _ledger_part(token: Token) -> Part:
    """An event sub-process undoes what was done in the scope around it."""
    part: Part = token.workflow
    if isinstance(token.task_spec, UndoAll):
        return part
    while part.host is not None and part.host.task_spec.model.kind == "eventSubProcess":
        part = part.host.workflow
    return part
