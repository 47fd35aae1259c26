"""The hardened parse of BPMN XML: bytes from anybody -> a tree that the rest may trust.

Nothing is expanded, fetched or guessed. Limits hold before anything is built: the size is
looked at first, then a counting pass over the events, and only then a tree. Ids and references
are checked here because engines put them into XPath.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from workflows.errors import InvalidSopError

BPMN: Final = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SOP: Final = "{urn:alurkerja:sop:1.0}"

MAX_BYTES: Final = 2_000_000
MAX_ELEMENTS: Final = 20_000
MAX_DEPTH: Final = 100
MAX_ID: Final = 200

# Letters of any script, but none of the blanks, quotes, brackets and colons that end an XPath
# literal or make a prefix. A little wider than NCName; the schema check narrows the rest.
_NCNAME: Final = re.compile(r"[^\W\d][\w.\-]*")
_QNAME: Final = re.compile(r"([^\W\d][\w.\-]*:)?[^\W\d][\w.\-]*")
_REFERENCE_ATTRIBUTES: Final = frozenset({"default", "bpmnElement", "calledElement"})
_REFERENCE_ELEMENTS: Final = frozenset({"incoming", "outgoing"})
# References that must lead to an element of the same file. Others may name imported types.
_WITHIN: Final = frozenset(
    {"flowNodeRef", "incoming", "outgoing", "sourceRef", "targetRef", "attachedToRef", "default"}
)


def read_xml(data: bytes) -> etree._Element:
    """The root `definitions` of a BPMN 2.0 file in UTF-8 with exactly one process, executable.

    Blanks around references are removed, comments and processing instructions are dropped.

    Raises InvalidSopError: file_too_large, empty_file, forbidden_doctype, too_many_elements,
    too_deep, malformed_xml (line, reason), unsupported_encoding, wrong_namespace, no_process
    (reason), several_processes, invalid_id, duplicate_id, invalid_reference, unknown_reference.
    """
    if len(data) > MAX_BYTES:
        raise InvalidSopError("file_too_large", size=len(data), limit=MAX_BYTES)
    if not data.strip():
        raise InvalidSopError("empty_file")
    _check_utf8(data)
    try:
        _feed(data, _counting_parser())
        root = _feed(data, _building_parser())
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise InvalidSopError("malformed_xml", line=line, reason=error.msg or "") from None
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.upper() not in ("UTF-8", "UTF8", "US-ASCII", "ASCII"):
        raise InvalidSopError("unsupported_encoding", encoding=encoding)
    if root.tag != f"{BPMN}definitions":
        raise InvalidSopError("wrong_namespace", element=root.tag, line=line_of(root))
    lines = _check_ids(root)
    _check_references(root, lines)
    find_process(root)
    return root


def find_process(root: etree._Element) -> etree._Element:
    """The one process of the file. Raises InvalidSopError no_process, several_processes."""
    processes = root.findall(f"{BPMN}process")
    names = [one.get("id") or "" for one in processes]
    if len(processes) > 1:
        second = processes[1]
        raise InvalidSopError(
            "several_processes", element=names[1], line=line_of(second), processes=names
        )
    if not processes:
        raise InvalidSopError("no_process", reason="missing")
    line = line_of(processes[0])
    if not names[0]:
        raise InvalidSopError("invalid_id", element="process", line=line)
    if not is_true(processes[0].get("isExecutable")):
        raise InvalidSopError("no_process", reason="not_executable", element=names[0], line=line)
    return processes[0]


def is_true(value: str | None) -> bool:
    """An xsd:boolean that is set and true."""
    return (value or "").strip() in ("true", "1")


def local_name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def line_of(element: etree._Element) -> int:
    """The line of the element in the file, 0 where it is not known."""
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _check_utf8(data: bytes) -> None:
    """The parser guesses UTF-16 and others by their first bytes; everyone else reads UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidSopError("unsupported_encoding", position=error.start) from None
    if b"\0" in data:  # UTF-16 of plain letters is UTF-8 as well; NUL is in no XML at all
        raise InvalidSopError("unsupported_encoding", position=data.index(b"\0"))


class _Guard:
    """Parser target that builds nothing and stops at the first forbidden thing."""

    def __init__(self) -> None:
        self.elements = 0
        self.depth = 0

    def doctype(self, name: str, _public_id: str | None, _url: str | None) -> None:
        raise InvalidSopError("forbidden_doctype", element=name)

    def start(self, tag: str | bytes, attrib: object) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS:
            raise InvalidSopError("too_many_elements", element=str(tag), limit=MAX_ELEMENTS)
        if self.depth > MAX_DEPTH:
            raise InvalidSopError("too_deep", element=str(tag), limit=MAX_DEPTH)

    def end(self, tag: str | bytes) -> None:
        self.depth -= 1

    def data(self, data: str | bytes) -> None: ...

    def comment(self, text: str | bytes) -> None: ...

    def close(self) -> None: ...


def _counting_parser() -> etree.XMLParser:
    return etree.XMLParser(
        target=_Guard(), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )


def _building_parser() -> etree.XMLParser:
    return etree.XMLParser(
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )


def _feed(data: bytes, parser: etree.XMLParser) -> etree._Element:
    # In pieces, so that the guard's refusal ends the work instead of the end of the file.
    for start in range(0, len(data), 65_536):
        parser.feed(data[start : start + 65_536])
    return parser.close()


def _check_ids(root: etree._Element) -> dict[str, int]:
    """Every id of the file with its line."""
    lines: dict[str, int] = {}
    for element in root.iter(etree.Element):
        name = element.get("id")
        if name is None:
            continue
        line = line_of(element)
        if len(name) > MAX_ID or not _NCNAME.fullmatch(name):
            raise InvalidSopError("invalid_id", element=name[:MAX_ID], line=line)
        if name in lines:
            raise InvalidSopError("duplicate_id", element=name, line=line, first=lines[name])
        lines[name] = line
    return lines


def _check_references(root: etree._Element, ids: dict[str, int]) -> None:
    for owner, kind, value in _references(root):
        fields = {"reference": kind, "value": value[:MAX_ID], "line": line_of(owner)}
        if not _QNAME.fullmatch(value):
            raise InvalidSopError("invalid_reference", element=_owner_id(owner), **fields)
        if kind in _WITHIN and value not in ids:
            raise InvalidSopError("unknown_reference", element=_owner_id(owner), **fields)


def _references(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """(element, name of the reference, its value), after removing the blanks around it."""
    for element in root.iter(etree.Element):
        for attribute, value in _attributes(element):
            foreign = attribute.startswith("{")
            if not foreign and (attribute.endswith("Ref") or attribute in _REFERENCE_ATTRIBUTES):
                element.set(attribute, value.strip())
                yield element, attribute, value.strip()
        name = local_name(element)
        if not str(element.tag).startswith(BPMN):
            continue
        if name.endswith("Ref") or name in _REFERENCE_ELEMENTS:
            element.text = (element.text or "").strip()
            yield element, name, element.text


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.items()]


def _owner_id(element: etree._Element | None) -> str:
    """The nearest id from the element upwards, so that a message can point at something."""
    while element is not None:
        if element.get("id"):
            return str(element.get("id"))
        element = element.getparent()
    return ""
