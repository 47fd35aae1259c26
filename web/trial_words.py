"""Trials in words: what an act was, and where a replay goes another way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.trial_values import ActLine
from web.language import gettext
from web.messages import CASE_STATES, STATES, name_role
from web.moments import format_moment
from workflows.bpmn_xml import read_xml
from workflows.drawing import read_drawing
from workflows.errors import SopError
from workflows.pelaksana import ROLES
from workflows.trials import Advance, Claim, Difference, Hear, Outcome, Report, Start, read_outcomes

Names = Mapping[str, str]


@dataclass(frozen=True)
class Said:
    """A difference: after which act, what had been expected, what came instead."""

    act: int
    expected: str
    came: str


def names_of(xml: bytes) -> Names:
    """id of a node -> what the diagram calls it; nothing of a file that cannot be read."""
    try:
        nodes = read_drawing(read_xml(xml)).nodes
    except SopError:
        return {}
    return {one.id: one.name or one.id for one in nodes.values()}


def say_act(line: ActLine, zone: str) -> str:
    act = line.act
    if isinstance(act, Start):
        return gettext("Kasus dimulai")
    if isinstance(act, Advance):
        return gettext("Jam dimajukan ke %(moment)s", moment=format_moment(act.to, zone))
    if isinstance(act, Claim):
        return gettext("%(step)s: diambil", step=line.name)
    if isinstance(act, Report):
        said = gettext("layanan gagal") if act.code or act.text else gettext("layanan menjawab")
        return f"{line.name}: {said}"
    if isinstance(act, Hear):
        return gettext("Pesan “%(name)s” tiba", name=act.name)
    return line.name


def say_difference(found: Difference | None, names: Names) -> Said | None:
    if found is None:
        return None
    return _say(found.act, found.what, found.expected, found.came, found.names, names)


def say_failure(failure: Mapping[str, object] | None, names: Names) -> Said | None:
    """As `say_difference`, of what `engine.proving.failure_of` wrote."""
    if failure is None:
        return None
    expected, came = (_outcome(failure.get(name)) for name in ("expected", "came"))
    listed = failure.get("names")
    changed = tuple(map(str, listed)) if isinstance(listed, list) else ()
    act = failure.get("act")
    number = act if isinstance(act, int) else 0
    return _say(number, str(failure.get("what")), expected, came, changed, names)


def _outcome(document: object) -> Outcome:
    return read_outcomes([document])[0] if isinstance(document, dict) else Outcome("")


def _say(
    act: int,
    what: str,
    expected: Outcome,
    came: Outcome,
    changed: tuple[str, ...],
    names: Names,
) -> Said:
    if what == "data":
        return Said(act, _values(expected, changed), _values(came, changed))
    return Said(act, _standing(expected, names), _standing(came, names))


def _role(code: str) -> str:
    role = next((one for one in ROLES if one.code == code), None)
    return name_role(role.name, code) if role else code


def _values(outcome: Outcome, changed: tuple[str, ...]) -> str:
    data = outcome.data or {}
    return "; ".join(f"{name} = {data.get(name, '–')}" for name in changed)


def _standing(outcome: Outcome, names: Names) -> str:
    """What the case does then."""
    if outcome.refused:
        return gettext("tindakan ini tidak dapat dilakukan")
    if outcome.stuck:
        stuck = ", ".join(names.get(node, node) for node in outcome.stuck)
        return gettext("alur terhenti di %(steps)s", steps=stuck)
    if outcome.open:
        steps = (f"{names.get(one.node, one.node)} ({_role(one.role)})" for one in outcome.open)
        return gettext("terbuka: %(steps)s", steps=", ".join(dict.fromkeys(steps)))
    state = CASE_STATES.get(outcome.state, STATES.get(outcome.state))
    return str(state) if state else gettext("tidak ada yang berjalan")
