"""Script tasks: our own small script language, or one expression with a result variable."""

from dataclasses import replace
from typing import Final

from lxml import etree

from workflows.errors import SopError
from workflows.expressions import compile_script
from workflows.process import dialects, slots
from workflows.process.model import Node
from workflows.process.tree import Source, attribute, part, text
from workflows.process.work import read_work

# How files name the notations in which a single expression may be written.
_NOTATIONS: Final = frozenset({"", "feel", "juel", "python"})
_NOTHING: Final = "pass"


def read_script(source: Source, task: etree._Element, node: Node) -> Node:
    zeebe = dialects.elements(task, "script")
    work = read_work(source, task, node)
    if len(zeebe) + (work is not None) + bool(text(part(task, "script"))) > 1:
        source.notes.refuse("work_several", task)
    if zeebe:
        written = attribute(zeebe[0], "expression")
        return _single(source, task, node, written, attribute(zeebe[0], "resultVariable"))
    if work is not None:  # some engines hand scripts to a program outside
        return replace(node, work=work)
    script, notation = text(part(task, "script")), attribute(task, "scriptFormat")
    result = dialects.value(task, "resultVariable")
    if not script:
        source.notes.refuse("script_missing", task)
    elif not result:
        _check(source, task, script, notation)
    elif notation.casefold() not in _NOTATIONS:
        source.notes.refuse("script_language", task, text=notation)
    else:
        return _single(source, task, node, slots.in_notation(script, notation), result)
    return replace(node, script=script)


def _check(source: Source, task: etree._Element, script: str, notation: str) -> None:
    try:
        compile_script(script, notation)
    except SopError as error:
        if error.code == "script_language_unknown":
            source.notes.refuse("script_language", task, text=notation)
        else:
            where = {name: error.fields.get(name) for name in ("line", "column")}
            source.notes.refuse("invalid_script", task, cause=error.code, text=script, **where)


def _single(source: Source, task: etree._Element, node: Node, expression: str, result: str) -> Node:
    """One expression whose value goes into a variable: written as an output, or, where outputs
    are mapped, known to these."""
    if not result:
        source.notes.refuse("script_without_result", task)
    pair = slots.mapped(source.notes, task, "script", [(result, expression)]) if result else ()
    if node.outputs:
        return replace(node, script=_NOTHING, inputs=node.inputs + pair)
    return replace(node, script=_NOTHING, outputs=pair)
