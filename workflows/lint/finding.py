"""What a rule is given and what it finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from lxml import etree

from workflows.drawing import Drawing, Node

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
    """What the rules look at. `forms`: file name -> schema text; None where nobody knows them."""

    root: etree._Element
    drawing: Drawing
    forms: Mapping[str, str] | None


class Problem(NamedTuple):
    """A finding before it knows its rule."""

    element: str
    message: str
    severity: Severity = "error"


Rule = Callable[[Draft], Iterator[Problem]]

_LONGEST_QUOTE: Final = 80
_KINDS: Final[Mapping[str, str]] = {
    "userTask": "Langkah",
    "manualTask": "Langkah",
    "exclusiveGateway": "Percabangan",
    "parallelGateway": "Percabangan paralel",
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


def call_scope(drawing: Drawing, scope: str) -> str:
    return "Proses" if scope == drawing.key else call(drawing.nodes[scope])
