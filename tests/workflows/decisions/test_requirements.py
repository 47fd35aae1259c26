"""Decisions that need other decisions: order, names, what is seen, what is refused."""

from collections.abc import Callable

import pytest

from workflows.decisions import DecisionError, InvalidDecisionError, answer, read_decisions

Xml = Callable[..., str]


def needs(*ids: str, kind: str = "requiredDecision") -> str:
    return "".join(
        f'<informationRequirement><{kind} href="#{one}"/></informationRequirement>' for one in ids
    )


def formula(id: str, text: str, *needed: str, name: str = "", variable: str = "") -> str:
    own = f' name="{name}"' if name else ""
    inside = f'<variable name="{variable}"/>' if variable else ""
    inside += needs(*needed) + f"<literalExpression><text>{text}</text></literalExpression>"
    return f'<decision id="{id}"{own}>{inside}</decision>'


def refusal(xml: str) -> InvalidDecisionError:
    with pytest.raises(InvalidDecisionError) as caught:
        read_decisions(xml)
    return caught.value


def test_what_is_needed_is_evaluated_first_wherever_it_stands(wrap: Xml) -> None:
    xml = wrap(
        formula("c", "b + a", "a", "b")
        + formula("b", "a * 10", "a")
        + formula("a", "x + 1")
        + formula("lain", "tidak_ada")
    )
    decisions = read_decisions(xml)
    assert list(decisions) == ["c", "b", "a", "lain"]
    assert answer(decisions["c"], {"x": 1}) == 22
    assert answer(decisions["b"], {"x": 1}) == 20
    assert decisions["c"].reads == decisions["a"].reads == {"x"}


def test_the_answer_is_read_by_the_name_of_variable_decision_or_output(
    wrap: Xml, table_xml: Xml
) -> None:
    table = table_xml(["x"], ["kelas"], [("< 5", '"kecil"'), ("-", '"besar"')], policy="FIRST")
    for read in ("kelas", "tabel"):
        xml = wrap(table + formula("d", f"{read} + '!'", "tabel"))
        assert answer(read_decisions(xml)["d"], {"x": 1}) == "kecil!"
    named = formula("f1", "x", name="Nilai Dasar", variable="dasar")
    for read in ("dasar", "Nilai Dasar", "f1"):
        xml = wrap(named + formula("d", f"({read}) * 2", "f1"))
        assert answer(read_decisions(xml)["d"], {"x": 4}) == 8


def test_names_of_several_words_in_every_place(wrap: Xml, table_xml: Xml) -> None:
    inputs = "".join(
        f'<inputData id="{id}" name="{name}"><variable name="{name}"/></inputData>'
        for id, name in (("i1", "Umur Pemohon"), ("i2", "Umur"))
    )
    table = table_xml(
        ["Umur Pemohon:number"],
        ["hasil"],
        [
            ("< Umur", '"Umur Pemohon"'),
            ("[Umur..Umur * 2]", "Umur Pemohon + Umur"),
        ],
        policy="FIRST",
        needs=needs("i1", "i2", kind="requiredInput"),
    )
    decision = read_decisions(wrap(inputs + table))["tabel"]
    assert decision.reads == {"Umur Pemohon", "Umur"}
    assert answer(decision, {"Umur Pemohon": 3, "Umur": 9}) == "Umur Pemohon"
    assert answer(decision, {"Umur Pemohon": 12, "Umur": 9}) == 21
    with pytest.raises(DecisionError) as caught:
        answer(decision, {"Umur": 9})
    assert caught.value.code == "dmn_input_invalid"
    assert caught.value.fields["name"] == "Umur Pemohon"


def test_a_yes_or_no_of_several_words_is_compared(wrap: Xml, table_xml: Xml) -> None:
    table = table_xml(["x"], ["m"], [("Sudah Lunas", "1")], needs=needs("i", kind="requiredInput"))
    decision = read_decisions(wrap('<inputData id="i" name="Sudah Lunas"/>' + table))["tabel"]
    found = [answer(decision, {"x": x, "Sudah Lunas": True}) for x in (True, False, 1)]
    assert found == [1, None, None]


def test_several_outputs_are_a_record_and_each_by_its_name(wrap: Xml, table_xml: Xml) -> None:
    table = table_xml(["x"], ["m", "n"], [("-", "1", "2")])
    xml = wrap(table + formula("d", "[tabel.m, n]", "tabel"))
    assert answer(read_decisions(xml)["d"], {"x": 0}) == [1, 2]


def test_several_hits_are_a_list(wrap: Xml, table_xml: Xml) -> None:
    table = table_xml(["x"], ["m"], [("-", "1"), ("-", "5")], policy="COLLECT")
    xml = wrap(table + formula("d", "sum(m) + len(tabel)", "tabel"))
    assert answer(read_decisions(xml)["d"], {"x": 0}) == 8


def test_no_match_is_null_for_who_needs_it(wrap: Xml, table_xml: Xml) -> None:
    table = table_xml(["x"], ["m"], [("9", "1")])
    xml = wrap(table + formula("d", "if m = null then 0 else m", "tabel"))
    assert [answer(read_decisions(xml)["d"], {"x": x}) for x in (9, 1)] == [1, 0]


def test_an_answer_hides_a_variable_of_the_case(wrap: Xml) -> None:
    decisions = read_decisions(wrap(formula("x", "y + 1") + formula("d", "x", "x")))
    assert answer(decisions["d"], {"x": 100, "y": 1}) == 2
    # Not drawn as needed: then it is the variable.
    decisions = read_decisions(wrap(formula("x", "y + 1") + formula("d", "x")))
    assert answer(decisions["d"], {"x": 100, "y": 1}) == 100


def test_an_error_names_the_decision_in_which_it_arose(wrap: Xml) -> None:
    xml = wrap(formula("d", "a", "a") + formula("a", "1 / x"))
    with pytest.raises(DecisionError) as caught:
        answer(read_decisions(xml)["d"], {"x": 0})
    fields = {"decision": "a", "text": "1 / x", "reason": "failed", "cause": "expression_failed"}
    assert (caught.value.code, caught.value.fields) == ("dmn_formula_failed", fields)


@pytest.mark.parametrize("length", [1, 2, 40])
def test_a_cycle_is_refused(wrap: Xml, length: int) -> None:
    rows = [formula(f"d{n}", "1", f"d{(n + 1) % length}") for n in range(length)]
    found = refusal(wrap("".join(rows)))
    assert (found.code, found.fields["reason"]) == ("dmn_invalid", "cycle")
    assert set(str(found.fields["cycle"]).split(", ")) == {f"d{n}" for n in range(length)}


def test_a_long_chain_and_a_wide_lattice_are_evaluated_once_each(wrap: Xml) -> None:
    rows = [formula("d0", "x")]
    rows += [formula(f"d{n}", f"d{n - 1} + d{n - 1}", f"d{n - 1}") for n in range(1, 100)]
    assert answer(read_decisions(wrap("".join(rows)))["d99"], {"x": 1}) == 2**99


@pytest.mark.parametrize("href", ["#tidak_ada", "", "tabel", "lain.dmn#a", "http://x/y#a"])
def test_a_reference_out_of_the_file_is_refused(wrap: Xml, href: str) -> None:
    xml = wrap(formula("d", "1", "tabel").replace("#tabel", href))
    found = refusal(xml)
    assert (found.fields["reason"], found.fields["element"]) == ("unknown_reference", href)


def test_a_name_that_means_two_things_is_refused_where_it_is_read(wrap: Xml) -> None:
    two = formula("a", "1", variable="nilai") + formula("b", "2", variable="nilai")
    found = refusal(wrap(two + formula("d", "nilai + 1", "a", "b")))
    assert (found.fields["reason"], found.fields["name"]) == ("ambiguous_name", "nilai")
    decisions = read_decisions(wrap(two + formula("d", "a + b", "a", "b")))
    assert answer(decisions["d"], {}) == 3


def test_an_output_named_as_a_table_of_several_outputs_is_ambiguous(
    wrap: Xml, table_xml: Xml
) -> None:
    table = table_xml([], ["tabel", "n"], [("1", "2")])
    found = refusal(wrap(table + formula("d", "tabel", "tabel")))
    assert found.fields["reason"] == "ambiguous_name"


def test_more_requirements_than_anyone_draws_are_refused(wrap: Xml) -> None:
    rows = "".join(formula(f"a{n}", "1") for n in range(51))
    found = refusal(wrap(rows + formula("d", "1", *(f"a{n}" for n in range(51)))))
    assert (found.fields["reason"], found.fields["limit"]) == ("too_many_requirements", 50)


def test_names_that_take_too_long_to_look_for_are_refused(wrap: Xml) -> None:
    inputs = "".join(f'<inputData id="i{n}" name="{"a " * 60}{n}"/>' for n in range(20))
    needed = needs(*(f"i{n}" for n in range(20)), kind="requiredInput")
    found = refusal(wrap(inputs + formula("d", "1").replace("<literal", needed + "<literal")))
    assert (found.fields["reason"], found.fields["limit"]) == ("names_too_long", 2000)
