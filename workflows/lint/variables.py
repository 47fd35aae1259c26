"""Who writes the variables of a case, and which expressions read them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple

from workflows.errors import InvalidSopError, SopError
from workflows.expressions import compile_expression, compile_script, parse_expression
from workflows.expressions.tree import Node as Tree
from workflows.forms import Form, read_form
from workflows.forms.form import Field
from workflows.lint.ways import Ways
from workflows.process.iso import read_literal
from workflows.process.model import Node
from workflows.said import N_

# Set by the engine in loops.
_COUNTERS: Final = (
    "loopCounter", "nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances",
)  # fmt: skip
_STEPS: Final = 500_000
_LEAST_READS: Final = 25
_CATCHES: Final = frozenset({"startEvent", "boundaryEvent", "intermediateCatchEvent"})


class Given(NamedTuple):
    """A variable that a node writes. `home`: the activity within which it stays, "" for the whole
    case; `field`: of the form that asks for it."""

    name: str
    node: str
    home: str = ""
    field: Field | None = None


class Read(NamedTuple):
    """An expression or script of the drawing. `element`: where it is written, `node`: where it is
    computed, `slot`: what it is for, `text`: of an expression, `names`: without which it fails."""

    element: str
    node: str
    slot: str
    names: frozenset[str]
    text: str = ""


@dataclass(frozen=True)
class Variables:
    """What is known of the variables of one drawing. `forms` by the step that names them, None
    for a form that nobody can read; `outside`: given before the first step, or declared."""

    ways: Ways
    forms: Mapping[str, Form | None]
    outside: frozenset[str]

    @cached_property
    def given(self) -> Mapping[str, Sequence[Given]]:
        found: dict[str, list[Given]] = {}
        for node in self.ways.nodes.values():
            for one in self._given_by(node):
                found.setdefault(one.name, []).append(one)
        return found

    @cached_property
    def unknown(self) -> frozenset[str]:
        """The nodes that may write anything."""
        return frozenset(node.id for node in self.ways.nodes.values() if self._may_write_all(node))

    def reaching(self, name: str, node: str) -> Sequence[Given]:
        """Those who may have written the variable when the node is left, where it can be read."""
        before, within = self.ways.before(node), {"", *self.ways.within(node)}
        return [
            one for one in self.given.get(name, ()) if one.node in before and one.home in within
        ]

    def is_open(self, node: str) -> bool:
        """Whether anything may have been written when the node is left."""
        return not self.unknown.isdisjoint(self.ways.before(node))

    def steps_before(self, node: str) -> Sequence[str]:
        """The activities that come right before: behind gateways and events, or the node itself."""
        found, seen, waiting = [], set(), [node]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            if self.ways.nodes[one].kind.endswith(("Task", "Activity", "Process")):
                found.append(one)
            else:
                waiting.extend(sorted(self.ways.behind.get(one, ())))
        return found

    @cached_property
    def reads(self) -> Sequence[Read]:
        """As many as can be judged in little time: each asks for all nodes before it."""
        nodes = self.ways.nodes.values()
        found = (read for node in nodes for read in _reads(node))
        return list(islice(found, max(_LEAST_READS, _STEPS // (len(nodes) + 1))))

    def _given_by(self, node: Node) -> Iterator[Given]:
        own, outer = self._homes(node)
        form = self.forms.get(node.id)
        for field in form.questions if form else ():
            yield Given(field.key, node.id, own, field)
        for name in _written(node):
            yield Given(name, node.id, own)
        for name, _ in node.inputs:
            yield Given(name, node.id, node.id)
        for name, _ in node.outputs:
            yield Given(name, node.id, node.id if node.loop and node.loop.output else outer)
        if node.loop is not None:
            for name in (node.loop.item, *_COUNTERS):
                if name:
                    yield Given(name, node.id, node.id)
            if node.loop.output:
                yield Given(node.loop.output, node.id, outer)

    def _homes(self, node: Node) -> tuple[str, str]:
        """Where what the node is answered stays, and where what it hands out does."""
        keeping = (one for one in self.ways.within(node.id) if self._keeps(one))
        own = next(keeping, "")
        return own, next(keeping, "") if own == node.id else own

    def _keeps(self, name: str) -> bool:
        node = self.ways.nodes[name]
        return bool(node.outputs or (node.loop and node.loop.output))

    def _may_write_all(self, node: Node) -> bool:
        if node.outputs:
            return False
        if node.id in self.forms and self.forms[node.id] is None:
            return True
        if node.work is not None and not node.work.result:
            return True
        if node.call is not None and node.call.shares:
            return True
        trigger = node.trigger
        if trigger is None or _throws(node):
            return False
        return trigger.kind in ("message", "signal") and not trigger.payload


def names_in(text: str) -> frozenset[str]:
    """The variables without which the expression fails; none of one that cannot be read."""
    try:
        names = compile_expression(text).names
        return names - set(_asked_for(parse_expression(text))) if "exists" in text else names
    except SopError:
        return frozenset()


def read_form_of(forms: Mapping[str, str] | None, name: str) -> Form | None:
    """None where it is not there or cannot be read, which another rule says."""
    try:
        return None if forms is None or name not in forms else read_form(forms[name])
    except InvalidSopError:
        return None


def _asked_for(tree: Tree) -> Iterator[str]:
    """The variables of which the expression asks whether they are there."""
    if tree.kind == "call" and tree.value == "exists":
        yield from _names(tree)
    for part in tree.parts:
        yield from _asked_for(part)


def _names(tree: Tree) -> Iterator[str]:
    if tree.kind == "name":
        yield str(tree.value)
    for part in tree.parts:
        yield from _names(part)


def _written(node: Node) -> Iterator[str]:
    if node.script:
        try:
            yield from compile_script(node.script).writes
        except SopError:
            pass  # refused elsewhere
    if node.work is not None and node.work.result:
        yield node.work.result
    if node.decision is not None:
        yield node.decision.result
    trigger = node.trigger
    if trigger is not None and not _throws(node):
        yield from (name for name, _ in trigger.payload)
        yield from (name for name in (trigger.variable, trigger.text_variable) if name)


def _reads(node: Node) -> Iterator[Read]:
    for flow in node.outgoing:
        if flow.condition:
            yield Read(flow.id, node.id, N_("syarat"), names_in(flow.condition), flow.condition)
    for slot, text in _texts(node):
        if text:
            yield Read(node.id, node.id, slot, names_in(text), text)
    if node.script:
        try:
            yield Read(node.id, node.id, N_("skrip"), compile_script(node.script).names)
        except SopError:
            pass  # refused elsewhere


def _texts(node: Node) -> Iterator[tuple[str, str]]:
    """(what it is for, expression) of a node itself."""
    for _, text in node.inputs:
        yield N_("masukan"), text
    if not _hands_out_anything(node):
        for _, text in node.outputs:
            yield N_("keluaran"), text
    for _, text in node.work.fields if node.work else ():
        yield N_("isi layanan"), text
    if node.loop is not None:
        for text in (node.loop.collection, node.loop.cardinality):
            yield N_("perulangan"), text
        yield N_("syarat perulangan"), node.loop.condition
    trigger = node.trigger
    if trigger is None or node.kind == "eventSubProcess":  # it stands at its start event
        return
    yield N_("syarat"), trigger.condition
    for _, text in trigger.keys if node.kind != "startEvent" else ():
        yield N_("kunci pesan"), text
    for _, text in trigger.payload if _throws(node) else ():
        yield N_("isi pesan"), text
    timer = trigger.timer
    if timer is not None and timer.kind != "waktu" and read_literal(timer.text) is None:
        yield N_("pewaktu"), timer.text


def _hands_out_anything(node: Node) -> bool:
    """Whether its outputs are made of what comes from elsewhere."""
    return (
        node.call is not None
        or (node.work is not None and not node.work.result)
        or not _throws(node)
    )


def _throws(node: Node) -> bool:
    return node.kind not in _CATCHES and node.kind != "receiveTask"
