"""What a `typeRef` names: a built-in type, or one that the file defines."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from workflows.bpmn_xml import is_true, local_name
from workflows.decisions.document import Document, child, children, not_supported, parts, text_of
from workflows.decisions.errors import UnfitError
from workflows.decisions.kinds import Kind, find_built_in
from workflows.decisions.unary import Test, compile_entry

_MAX_STEPS: Final = 20
_NO_NAMES: Final[Mapping[str, str]] = {}
# What an itemDefinition may hold here; `itemComponent` makes it a record, unchecked within.
_KNOWN: Final = frozenset(
    {"typeRef", "allowedValues", "itemComponent", "description", "extensionElements"}
)


@dataclass(frozen=True, slots=True)
class Type:
    """`allowed`: each of these tests must hold for a value, or for each value of a list."""

    kind: Kind
    allowed: tuple[Test, ...] = ()


def read_type(name: str, document: Document) -> Type:
    """Raises UnfitError unknown_type, or what is wrong with its allowed values;
    InvalidDecisionError for a definition with something in it that is not supported."""
    found = name
    definitions: list[etree._Element] = []
    built_in = find_built_in(found)
    while built_in is None:
        local = found.rpartition(":")[2]
        definition = document.types.get(found, document.types.get(local))
        if definition is None or len(definitions) == _MAX_STEPS:
            raise UnfitError("unknown_type")
        definitions.append(definition)
        _check(definition)
        if children(definition, "itemComponent"):
            built_in = Kind("record")
        else:
            found = _written(definition)
            built_in = find_built_in(found)
    kind = built_in
    is_list = kind.is_list or any(is_true(one.get("isCollection")) for one in definitions)
    allowed = []
    for one in definitions:
        text = text_of(child(one, "allowedValues"))
        entry = compile_entry(text, replace(kind, is_list=False), "", _NO_NAMES)
        if entry.names:
            raise UnfitError("not_constant")
        if entry.test:
            allowed.append(entry.test)
    return Type(replace(kind, is_list=is_list), tuple(allowed))


def _written(definition: etree._Element) -> str:
    reference = child(definition, "typeRef")
    return ("" if reference is None else reference.text or "").strip()


def _check(definition: etree._Element) -> None:
    for one in parts(definition):
        if local_name(one) not in _KNOWN:
            raise not_supported(one)
