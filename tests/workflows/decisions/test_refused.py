"""What is refused when a file is read: with the element, and a sentence for people."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from engine.decision_sentences import CELLS, DECISION_REASONS, DECISIONS, FILES, SHAPES
from engine.sentences import explain
from workflows.decisions import DecisionError, InvalidDecisionError, answer, read_decisions

Xml = Callable[..., str]
SOURCES = Path(__file__).parents[3] / "workflows/decisions"
FORMULA = "<literalExpression><text>1</text></literalExpression>"


def refusal(xml: str) -> InvalidDecisionError:
    with pytest.raises(InvalidDecisionError) as caught:
        read_decisions(xml)
    assert "%" not in explain(caught.value) and caught.value.code not in explain(caught.value)
    return caught.value


def decision(inside: str, id: str = "d") -> str:
    return f'<decision id="{id}">{inside}</decision>'


@pytest.mark.parametrize(
    ("inside", "kind", "element"),
    [
        ('<businessKnowledgeModel id="bkm"/>', "businessKnowledgeModel", "bkm"),
        ('<decisionService id="ds"/>', "decisionService", "ds"),
        ('<import namespace="urn:x"/>', "import", "import"),
        (decision('<knowledgeRequirement id="kr"/>' + FORMULA), "knowledgeRequirement", "kr"),
        (decision('<context id="c"/>'), "context", "c"),
        (decision('<invocation id="i"/>'), "invocation", "i"),
        (decision('<relation id="r"/>'), "relation", "r"),
        (decision('<functionDefinition id="f"/>'), "functionDefinition", "f"),
        (decision('<list id="l"/>'), "list", "l"),
        (decision('<conditional id="k"/>'), "conditional", "k"),
        (decision('<for id="k"/>'), "for", "k"),
        (decision('<every id="k"/>'), "every", "k"),
        (decision('<filter id="k"/>'), "filter", "k"),
        (decision("<decisionTable><rule><baru id='n'/></rule></decisionTable>"), "baru", "n"),
        (decision("<literalExpression><importedValues id='v'/></literalExpression>"),
         "importedValues", "v"),
        (decision("<literalExpression>1 + 1</literalExpression>"),
         "literalExpression", "literalExpression"),
    ],
)  # fmt: skip
def test_elements_that_are_not_executed(wrap: Xml, inside: str, kind: str, element: str) -> None:
    found = refusal(wrap(decision(FORMULA, "lain") + inside))
    assert found.code == "dmn_element_not_supported"
    assert (found.fields["kind"], found.fields["element"]) == (kind, element)
    assert found.fields["line"] == 1
    assert found.fields["decision"] == ("d" if inside.startswith("<decision ") else "")


def test_markup_within_a_cell_is_not_read_past(wrap: Xml) -> None:
    text = '<text xmlns:x="urn:x">1<x:b/>+ 1</text>'
    found = refusal(wrap(decision(f"<literalExpression>{text}</literalExpression>")))
    assert (found.code, found.fields["kind"]) == ("dmn_element_not_supported", "b")


def test_documentation_is_read_past(wrap: Xml) -> None:
    notes = (
        '<description>x</description><extensionElements><y xmlns="urn:y"/></extensionElements>'
        '<knowledgeSource id="k"/><textAnnotation id="t"/><association id="a"/>'
    )
    within = "<question>?</question><allowedAnswers>x</allowedAnswers><authorityRequirement/>"
    xml = wrap(notes + decision(within + FORMULA) + '<y:DI xmlns:y="urn:di"><y:a/></y:DI>')
    assert answer(read_decisions(xml)["d"], {}) == 1


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (decision(FORMULA, ""), "invalid_id"),
        (f"<decision>{FORMULA}</decision>", "invalid_id"),
        (decision(FORMULA) * 2, "duplicate_id"),
        (decision(FORMULA) + '<inputData id="d"/>', "duplicate_id"),
        (decision(FORMULA) + '<itemDefinition name="t"/>' * 2, "duplicate_type"),
        (decision(FORMULA * 2), "repeated_element"),
        (decision('<variable name="a"/>' * 2 + FORMULA), "repeated_element"),
        (decision("<literalExpression><text>1</text><text>2</text></literalExpression>"),
         "repeated_element"),
        (decision(""), "no_logic"),
        (decision(FORMULA + "<decisionTable><output/></decisionTable>"), "no_logic"),
        (decision("<decisionTable/>"), "no_output"),
        (decision('<decisionTable><output name="a"/><output/></decisionTable>'),
         "output_without_name"),
        (decision('<decisionTable><output name="a"/><output name="a"/></decisionTable>'),
         "duplicate_output"),
        (decision("<decisionTable><output/><rule/></decisionTable>"), "cells_missing"),
        (
            decision(
                "<decisionTable><output/><rule><inputEntry><text>-</text></inputEntry>"
                "<outputEntry><text>1</text></outputEntry></rule></decisionTable>"
            ),
            "cells_missing",
        ),
        (decision(f"<literalExpression><text>{'1 ' * 100_001}</text></literalExpression>"),
         "too_much_text"),
    ],
)  # fmt: skip
def test_files_that_contradict_themselves(wrap: Xml, inside: str, reason: str) -> None:
    found = refusal(wrap(inside))
    assert (found.code, found.fields["reason"]) == ("dmn_invalid", reason)


@pytest.mark.parametrize(
    ("model", "accepted"),
    [
        ("http://www.omg.org/spec/DMN/20151101/dmn.xsd", True),
        ("http://www.omg.org/spec/DMN/20151101/dmn11.xsd", True),
        ("http://www.omg.org/spec/DMN/20151101", True),
        ("http://www.omg.org/spec/DMN/20180521/MODEL/", True),
        ("https://www.omg.org/spec/DMN/20191111/MODEL/", True),
        ("https://www.omg.org/spec/DMN/20211108/MODEL/", True),
        ("https://www.omg.org/spec/DMN/20230324/MODEL/", True),
        ("http://www.omg.org/spec/DMN/20130901", False),
        ("http://www.omg.org/spec/BPMN/20100524/MODEL", False),
        ("", False),
    ],
)
def test_versions(wrap: Xml, model: str, accepted: bool) -> None:
    xml = wrap(decision(FORMULA), model)
    if accepted:
        assert answer(read_decisions(xml)["d"], {}) == 1
    else:
        assert refusal(xml).code == "dmn_wrong_namespace"


def test_parts_of_another_version_are_not_read_past(wrap: Xml) -> None:
    rule = '<rule xmlns="http://www.omg.org/spec/DMN/20180521/MODEL/"/>'
    xml = wrap(decision(f"<decisionTable><output/>{rule}</decisionTable>"))
    assert refusal(xml).code == "dmn_wrong_namespace"
    assert refusal(wrap("")).code == "dmn_no_decision"


@pytest.mark.parametrize(
    ("language", "accepted"),
    [
        ("feel", True),
        ("FEEL", True),
        ("juel", True),
        ("", True),
        ("http://www.omg.org/spec/FEEL/20140401", True),
        ("http://www.omg.org/spec/DMN/20180521/FEEL/", True),
        ("https://www.omg.org/spec/DMN/20191111/FEEL/", True),
        ("https://www.omg.org/spec/DMN/20230324/FEEL/", True),
        ("javascript", False),
        ("groovy", False),
        ("python", False),
        ("http://www.w3.org/1999/XPath", False),
    ],
)
def test_languages(wrap: Xml, language: str, accepted: bool) -> None:
    written = f' expressionLanguage="{language}"'
    table = "<decisionTable><input><inputExpression{}><text>x</text></inputExpression></input>"
    table += "<output/><rule><inputEntry{}><text>-</text></inputEntry>"
    table += "<outputEntry{}><text>1</text></outputEntry></rule></decisionTable>"
    texts = [
        wrap(decision(FORMULA.replace("Expression>", f"Expression{written}>", 1))),
        wrap(decision(FORMULA)).replace("<definitions", f"<definitions{written}"),
        wrap(decision(table.format(written, "", ""))),
        wrap(decision(table.format("", "", written))),
    ]
    if language.lower() != "juel":  # in which an entry is a condition
        texts.append(wrap(decision(table.format("", written, ""))))
    for xml in texts:
        if accepted:
            assert answer(read_decisions(xml)["d"], {"x": 1}) == 1
        else:
            found = refusal(xml)
            assert found.code == "dmn_language_not_supported"
            assert found.fields["language"] == language


def test_an_entry_in_juel_is_a_condition(wrap: Xml) -> None:
    table = "<decisionTable><input><inputExpression><text>x</text></inputExpression></input>"
    entry = '<inputEntry expressionLanguage="juel"><text>{}</text></inputEntry>'
    rule = f"<rule>{entry}<outputEntry><text>1</text></outputEntry></rule>"
    xml = wrap(decision(f"{table}<output/>{rule}</decisionTable>"))
    one = read_decisions(xml.format("cellInput gt 5 and x lt 9"))["d"]
    assert [answer(one, {"x": x}) for x in (5, 6, 9)] == [None, 1, None]
    assert answer(read_decisions(xml.format(""))["d"], {"x": 1}) == 1
    assert refusal(xml.format("gt 5")).code == "dmn_cell_invalid"


@pytest.mark.parametrize(
    ("inside", "fields"),
    [
        ("<input/>", {"column": "1", "reason": "empty"}),
        ("<input label='Umur'><inputExpression><text/></inputExpression></input>",
         {"column": "Umur", "reason": "empty"}),
        ("<input><inputExpression><text>a +</text></inputExpression></input>",
         {"column": "a +", "text": "a +", "reason": "unreadable"}),
        ("<input><inputExpression><text>? + 1</text></inputExpression></input>",
         {"reason": "unreadable", "construct": "?"}),
        ("<input><inputExpression><text>a</text></inputExpression><inputValues><text>1,</text>"
         "</inputValues></input>", {"text": "1,", "reason": "empty_test"}),
        ("<input><inputExpression><text>a</text></inputExpression><inputValues><text>b</text>"
         "</inputValues></input>", {"reason": "not_constant"}),
        ("<output name='o'><outputValues><text>&lt;</text></outputValues></output>",
         {"column": "o", "reason": "empty_test"}),
        ("<output name='o'><defaultOutputEntry><text>?</text></defaultOutputEntry></output>",
         {"column": "o", "text": "?", "reason": "unreadable"}),
    ],
)  # fmt: skip
def test_heads_of_columns(wrap: Xml, inside: str, fields: dict[str, object]) -> None:
    output = "" if "<output" in inside else "<output/>"
    found = refusal(wrap(decision(f"<decisionTable>{inside}{output}</decisionTable>")))
    assert found.code == "dmn_head_invalid"
    assert {"decision": "d", **fields}.items() <= found.fields.items()


@pytest.mark.parametrize("text", ["", "1 +", "?", "tidak_ada()", "a.__class__"])
def test_formulas(wrap: Xml, text: str) -> None:
    found = refusal(wrap(decision(f"<literalExpression><text>{text}</text></literalExpression>")))
    assert found.code == "dmn_formula_invalid"
    assert found.fields["reason"] == ("unreadable" if text else "empty")


@pytest.mark.parametrize(
    ("cells", "x", "told"),
    [
        ([("-", "1"), ("> 1", "2")], 5, ["“d”", "baris 1, 2"]),
        ([("1", "1"), ("< 5", "2")], "a", ["“d”", "baris 2", "kolom “x”", "“< 5”"]),
        ([("-", "y.z")], 5, ["“d”", "baris 1", "kolom “o”", "“y” tidak ada"]),
        ([("1", "1")], None, []),
    ],
)
def test_a_failure_is_told_with_its_place(
    wrap: Xml, cells: list[tuple[str, str]], x: object, told: list[str]
) -> None:
    rules = "".join(
        f"<rule><inputEntry><text>{escape(one)}</text></inputEntry>"
        f"<outputEntry><text>{two}</text></outputEntry></rule>"
        for one, two in cells
    )
    head = "<input><inputExpression><text>x</text></inputExpression></input><output name='o'/>"
    table = read_decisions(wrap(decision(f"<decisionTable>{head}{rules}</decisionTable>")))["d"]
    if not told:
        assert answer(table, {"x": x}) is None
        return
    with pytest.raises(DecisionError) as caught:
        answer(table, {"x": x})
    sentence = explain(caught.value)
    assert [part for part in told if part not in sentence] == []


def test_every_reason_has_a_sentence_and_every_sentence_a_reason() -> None:
    sources = [ast.parse(path.read_text("utf-8")) for path in sorted(SOURCES.glob("*.py"))]
    words: dict[str, set[str]] = {"invalid": set(), "UnfitError": set(), "_unfit": set()}
    for tree in sources:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                for one in node.args:
                    if node.func.id in words and isinstance(one, ast.Constant):
                        words[node.func.id].add(str(one.value))
    texts = " ".join(path.read_text("utf-8") for path in SOURCES.glob("*.py"))
    assert {*FILES} == words["invalid"] | set(re.findall(r'"(too_many_\w+)", len', texts))
    named = {one for one in CELLS if f'"{one}"' in texts}
    assert words["UnfitError"] - {"unknown_type"} <= {*CELLS}
    bases = {"text", "number", "integer", "yes_no", "date", "time", "date_time", "record", "list"}
    assert {*CELLS} - named == {f"not_{base}" for base in bases} - named
    assert {*SHAPES} <= words["_unfit"] | {"unknown_shape"}
    assert {*DECISION_REASONS} == {code for code, text in DECISIONS.items() if "(reason)" in text}
