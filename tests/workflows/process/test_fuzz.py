"""Files changed at random: they are read or refused, and nothing else ever happens."""

from copy import deepcopy
from pathlib import Path
from time import process_time

import hypothesis.strategies as st
from hypothesis import given, note, settings
from lxml import etree

from workflows.bpmn_xml import BPMN, read_xml
from workflows.errors import InvalidSopError
from workflows.lint import lint
from workflows.process.nodes import all_nodes
from workflows.process.read import read_process
from workflows.reader import content_hash, decision_ids, form_names, read_sop

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHIPPED = Path(__file__).parents[3] / "bpmn"
FILES = {
    path.name: etree.fromstring(path.read_bytes().replace(b'"false"', b'"true"', 1))
    for path in sorted([*FIXTURES.rglob("*.bpmn"), *SHIPPED.rglob("*.bpmn")])
}
laws = settings(deadline=None, print_blob=True, max_examples=250)

TAGS = sorted(
    {str(one.tag) for root in FILES.values() for one in root.iter("*")}
    | {f"{BPMN}{name}" for name in (
        "transaction", "complexGateway", "eventBasedGateway", "callActivity", "receiveTask",
        "scriptTask", "boundaryEvent", "linkEventDefinition", "compensateEventDefinition",
        "standardLoopCharacteristics", "association", "errorEventDefinition", "message")}
)  # fmt: skip
NAMES = sorted(
    {str(name) for root in FILES.values() for one in root.iter("*") for name in one.attrib}
    | {"isForCompensation", "triggeredByEvent", "attachedToRef", "default", "calledElement"}
)  # fmt: skip
VALUES = [
    "", " ", "true", "false", "-1", "0", "3", "R3/PT10M", "P1D", "${a}", "=a", "a b", "__class__",
    "${", "'", "\u202e", "x" * 300, "=if a then b else c", "#{a}{b}", "\t\n",
]  # fmt: skip


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[tuple[str, int, int, str]]]:
    """A file and what is done to it: (what, which element, which other one, a word)."""
    change = st.tuples(
        st.sampled_from(
            ["delete", "double", "move", "retag", "rename", "drop", "set", "text", "swap"]
        ),
        st.integers(0, 5_000),
        st.integers(0, 5_000),
        st.sampled_from(TAGS) | st.sampled_from(NAMES) | st.sampled_from(VALUES),
    )
    return draw(st.sampled_from(sorted(FILES))), draw(st.lists(change, min_size=1, max_size=8))


def changed(name: str, steps: list[tuple[str, int, int, str]]) -> bytes:
    root = deepcopy(FILES[name])
    for what, first, second, word in steps:
        elements = list(root.iter(etree.Element))[1:]
        if elements:
            one, other = elements[first % len(elements)], elements[second % len(elements)]
            _change(what, one, other, word, second)
    return etree.tostring(root)


def _change(what: str, one: etree._Element, other: etree._Element, word: str, number: int) -> None:
    parent = one.getparent()
    assert parent is not None
    names = list(one.keys())
    if what == "delete":
        parent.remove(one)
    elif what == "double":
        copy = deepcopy(one)
        for each in copy.iter(etree.Element):
            if each.get("id"):
                each.set("id", f"{each.get('id')}_{number}")
        parent.append(copy)
    elif what == "move" and one not in [other, *other.iterancestors()]:
        other.append(one)
    elif what == "retag" and word in TAGS:
        one.tag = word
    elif what == "rename" and names and word in NAMES:
        one.set(word, str(one.attrib.pop(names[number % len(names)])))
    elif what == "drop" and names:
        del one.attrib[names[number % len(names)]]
    elif what == "set" and names:
        value = word if word not in TAGS else str(other.get("id") or "")
        one.set(names[number % len(names)], value)
    elif what == "text":
        one.text = word if word not in TAGS else str(other.get("id") or "")
    elif what == "swap" and other.get("id") and one.get("id"):
        one.set("id", str(other.get("id")))


@laws
@given(changes())
def test_a_changed_file_is_read_or_refused(
    change: tuple[str, list[tuple[str, int, int, str]]],
) -> None:
    data = changed(*change)
    note(data.decode())
    started = process_time()
    try:
        root = read_xml(data)
        reading = read_process(root)
        findings = lint(root, {})
    except InvalidSopError:
        return
    finally:
        assert process_time() - started < 2
    for refusal in reading.refusals:
        assert refusal.code and isinstance(refusal.element, str)
    for finding in findings:
        assert finding.message.endswith(".") and finding.element
    errors = {one.code for one in reading.refusals if one.severity == "error"}
    told = [one for one in findings if one.severity == "error"]
    assert not errors or told
    if not errors:
        _holds_together(root)
    try:
        read_sop(root)
    except InvalidSopError:
        assert told
    form_names(root), decision_ids(root), content_hash(root, {})


def _holds_together(root: etree._Element) -> None:
    """What may run refers to nothing that is not there."""
    container = read_process(root).container
    containers = [container, *(one.content for one in all_nodes(container) if one.content)]
    for each in containers:
        flows = {flow.id for node in each.nodes.values() for flow in node.outgoing}
        assert any(node.kind == "startEvent" for node in each.nodes.values())
        for name, node in each.nodes.items():
            assert name == node.id
            assert all(flow.target in each.nodes for flow in node.outgoing)
            assert set(node.incoming) <= flows
            assert node.default is None or node.default in flows
            assert node.attached_to is None or node.attached_to in each.nodes
            assert node.handler is None or each.nodes[node.handler].compensates
            assert (node.content is not None) == (node.kind in ("subProcess", "eventSubProcess"))
            if node.kind in ("serviceTask", "callActivity", "businessRuleTask"):
                assert node.work or node.call or node.decision
            if node.kind in ("startEvent", "endEvent", "boundaryEvent", "eventSubProcess"):
                assert node.trigger is not None
