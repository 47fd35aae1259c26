"""The head of a decision table: inputs and outputs, from XML."""

from typing import Final

from lxml import etree

from workflows.decisions.context import Context
from workflows.decisions.document import child, children, invalid, text_of
from workflows.decisions.errors import UnfitError
from workflows.decisions.kinds import Kind
from workflows.decisions.scan import Piece, scan_tests
from workflows.decisions.scope import Scope
from workflows.decisions.slots import Slot, read_literal
from workflows.decisions.table import Input, Output, Rule, check_allowed
from workflows.decisions.unary import Test, compile_entry

_CAMUNDA: Final = "{http://camunda.org/schema/1.0/dmn}"
_USUAL_VARIABLE: Final = "cellInput"  # Camunda's name for what FEEL calls `?`


def read_inputs(table: etree._Element, context: Context) -> list[Input]:
    return [
        _read_input(element, number, context)
        for number, element in enumerate(children(table, "input"), start=1)
    ]


def _read_input(element: etree._Element, number: int, context: Context) -> Input:
    expression = child(element, "inputExpression")
    text = text_of(expression)
    label = (element.get("label") or text or str(number)).strip()[:100]
    if expression is None or not text:
        raise context.head_invalid(label, "", UnfitError("empty"))
    try:
        slot = context.slot(expression)
    except UnfitError as error:
        raise context.head_invalid(label, text, error) from None
    found = context.type(expression.get("typeRef"), label)
    allowed = _allowed(child(element, "inputValues"), found.kind, label, context)
    variable = element.get(f"{_CAMUNDA}inputVariable") or _USUAL_VARIABLE
    return Input(label, slot, found.kind, found.allowed + allowed, variable)


def read_outputs(
    table: etree._Element, context: Context, usual_name: str, usual_type: str
) -> list[Output]:
    """`usual_name`, `usual_type`: of the only output, where it says none."""
    elements = children(table, "output")
    if not elements:
        raise invalid("no_output", context.decision)
    outputs = []
    for number, element in enumerate(elements, start=1):
        name = (element.get("name") or "").strip()
        if not name and len(elements) > 1:
            raise invalid("output_without_name", context.decision, column=number)
        label = (element.get("label") or name or str(number)).strip()[:100]
        written = element.get("typeRef") or (usual_type if len(elements) == 1 else "")
        found = context.type(written, label)
        values = child(element, "outputValues")
        allowed = found.allowed + _allowed(values, found.kind, label, context)
        order = None if values is None else _order(text_of(values), found.kind)
        outputs.append(Output(name or usual_name, label, found.kind, allowed, order))
    names = [one.name for one in outputs]
    for name in names:
        if names.count(name) > 1:
            raise invalid("duplicate_output", context.decision, column=name)
    return outputs


def read_default(table: etree._Element, outputs: list[Output], context: Context) -> Rule | None:
    """What holds when no rule matches; None where no output says it."""
    elements = [child(one, "defaultOutputEntry") for one in children(table, "output")]
    slots = []
    for element, output in zip(elements, outputs, strict=True):
        text = text_of(element)
        try:
            slots.append(
                Slot("") if element is None or not text else read_result(element, output, context)
            )
        except UnfitError as error:
            raise context.head_invalid(output.label, text, error) from None
    has_default = any(slot.text for slot in slots)
    return Rule(0, (), tuple(slots)) if has_default else None


def read_result(element: etree._Element, output: Output, context: Context) -> Slot:
    """What a rule says for an output; an empty cell says null. Raises UnfitError, also for a
    literal that the output does not allow."""
    text = text_of(element)
    if not text:
        return Slot("")
    slot = context.slot(element).of_kind(output.kind)
    if slot.expression is None:
        check_allowed(slot.value, output.allowed, Scope({}))
    return slot


def _allowed(
    values: etree._Element | None, kind: Kind, label: str, context: Context
) -> tuple[Test, ...]:
    text = text_of(values)
    try:
        entry = compile_entry(text, _one_of(kind), "", {})
        if entry.names:
            raise UnfitError("not_constant")
    except UnfitError as error:
        raise context.head_invalid(label, text, error) from None
    return () if entry.test is None else (entry.test,)


def _order(text: str, kind: Kind) -> tuple[object, ...] | None:
    """The values in the order of their priority; None where it is no plain list of them."""
    found = []
    for item in scan_tests(text).items:
        if not isinstance(item, Piece) or item.sign:
            return None
        is_literal, value = read_literal(item.text)
        if not is_literal:
            return None
        found.append(_one_of(kind).read(value))
    return tuple(found) or None


def _one_of(kind: Kind) -> Kind:
    return Kind(kind.base)
