"""From a refusal of the reader to a sentence for people."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

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


def problems(draft: Draft, sentences: Mapping[str, str]) -> Iterator[Problem]:
    """The refusals whose code has a sentence among these."""
    for refusal in draft.reading.refusals:
        if refusal.code in sentences:
            message = sentences[refusal.code].format_map(_fields(draft, refusal))
            yield Problem(refusal.element, message, refusal.severity)


def _fields(draft: Draft, refusal: Refusal) -> Mapping[str, str]:
    fields: dict[str, str] = defaultdict(str)
    for name, value in refusal.fields.items():
        written = "" if value is None else cut(str(value))
        fields[name] = WORDS.get(written, written) if name in ("slot", "kind") else written
    fields["it"] = call_id(draft, refusal.element, refusal.name)
    fields["label"] = cut(refusal.name) or refusal.element
    flow = draft.flows.get(refusal.element)
    if flow is not None:
        fields["source"] = call(draft.drawing.nodes[flow.source])
        fields["named"] = f' "{cut(flow.name)}"' if flow.name else ""
    column, value = refusal.fields.get("column"), fields["value"]
    fields["place"] = f" (huruf ke-{column})" if column else ""
    fields["quoted"] = f' "{value}"' if value else ""
    if refusal.code == "element_not_executed":
        what, fields["instead"] = KINDS.get(fields["kind"], UNKNOWN_KIND)
        fields["what"] = what.format_map(fields)
    elif refusal.code == "event_not_executed":
        fields["instead"] = EVENTS.get(fields["event"], UNKNOWN_EVENT)
        fields["what"] = EVENT_NAMES.get(fields["event"], "memakai kejadian")
    return fields


def call_id(draft: Draft, element: str, name: str = "") -> str:
    """How a message speaks of the element with that id."""
    nodes = draft.drawing.nodes
    if element in nodes:
        return call(nodes[element])
    flow = draft.flows.get(element)
    if flow is not None:
        named = f' "{cut(flow.name)}"' if flow.name else ""
        return f"Garis alur{named} dari {call(nodes[flow.source])} ke {call(nodes[flow.target])}"
    if element == draft.drawing.key:
        return "Proses"
    return f'Elemen "{cut(name) or element}"'
