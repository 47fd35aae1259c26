"""What a rule is given and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple

from lxml import etree

from workflows.bpmn_xml import BPMN
from workflows.drawing import Drawing, Flow, Node
from workflows.lint.surroundings import Surroundings
from workflows.lint.variables import Variables, read_form_of
from workflows.lint.ways import read_ways
from workflows.process.read import Reading
from workflows.said import N_, Said, read_said

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """What one rule has to say about one element (its BPMN id). Errors block deploying.

    `message` is Indonesian, and a `Said` that has its other languages; of versions that were
    published before there were any, plain.
    """

    rule: str
    severity: Severity
    element: str
    message: str

    def document(self) -> dict[str, object]:
        """As JSON, with what its other languages need."""
        said = self.message
        return {**asdict(self), **({"said": said.document()} if isinstance(said, Said) else {})}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Finding:
        """What `document` has written."""
        said = document.get("said")
        message = document["message"] if said is None else read_said(said)
        return cls(document["rule"], document["severity"], document["element"], message)


@dataclass(frozen=True)
class Draft:
    """What the rules look at. `reading` says what is carried out of the drawing; `forms`: file
    name -> schema text; None where nobody knows them, as `surroundings`."""

    root: etree._Element
    drawing: Drawing
    reading: Reading
    forms: Mapping[str, str] | None
    surroundings: Surroundings | None = None

    @cached_property
    def flows(self) -> Mapping[str, Flow]:
        return {flow.id: flow for flow in self.drawing.flows}

    @cached_property
    def is_clear(self) -> bool:
        """Whether all that is drawn has a meaning, so that it can be told what comes of it."""
        errors = (one for one in self.reading.refusals if one.severity == "error")
        return all(one.code == UNREACHABLE for one in errors)

    @cached_property
    def unreachable(self) -> frozenset[str]:
        return frozenset(one.element for one in self.reading.refusals if one.code == UNREACHABLE)

    @cached_property
    def variables(self) -> Variables:
        forms = {
            step.node.id: read_form_of(self.forms, step.formulir)
            for step in self.drawing.steps
            if step.formulir
        }
        properties = list(self.drawing.process.iter(f"{BPMN}property"))
        declared = [str(one.get(key)) for one in properties for key in ("id", "name")]
        given = (one["nama"] for one in self.drawing.data_awal)
        return Variables(read_ways(self.reading.container), forms, frozenset([*declared, *given]))


class Problem(NamedTuple):
    """A finding before it knows its rule."""

    element: str
    message: Said
    severity: Severity = "error"


Rule = Callable[[Draft], Iterator[Problem]]

UNREACHABLE: Final = "unreachable"
_LONGEST_QUOTE: Final = 80
_KINDS: Final[Mapping[str, str]] = {
    "task": N_("Langkah"),
    "userTask": N_("Langkah"),
    "manualTask": N_("Langkah"),
    "serviceTask": N_("Tugas layanan"),
    "scriptTask": N_("Tugas skrip"),
    "sendTask": N_("Tugas kirim"),
    "receiveTask": N_("Tugas terima"),
    "businessRuleTask": N_("Tugas aturan"),
    "callActivity": N_("Pemanggilan proses"),
    "exclusiveGateway": N_("Percabangan"),
    "inclusiveGateway": N_("Percabangan inklusif"),
    "parallelGateway": N_("Percabangan paralel"),
    "eventBasedGateway": N_("Percabangan berdasarkan kejadian"),
    "startEvent": N_("Kejadian mulai"),
    "endEvent": N_("Kejadian selesai"),
    "intermediateThrowEvent": N_("Tonggak"),
    "intermediateCatchEvent": N_("Kejadian tunggu"),
    "boundaryEvent": N_("Kejadian tepi"),
    "subProcess": N_("Subproses"),
}


def call(node: Node) -> Said:
    """How a message speaks of a node: by the name that people see, else by its id."""
    kind = Said(_KINDS.get(node.tag, N_("Elemen")))
    if node.name:
        return Said('%(kind)s "%(name)s"', kind=kind, name=cut(node.name))
    return Said('%(kind)s tanpa nama (id "%(id)s")', kind=kind, id=node.id)


def suggest(near: str) -> str:
    """What may have been meant, as the end of a sentence; "" where nothing is near."""
    return Said(' Mungkin maksudnya "%(near)s".', near=cut(near)) if near else ""


def cut(text: str) -> str:
    """A text of the file as a message quotes it: one line, not endless."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1]}…"
