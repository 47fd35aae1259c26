"""Types of inputs and outputs: a wrong value is an error that names its column, never a miss."""

from collections.abc import Callable

import pytest

from workflows.decisions import (
    Decision,
    DecisionError,
    InvalidDecisionError,
    answer,
    read_decisions,
)

Make = Callable[..., Decision]
Xml = Callable[..., str]

RIGHT_AND_WRONG = [
    ("string", ["", "x"], [1, True, [], {}], "not_text"),
    ("feel:string", ["x"], [1], "not_text"),
    ("number", [0, -1.5], ["1", True, []], "not_number"),
    ("double", [1.5], ["1.5"], "not_number"),
    ("integer", [2, 2.0], [2.5, "2", False], "not_integer"),
    ("long", [2], [2.5], "not_integer"),
    ("boolean", [True, False], [0, 1, "true"], "not_yes_no"),
    ("date", ["2026-05-01"], ["01-05-2026", "2026-02-30", "2026-05-01T00:00:00", 5], "not_date"),
    ("time", ["08:00:00", "08:00:00+07:00"], ["8", "25:00:00", 8], "not_time"),
    ("dateTime", ["2026-05-01T08:00:00"], ["2026-05-01", 5], "not_date_time"),
    ("date and time", ["2026-05-01T08:00:00+07:00"], ["2026-05-01"], "not_date_time"),
    ("context", [{}, {"a": 1}], [1, []], "not_record"),
    ("list", [[], [1, "a"]], [1, {}], "not_list"),
    ("collection", [[1]], ["a"], "not_list"),
    ("Any", [1, "a", [], {}], [], ""),
    ("", [1, "a"], [], ""),
]


@pytest.mark.parametrize(("kind", "right", "wrong", "reason"), RIGHT_AND_WRONG)
def test_inputs(
    table: Make, kind: str, right: list[object], wrong: list[object], reason: str
) -> None:
    decision = table([f"umur:{kind}"], ["cocok"], [("-", "true")])
    for value in [*right, None]:
        assert answer(decision, {"umur": value}) is True
    for value in wrong:
        with pytest.raises(DecisionError) as caught:
            answer(decision, {"umur": value})
        fields = {"decision": "tabel", "column": "umur", "text": "umur", "reason": reason}
        assert (caught.value.code, caught.value.fields) == ("dmn_input_invalid", fields)


@pytest.mark.parametrize(("kind", "right", "wrong", "reason"), RIGHT_AND_WRONG)
def test_outputs(
    table: Make, kind: str, right: list[object], wrong: list[object], reason: str
) -> None:
    decision = table(["umur"], [f"hasil:{kind}"], [("-", "umur")])
    for value in [*right, None]:
        assert answer(decision, {"umur": value}) == value
    for value in wrong:
        with pytest.raises(DecisionError) as caught:
            answer(decision, {"umur": value})
        assert caught.value.code == "dmn_cell_failed"
        fields = {"decision": "tabel", "row": 1, "column": "hasil", "reason": reason}
        assert fields.items() <= caught.value.fields.items()


@pytest.mark.parametrize(
    ("kind", "cell", "reason"),
    [
        ("number", '"5"', "not_number"),
        ("number", '< "5"', "not_number"),
        ("number", '[1.."5"]', "not_number"),
        ("number", '5, "x"', "not_number"),
        ("number", "not(true)", "not_number"),
        ("integer", "2.5", "not_integer"),
        ("string", "5", "not_text"),
        ("string", "true", "not_text"),
        ("boolean", "1", "not_yes_no"),
        ("date", '"kemarin"', "not_date"),
        ("date", 'date and time("2026-05-01T08:00:00")', "not_date"),
        ("list", '"a"', "not_list"),
    ],
)
def test_a_cell_of_another_type_is_refused_when_read(
    table: Make, kind: str, cell: str, reason: str
) -> None:
    with pytest.raises(InvalidDecisionError) as caught:
        table([f"umur:{kind}"], ["b"], [(cell, "1")])
    assert caught.value.code == "dmn_cell_invalid"
    assert (caught.value.fields["row"], caught.value.fields["reason"]) == (1, reason)
    if cell[0] in '"5tn12@d' and "," not in cell and "not" not in cell:
        with pytest.raises(InvalidDecisionError) as caught:
            table(["umur"], [f"b:{kind}"], [("-", cell)])
        assert (caught.value.fields["column"], caught.value.fields["reason"]) == ("b", reason)


def test_a_computed_end_of_another_type_is_an_error(table: Make) -> None:
    decision = table(["umur:number"], ["b"], [("< batas", "1")])
    with pytest.raises(DecisionError) as caught:
        answer(decision, {"umur": 1, "batas": "5"})
    assert (caught.value.fields["column"], caught.value.fields["reason"]) == ("umur", "not_number")


def test_whole_numbers_become_integers(table: Make) -> None:
    found = answer(table(["x"], ["b:integer"], [("-", "x / 2")]), {"x": 4})
    assert found == 2 and isinstance(found, int)


def test_dates_are_answered_as_iso_texts(table: Make) -> None:
    rules = [("-", 'date("2026-05-01")', '@"2026-05-01T08:00:00+07:00"', "besok")]
    decision = table([], ["a:date", "b", "c:date"], [rules[0][1:]])
    found = answer(decision, {"besok": "2026-05-02"})
    assert found == {"a": "2026-05-01", "b": "2026-05-01T08:00:00+07:00", "c": "2026-05-02"}


@pytest.mark.parametrize("kind", ["duration", "days and time duration", "tPemohon", "str", "json"])
def test_an_unknown_type_is_refused(table: Make, kind: str) -> None:
    for columns in ((f"umur:{kind}", "b"), ("umur", f"b:{kind}")):
        with pytest.raises(InvalidDecisionError) as caught:
            table([columns[0]], [columns[1]], [("-", "1")])
        assert caught.value.code == "dmn_type_not_supported"
        assert caught.value.fields["type"] == kind


def item(name: str, inside: str, attributes: str = "") -> str:
    return f'<itemDefinition name="{name}"{attributes}>{inside}</itemDefinition>'


def allowed(text: str) -> str:
    return f"<allowedValues><text>{text}</text></allowedValues>"


ITEMS = (
    item("tKelas", "<typeRef>string</typeRef>" + allowed('"A", "B"'))
    + item("tNilai", "<typeRef>feel:number</typeRef>" + allowed("[0..100]"))
    + item("tLulus", "<typeRef>tNilai</typeRef>" + allowed("&gt;= 60"))
    + item("tDaftar", "<typeRef>tKelas</typeRef>", ' isCollection="true"')
    + item("tOrang", "<itemComponent name='umur'><typeRef>number</typeRef></itemComponent>")
)


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("tKelas", ["A", None], [("C", "not_allowed"), (1, "not_text")]),
        ("ns1:tKelas", ["B"], [("C", "not_allowed")]),
        ("tNilai", [0, 100], [(101, "not_allowed"), ("1", "not_number")]),
        ("tLulus", [60, 100], [(59, "not_allowed"), (101, "not_allowed")]),
        ("tDaftar", [[], ["A", "B", None]], [(["A", "C"], "not_allowed"), ("A", "not_list")]),
        ("tOrang", [{"umur": 1}], [("x", "not_record")]),
    ],
)
def test_types_that_the_file_defines(
    wrap: Xml, table_xml: Xml, kind: str, right: list[object], wrong: list[tuple[object, str]]
) -> None:
    xml = wrap(ITEMS + table_xml([f"x:{kind}"], ["b"], [("-", "true")]))
    decision = read_decisions(xml)["tabel"]
    for value in right:
        assert answer(decision, {"x": value}) is True
    for value, reason in wrong:
        with pytest.raises(DecisionError) as caught:
            answer(decision, {"x": value})
        assert caught.value.fields["reason"] == reason


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<typeRef>t</typeRef>", "dmn_type_not_supported"),
        ("<typeRef>tidakAda</typeRef>", "dmn_type_not_supported"),
        ("<functionItem/>", "dmn_element_not_supported"),
        ("<typeConstraint><text>1</text></typeConstraint>", "dmn_element_not_supported"),
        ("<typeRef>number</typeRef>" + allowed('"x"'), "dmn_head_invalid"),
        ("<typeRef>number</typeRef>" + allowed("batas"), "dmn_head_invalid"),
    ],
)
def test_definitions_of_types_that_are_refused(
    wrap: Xml, table_xml: Xml, inside: str, code: str
) -> None:
    xml = wrap(item("t", inside) + table_xml(["x:t"], ["b"], [("-", "true")]))
    with pytest.raises(InvalidDecisionError) as caught:
        read_decisions(xml)
    assert caught.value.code == code
    # Nothing uses it: then it says nothing.
    xml = wrap(item("t", inside) + table_xml(["x"], ["b"], [("-", "true")]))
    assert answer(read_decisions(xml)["tabel"], {"x": 1}) is True


def test_values_of_inputs_and_outputs_are_held_to_their_lists(wrap: Xml, table_xml: Xml) -> None:
    xml = table_xml(["x:string"], ["b:string"], [("-", "x")], values=['"A", "B"'])
    values = '</inputExpression><inputValues><text>"A", "C"</text></inputValues>'
    decision = read_decisions(wrap(xml.replace("</inputExpression>", values)))["tabel"]
    assert answer(decision, {"x": "A"}) == "A"
    assert answer(decision, {"x": None}) is None
    for value, code in (("B", "dmn_input_invalid"), ("C", "dmn_cell_failed")):
        with pytest.raises(DecisionError) as caught:
            answer(decision, {"x": value})
        assert (caught.value.code, caught.value.fields["reason"]) == (code, "not_allowed")


def test_a_result_outside_the_list_is_refused_when_read(table: Make) -> None:
    with pytest.raises(InvalidDecisionError) as caught:
        table(["x"], ["b"], [("-", '"C"')], values=['"A", "B"'])
    assert (caught.value.code, caught.value.fields["value"]) == ("dmn_cell_invalid", "C")
    with pytest.raises(InvalidDecisionError) as caught:
        table(["x"], ["b"], [("-", '"A"')], values=['"A", "B"'], defaults=['"C"'])
    assert (caught.value.code, caught.value.fields["column"]) == ("dmn_head_invalid", "b")


def test_the_type_of_the_variable_holds_for_an_only_output(wrap: Xml, table_xml: Xml) -> None:
    variable = '<variable name="hasil" typeRef="number"/>'
    xml = wrap(table_xml(["x"], ["b"], [("-", "x")], needs=variable))
    decision = read_decisions(xml)["tabel"]
    assert answer(decision, {"x": 1}) == 1
    with pytest.raises(DecisionError):
        answer(decision, {"x": "a"})


def test_the_type_of_a_literal_expression(wrap: Xml) -> None:
    formula = "<literalExpression><text>x</text></literalExpression>"
    xml = wrap(f'<decision id="d"><variable name="v" typeRef="date"/>{formula}</decision>')
    decision = read_decisions(xml)["d"]
    assert answer(decision, {"x": "2026-05-01"}) == "2026-05-01"
    with pytest.raises(DecisionError) as caught:
        answer(decision, {"x": "kemarin"})
    assert (caught.value.code, caught.value.fields["reason"]) == ("dmn_formula_failed", "not_date")
