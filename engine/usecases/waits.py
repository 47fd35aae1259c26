"""What cases wait for where no person is asked: programs, messages, timers, administrators."""

from __future__ import annotations

from collections.abc import Collection

from engine.app import App
from engine.errors import NotAllowedError
from engine.operation_values import WaitLine
from engine.store import waits
from engine.store.tables import Activation, Incident, Job, Subscription, Timer
from engine.store.transaction import transaction
from workflows.rights import Actor, Thing, may

# A token stays at these while something else is active for it: what they hold, their repetitions.
AROUND = frozenset({"subProcess", "callActivity", "loop"})
# These wait beside the flow and are told only when they are stuck.
BESIDE = frozenset({"boundaryEvent", "eventSubProcess"})


def list_waits(app: App, actor: Actor, case_ids: Collection[int]) -> dict[int, list[WaitLine]]:
    """case id -> its active nodes that are no work items, in the order in which they were reached;
    a case of which only people are asked is missing. What a case did before Alur kept traces is
    not in it.

    Raises NotAllowedError: right_missing.
    """
    if reason := may(actor, "operate", Thing()):
        raise NotAllowedError(reason, verb="operate")
    found: dict[int, list[WaitLine]] = {}
    with transaction(app.sessions) as tx:
        for active, subscription, job, timer, incident in waits.list_waits(tx, case_ids):
            line = _line(active, subscription, job, timer, incident)
            if _is_told(active.kind, line.waits_for):
                found.setdefault(active.case_id, []).append(line)
    return found


def _is_told(kind: str, waits_for: str) -> bool:
    if kind in BESIDE:
        return waits_for == "incident"
    return bool(waits_for) or kind not in AROUND


def _line(
    active: Activation,
    subscription: Subscription | None,
    job: Job | None,
    timer: Timer | None,
    incident: Incident | None,
) -> WaitLine:
    if incident is not None:
        what, name = "incident", incident.reason
    elif subscription is not None:
        what, name = subscription.kind, subscription.name
    elif job is not None:
        what, name = "job", job.name
    else:
        what, name = ("timer" if timer else ""), ""
    return WaitLine(
        node=active.node,
        node_name=active.name or active.node,
        waits_for=what,
        name=name,
        fields=incident.fields if incident else {},
        due_at=timer.due_at if timer else None,
    )
