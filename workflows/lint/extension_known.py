"""Nothing of our namespace is misspelt or misplaced: a wrong name would silently lose its value.

Right: <sop:mutuBaku><sop:output>…; sop:nomor on a user task. Wrong: <sop:mutubaku>, sop:No,
sop:pelaksana on a task.
"""

from collections.abc import Iterator

from lxml import etree

from workflows.bpmn_xml import BPMN, SOP, local_name
from workflows.lint.finding import Draft, Problem
from workflows.vocabulary import ATTRIBUTES, ELEMENTS


def check(draft: Draft) -> Iterator[Problem]:
    nearest = draft.drawing.key
    for element in draft.drawing.process.iter(etree.Element):
        nearest = str(element.get("id") or nearest)
        for wrong in _wrong_names(element):
            yield Problem(
                nearest,
                f'Keterangan SOP "sop:{wrong}" pada "{nearest}" tidak dikenal di tempat ini, '
                "sehingga isinya tidak akan terbaca. Perbaiki namanya atau hapus.",
            )


def _wrong_names(element: etree._Element) -> Iterator[str]:
    parent = element.getparent()
    name = local_name(element)
    if str(element.tag).startswith(SOP):
        allowed = frozenset(ELEMENTS)
        if parent is not None and str(parent.tag).startswith(SOP):
            allowed = frozenset(ELEMENTS.get(local_name(parent), ((), ()))[1])
        if name not in allowed:
            yield name
        else:
            attributes = ELEMENTS.get(name, ((), ()))[0]
            yield from (
                f"{name}/@{one}" for one in map(str, element.keys()) if one not in attributes
            )
    elif str(element.tag).startswith(BPMN):
        ours = (str(one) for one in element.keys() if str(one).startswith(SOP))
        for attribute in ours:
            if attribute.removeprefix(SOP) not in ATTRIBUTES.get(name, ()):
                yield attribute.removeprefix(SOP)
