"""Who catches what: firing events, and finding the one that an error or a signal is for."""

from collections.abc import Iterable, Mapping

from engine.spiff.scope import INCIDENT
from engine.spiff.tokens import HOST, WAITING, Part, Token, all_live, outermost

SCOPE = ""  # as HOST: the event waits for the whole scope, as the start of an event sub-process


def fire(token: Token, payload: Mapping[str, object] | None = None) -> None:
    """Let the event that this token waits for happen."""
    token.task_spec.fire(token, dict(payload or {}))


def waits_for(token: Token, kind: str, name: str | None = None) -> bool:
    """Whether the token waits for an event of that kind (and name)."""
    trigger = token.task_spec.catches
    return bool(
        trigger is not None
        and trigger.kind == kind
        and name in (None, trigger.name)
        and token.has_state(WAITING)
        and INCIDENT not in token.internal_data
    )


def fire_signal(top: Part, name: str, payload: Mapping[str, object]) -> None:
    """A signal reaches all that wait for it now."""
    for token in [one for one in all_live(top, WAITING) if waits_for(one, "signal", name)]:
        if token.live:  # an earlier one may have withdrawn it
            fire(token, payload)


def catcher_of(token: Token, kind: str, code: str, *, at_activity: bool = False) -> Token | None:
    """The armed event nearest to a token that catches an error or escalation: in its own scope,
    at the boundary of the activity around, in the scope outside of that, and so on.

    `at_activity`: the token is itself the activity at which it happens.
    """
    part, host = token.workflow, token if at_activity else None
    while True:
        if host is not None:
            part = host.workflow
            beside = outermost(host).id
            found = _best((one for one in part.live() if _stands_on(one, beside)), kind, code)
            if found is not None:
                return found
        found = _best((one for one in part.live() if _stands_on(one, SCOPE)), kind, code)
        if found is not None:
            return found
        host = part.host
        if host is None:
            return None


def _stands_on(token: Token, host: str) -> bool:
    return bool(token.internal_data.get(HOST) == host)


def _best(tokens: Iterable[Token], kind: str, code: str) -> Token | None:
    """The one that names the code, else one that catches all."""
    fitting = [token for token in tokens if waits_for(token, kind)]
    for wanted in (code, ""):
        for token in fitting:
            if token.task_spec.catches.name == wanted:
                return token
    return None
