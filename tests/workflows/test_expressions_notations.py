"""FEEL, JUEL and texts with places in them: what they add, and what is refused by name."""

import pytest

from workflows.expressions import ExpressionError, compile_expression
from workflows.expressions.expression import Language

VARIABLES: dict[str, object] = {
    "x": 5,
    "kosong": None,
    "ya": True,
    "xs": [1, 2, 3],
    "teks": "Renja 2026",
    "surat": {"nomor": "12/2026", "eq": 1},
    "rencana": [{"pagu": 10}, {"pagu": 20}],
}


def value(text: str, language: Language = "") -> object:
    return compile_expression(text, language).evaluate(VARIABLES)


def error(text: str, language: Language = "") -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        value(text, language)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=xs[1]", 1),
        ("=xs[-1]", 3),
        ("=xs[x - 2]", 3),
        ("=surat.nomor", "12/2026"),
        ("=x in [1..5]", True),
        ("=x in [1..5)", False),
        ("=x in (5..9]", False),
        ("=x in ]5..9]", False),
        ("=x in [1, 5]", True),
        ("=x in xs", False),
        ("=x in (xs, 5)", True),
        ("=x in < 5", False),
        ("=x in (< 3, > 4)", True),
        ("=x in ([1..2], [4..6])", True),
        ("=x in (5)", True),
        ("=x not in xs", True),
        ("=not(x in [1..5]) or x = 5", True),
        ("=x between 1 and 5 and ya", True),
        ("=x between 6 and 9 or ya", True),
        ("=if x > 3 then if ya then 1 else 2 else 3", 1),
        ("=(if ya then 1 else 2) + 1", 2),
        ("=for r in rencana return r.pagu + x", [15, 25]),
        ("=for i in 3..1 return i", [3, 2, 1]),
        ("=some r in rencana satisfies r.pagu > 15", True),
        ("=every n in xs satisfies n in [1..3]", True),
        ("=some(ya)", "some()"),
        ("=not contains(teks, \"X\")", True),
        ("=string length ( teks )", 10),
        ("=is defined(tidak_ada.apa)", False),
        ("={nomor: x, \"dua kata\": 2}", {"nomor": 5, "dua kata": 2}),
        ("={a: {b: 1}}.a.b", 1),
        ("=\"a\" + string(x)", "a5"),
        ("=x != 4", True),
        ("=[n for n in xs if n > 1]", [2, 3]),
        ("=1 if ya else 2", 1),
    ],
)  # fmt: skip
def test_feel(text: str, expected: object) -> None:
    if isinstance(expected, str) and expected.endswith("()"):
        assert error(text).fields["construct"] == expected
    else:
        assert value(text) == expected
        assert value(text[1:], "feel") == expected


@pytest.mark.parametrize(
    ("text", "construct", "column"),
    [
        ("=xs[0]", "[0]", 4),
        ("=xs[item > 1]", "filter", 4),
        ("=xs[ya and ya]", "filter", 4),
        ("=xs[1:2]", "slice", 4),
        ("=x instance of number", "instance of", 4),
        ("=now()", "now()", 2),
        ("=x > today()", "today()", 6),
        ("=duration(\"P1D\")", "duration()", 2),
        ("=day of week(teks)", "day of week()", 2),
        ("=x + round half up(x, 1)", "round half up()", 6),
        ("={a: 1, b: a}", "context entry", 12),
        ("=for a in xs, b in xs return a", "nested for", 13),
    ],
)  # fmt: skip
def test_what_feel_has_and_this_has_not(text: str, construct: str, column: int) -> None:
    found = error(text)
    assert (found.code, found.fields["construct"]) == ("expression_not_allowed", construct)
    assert found.fields["column"] == column


@pytest.mark.parametrize(
    "text",
    ["=if x then 1", "=for i in xs i", "=some i in xs", "=x in", "=x in [1..", "=x between 1",
     "=a b", "=x = 5 between 1 and 2", "=x in (< 3..5)", "=@\"2026-01-01\"", "=x in ]1..5["],
)  # fmt: skip
def test_half_feel_is_a_mistake_of_writing(text: str) -> None:
    assert error(text).code == "expression_syntax"


def test_patterns_of_feel_are_refused_where_they_would_mean_more() -> None:
    assert value('=replace("a-b", "-", "+")') == "a+b"
    assert value('=split("a-b", "-")') == ["a", "b"]
    assert error('=split("a.b", ".")').fields["reason"] == "regular expressions are not supported"
    assert error('=replace("a", "a", "$0")').code == "expression_failed"
    assert value('split("a.b", ".")') == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${x == '5'}", True),
        ("${'5' eq x}", True),
        ("${x != '5.0'}", False),
        ("${ya == 'true'}", True),
        ("${ya == 'True'}", True),
        ("${ya != 'yes'}", True),
        ("${x > '4'}", True),
        ("${kosong == ''}", False),
        ("${teks == 'Renja 2026'}", True),
        ("${-7 % 3}", -1),
        ("${7.5 mod 2}", 1.5),
        ("${x div 2}", 2.5),
        ("${empty kosong && not empty xs}", True),
        ("${!empty teks}", True),
        ("${empty(kosong)}", True),
        ("${not ya == true}", False),
        ("${x > 3 ? ya ? 'a' : 'b' : 'c'}", "a"),
        ("${x lt 3 ? 'a' : x le 5 ? 'b' : 'c'}", "b"),
        ("${execution.getVariable('x') + 1}", 6),
        ('${execution.getVariable("surat").nomor}', "12/2026"),
        ("${execution.hasVariable('x')}", True),
        ("${execution.hasVariable('tidak_ada')}", False),
        ("${surat.nomor.equals('12/2026')}", True),
        ("${xs.size() > 2 and xs.contains(2)}", True),
        ("${teks.toLowerCase().startsWith('renja')}", True),
        ("${surat.eq eq 1}", True),
        ("${{'a': 1}['a']}", 1),
        ("#{xs[0]}", 1),
        ("  ${x}  ", 5),
    ],
)
def test_juel(text: str, expected: object) -> None:
    assert value(text) == expected
    assert value(text, "juel") == expected


@pytest.mark.parametrize(
    ("text", "construct", "column"),
    [
        ("${layanan.hitung(x)}", "layanan.hitung()", 10),
        ("${teks.getBytes()}", "teks.getBytes()", 7),
        ("${surat.unit.hitung()}", ".hitung()", 13),
        ("${execution}", "execution", 3),
        ("${execution.id}", "execution.id", 3),
        ("${execution.setVariable('x', 1)}", "execution.setVariable", 3),
        ("${execution.removeVariable('x')}", "execution.removeVariable()", 3),
        ("${execution.getVariable(x)}", "execution.getVariable", 3),
        ("${execution.getVariable('__class__')}", "__class__", 25),
        ("${x} && ${ya}", "&&", 5),
        ("${x}==${ya}", "==", 5),
    ],
)
def test_what_juel_has_and_this_has_not(text: str, construct: str, column: int) -> None:
    found = error(text)
    assert (found.code, found.fields["construct"]) == ("expression_not_allowed", construct)
    assert found.fields["column"] == column


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Surat ${surat.nomor}", "Surat 12/2026"),
        ("${x}-${xs[0]}", "5-1"),
        ("#{x}/${x} ", "5/5"),
        ("Setuju: ${ya}, kosong: ${kosong}.", "Setuju: true, kosong: ."),
        ("${'}'} dan ${\"{\"}", "} dan {"),
        ("Nomor\n${x}", "Nomor\n5"),
        ("${2.0 + 1} lembar", "3 lembar"),
        ("Rp ${'$'}{x}", "Rp ${x}"),
    ],
)
def test_texts_with_places(text: str, expected: str) -> None:
    assert value(text) == expected


def test_quotes_protect_a_place_only_where_nobody_says_it_is_juel() -> None:
    assert value('"Surat ${x}"') == "Surat ${x}"
    assert value('"Surat ${x}"', "juel") == '"Surat 5"'
    assert value("Jum'at ${x}", "juel") == "Jum'at 5"


def test_places_hold_what_can_be_written_in_a_text() -> None:
    assert error("Daftar ${xs}").code == "expression_failed"
    assert error("${x}${ya}").fields["reason"] == "adjacent"
    assert error("Surat ${x").fields["column"] == 7
    assert error("Surat ${}").fields["column"] == 9
    assert error(r"Surat \${x}").code == "expression_not_allowed"


def test_the_language_may_be_given() -> None:
    assert value("x = 5", "feel") is True
    assert value("=x = 5", "feel") is True
    assert value("x eq 5", "juel") is True
    assert error("x = 5").fields["reason"] == "single_equals"
    assert error("x eq 5").code == "expression_syntax"
    assert error("${x}", "feel").code == "expression_syntax"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a  $", 4),
        ("  1 +", 6),
        ("(1", 3),
        ("x + open(1)", 5),
        ("${ x + open(1) }", 8),
        ("= x + open(1)", 7),
        ("Surat ${x} ${open(1)}", 14),
        ("x\n  + open(1)", 7),
        ("'a' 'b'", 5),
        ("x.__class__", 3),
        ("x._y", 3),
        ("lambda: 1", 1),
        ("1 ** 2", 3),
        ("[*xs]", 2),
        ("x = 5", 3),
        ("1 + 'abc", 5),
        ("len(xs, 1)", 1),
        ("x is 1", 6),
        ("xs[::2]", 5),
        ("[y for y in xs for z in xs]", 16),
        ("1 + 1e999", 5),
        ("1 + not x", 5),
    ],
)
def test_errors_name_the_column(text: str, column: int) -> None:
    assert error(text).fields["column"] == column


@pytest.mark.parametrize("text", ["ｅval", "a.ｂ", "＿x", "x.＿＿class＿＿", "ﬁle", "１"])
def test_letters_that_look_like_others_are_refused(text: str) -> None:
    assert error(text).code in ("expression_not_allowed", "expression_syntax")
    assert "construct" in error(text).fields or "reason" in error(text).fields


def test_a_value_that_would_grow_when_it_is_stored_is_refused() -> None:
    many: dict[str, object] = {"xs": [[0] * 1000] * 10, "n": list(range(100))}
    with pytest.raises(ExpressionError) as caught:
        compile_expression("[xs for i in n]").evaluate(many)
    assert caught.value.fields["limit"] == "size"
    deep: list[object] = []
    for _ in range(40):
        deep = [deep]
    with pytest.raises(ExpressionError) as caught:
        compile_expression("deep").evaluate({"deep": deep})
    assert caught.value.fields["limit"] == "depth"
    assert compile_expression("len(deep)").evaluate({"deep": deep}) == 1
