"""Work that a program does: our `sop:layanan`, and the external tasks of other engines."""

from typing import Final, Literal

from lxml import etree

from workflows.process import dialects, slots
from workflows.process.model import Node, Work
from workflows.process.tree import Source, attribute, ours

_KINDS: Final[dict[str, Literal["function", "http", "external"]]] = {
    "fungsi": "function",
    "http": "http",
    "luar": "external",
}
MAX_RETRIES: Final = 100
_DIGITS: Final = 9
_HEADER: Final = "header."
_HTTP_FIELDS: Final = frozenset({"method", "url", "body"})
# Code that runs inside the engine that the file was drawn for.
_CODE: Final = ("class", "expression", "delegateExpression")


def read_work(source: Source, task: etree._Element, node: Node) -> Work | None:
    """What the task asks for; None where it asks for nothing, or with a refusal."""
    found = [
        *(_own(source, task, one) for one in ours(task, "layanan")),
        *_external(source, task, node),
        *(_zeebe(source, task, one, node) for one in dialects.elements(task, "taskDefinition")),
    ]
    if len(found) > 1:
        source.notes.refuse("work_several", task)
    return found[0] if found else None


def refuse_foreign_work(source: Source, task: etree._Element) -> bool:
    """Whether the task asks for something that only its own engine can do; refuses it by name."""
    asked = [f"{name}={dialects.value(task, name)}" for name in _CODE if dialects.value(task, name)]
    asked += ["connector" for _ in dialects.elements(task, "connector")]
    kind = dialects.value(task, "type") or attribute(task, "type")
    if kind and kind not in ("external", "external-worker", "dmn"):
        asked.append(f"type={kind}")
    for one in asked:
        source.notes.refuse("foreign_work", task, text=one)
    return bool(asked)


def _own(source: Source, task: etree._Element, element: etree._Element) -> Work:
    name = attribute(element, "nama")
    kind = _KINDS.get(attribute(element, "jenis"))
    if kind is None:
        source.notes.refuse("work_kind", task, text=attribute(element, "jenis"))
        kind = "external"
    elif kind != "http" and not name:
        source.notes.refuse("work_unnamed", task)
    rows = [
        (attribute(row, "nama"), attribute(row, "nilai"))
        for row in dialects.children(element, "isi")
    ]
    fields = slots.mapped(
        source.notes, task, "sop:isi", rows, dots=_HEADER if kind == "http" else ""
    )
    if kind == "http":
        _check_http(source, task, [name for name, _ in rows])
    return Work(
        kind,
        name,
        fields,
        _retries(source, task, attribute(element, "percobaan")),
        slots.variable(source.notes, task, "hasil", attribute(element, "hasil")),
    )


def _check_http(source: Source, task: etree._Element, names: list[str]) -> None:
    if "url" not in names:
        source.notes.refuse("work_without_url", task)
    for name in names:
        if name not in _HTTP_FIELDS and not name.startswith(_HEADER):
            source.notes.refuse("work_field", task, text=name)


def _external(source: Source, task: etree._Element, node: Node) -> list[Work]:
    """A worker there sees the variables of the task; ours gets those that are mapped for it."""
    kind = dialects.value(task, "type")
    if kind not in ("external", "external-worker"):
        return []
    topic = dialects.value(task, "topic")
    if not topic:
        source.notes.refuse("work_unnamed", task)
    elif slots.computed(topic):
        source.notes.refuse("name_is_expression", task, kind="topic", text=topic)
    return [Work("external", topic, _handed_on(node))]


def _zeebe(source: Source, task: etree._Element, element: etree._Element, node: Node) -> Work:
    kind = attribute(element, "type")
    if not kind:
        source.notes.refuse("work_unnamed", task)
    elif slots.computed(kind):
        source.notes.refuse("name_is_expression", task, kind="type", text=kind)
    headers = [
        (attribute(header, "key"), slots.literal(attribute(header, "value")))
        for holder in dialects.elements(task, "taskHeaders")
        for header in dialects.children(holder, "header")
    ]
    taken = {name for name, _ in headers}
    fields = tuple(pair for pair in _handed_on(node) if pair[0] not in taken)
    retries = _retries(source, task, attribute(element, "retries"))
    return Work("external", kind, (*headers, *fields), retries)


def _handed_on(node: Node) -> tuple[tuple[str, str], ...]:
    return tuple((name, name) for name, _ in node.inputs)


def _retries(source: Source, task: etree._Element, written: str) -> int:
    number = written.removeprefix("=").strip()
    if not number:
        return 3
    counted = number.isascii() and number.isdecimal() and len(number) <= _DIGITS
    if counted and 1 <= int(number) <= MAX_RETRIES:
        return int(number)
    source.notes.refuse("work_retries", task, text=written, maximum=MAX_RETRIES)
    return 3
