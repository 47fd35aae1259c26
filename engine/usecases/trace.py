"""Looking at a case as an administrator does: its trace, its incidents, where it can be moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from engine import spiff
from engine.app import App
from engine.errors import ConflictError, NotAllowedError
from engine.operation_values import ActivationLine, MoveChoices, NodeLine, TokenLine
from engine.store import activations, cases, incidents, people, work_items
from engine.store.access import open_case
from engine.store.lines import incident_line
from engine.store.tables import Case
from engine.store.transaction import Tx, transaction
from engine.surroundings import compiled_of, surroundings
from engine.values import IncidentLine
from workflows.process.model import Node
from workflows.process.nodes import all_nodes
from workflows.rights import Actor, Thing, may

# No token goes to these by itself.
NO_TARGET = frozenset({"startEvent", "boundaryEvent", "eventSubProcess"})


def trace_case(app: App, actor: Actor, case_id: int, now: datetime) -> tuple[ActivationLine, ...]:
    """One line for each stay of a token at a node, in order. What a case did before Alur kept
    traces is not in it.

    Raises NotFoundError: case_not_found; NotAllowedError: case_not_yours.
    """
    with transaction(app.sessions) as tx:
        open_case(tx, actor, case_id)
        rounds: dict[tuple[str, str], int] = {}
        lines = []
        for row in activations.list_activations(tx, case_id):
            where = row.definition, row.node
            rounds[where] = rounds.get(where, 0) + 1
            lines.append(
                ActivationLine(
                    seq=row.seq,
                    token=row.token,
                    node=row.node,
                    name=row.name,
                    kind=row.kind,
                    state=row.state,
                    round=rounds[where],
                    entered_at=row.entered_at,
                    left_at=row.left_at,
                    definition=row.definition,
                )
            )
        return tuple(lines)


def list_incidents(
    app: App, actor: Actor, now: datetime, case_id: int | None = None
) -> tuple[IncidentLine, ...]:
    """The open incidents of all cases, or all that there ever were in one; the newest first.

    Raises NotAllowedError: right_missing, case_not_yours; NotFoundError: case_not_found.
    """
    with transaction(app.sessions) as tx:
        if case_id is not None:
            open_case(tx, actor, case_id)
        elif reason := may(actor, "operate", Thing()):
            raise NotAllowedError(reason, verb="operate")
        return tuple(incident_line(row) for row in incidents.list_incidents(tx, case_id))


def list_moves(app: App, actor: Actor, case_id: int, now: datetime) -> MoveChoices:
    """What of a case can be moved, and where to.

    Raises NotFoundError: case_not_found; NotAllowedError: right_missing, case_not_yours;
    ConflictError: case_ended.
    """
    with transaction(app.sessions) as tx:
        opened = open_case(tx, actor, case_id)
        if reason := may(actor, "operate", opened.thing()):
            raise NotAllowedError(reason, verb="operate")
        if opened.case.state not in cases.UNFINISHED:
            raise ConflictError("case_ended", case=case_id)
        compiled = compiled_of(opened.definition)
        around = surroundings(tx, opened.unit)
        tokens = spiff.open_tokens(compiled, opened.case.engine_state, around)
        called = {one.definition for one in tokens} - {compiled.digest}
        processes = [compiled, *(around.definitions.pinned(digest) for digest in sorted(called))]
        nodes = [node for process in processes for node in all_nodes(process.container)]
        earlier = _passed(tx, opened.case, nodes)
        passed = {line.node for line in earlier}
        return MoveChoices(
            open=_token_lines(tx, opened.case, tokens),
            earlier=earlier,
            others=tuple(_node_line(one) for one in _targets(nodes) if one.id not in passed),
        )


def _token_lines(tx: Tx, case: Case, tokens: Iterable[spiff.OpenToken]) -> tuple[TokenLine, ...]:
    items = {item.token: item for item in work_items.open_items_of_case(tx, case.id)}
    units = people.units_by_id(tx, {item.unit_id for item in items.values()})
    elsewhere = {
        token: units[item.unit_id].name
        for token, item in items.items()
        if item.unit_id != case.unit_id
    }
    return tuple(
        TokenLine(
            one.token,
            one.node,
            one.name or one.node,
            one.kind,
            one.stuck,
            elsewhere.get(one.token, ""),
        )
        for one in tokens
    )


def _passed(tx: Tx, case: Case, nodes: Iterable[Node]) -> tuple[NodeLine, ...]:
    """Targets that the case has passed, in the order of its way; by their work items where they
    were passed before there were traces."""
    possible: Mapping[str, Node] = {one.id: one for one in _targets(nodes)}
    traced = [node for node, *_ in activations.visited(tx, case.id)]
    done = [item.node for item in work_items.items_of_case(tx, case.id) if item.completed_by]
    way = [*(node for node in done if node not in traced), *traced]
    return tuple(_node_line(possible[node]) for node in dict.fromkeys(way) if node in possible)


def _targets(nodes: Iterable[Node]) -> list[Node]:
    return [one for one in nodes if one.kind not in NO_TARGET and not one.compensates]


def _node_line(node: Node) -> NodeLine:
    return NodeLine(node.id, node.name or node.id, node.kind)
