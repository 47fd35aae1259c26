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

_XINCLUDE: Final = "{http://www.w3.org/2001/XInclude}"

MAX_BYTES: Final = 2_000_000
MAX_ELEMENTS: Final = 20_000
MAX_DEPTH: Final = 100
MAX_ID: Final = 200

# Letters of any script, but none of the blanks, quotes, brackets and colons that end an XPath
# literal or make a prefix. A little wider than NCName; the schema check narrows the rest.
_NCNAME: Final = re.compile(r"[^\W\d][\w.\-]*")
_QNAME: Final = re.compile(r"([^\W\d][\w.\-]*:)?[^\W\d][\w.\-]*")
_REFERENCE_ATTRIBUTES: Final = frozenset({"default", "bpmnElement"})
_REFERENCE_ELEMENTS: Final = frozenset({"incoming", "outgoing"})
# Names of types and programs elsewhere, which nobody looks up here.
_ELSEWHERE: Final = frozenset(
    {"structureRef", "evaluatesToTypeRef", "implementationRef", "typeRef", "operationRef"}
)
_OMG: Final = "{http://www.omg.org/spec/"
# References that must lead to an element of the same file. Others may name imported types.
_WITHIN: Final = frozenset(
    {"flowNodeRef", "incoming", "outgoing", "sourceRef", "targetRef", "attachedToRef", "default"}
)


def read_xml(data: bytes) -> etree._Element:
    """The root `definitions` of a BPMN 2.0 file in UTF-8 with exactly one executable process.

    References lose the blanks around them and their prefix; comments and processing instructions
    are dropped.

    Raises InvalidSopError: file_too_large, empty_file, forbidden_doctype, too_many_elements,
    too_deep, malformed_xml (line, reason), unsupported_encoding, wrong_namespace,
    forbidden_xinclude, no_process (reason), several_processes, invalid_id, duplicate_id,
    invalid_reference, unknown_reference.
    """
    root = parse_hardened(data)
    if root.tag != f"{BPMN}definitions":
        raise InvalidSopError("wrong_namespace", element=root.tag, line=line_of(root))
    _refuse_includes(root)
    lines = _check_ids(root)
    _check_references(root, lines)
    find_process(root)
    return root


def parse_hardened(data: bytes) -> etree._Element:
    """The root of any XML in UTF-8 within our limits; comments and instructions are dropped.

    Raises InvalidSopError: file_too_large, empty_file, forbidden_doctype, too_many_elements,
    too_deep, malformed_xml (line, reason), unsupported_encoding.
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
    return root


def find_process(root: etree._Element) -> etree._Element:
    """The one process of the file that is marked as executable; others are those of partners.

    Bizagi writes no such mark: there the only process that holds anything is meant.
    Raises InvalidSopError no_process, several_processes, invalid_id.
    """
    processes = root.findall(f"{BPMN}process")
    if not processes:
        raise InvalidSopError("no_process", reason="missing")
    found = [one for one in processes if is_true(one.get("isExecutable"))]
    if not found and _is_by_bizagi(root):
        found = [one for one in processes if one.get("isExecutable") is None and _has_flow(one)]
    if len(found) > 1:
        names = [one.get("id") or "" for one in found]
        line = line_of(found[1])
        raise InvalidSopError("several_processes", element=names[1], line=line, processes=names)
    first = found[0] if found else processes[0]
    name, line = first.get("id") or "", line_of(first)
    if not name:
        raise InvalidSopError("invalid_id", element="process", line=line)
    if not found:
        raise InvalidSopError("no_process", reason="not_executable", element=name, line=line)
    return first


def _is_by_bizagi(root: etree._Element) -> bool:
    """It marks its files by their target namespace or by its extensions, which declare it."""
    if (root.get("targetNamespace") or "").startswith("http://www.bizagi.com/"):
        return True
    return next(root.iter("{http://www.bizagi.com/bpmn20}BizagiExtensions"), None) is not None


def _has_flow(process: etree._Element) -> bool:
    return process.find(f"{BPMN}sequenceFlow") is not None


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


def _refuse_includes(root: etree._Element) -> None:
    """They would bring in other files. Nothing here expands them, but a reader after us might."""
    found = next(root.iter(f"{_XINCLUDE}*"), None)
    if found is not None:
        raise InvalidSopError("forbidden_xinclude", element=_owner_id(found), line=line_of(found))


def _check_ids(root: etree._Element) -> dict[str, int]:
    """Every id of BPMN and its diagram with its line."""
    lines: dict[str, int] = {}
    for element in root.iter(etree.Element):
        name = element.get("id")
        # Other engines' extensions number their fields as they like.
        if name is None or not str(element.tag).startswith(_OMG):
            continue
        line = line_of(element)
        if len(name) > MAX_ID or not _NCNAME.fullmatch(name):
            raise InvalidSopError("invalid_id", element=name[:MAX_ID], line=line)
        if name in lines:
            raise InvalidSopError("duplicate_id", element=name, line=line, first=lines[name])
        lines[name] = line
    return lines


def _check_references(root: etree._Element, ids: dict[str, int]) -> None:
    for owner, attribute, kind, written in _references(root):
        value = _without_prefix(written, ids)
        if not value:
            continue  # as good as not written; what needs it says so
        if attribute:
            owner.set(kind, value)
        else:
            owner.text = value
        fields = {"reference": kind, "value": value[:MAX_ID], "line": line_of(owner)}
        if kind not in _ELSEWHERE and not _QNAME.fullmatch(value):
            raise InvalidSopError("invalid_reference", element=_owner_id(owner), **fields)
        if kind in _WITHIN and value not in ids:
            raise InvalidSopError("unknown_reference", element=_owner_id(owner), **fields)


def _without_prefix(written: str, ids: dict[str, int]) -> str:
    """Some editors put the prefix of the target namespace before what is in the same file."""
    local = written.strip().rpartition(":")[2]
    return local if local in ids else written.strip()


def _references(root: etree._Element) -> Iterator[tuple[etree._Element, bool, str, str]]:
    """(element, whether it is an attribute of it, name of the reference, its value)."""
    for element in root.iter(etree.Element):
        if not str(element.tag).startswith(_OMG):
            continue
        for attribute, value in _attributes(element):
            foreign = attribute.startswith("{")
            if not foreign and (attribute.endswith("Ref") or attribute in _REFERENCE_ATTRIBUTES):
                yield element, True, attribute, value
        name = local_name(element)
        if str(element.tag).startswith(BPMN) and (
            name.endswith("Ref") or name in _REFERENCE_ELEMENTS
        ):
            yield element, False, name, element.text or ""


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in element.items()]


def _owner_id(element: etree._Element | None) -> str:
    """The nearest id from the element upwards, so that a message can point at something."""
    while element is not None:
        if element.get("id"):
            return str(element.get("id"))
        element = element.getparent()
    return ""
