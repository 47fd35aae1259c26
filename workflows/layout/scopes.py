"""What has to be laid out, scope by scope: the nodes of a process or sub-process, their links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from workflows.bpmn_xml import BPMN, local_name
from workflows.vocabulary import ACTIVITY_TAGS, NODE_TAGS, SCOPE_TAGS

DATA_TAGS: Final = frozenset({"dataObjectReference", "dataStoreReference"})
ARTIFACT_TAGS: Final = DATA_TAGS | {"textAnnotation"}


@dataclass(frozen=True)
class Item:
    """A node or artifact; `host`: the activity on whose edge it stands. `text`: its name."""

    id: str
    tag: str
    text: str
    host: str | None
    inner: Scope | None


@dataclass(frozen=True)
class Link:
    """A sequence flow, or an association between two items of the same scope."""

    id: str
    source: str
    target: str
    text: str


@dataclass(frozen=True)
class Scope:
    items: tuple[Item, ...]
    links: tuple[Link, ...]


def read_scope(element: etree._Element) -> Scope:
    """What a process or sub-process holds. What has no id cannot be drawn and is left out."""
    tags = {str(one.get("id")): local_name(one) for one in _drawn(element)}
    items = tuple(_item(one, tags) for one in _drawn(element))
    seen: set[str] = set()
    links: list[Link] = []
    for link in links_of(element):
        if link.id not in seen and link.source in tags and link.target in tags:
            seen.add(link.id)
            links.append(link)
    return Scope(items, tuple(links))


def _drawn(element: etree._Element) -> Iterator[etree._Element]:
    for child in element.iterchildren(etree.Element):
        if child.get("id") and str(child.tag).startswith(BPMN):
            if local_name(child) in NODE_TAGS | ARTIFACT_TAGS:
                yield child


def _item(element: etree._Element, tags: dict[str, str]) -> Item:
    tag, host = local_name(element), element.get("attachedToRef")
    inner = read_scope(element) if tag in SCOPE_TAGS else None
    return Item(
        id=str(element.get("id")),
        tag=tag,
        text=text_of(element),
        host=host if host and tags.get(host) in ACTIVITY_TAGS else None,
        inner=inner if inner and inner.items else None,
    )


def text_of(element: etree._Element) -> str:
    """Its name in one line; of an annotation, its text."""
    text = element.findtext(f"{BPMN}text") if local_name(element) == "textAnnotation" else None
    return " ".join((text or element.get("name") or "").split())


def links_of(element: etree._Element) -> Iterator[Link]:
    """The links that are written directly in this element, whatever they join."""
    for child in element.iterchildren(etree.Element):
        tag, name = local_name(child), child.get("id")
        if tag in ("sequenceFlow", "association", "messageFlow") and name:
            source, target = ((child.get(end) or "").strip() for end in ("sourceRef", "targetRef"))
            yield Link(str(name), source, target, text_of(child))
        elif child.get("id"):
            yield from _data_links(child, str(child.get("id")))


def _data_links(node: etree._Element, owner: str) -> Iterator[Link]:
    for one in node.findall(f"{BPMN}dataInputAssociation[@id]"):
        source = (one.findtext(f"{BPMN}sourceRef") or "").strip()
        yield Link(str(one.get("id")), source, owner, "")
    for one in node.findall(f"{BPMN}dataOutputAssociation[@id]"):
        target = (one.findtext(f"{BPMN}targetRef") or "").strip()
        yield Link(str(one.get("id")), owner, target, "")
