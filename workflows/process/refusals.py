"""Collecting what would not be carried out as drawn.

Every code stands, with its sentence and what to draw instead, in `workflows.lint.instead`; the
page docs/reference/bpmn.md lists them.
"""

from lxml import etree

from workflows.bpmn_xml import line_of
from workflows.process.model import Refusal

_LONGEST = 200


class Notes:
    """The refusals of one file."""

    def __init__(self) -> None:
        self._found: list[tuple[int, Refusal]] = []

    def refuse(self, code: str, element: etree._Element, /, **fields: object) -> None:
        """Not carried out as drawn: the file cannot be deployed."""
        owner, name = _owner(element)
        self._found.append((line_of(element), Refusal(code, owner, name, _cut(fields))))

    def warn(self, code: str, element: etree._Element, /, **fields: object) -> None:
        """It runs, but something that is written there has no effect."""
        owner, name = _owner(element)
        warning = Refusal(code, owner, name, _cut(fields), "warning")
        self._found.append((line_of(element), warning))

    def all(self) -> tuple[Refusal, ...]:
        """In the order of the file."""
        return tuple(one for _, one in sorted(self._found, key=lambda found: found[0]))


def _owner(element: etree._Element) -> tuple[str, str]:
    """Id and name of the element, or of the nearest one around it that has an id."""
    owner: etree._Element | None = element
    while owner is not None and not owner.get("id"):
        owner = owner.getparent()
    if owner is None:
        return "", ""
    return str(owner.get("id")), " ".join((owner.get("name") or "").split())[:_LONGEST]


def _cut(fields: dict[str, object]) -> dict[str, object]:
    return {
        name: value[:_LONGEST] if isinstance(value, str) else value
        for name, value in fields.items()
    }
