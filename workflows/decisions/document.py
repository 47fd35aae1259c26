"""A DMN file as elements: parsed, of a known version, with nothing in it that would be ignored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from workflows.bpmn_xml import line_of, local_name, parse_hardened
from workflows.decisions.errors import InvalidDecisionError
from workflows.errors import InvalidSopError

MAX_DECISIONS: Final = 100
MAX_ID: Final = 200
MAX_LETTERS: Final = 200_000  # in all cells of a file, since each takes its time to compile

# DMN 1.1 to 1.5, and the two spellings of 1.1 that older Camunda and Flowable write.
NAMESPACES: Final = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
        "http://www.omg.org/spec/DMN/20151101",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)

# What says something to readers and nothing to an engine. It is read past with all that it holds.
DOCUMENTATION: Final = frozenset(
    {
        "description",
        "extensionElements",
        "knowledgeSource",
        "elementCollection",
        "performanceIndicator",
        "organizationUnit",
        "association",
        "textAnnotation",
        "group",
        "authorityRequirement",
        "question",
        "allowedAnswers",
        "supportedObjective",
        "impactedPerformanceIndicator",
        "decisionMaker",
        "decisionOwner",
        "usingProcess",
        "usingTask",
        "annotation",
        "annotationEntry",
    }
)
# What is read inside which element; anything else of DMN is refused where it stands.
CONTENT: Final[Mapping[str, frozenset[str]]] = {
    "definitions": frozenset({"decision", "inputData", "itemDefinition"}),
    "inputData": frozenset({"variable"}),
    "decision": frozenset(
        {"variable", "informationRequirement", "decisionTable", "literalExpression"}
    ),
    "informationRequirement": frozenset({"requiredDecision", "requiredInput"}),
    "decisionTable": frozenset({"input", "output", "rule"}),
    "input": frozenset({"inputExpression", "inputValues"}),
    "output": frozenset({"outputValues", "defaultOutputEntry"}),
    "rule": frozenset({"inputEntry", "outputEntry"}),
    "inputExpression": frozenset({"text"}),
    "inputEntry": frozenset({"text"}),
    "outputEntry": frozenset({"text"}),
    "defaultOutputEntry": frozenset({"text"}),
    "inputValues": frozenset({"text"}),
    "outputValues": frozenset({"text"}),
    "allowedValues": frozenset({"text"}),
    "literalExpression": frozenset({"text"}),
}
# Read only where a column names the type; see `types`.
_READ_LATER: Final = frozenset({"itemDefinition"})


@dataclass(frozen=True, slots=True)
class Document:
    """The parts of a file by id, types by name. `language`: the default of its expressions."""

    decisions: Mapping[str, etree._Element]
    inputs: Mapping[str, etree._Element]
    types: Mapping[str, etree._Element]
    language: str


def read_document(data: str | bytes) -> Document:
    """Raises InvalidDecisionError; see there."""
    root = _parse(data)
    _check_namespaces(root)
    _check_content(root)
    decisions, inputs = _by_id(root, "decision"), _by_id(root, "inputData")
    if not decisions:
        raise InvalidDecisionError("dmn_no_decision")
    if len(decisions) > MAX_DECISIONS:
        raise invalid("too_many_decisions", limit=MAX_DECISIONS)
    for name in decisions.keys() & inputs.keys():
        raise invalid("duplicate_id", element=name, line=line_of(inputs[name]))
    types: dict[str, etree._Element] = {}
    for one in children(root, "itemDefinition"):
        name = (one.get("name") or "").strip()
        if name in types:
            raise invalid("duplicate_type", element=name, line=line_of(one))
        types[name] = one
    return Document(decisions, inputs, types, root.get("expressionLanguage") or "")


def parts(element: etree._Element) -> Iterator[etree._Element]:
    """The children that are of DMN, not of somebody's extension."""
    space = etree.QName(element).namespace
    for one in element.iterchildren(etree.Element):
        if etree.QName(one).namespace == space:
            yield one


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """The children of DMN with one of these names."""
    return [one for one in parts(element) if local_name(one) in names]


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The only child with this name. Raises InvalidDecisionError for a second one."""
    found = children(element, name)
    if len(found) > 1:
        raise invalid("repeated_element", element=name, line=line_of(found[1]))
    return found[0] if found else None


def text_of(element: etree._Element | None) -> str:
    """What is in the `text` of an expression; "" where there is none.

    Raises InvalidDecisionError for what is written beside it or marked up within it.
    """
    if element is None:
        return ""
    if (element.text or "").strip():
        raise not_supported(element)
    written = child(element, "text")
    if written is None:
        return ""
    if len(written):
        raise not_supported(written[0])
    return (written.text or "").strip()


def decision_of(element: etree._Element) -> str:
    """The id of the decision around an element; "" outside."""
    for one in (element, *element.iterancestors()):
        if local_name(one) == "decision":
            return one.get("id") or ""
    return ""


def invalid(reason: str, decision: str = "", **fields: object) -> InvalidDecisionError:
    """A file that contradicts itself; texts of the file are cut to what a message can hold."""
    cut = {key: one[:MAX_ID] if isinstance(one, str) else one for key, one in fields.items()}
    return InvalidDecisionError("dmn_invalid", decision=decision, reason=reason, **cut)


def _parse(data: str | bytes) -> etree._Element:
    try:
        return parse_hardened(data.encode() if isinstance(data, str) else data)
    except InvalidSopError as error:
        raise InvalidDecisionError(error.code, **error.fields) from None
    except UnicodeEncodeError as error:
        raise InvalidDecisionError("unsupported_encoding", position=error.start) from None


def _check_namespaces(root: etree._Element) -> None:
    """One version of DMN in the whole file; parts of another one would be read past."""
    name = etree.QName(root)
    if name.namespace not in NAMESPACES or name.localname != "definitions":
        raise InvalidDecisionError(
            "dmn_wrong_namespace", element=root.tag[:MAX_ID], line=line_of(root)
        )
    for element in root.iter(etree.Element):
        space = etree.QName(element).namespace or ""
        other = space != name.namespace and (space in NAMESPACES or not space)
        if other:
            raise InvalidDecisionError(
                "dmn_wrong_namespace", element=element.tag[:MAX_ID], line=line_of(element)
            )


def _check_content(root: etree._Element) -> None:
    open_elements = [root]
    letters = 0
    while open_elements:
        element = open_elements.pop()
        letters += len(element.text or "")
        if letters > MAX_LETTERS:
            raise invalid("too_much_text", decision_of(element), limit=MAX_LETTERS)
        allowed = CONTENT.get(local_name(element), frozenset())
        for one in parts(element):
            kind = local_name(one)
            if kind in DOCUMENTATION:
                continue
            if kind not in allowed:
                raise not_supported(one)
            if kind in _READ_LATER:
                letters += sum(len(text) for text in map(str, one.itertext()))
            else:
                open_elements.append(one)


def not_supported(element: etree._Element) -> InvalidDecisionError:
    kind = local_name(element)
    return InvalidDecisionError(
        "dmn_element_not_supported",
        decision=decision_of(element),
        element=(element.get("id") or kind)[:MAX_ID],
        kind=kind[:MAX_ID],
        line=line_of(element),
    )


def _by_id(root: etree._Element, kind: str) -> dict[str, etree._Element]:
    found: dict[str, etree._Element] = {}
    for element in children(root, kind):
        name = (element.get("id") or "").strip()
        if not name or len(name) > MAX_ID or not name.isprintable():
            raise invalid("invalid_id", element=kind, line=line_of(element))
        if name in found:
            raise invalid("duplicate_id", element=name, line=line_of(element))
        found[name] = element
    return found
