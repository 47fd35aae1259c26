"""What other engines have written into the file is not carried out; the author is told so.

Right: a lane and a mutu baku; colours of any editor. Warned: camunda:assignee, flowable:dueDate.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from workflows.lint.finding import Draft, Problem

_ENGINES: Final = ("camunda", "zeebe", "flowable", "activiti", "spiffworkflow", "drools")


def check(draft: Draft) -> Iterator[Problem]:
    nearest = draft.drawing.key
    told: set[tuple[str, str]] = set()
    for element in draft.drawing.process.iter(etree.Element):
        nearest = str(element.get("id") or nearest)
        for name in (str(element.tag), *map(str, element.keys())):
            engine = _engine(name)
            if engine and (nearest, engine) not in told:
                told.add((nearest, engine))
                yield Problem(
                    nearest,
                    f'Setelan {engine} pada "{nearest}" tidak dipakai di sini. '
                    "Pelaksana diambil dari jalur dan tenggat dari mutu baku.",
                    "warning",
                )


def _engine(name: str) -> str:
    namespace = name[1:].partition("}")[0].casefold() if name.startswith("{") else ""
    return next((engine for engine in _ENGINES if engine in namespace), "")
