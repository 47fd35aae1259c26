"""What a rule is given and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from lxml import etree

from workflows.bpmn_xml import BPMN
from workflows.drawing import Drawing, Flow, Node
from workflows.lint.surroundings import Surroundings
from workflows.lint.variables import Variables, read_form_of
from workflows.lint.ways import read_ways
from workflows.process.read import Reading

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """What one rule has to say about one element (its BPMN id). Errors block deploying."""

    rule: str
    severity: Severity
    element: str
    message: str


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
    message: str
    severity: Severity = "error"


Rule = Callable[[Draft], Iterator[Problem]]

UNREACHABLE: Final = "unreachable"
_LONGEST_QUOTE: Final = 80
_KINDS: Final[Mapping[str, str]] = {
    "task": "Langkah",
    "userTask": "Langkah",
    "manualTask": "Langkah",
    "serviceTask": "Tugas layanan",
    "scriptTask": "Tugas skrip",
    "sendTask": "Tugas kirim",
    "receiveTask": "Tugas terima",
    "businessRuleTask": "Tugas aturan",
    "callActivity": "Pemanggilan proses",
    "exclusiveGateway": "Percabangan",
    "inclusiveGateway": "Percabangan inklusif",
    "parallelGateway": "Percabangan paralel",
    "eventBasedGateway": "Percabangan berdasarkan kejadian",
    "startEvent": "Kejadian mulai",
    "endEvent": "Kejadian selesai",
    "intermediateThrowEvent": "Tonggak",
    "intermediateCatchEvent": "Kejadian tunggu",
    "boundaryEvent": "Kejadian tepi",
    "subProcess": "Subproses",
}


def call(node: Node) -> str:
    """How a message speaks of a node: by the name that people see, else by its id."""
    kind = _KINDS.get(node.tag, "Elemen")
    return f'{kind} "{cut(node.name)}"' if node.name else f'{kind} tanpa nama (id "{node.id}")'


def cut(text: str) -> str:
    """A text of the file as a message quotes it: one line, not endless."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[: _LONGEST_QUOTE - 1]}…"
