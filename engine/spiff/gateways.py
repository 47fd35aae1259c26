"""Gateways. A gateway that cannot decide keeps its token, with an incident."""

from collections.abc import Iterable
from functools import cached_property

from engine.spiff.nodes import Node
from engine.spiff.scope import scope_of
from engine.spiff.tokens import RACE, VIA, WAITING, Part, Token, spawn, withdraw
from workflows.process.model import Flow


class Exclusive(Node):
    """The first flow whose condition holds, in the order of the file, or else the default."""

    def choose(self, token: Token) -> list[Flow]:
        flows = self.model.outgoing
        if len(flows) == 1 and flows[0].condition is None:
            return list(flows)
        scope = scope_of(token)
        for flow in flows:
            if flow.id == self.model.default or flow.condition is None:
                continue
            if scope.holds(token, flow.condition):
                return [flow]
        return [self.default_flow()] if flows else []


class Joining(Node):
    """A gateway at which tokens may have to wait for others."""

    @property
    def joins(self) -> bool:
        return len(self.model.incoming) > 1

    def waiting(self, part: Part) -> list[Token]:
        return [one for one in part.live(WAITING) if one.task_spec is self]

    def take(self, token: Token, others: list[Token]) -> None:
        """Go on with one token; the others that came are used up."""
        for other in others:
            if other is not token:
                withdraw(other)


class Parallel(Joining):
    """Waits for one token on each incoming flow and takes exactly these; more tokens wait on."""

    def _update(self, my_task: Token) -> None:
        my_task._set_state(WAITING)
        taken = {my_task.internal_data.get(VIA): my_task}
        if self.joins:
            for other in self.waiting(my_task.workflow):
                taken.setdefault(other.internal_data.get(VIA), other)
            if len(taken) < len(self.model.incoming):
                return
        self.take(my_task, list(taken.values()))
        super()._update(my_task)

    def choose(self, token: Token) -> list[Flow]:
        return list(self.model.outgoing)


class Inclusive(Joining):
    """Splits to every flow whose condition holds; joins when no other token can still come.

    BPMN 2.0.2 section 13.4.3: it waits as long as there is a token from which a path leads to an
    incoming flow without token, but none to one with a token, neither through this gateway.
    """

    def _update(self, my_task: Token) -> None:
        if self.joins:
            my_task._set_state(WAITING)  # `fire_if_complete` is asked when all else has moved
        else:
            super()._update(my_task)

    def fire_if_complete(self, part: Part) -> bool:
        """Let the waiting tokens pass as one, if nothing can come any more."""
        here: dict[str | None, Token] = {}
        for token in self.waiting(part):
            here.setdefault(token.internal_data.get(VIA), token)
        if not here:
            return False
        full = self._bits(here)
        empty = self._bits(self.model.incoming) & ~full
        for token in part.live() if empty else ():
            reached = self._reach.get(token.task_spec.bpmn_id, 0)
            if token.task_spec is not self and reached & empty and not reached & full:
                return False
        first = next(iter(here.values()))
        self.take(first, list(here.values()))
        super()._update(first)
        return True

    def _bits(self, flows: Iterable[str | None]) -> int:
        """A set of incoming flows as one number: there may be thousands of nodes and of flows."""
        return sum(1 << self.model.incoming.index(flow) for flow in flows if flow is not None)

    @cached_property
    def _reach(self) -> dict[str, int]:
        """Node -> the incoming flows of this gateway that a token there can still come by. An
        event at a border has a token of its own while it is armed."""
        into: dict[str, list[str]] = {}
        sources: dict[str, str] = {}
        for node in self._wf_spec.container.nodes.values():
            for flow in node.outgoing:
                into.setdefault(flow.target, []).append(node.id)
                sources[flow.id] = node.id
        found: dict[str, int] = {}
        for number, flow_id in enumerate(self.model.incoming):
            pending = [sources[flow_id]]
            while pending:
                node_id = pending.pop()
                reached = found.get(node_id, 0)
                if node_id != self.model.id and not reached >> number & 1:
                    found[node_id] = reached | 1 << number
                    pending += into.get(node_id, [])
        return found


class EventBased(Node):
    """Starts all events behind it; the one that comes first ends the others."""

    def leave(self, token: Token) -> None:
        for flow in self.model.outgoing:
            marks = {VIA: flow.id, RACE: token.id}
            spawn(token.workflow, self.specs[flow.target], token, marks)
