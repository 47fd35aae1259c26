"""docs/reference/dmn.md says what is so: each of its tables and examples is run."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.decision_sentences import DECISIONS
from workflows import bpmn_xml
from workflows.decisions import (
    Decision,
    DecisionError,
    InvalidDecisionError,
    answer,
    document,
    read_decisions,
    requirements,
    tables,
)
from workflows.expressions import tokens

Make = Callable[..., Decision]
Xml = Callable[..., str]
PAGE = (Path(__file__).parents[3] / "docs/reference/dmn.md").read_text("utf-8")
CASE = {"batas": 10, "daftar": [1, 2, 3]}
CODE = re.compile(r"`([^`]*)`")
FORMULA = "<literalExpression><text>1</text></literalExpression>"


def rows(head: str) -> list[list[str]]:
    """The cells of all rows of the tables with this head."""
    tables = re.findall(rf"^\| {re.escape(head)} \|\n\|[-|]+\|\n((?:\|.*\|\n)+)", PAGE, re.M)
    lines = [line for one in tables for line in one.splitlines()]
    assert lines, head
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def values(cell: str) -> list[object]:
    return [json.loads(one) for one in CODE.findall(cell)]


def outcome(decide: Callable[[], object]) -> object:
    try:
        return decide()
    except (DecisionError, InvalidDecisionError) as error:
        return error.code


def said(cell: str) -> object:
    (written,) = CODE.findall(cell)
    return written if written.startswith("dmn_") else json.loads(written)


def examples() -> Iterator[tuple[str, str, str]]:
    for xml, table in re.findall(r"```xml\n(.*?)```\n\n((?:\|[^\n]*\n)+)", PAGE, re.S):
        for line in table.splitlines()[2:]:
            case, expected = (cell.strip() for cell in line.split("|")[1:-1])
            yield xml, case.strip("`"), expected


@pytest.mark.parametrize(("xml", "case", "expected"), list(examples()))
def test_examples(xml: str, case: str, expected: str) -> None:
    *_, last = read_decisions(xml).values()
    assert outcome(lambda: answer(last, json.loads(case))) == said(expected)


def test_there_are_two_examples() -> None:
    assert len({xml for xml, _, _ in examples()}) == PAGE.count("```xml") == 2


def element(kind: str) -> str:
    one = f'<{kind} id="e"/>'
    if kind in ("description", "textAnnotation", "knowledgeSource", "extensionElements"):
        return f'<decision id="d">{FORMULA}</decision>{one}'
    if kind in ("businessKnowledgeModel", "decisionService", "import"):
        return f'<decision id="d">{FORMULA}</decision>{one}'
    if kind in ("knowledgeRequirement", "authorityRequirement"):
        return f'<decision id="d">{one}{FORMULA}</decision>'
    return f'<decision id="d">{one}</decision>'


@pytest.mark.parametrize(("kind", "treated"), rows("elemen | perlakuan"))
def test_elements(wrap: Xml, kind: str, treated: str) -> None:
    name = kind.strip("`")
    if treated.startswith("ditolak"):
        found = outcome(lambda: read_decisions(wrap(element(name))))
        assert found == "dmn_element_not_supported"
    elif treated == "catatan saja":
        assert answer(read_decisions(wrap(element(name)))["d"], {}) == 1
        assert name in document.DOCUMENTATION
    else:
        assert any(name in one for one in document.CONTENT.values())


def test_all_elements_that_are_read_are_on_the_page() -> None:
    told = {kind.strip("`") for kind, _ in rows("elemen | perlakuan")}
    assert document.CONTENT["definitions"] | document.CONTENT["decision"] <= told | {"decision"}


@pytest.mark.parametrize(("language", "treated"), rows("expressionLanguage | perlakuan"))
def test_languages(wrap: Xml, language: str, treated: str) -> None:
    own = f' expressionLanguage="{language.strip("`")}"'
    xml = wrap(f'<decision id="d">{FORMULA.replace("ion>", f"ion{own}>", 1)}</decision>')
    found = outcome(lambda: answer(read_decisions(xml)["d"], {}))
    assert found == (1 if treated == "dijalankan" else "dmn_language_not_supported")


@pytest.mark.parametrize(("cell", "right", "wrong"), rows("sel | cocok | tidak cocok"))
def test_cells(table: Make, cell: str, right: str, wrong: str) -> None:
    text = "" if cell == "(kosong)" else cell.strip("`")
    decision = table(["x"], ["cocok"], [(text, "true")], defaults=["false"])
    for value in values(right):
        assert answer(decision, {**CASE, "x": value}) is True, value
    for value in values(wrong):
        assert answer(decision, {**CASE, "x": value}) is False, value


@pytest.mark.parametrize(("cell", "reason"), rows("sel | alasan"))
def test_refused_cells(table: Make, cell: str, reason: str) -> None:
    with pytest.raises(InvalidDecisionError) as caught:
        table(["x"], ["y"], [(cell.strip("`"), "1")])
    assert f"`{caught.value.fields['reason']}`" == reason


@pytest.mark.parametrize(("kind", "right", "wrong"), rows("typeRef | diterima | kesalahan"))
def test_types(table: Make, kind: str, right: str, wrong: str) -> None:
    decision = table([f"x:{kind.strip('`')}"], ["y"], [("-", "1")])
    for value in [*values(right), None]:
        assert answer(decision, {"x": value}) == 1
    for value in values(wrong):
        assert outcome(lambda: answer(decision, {"x": value})) == "dmn_input_invalid"  # noqa: B023


@pytest.mark.parametrize(("kind", "treated"), rows("typeRef | perlakuan"))
def test_refused_types(table: Make, kind: str, treated: str) -> None:
    made = outcome(lambda: table([f"x:{kind.strip('`')}"], ["y"], [("-", "1")]))
    assert (made, treated) == ("dmn_type_not_supported", "ditolak")


POLICIES = rows("hit policy | x = 5 | x = 15 | x = 99")


@pytest.mark.parametrize("row", POLICIES)
def test_hit_policies(table: Make, row: list[str]) -> None:
    cells = [(CODE.findall(x)[0], y) for x, y in rows("x | nilai")]
    written, *expected = row
    policy, _, aggregation = written.strip("`").partition(" ")
    if policy not in ("COLLECT",):
        policy, aggregation = written.strip("`"), ""
    decision = table(
        ["x"],
        ["nilai"],
        cells,
        policy=policy,
        aggregation=aggregation or None,
        values=["30, 10, 20"],
    )
    for x, one in zip((5, 15, 99), expected, strict=True):
        assert outcome(lambda: answer(decision, {"x": x})) == said(one)  # noqa: B023


def test_all_hit_policies_are_on_the_page() -> None:
    told = {row[0].strip("`") for row in POLICIES}
    collected = {f"COLLECT {one}".strip() for one in tables.AGGREGATIONS}
    assert told == tables.POLICIES | collected


SHAPES = (
    "bentuk | satu baris, satu kolom | satu baris, dua kolom | dua baris, satu kolom | tidak ada"
)


@pytest.mark.parametrize("row", rows(SHAPES))
def test_shapes(table: Make, row: list[str]) -> None:
    shape = row[0].strip("`").replace("(biasa)", "")
    one = table([], ["m"], [("1",)])
    two = table([], ["m", "n"], [("1", '"a"')])
    many = table([], ["m"], [("1",), ("2",)], policy="COLLECT")
    none = table(["batas"], ["m"], [("0", "1")])
    for decision, expected in zip((one, two, many), row[1:4], strict=True):
        assert outcome(lambda: answer(decision, CASE, shape)) == said(expected)  # noqa: B023
    assert answer(none, CASE, shape) == said(row[4])


def test_limits() -> None:
    limits = [
        tables.MAX_RULES,
        tables.MAX_COLUMNS,
        document.MAX_DECISIONS,
        requirements.MAX_REQUIREMENTS,
        document.MAX_LETTERS,
        tokens.MAX_LENGTH,
        bpmn_xml.MAX_ELEMENTS,
    ]
    assert [int(number) for _, number in rows("apa | paling banyak")] == limits


def test_codes() -> None:
    told = [code.strip("`") for code, _ in rows("kode | arti")]
    assert sorted(told) == sorted(DECISIONS)


def test_reasons_that_are_named_exist() -> None:
    for reason in ("cycle", "unknown_reference", "ambiguous_name"):
        assert f"`{reason}`" in PAGE
        assert any(reason in path.read_text("utf-8") for path in _sources())


def _sources() -> list[Path]:
    return sorted((Path(__file__).parents[3] / "workflows/decisions").glob("*.py"))
