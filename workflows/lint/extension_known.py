"""Nothing of our namespace is misspelt or misplaced: a wrong name would silently lose its value.

Right: <sop:mutuBaku><sop:output>… on a step; sop:waktu on a timer. Wrong: <sop:mutubaku>, sop:No,
sop:pelaksana on a task, <sop:layanan> on a user task.
"""

from collections.abc import Iterator

from lxml import etree

from workflows.bpmn_xml import BPMN, SOP, local_name
from workflows.lint.finding import Draft, Problem
from workflows.said import Said
from workflows.vocabulary import ATTRIBUTES, ELEMENTS, PLACES


def check(draft: Draft) -> Iterator[Problem]:
    nearest = draft.drawing.key
    for element in draft.root.iter(etree.Element):
        nearest = str(element.get("id") or nearest)
        for wrong in _wrong_names(element):
            yield Problem(
                nearest,
                Said(
                    'Keterangan SOP "sop:%(wrong)s" pada "%(element)s" tidak dikenal di tempat '
                    "ini, sehingga isinya tidak akan terbaca. Perbaiki namanya atau hapus.",
                    wrong=wrong,
                    element=nearest,
                ),
            )


def _wrong_names(element: etree._Element) -> Iterator[str]:
    name = local_name(element)
    if str(element.tag).startswith(SOP):
        if name not in _welcome(element):
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


def _welcome(element: etree._Element) -> frozenset[str]:
    """The elements of ours that may stand where this one stands."""
    parent = element.getparent()
    if parent is None:
        return frozenset()
    if str(parent.tag).startswith(SOP):
        return frozenset(ELEMENTS.get(local_name(parent), ((), ()))[1])
    holder = parent.getparent()
    if str(parent.tag) != f"{BPMN}extensionElements" or holder is None:
        return frozenset()
    owner = local_name(holder) if str(holder.tag).startswith(BPMN) else ""
    return frozenset(name for name, places in PLACES.items() if owner in places)
