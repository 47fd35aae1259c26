"""The form files of an SOP: their names, and the steps that name them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from workflows.blank import propose_key
from workflows.bpmn_xml import SOP, read_xml
from workflows.drawing import read_drawing

ENDING: Final = ".form"
SCHEMA_VERSION: Final = 19  # of form-js, which the editor embeds
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,94}\.form")


@dataclass(frozen=True)
class FormUse:
    """A step and the file that it names; "" for none."""

    node: str
    step: str
    form: str


def name_form(typed: str) -> str:
    """The file name that is meant by what somebody typed; "" where nothing can be made of it."""
    stem = typed.strip().removesuffix(ENDING)
    if _NAME.fullmatch(stem + ENDING):
        return stem + ENDING
    made = propose_key(stem)
    return made + ENDING if made else ""


def blank_form(title: str) -> str:
    """A form that asks nothing yet."""
    content = {
        "type": "default",
        "id": "formulir",
        "title": title,
        "schemaVersion": SCHEMA_VERSION,
        "components": [],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def list_uses(xml: bytes) -> tuple[FormUse, ...]:
    """Every step that a person does, in the order of the file.

    Raises InvalidSopError as `read_xml` and `read_drawing` do.
    """
    steps = read_drawing(read_xml(xml)).steps
    return tuple(
        FormUse(one.node.id, one.node.name or one.node.id, one.formulir or "") for one in steps
    )


def name_forms(xml: bytes, names: dict[str, str]) -> bytes:
    """The same file with other forms: node -> file name.

    Raises as `list_uses`.
    """
    root = read_xml(xml)
    for element in root.iter(etree.Element):
        if element.get("id") in names and str(element.tag).startswith("{http://www.omg.org/"):
            element.set(f"{SOP}formulir", names[str(element.get("id"))])
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
