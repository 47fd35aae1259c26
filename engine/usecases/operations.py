"""What administrators and process owners do with a running case, each with a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from engine import spiff
from engine.app import App
from engine.channels.news import News
from engine.deadlining import hold_items, release_items
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.operation_values import CaseState, MoveOutcome, NodeLine
from engine.progress import apply_step, log_end
from engine.store import activations, cases
from engine.store.access import OpenedCase, open_case, refuse_suspended
from engine.store.incidents import GONE, Ending
from engine.store.tables import Case, Definition
from engine.store.transaction import Tx, transaction
from engine.surroundings import compiled_of, surroundings
from engine.telling import tell_watchers, topic_of_case
from workflows.case_data import check_case_data, compare_case_data
from workflows.errors import InvalidAnswerError, SopError
from workflows.process.model import Node
from workflows.process.nodes import all_nodes
from workflows.reason import check_reason
from workflows.rights import Actor, Verb, may


@dataclass(frozen=True)
class _Held:
    """A case under the hands of somebody who may do that to it."""

    case: Case
    definition: Definition
    compiled: spiff.Compiled
    around: spiff.Surroundings

    def find(self, tx: Tx, named: str) -> spiff.OpenToken:
        """The active token of that id, or the only one at that node."""
        tokens = self.tokens()
        found = [one for one in tokens if one.token == named]
        found = found or [one for one in tokens if one.node == named]
        if not found:
            known = named in self.nodes() or activations.names_of(tx, self.case.id, [named])
            if not known:
                raise NotFoundError("node_not_found", node=named, key=self.definition.key)
            raise ConflictError("token_not_open", token=named, case=self.case.id)
        if len(found) > 1:
            raise ConflictError("node_ambiguous", node=named, tokens=[one.token for one in found])
        return found[0]

    def tokens(self) -> tuple[spiff.OpenToken, ...]:
        return spiff.open_tokens(self.compiled, self.case.engine_state, self.around)

    def nodes(self) -> set[str]:
        """Those of the case's own process and of all that it is calling now."""
        called = {one.definition for one in self.tokens()} - {self.compiled.digest}
        processes = [self.compiled, *(self.around.definitions.pinned(one) for one in called)]
        return {node.id for process in processes for node in all_nodes(process.container)}


def _hold(tx: Tx, actor: Actor, case_id: int, verb: Verb, *, lock: bool = True) -> _Held:
    """Raises NotFoundError: case_not_found; NotAllowedError: right_missing, case_not_yours;
    ConflictError: case_ended."""
    opened = open_case(tx, actor, case_id, lock=lock)
    if reason := may(actor, verb, opened.thing()):
        raise NotAllowedError(reason, verb=verb)
    if opened.case.state not in cases.UNFINISHED:
        raise ConflictError("case_ended", case=case_id)
    return _held(tx, opened)


def _held(tx: Tx, opened: OpenedCase) -> _Held:
    around = surroundings(tx, opened.unit)
    return _Held(opened.case, opened.definition, compiled_of(opened.definition), around)


def _log(tx: Tx, now: datetime, kind: str, actor: Actor, case: Case, **data: Any) -> None:
    cases.add_event(tx, now, kind, actor.person_id, case_id=case.id, **data)


def _apply(
    tx: Tx, held: _Held, step: spiff.Step, now: datetime, ending: Ending = GONE
) -> CaseState:
    apply_step(tx, held.case, held.definition, step, now, ending=ending)
    log_end(tx, held.case, now)
    return _state(held.case)


def _state(case: Case) -> CaseState:
    return CaseState(case.id, case.state, tuple(case.tokens))


def skip_node(
    app: App, actor: Actor, case_id: int, token: str, reason: str, now: datetime
) -> CaseState:
    """Pass a node that is active as if it were done, without answers or results.

    `token`: its id, or the node where it alone stands. Raises as `_hold` does; NotFoundError:
    node_not_found; ConflictError: token_not_open, node_ambiguous, cannot_skip, case_suspended;
    InvalidAnswerError: reason_missing.
    """
    reason = check_reason(reason)
    with transaction(app.sessions) as tx:
        held = _hold(tx, actor, case_id, "skip")
        refuse_suspended(tx, held.case)
        case, one = held.case, held.find(tx, token)
        step = spiff.skip(held.compiled, case.engine_state, case.data, one.token, now, held.around)
        # What waited there (a work item, a job) is nobody's any more.
        step = replace(step, closed=tuple(sorted({*step.closed, one.token})))
        where = {"node": one.node, "node_name": one.name, "token": one.token}
        _log(tx, now, "node_skipped", actor, case, note=reason, **where)
        ending = Ending("skipped", actor.person_id, reason, one.token)
        state = _apply(tx, held, step, now, ending)
        activations.settle(tx, case.id, [one.token], "skipped", now, again=True)
        return state


def move_token(
    app: App,
    actor: Actor,
    case_id: int,
    token: str,
    node: str,
    reason: str,
    now: datetime,
    *,
    preview: bool = False,
) -> MoveOutcome:
    """Withdraw a token and go on at another node, for example at an earlier one.

    `token`: its id, or the node where it alone stands. With `preview` nothing is stored and no
    reason is wanted. Raises as `skip_node` does; ConflictError: cannot_move (reason).
    """
    reason = "" if preview else check_reason(reason)
    with transaction(app.sessions) as tx:
        held = _hold(tx, actor, case_id, "operate", lock=not preview)
        refuse_suspended(tx, held.case)
        case, one = held.case, held.find(tx, token)
        source = NodeLine(one.node, one.name, one.kind)
        nodes = _nodes_around(held, one)
        if node not in nodes:
            raise _no_target(held, node)
        target = NodeLine(node, nodes[node].name, nodes[node].kind)
        step = spiff.move(
            held.compiled, case.engine_state, case.data, one.token, node, now, held.around
        )
        if not preview:
            names = {"node_name": one.name or one.node, "target_name": target.name or target.node}
            where = {"node": one.node, "token": one.token, "target": node, **names}
            _log(tx, now, "token_moved", actor, case, note=reason, **where)
            _apply(tx, held, step, now, Ending("moved", actor.person_id, reason, one.token))
        return _outcome(case, step, nodes, source, target)


def _no_target(held: _Held, node: str) -> SopError:
    if node in held.nodes():
        return ConflictError("cannot_move", node=node, reason="not_around")
    return NotFoundError("node_not_found", node=node, key=held.definition.key)


def _nodes_around(held: _Held, token: spiff.OpenToken) -> dict[str, Node]:
    """The nodes of the process that the token is in, and those of the case's own."""
    processes = (held.compiled, held.around.definitions.pinned(token.definition))
    return {node.id: node for one in processes for node in all_nodes(one.container)}


def _outcome(
    case: Case, step: spiff.Step, nodes: Mapping[str, Node], source: NodeLine, target: NodeLine
) -> MoveOutcome:
    """What stands open afterwards, and what stood open before and was taken back."""
    left = [one for one in step.activations if one.state == "withdrawn" and not one.is_new]
    came = [one for one in step.activations if one.state == "active" and one.is_new]
    state = "incident" if step.incidents else "running"
    return MoveOutcome(
        case_id=case.id,
        state="completed" if step.finished else state,
        source=source,
        target=target,
        withdrawn=_lines(left, nodes),
        opened=_lines(came, nodes),
    )


def _lines(passed: Iterable[spiff.Activation], nodes: Mapping[str, Node]) -> tuple[NodeLine, ...]:
    """Without the node that repeats something where its repetitions are named."""
    listed = list(passed)
    counts = Counter(one.node for one in listed)
    loops = {node.id for node in nodes.values() if node.loop is not None}
    hosts = {node for node, count in counts.items() if count > 1 and node in loops}
    lines = []
    for one in listed:
        if one.node in hosts:
            hosts.remove(one.node)  # the first is the node itself, the repetitions follow
        else:
            lines.append(NodeLine(one.node, one.name, one.kind))
    return tuple(lines)


def suspend_case(app: App, actor: Actor, case_id: int, reason: str, now: datetime) -> CaseState:
    """Let a case stand still: nobody works on it, no timer fires, no reminder goes out, no job
    begins, and messages wait, until it is resumed. The standards of its open items are paused.

    Raises as `_hold` does; ConflictError: case_suspended; InvalidAnswerError: reason_missing.
    """
    reason = check_reason(reason)
    with transaction(app.sessions) as tx:
        held = _hold(tx, actor, case_id, "operate")
        case = held.case
        refuse_suspended(tx, case)
        case.state, case.suspended_at = "suspended", now
        case.suspended_by, case.suspended_reason = actor.person_id, reason
        hold_items(tx, case, held.definition, now)
        _log(tx, now, "case_suspended", actor, case, note=reason)
        return _state(case)


def resume_case(app: App, actor: Actor, case_id: int, now: datetime) -> CaseState:
    """Let a suspended case go on, with all that has become due meanwhile; deadlines are later by
    the working time in which it stood still.

    Raises as `_hold` does; ConflictError: case_not_suspended.
    """
    with transaction(app.sessions) as tx:
        held = _hold(tx, actor, case_id, "operate")
        case = held.case
        if case.suspended_at is None:
            raise ConflictError("case_not_suspended", case=case_id)
        _wake(case)
        _log(tx, now, "case_resumed", actor, case)
        release_items(tx, case, held.definition, now, actor.person_id)
        # Its data may have been corrected while it stood still.
        step = spiff.correct(held.compiled, case.engine_state, case.data, now, held.around)
        return _apply(tx, held, step, now)


def _wake(case: Case) -> None:
    case.suspended_at, case.suspended_by, case.suspended_reason = None, None, ""


def cancel_case(app: App, actor: Actor, case_id: int, reason: str, now: datetime) -> CaseState:
    """End a case for good: everything that is open is withdrawn.

    Raises as `_hold` does; InvalidAnswerError: reason_missing.
    """
    reason = check_reason(reason)
    with transaction(app.sessions) as tx:
        held = _hold(tx, actor, case_id, "operate")
        case = held.case
        _wake(case)
        step = spiff.cancel(held.compiled, case.engine_state, case.data, now, held.around)
        _log(tx, now, "case_cancelled", actor, case, note=reason)
        ending = Ending("cancelled", actor.person_id, reason)
        apply_step(tx, case, held.definition, step, now, ending=ending)
        case.state = "cancelled"
        topic = partial(topic_of_case, tx, case, held.definition)
        news = News("watched_cancelled", by=actor.name, note=reason)
        tell_watchers(tx, case, news, "watched:end", topic, now, but=actor.person_id)
        return _state(case)


def correct_data(
    app: App,
    actor: Actor,
    case_id: int,
    changes: Mapping[str, object],
    reason: str,
    now: datetime,
) -> CaseState:
    """Replace variables of a case; what stood there before is kept in its history.

    In a suspended case nothing happens but that; conditions look again when it is resumed.
    Raises as `_hold` does; InvalidAnswerError: reason_missing, invalid_payload, nothing_changed.
    """
    reason, changes = check_reason(reason), check_case_data(changes)
    with transaction(app.sessions) as tx:
        held = _hold(tx, actor, case_id, "correct")
        case = held.case
        changed = compare_case_data(case.data, changes)
        if not changed:
            raise InvalidAnswerError("nothing_changed", field="data")
        _log(tx, now, "data_corrected", actor, case, note=reason, changes=changed)
        data = {**case.data, **changes}
        if case.suspended_at is not None:
            case.data = data
            return _state(case)
        step = spiff.correct(held.compiled, case.engine_state, data, now, held.around)
        return _apply(tx, held, step, now)
