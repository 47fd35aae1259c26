"""Hostile files, cells and tables: each refused or an error, in a second."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from xml.sax.saxutils import escape

import pytest

from workflows.decisions import DecisionError, InvalidDecisionError, answer, read_decisions
from workflows.errors import SopError

Xml = Callable[..., str]
SECONDS = 2  # of a busy machine; one that does nothing else takes less than a second
PAYLOADS = Path(__file__).parents[2] / "hostile/payloads.json"
CASE: dict[str, object] = {
    "x": 1,
    "a": 1,
    "daftar": list(range(9_000)),
    "teks": "a" * 90_000,
    "dalam": [[[["x"]]]],
}
OWN = [
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "?.__class__",
    "? .__class__.__mro__",
    "[().__class__..().__class__]",
    "not(__import__('os'))",
    "< __import__('os').getpid()",
    "[1..__builtins__]",
    "${execution.getEngineServices()}",
    "#{''.getClass().forName('java.lang.Runtime')}",
    "[x for x in [y for y in daftar] for z in daftar]",
    "sum([sum(daftar) for i in daftar]) > ?",
    "teks + teks + teks + teks + teks",
    "[teks + teks for i in daftar]",
    "9 ** 9 ** 9",
    "1e999",
    "daftar, " * 400 + "daftar",
    "-" * 3999,
    "(" * 3999,
    "[" * 3999,
    "]" * 3999,
    "[1..2],[" * 400,
    "not(" * 900 + ")" * 900,
    "," * 3999,
    '"' * 3999,
    "'\\" * 1999,
    "?" * 3999,
    ". " * 1999,
    "a." * 1999 + "a",
    "\u200b",
    "５",
    "ʔ",
    'date("2026-01-01").__class__',
    '@"' + "1" * 3000 + '"',
    "\uffff",
]
ENTITY = '?><!DOCTYPE d [<!ENTITY a "1">]>'


def in_all_places(wrap: Xml, text: str) -> Iterator[tuple[str, str]]:
    cell = escape(text)
    head = "<inputExpression><text>{}</text></inputExpression>"
    for place, parts in (
        ("input", (cell, "-", "1")),
        ("entry", ("x", cell, "1")),
        ("output", ("x", "-", cell)),
    ):
        rows = f"<inputEntry><text>{parts[1]}</text></inputEntry>"
        rows += f"<outputEntry><text>{parts[2]}</text></outputEntry>"
        table = f"<input>{head.format(parts[0])}</input><output name='o'/><rule>{rows}</rule>"
        yield place, wrap(f'<decision id="d"><decisionTable>{table}</decisionTable></decision>')
    values = f"<outputValues><text>{cell}</text></outputValues>"
    table = f'<output name="o">{values}</output>'
    yield "values", wrap(f'<decision id="d"><decisionTable>{table}</decisionTable></decision>')
    formula = f"<literalExpression><text>{cell}</text></literalExpression>"
    yield "formula", wrap(f'<decision id="d">{formula}</decision>')


def run(xml: str) -> str:
    """How it ends; anything but these errors gets out and fails the test."""
    try:
        decision = read_decisions(xml)["d"]
    except InvalidDecisionError as error:
        return error.code
    try:
        answer(decision, CASE)
    except DecisionError as error:
        return error.code
    return "answered"


def payloads() -> list[str]:
    return [str(one["text"]) for one in json.loads(PAYLOADS.read_text("utf-8"))]


def slow(wrap: Xml, texts: list[str], places: set[str]) -> list[tuple[str, str, float]]:
    found = []
    for text in texts:
        for place, xml in in_all_places(wrap, text):
            if place not in places:
                continue
            began = process_time()
            run(xml)
            if (took := process_time() - began) > SECONDS:
                found.append((text[:60], place, took))
    return found


def test_our_own_payloads(wrap: Xml) -> None:
    assert slow(wrap, OWN, {"input", "entry", "output", "values", "formula"}) == []


def test_the_payloads_of_expressions(wrap: Xml) -> None:
    """The cells of a table are tried with all places of a process in tests/hostile."""
    assert slow(wrap, payloads(), {"values", "formula"}) == []


@pytest.mark.parametrize("text", OWN[:10])
def test_what_reaches_for_python_is_never_answered(wrap: Xml, text: str) -> None:
    assert {run(xml) for _, xml in in_all_places(wrap, text)} <= {
        "dmn_cell_invalid",
        "dmn_head_invalid",
        "dmn_formula_invalid",
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda xml: xml.replace("<definitions", "<!DOCTYPE d><definitions"), "forbidden_doctype"),
        (lambda xml: xml.replace("?>", ENTITY).replace(">x<", ">&a;<"), "forbidden_doctype"),
        (lambda xml: "", "empty_file"),
        (lambda xml: "bukan xml", "malformed_xml"),
        (lambda xml: xml[:-5], "malformed_xml"),
        (lambda xml: xml.replace("UTF-8", "UTF-7"), "unsupported_encoding"),
        (lambda xml: xml.encode("utf-16"), "unsupported_encoding"),
        (lambda xml: xml.replace("tabel", "\ud800"), "unsupported_encoding"),
        (lambda xml: xml + " " * 2_000_000, "file_too_large"),
        (lambda xml: xml.replace("</rule>", "<a>" * 200_000, 1), "too_deep"),
        (lambda xml: xml.replace("</rule>", "</rule>" + "<rule/>" * 200_000), "too_many_elements"),
        (lambda xml: xml.replace("DMN/2019", "DMN/2099"), "dmn_wrong_namespace"),
    ],
)
def test_hostile_xml(
    wrap: Xml, table_xml: Xml, change: Callable[[str], str | bytes], code: str
) -> None:
    xml = wrap(table_xml(["x"], ["b"], [("1", "2")]))
    began = process_time()
    with pytest.raises(InvalidDecisionError) as caught:
        read_decisions(change(xml))
    assert caught.value.code == code
    assert process_time() - began < SECONDS


def test_the_largest_table_is_read_and_evaluated_in_time(wrap: Xml, table_xml: Xml) -> None:
    rules = [(f"[{n}..{n + 1})", f'"{n}", "{n}x"', f"? > {n}", str(n)) for n in range(2_000)]
    xml = wrap(table_xml(["x:number", "kota", "x"], ["b"], rules, policy="COLLECT"))
    began = process_time()
    decision = read_decisions(xml)["tabel"]
    assert process_time() - began < 5
    began = process_time()
    assert answer(decision, {"x": 1999.5, "kota": "1999x"}) == [1999]
    assert process_time() - began < 0.5


@pytest.mark.parametrize(
    ("columns", "rules", "reason"), [(50, 1, "too_many_columns"), (1, 2_001, "too_many_rules")]
)
def test_a_table_that_is_too_large(
    wrap: Xml, table_xml: Xml, columns: int, rules: int, reason: str
) -> None:
    rows = [("-",) * columns + ("1",)] * rules
    with pytest.raises(InvalidDecisionError) as caught:
        read_decisions(wrap(table_xml(["x"] * columns, ["b"], rows)))
    assert caught.value.fields["reason"] == reason


def test_too_many_decisions(wrap: Xml) -> None:
    one = '<decision id="d{}"><literalExpression><text>1</text></literalExpression></decision>'
    with pytest.raises(InvalidDecisionError) as caught:
        read_decisions(wrap("".join(one.format(n) for n in range(101))))
    assert caught.value.fields["reason"] == "too_many_decisions"


@pytest.mark.parametrize(
    "cells",
    [
        ("daftar", "1"),
        ("contains(daftar, ?)", "1"),
        ("[i * 2 for i in daftar]", "1"),
        ("-", "daftar"),
        ("-", "[daftar, daftar, daftar]"),
        ("teks", "1"),
        ("-", "upper(teks)"),
        ("milik, [milik]", "1"),
    ],
)
def test_all_cells_of_a_decision_share_one_budget(
    wrap: Xml, table_xml: Xml, cells: tuple[str, str]
) -> None:
    xml = table_xml(["teks"], ["b"], [cells] * 1_500, policy="COLLECT")
    decision = read_decisions(wrap(xml))["tabel"]
    case = {**CASE, "milik": "a" * 89_999 + "b"}
    began = process_time()
    with pytest.raises(DecisionError) as caught:
        answer(decision, case)
    assert caught.value.code == "dmn_too_much_work"
    assert process_time() - began < SECONDS


def test_decisions_cannot_double_a_value_without_end(wrap: Xml) -> None:
    one = (
        '<decision id="d{0}">{2}<literalExpression><text>{1}</text></literalExpression></decision>'
    )
    need = '<informationRequirement><requiredDecision href="#d{}"/></informationRequirement>'
    for text in ("[d{0}, d{0}]", "[[[[[[d{0}]]]]]]", "d{0} + d{0}"):
        rows = [one.format(0, "['a']", "")]
        rows += [one.format(n, text.format(n - 1), need.format(n - 1)) for n in range(1, 60)]
        decision = read_decisions(wrap("".join(rows)))["d59"]
        began = process_time()
        with pytest.raises(DecisionError) as caught:
            answer(decision, {})
        assert caught.value.code in ("dmn_too_much_work", "dmn_formula_failed")
        assert process_time() - began < SECONDS


def test_lists_of_allowed_values_are_paid_for_at_each_use(wrap: Xml) -> None:
    values = "0," * 1_900 + "1"
    xml = f'<itemDefinition name="t"><allowedValues><text>{values}</text></allowedValues>'
    xml += "</itemDefinition>"
    column = '<input><inputExpression typeRef="t"><text>x</text></inputExpression></input>' * 40
    for n in range(60):
        need = f'<requiredDecision href="#d{n - 1}"/>' if n else ""
        xml += f'<decision id="d{n}"><informationRequirement>{need}</informationRequirement>'
        xml += f"<decisionTable>{column}<output/></decisionTable></decision>"
    decision = read_decisions(wrap(xml))["d59"]
    began = process_time()
    with pytest.raises(DecisionError) as caught:
        answer(decision, {"x": 1})
    assert caught.value.code == "dmn_too_much_work"
    assert process_time() - began < SECONDS


def test_bytes_and_texts_are_read_alike(wrap: Xml, table_xml: Xml) -> None:
    xml = wrap(table_xml(["x"], ["b"], [('"é"', "1")]))
    for data in (xml, xml.encode(), "\ufeff" + xml, b"\xef\xbb\xbf" + xml.encode()):
        assert answer(read_decisions(data)["tabel"], {"x": "é"}) == 1


def test_random_damage_never_gets_out(wrap: Xml, table_xml: Xml) -> None:
    """Each letter of a good file replaced, one at a time."""
    xml = wrap(table_xml(["x:number"], ["b"], [("[1..5)", '"y"')], policy="COLLECT"))
    for place in range(xml.index("<definitions"), len(xml)):
        for letter in '"<&]x\x00':
            try:
                read_decisions(xml[:place] + letter + xml[place + 1 :])
            except SopError as error:
                assert isinstance(error, InvalidDecisionError)
