"""What other engines have written into a file: read elsewhere, without meaning, reported, refused.

Whatever is read by one of the readers beside this one is listed here with the elements where it is
read. What means nothing for the course of a case is passed over, what would change it is refused,
and everything else is reported: it is there, and it has no effect.
"""

from collections.abc import Iterator

from lxml import etree

from workflows.bpmn_xml import BPMN
from workflows.process import dialects, performers
from workflows.process.foreign_names import (
    DECORATION,
    FORM,
    QUIET,
    READ,
    REFUSED,
    STYLE,
    WHEN,
    WHO,
)
from workflows.process.tree import Source, attribute, parts, tag
from workflows.vocabulary import ACTIVITY_TAGS, STEP_TAGS

_OURS_AND_OMG = ("urn:alurkerja:", "http://www.omg.org/spec/", "http://www.w3.org/")
_SHARED = ("message", "signal", "error", "escalation")


def check(source: Source) -> None:
    for element in _elements(source):
        for name, value in element.items():
            _judge(source, element, str(name), str(value))
        for child in element.iterchildren(etree.Element):
            if tag(child) == "extensionElements":
                for extension in child.iterchildren(etree.Element):
                    _judge_extension(source, element, extension)
            elif not tag(child):
                _judge_extension(source, element, child, misplaced=True)
        if tag(element) in ACTIVITY_TAGS | {"process"}:
            _performers(source, element)


def _elements(source: Source) -> Iterator[etree._Element]:
    """The elements of BPMN whose extensions could mean something."""
    yield from source.root.iterchildren(*(f"{BPMN}{name}" for name in _SHARED))
    yield from (one for one in source.process.iter(f"{BPMN}*") if tag(one) != "extensionElements")


def _judge_extension(
    source: Source, owner: etree._Element, extension: etree._Element, *, misplaced: bool = False
) -> None:
    if _is_passed_over(dialects.namespace(extension)):
        return
    name = str(etree.QName(extension).localname)
    if name in ("assignmentDefinition", "taskSchedule", "priorityDefinition", "formDefinition"):
        for part, value in extension.items():
            _judge(source, owner, f"{{{dialects.namespace(extension)}}}{part!s}", str(value))
    elif name in ("signavioMetaData", "BizagiExtensions"):
        _metadata(source, owner, extension)
    elif name in ("in", "out") and set(extension.keys()) <= {"businessKey"}:
        return
    elif misplaced:
        source.notes.warn("foreign_not_read", owner, text=_shown(str(extension.tag), extension))
    else:
        _judge(source, owner, str(extension.tag), "")


def _judge(source: Source, owner: etree._Element, name: str, value: str) -> None:
    if not name.startswith("{") or _is_passed_over(name[1:].partition("}")[0]):
        return
    local = name.partition("}")[2]
    shown, where = _shown(name, owner), tag(owner)
    if where in READ.get(local, ()) or local in QUIET:
        return
    if local in REFUSED and value.strip() == "false":
        return  # switched off
    if local in REFUSED:
        source.notes.refuse("foreign_not_executed", owner, text=shown)
    elif local == "candidateGroups" and where in STEP_TAGS:
        _report_groups(source, owner, shown)
    elif local == "formKey" and where in STEP_TAGS:
        if performers.form_file(owner) is None:
            source.notes.warn("foreign_form", owner, text=shown, value=value)
    elif local in WHO:
        source.notes.warn("foreign_who", owner, text=shown, value=value)
    elif local in FORM:
        source.notes.warn("foreign_form", owner, text=shown, value=value)
    elif local in WHEN:
        source.notes.warn("foreign_when", owner, text=shown, value=value)
    else:
        source.notes.warn("foreign_not_read", owner, text=shown)


def _report_groups(source: Source, step: etree._Element, shown: str) -> None:
    groups = performers.candidate_groups(step)
    unknown = [group for group in groups if performers.role_of(group) is None]
    if unknown or not groups:
        source.notes.warn("foreign_who", step, text=shown, value=", ".join(unknown))


def _performers(source: Source, activity: etree._Element) -> None:
    for performer in parts(activity, *sorted(performers.PERFORMERS)):
        read = tag(performer) == "potentialOwner" and tag(activity) in STEP_TAGS
        if not read or performers.asked_role(activity) is None:
            value = " ".join(" ".join(map(str, performer.itertext())).split())
            source.notes.warn("foreign_who", performer, text=tag(performer), value=value)


def _metadata(source: Source, owner: etree._Element, extension: etree._Element) -> None:
    """Signavio and Bizagi keep colours and free remarks in pairs of name and value."""
    for pair in [extension, *extension.iterdescendants(etree.Element)]:
        key = attribute(pair, "metaKey") or attribute(pair, "name")
        value = attribute(pair, "metaValue") or attribute(pair, "value")
        if key and value not in ("", "[]", "false", "none") and key.casefold() not in STYLE:
            source.notes.warn("foreign_not_read", owner, text=key)


def _is_passed_over(namespace: str) -> bool:
    return namespace.startswith(_OURS_AND_OMG) or any(one in namespace for one in DECORATION)


def _shown(name: str, element: etree._Element) -> str:
    """The name with the prefix by which it is known."""
    namespace, _, local = name[1:].partition("}")
    known = dialects.PREFIXES.get(namespace)
    if known is None:
        prefixes = {uri: prefix for prefix, uri in element.nsmap.items()}
        known = prefixes.get(namespace) or ""
    return f"{known}:{local}" if known else local
