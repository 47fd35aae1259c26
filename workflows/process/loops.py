"""Activities that are done several times: multi-instance and the standard loop."""

from dataclasses import replace
from typing import Final

from lxml import etree

from workflows.bpmn_xml import is_true
from workflows.process import dialects, slots
from workflows.process.model import Loop
from workflows.process.tree import Source, attribute, is_event_subprocess, part, parts, text

_DIGITS: Final = 9  # of a number of rounds


def read_loop(source: Source, activity: etree._Element) -> Loop | None:
    """None where the activity is done once, or with a refusal."""
    multiple = parts(activity, "multiInstanceLoopCharacteristics")
    standard = parts(activity, "standardLoopCharacteristics")
    if len(multiple) + len(standard) > 1:
        source.notes.refuse("loop_several", activity)
        return None
    if is_event_subprocess(activity) and (multiple or standard):
        source.notes.refuse("loop_at_event_subprocess", activity)
        return None
    if standard:
        return _standard(source, activity, standard[0])
    return _multiple(source, activity, multiple[0]) if multiple else None


def _standard(source: Source, activity: etree._Element, element: etree._Element) -> Loop:
    written = attribute(element, "loopMaximum")
    counted = written.isascii() and written.isdecimal() and len(written) <= _DIGITS
    maximum = int(written) if counted else None
    if written and not maximum:
        source.notes.refuse("loop_maximum", activity, text=written)
    condition = slots.formal(source.notes, activity, part(element, "loopCondition"))
    if not text(part(element, "loopCondition")) and not written:
        source.notes.refuse("loop_without_end", activity)
    before = is_true(element.get("testBefore"))
    return Loop("standard", condition=condition, test_before=before, maximum=maximum)


def _multiple(source: Source, activity: etree._Element, element: etree._Element) -> Loop:
    if (element.get("behavior") or "All").strip() != "All":
        source.notes.refuse("loop_behavior", activity, behavior=attribute(element, "behavior"))
    if len(dialects.elements(element, "loopCharacteristics")) > 1:
        source.notes.refuse("loop_several", activity)
    loop = Loop("sequential" if is_true(element.get("isSequential")) else "parallel")
    loop = _outputs(source, activity, element, _inputs(source, activity, element, loop))
    condition = slots.formal(source.notes, activity, part(element, "completionCondition"))
    return replace(loop, condition=condition)


def _inputs(source: Source, activity: etree._Element, element: etree._Element, loop: Loop) -> Loop:
    cardinality = slots.formal(source.notes, activity, part(element, "loopCardinality"))
    zeebe = _zeebe(element)
    collections = {
        "loopDataInputRef": _data_input(activity, text(part(element, "loopDataInputRef"))),
        "collection": dialects.value(element, "collection"),
        "inputCollection": attribute(zeebe, "inputCollection") if zeebe is not None else "",
    }
    given = {slot: value for slot, value in collections.items() if value}
    if len(given) + bool(text(part(element, "loopCardinality"))) != 1:
        source.notes.refuse("loop_incomplete", activity)
        return loop
    for slot, value in given.items():
        slots.expression(source.notes, activity, slot, value)
    item = slots.variable(source.notes, activity, "inputDataItem", item_name(element))
    if cardinality:
        return replace(loop, cardinality=cardinality, item=item)
    return replace(loop, collection="".join(given.values()), item=item)


def _outputs(source: Source, activity: etree._Element, element: etree._Element, loop: Loop) -> Loop:
    zeebe = _zeebe(element)
    output = text(part(element, "loopDataOutputRef"))
    item = _item(part(element, "outputDataItem"))
    if zeebe is not None:
        output = output or attribute(zeebe, "outputCollection")
        item = item or attribute(zeebe, "outputElement")
    slots.variable(source.notes, activity, "loopDataOutputRef", output)
    if item and not output:
        source.notes.refuse("loop_output_unnamed", activity)
    if item:
        slots.expression(source.notes, activity, "outputDataItem", item)
    return replace(loop, output=output, output_item=item)


def item_name(element: etree._Element) -> str:
    """The variable of one element of a multi-instance loop, "" where it has none."""
    zeebe = _zeebe(element)
    names = [
        _item(part(element, "inputDataItem")),
        dialects.value(element, "elementVariable"),
        attribute(zeebe, "inputElement") if zeebe is not None else "",
    ]
    return next((one for one in names if one), "")


def _zeebe(element: etree._Element) -> etree._Element | None:
    return next(iter(dialects.elements(element, "loopCharacteristics")), None)


def _item(element: etree._Element | None) -> str:
    return "" if element is None else attribute(element, "id")


def _data_input(activity: etree._Element, reference: str) -> str:
    """The variable behind a reference. One to a data input of the activity leads on to what is
    put in there."""
    declared = {
        attribute(one, "id")
        for specification in parts(activity, "ioSpecification")
        for one in parts(specification, "dataInput")
    }
    if reference not in declared:
        return reference
    for association in parts(activity, "dataInputAssociation"):
        if text(part(association, "targetRef")) == reference:
            return text(part(association, "sourceRef"))
    return ""
