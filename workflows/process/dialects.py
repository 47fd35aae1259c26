"""The extension namespaces of other engines, and reading a name in whichever of them has it."""

from typing import Final

from lxml import etree

from workflows.bpmn_xml import BPMN

CAMUNDA: Final = "http://camunda.org/schema/1.0/bpmn"
FLOWABLE: Final = "http://flowable.org/bpmn"
ACTIVITI: Final = "http://activiti.org/bpmn"
ZEEBE: Final = "http://camunda.org/schema/zeebe/1.0"
# Of one family: the same names mean the same.
FAMILY: Final = (CAMUNDA, FLOWABLE, ACTIVITI)
PREFIXES: Final = {CAMUNDA: "camunda", FLOWABLE: "flowable", ACTIVITI: "activiti", ZEEBE: "zeebe"}


def value(element: etree._Element, name: str) -> str:
    """The attribute of that name of Camunda 7, Flowable or Activiti, "" where there is none."""
    found = (element.get(f"{{{namespace}}}{name}") for namespace in FAMILY)
    return next((one.strip() for one in found if one and one.strip()), "")


def elements(element: etree._Element, name: str) -> list[etree._Element]:
    """The extension elements of that name of any of these engines, directly on the element."""
    names = (f"{{{namespace}}}{name}" for namespace in PREFIXES)
    return [
        one for holder in element.iterchildren(f"{BPMN}extensionElements")
        for one in holder.iterchildren(*names)
    ]  # fmt: skip


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The children of that name of an extension element, in the same namespace."""
    namespace = str(etree.QName(element).namespace)
    return list(element.iterchildren(f"{{{namespace}}}{name}"))


def namespace(element: etree._Element) -> str:
    return str(etree.QName(element).namespace or "")


def isolates_calls(root: etree._Element) -> bool:
    """Whether the file is one of an engine where a called process sees nothing that is not mapped
    for it."""
    return any(namespace in FAMILY for namespace in root.nsmap.values())
