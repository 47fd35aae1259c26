"""Timer event definitions: one moment, duration or cycle, or a `sop:waktu` in working time."""

from typing import Final

from lxml import etree

from workflows.bpmn_xml import SOP
from workflows.errors import InvalidTimeError
from workflows.mutu_baku import parse_waktu
from workflows.process import iso, slots
from workflows.process.model import Timer, TimerKind
from workflows.process.tree import Source, attribute, parts, tag, text

_KINDS: Final[dict[str, TimerKind]] = {
    "timeDate": "timeDate",
    "timeDuration": "timeDuration",
    "timeCycle": "timeCycle",
}
WAKTU: Final = f"{SOP}waktu"


def read_timer(
    source: Source, event: etree._Element, definition: etree._Element, *, cycles: bool
) -> Timer | None:
    """None with a refusal where there is not exactly one readable moment; `cycles`: whether the
    event can come round again."""
    written = parts(definition, *_KINDS)
    waktu = attribute(definition, WAKTU)
    if len(written) + bool(waktu) != 1 or not all(map(text, written)):
        several = len(written) + bool(waktu) > 1
        source.notes.refuse("timer_several" if several else "timer_without_moment", event)
        return None
    if waktu:
        return _working_time(source, event, waktu)
    kind = _KINDS[tag(written[0])]
    plain = iso.read_literal(text(written[0])) is not None
    value = slots.notated(source.notes, event, written[0], plain=plain)
    if not value:
        return None
    if kind == "timeCycle" and not cycles:
        source.notes.refuse("timer_cycle", event, text=value)
        return None
    _check(source, event, kind, value)
    return Timer(kind, value)


def _working_time(source: Source, event: etree._Element, waktu: str) -> Timer | None:
    try:
        read = parse_waktu(waktu)
    except InvalidTimeError as error:
        source.notes.refuse("invalid_waktu", event, text=waktu, cause=error.code)
        return None
    if read.assumed:
        source.notes.warn("waktu_assumed", event, text=waktu, read=str(read))
    return Timer("waktu", waktu)


def _check(source: Source, event: etree._Element, kind: TimerKind, value: str) -> None:
    assert kind != "waktu"
    literal = iso.read_literal(value)
    if literal is None and iso.looks_like_cron(value):
        source.notes.refuse("timer_cron", event, text=value)
    elif literal is None and iso.is_meant_as_iso(value):
        source.notes.refuse("invalid_timer", event, slot=kind, text=value)
    elif literal is None:
        slots.expression(source.notes, event, kind, value)
    else:
        try:
            iso.check_literal(kind, literal)
        except InvalidTimeError as error:
            reason = error.fields.get("reason")
            source.notes.refuse("invalid_timer", event, slot=kind, text=value, reason=reason)
