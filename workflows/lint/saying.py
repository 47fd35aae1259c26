"""From a refusal of the reader to a sentence for people."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from workflows.lint.finding import Draft, Problem, call, cut
from workflows.lint.instead import WORDS
from workflows.lint.instead_elements import (
    EVENT_NAMES,
    EVENTS,
    KINDS,
    UNKNOWN_EVENT,
    UNKNOWN_KIND,
)
from workflows.process.model import Refusal
from workflows.said import N_, Said

_FIELD: Final = re.compile(r"%\((\w+)\)s")


def problems(draft: Draft, sentences: Mapping[str, str]) -> Iterator[Problem]:
    """The refusals whose code has a sentence among these."""
    for refusal in draft.reading.refusals:
        if refusal.code in sentences:
            text = sentences[refusal.code]
            yield Problem(refusal.element, _fill(text, _fields(draft, refusal)), refusal.severity)


def _fill(text: str, fields: Mapping[str, str]) -> Said:
    """A field that is missing stays empty."""
    return Said(text, **{name: fields[name] for name in _FIELD.findall(text)})


def word(slot: str) -> str:
    """What a slot of the drawing is called."""
    return Said(WORDS[slot]) if slot in WORDS else slot


def _fields(draft: Draft, refusal: Refusal) -> Mapping[str, str]:
    fields: dict[str, str] = defaultdict(str)
    for name, value in refusal.fields.items():
        written = "" if value is None else cut(str(value))
        fields[name] = word(written) if name in ("slot", "kind") else written
    fields["it"] = call_id(draft, refusal.element, refusal.name)
    fields["label"] = cut(refusal.name) or refusal.element
    flow = draft.flows.get(refusal.element)
    if flow is not None:
        fields["source"] = call(draft.drawing.nodes[flow.source])
        fields["named"] = f' "{cut(flow.name)}"' if flow.name else ""
    column, value = refusal.fields.get("column"), fields["value"]
    fields["place"] = Said(" (huruf ke-%(column)s)", column=column) if column else ""
    fields["quoted"] = f' "{value}"' if value else ""
    if refusal.code == "element_not_executed":
        what, instead = KINDS.get(fields["kind"], UNKNOWN_KIND)
        fields["what"], fields["instead"] = _fill(what, fields), Said(instead)
    elif refusal.code == "event_not_executed":
        fields["instead"] = Said(EVENTS.get(fields["event"], UNKNOWN_EVENT))
        fields["what"] = Said(EVENT_NAMES.get(fields["event"], N_("memakai kejadian")))
    return fields


def call_id(draft: Draft, element: str, name: str = "") -> Said:
    """How a message speaks of the element with that id."""
    nodes = draft.drawing.nodes
    if element in nodes:
        return call(nodes[element])
    flow = draft.flows.get(element)
    if flow is not None:
        named = f' "{cut(flow.name)}"' if flow.name else ""
        source, target = call(nodes[flow.source]), call(nodes[flow.target])
        return Said(
            "Garis alur%(named)s dari %(source)s ke %(target)s",
            named=named,
            source=source,
            target=target,
        )
    if element == draft.drawing.key:
        return Said("Proses")
    return Said('Elemen "%(name)s"', name=cut(name) or element)
