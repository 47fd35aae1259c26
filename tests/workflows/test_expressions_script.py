"""Scripts: what they write, what they leave alone, what they refuse."""

import pytest

from workflows.expressions import ExpressionError, Script, compile_script


def run(text: str, **variables: object) -> dict[str, object]:
    return compile_script(text).run(variables)


def error(text: str, language: str = "", **variables: object) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        compile_script(text, language).run(variables)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1", {"x": 1}),
        ("x = 1\ny = x + 1\nx = y * 2", {"x": 4, "y": 2}),
        ("x = 7\nx += 1\nx -= 2\nx *= 3\nx //= 4\nx %= 3", {"x": 1}),
        ("x = 1\nx /= 2", {"x": 0.5}),
        ("x = 'a'\nx += 'b'", {"x": "ab"}),
        ("x = []\nx += [1]", {"x": [1]}),
        ("a.b = 2", {"a": {"b": 2, "xs": [1, 2]}}),
        ('a["c d"] = 2', {"a": {"b": 1, "xs": [1, 2], "c d": 2}}),
        ("a.xs[0] = 9\na.xs[-1] += 1", {"a": {"b": 1, "xs": [9, 3]}}),
        ("k = 'b'\na[k] = k", {"k": "b", "a": {"b": "b", "xs": [1, 2]}}),
        ("if n > 2:\n    x = 'besar'\nelse:\n    x = 'kecil'", {"x": "besar"}),
        ("if n > 9: x = 1\nelif n > 2: x = 2\nelse: x = 3", {"x": 2}),
        ("if n > 9:\n  x = 1", {}),
        ("if n > 2:\n\tif n > 9:\n\t\tx = 1\n\ty = 2", {"y": 2}),
        ("x = 0\nfor i in a.xs:\n    x += i\n    pass", {"x": 3}),
        ("x = []\nfor i in [0, 2]:\n  for j in [0, 1]:\n    x += [i + j]", {"x": [0, 1, 2, 3]}),
        ("x = 0\nfor i in a.xs: x += i\nfor i in a.xs: x += i", {"x": 6}),
        ("x = [\n  1,\n# di dalam\n  2,\n]\n\n# komentar\n  \ny = 3", {"x": [1, 2], "y": 3}),
        ("x = (n +\n  1)  # dua baris", {"x": 4}),
        ("x = [i for i in a.xs]", {"x": [1, 2]}),
        ("pass", {}),
        ("x = '#bukan komentar'", {"x": "#bukan komentar"}),
        ("x = 1\r\nif x:\r\n    y = 2\r\n", {"x": 1, "y": 2}),
        ("x = a == null or n >= 3 && !false", {"x": True}),
    ],
)  # fmt: skip
def test_what_is_written(text: str, expected: object) -> None:
    given = {"n": 3, "a": {"b": 1, "xs": [1, 2]}}
    assert run(text, **given) == expected
    assert given == {"n": 3, "a": {"b": 1, "xs": [1, 2]}}


def test_each_variable_holds_its_own_value() -> None:
    written = run("b = a\nb.c.d = 2\ne = b.c", a={"c": {"d": 1}, "f": [1]})
    assert written == {"b": {"c": {"d": 2}, "f": [1]}, "e": {"d": 2}}


def test_a_loop_goes_over_the_list_as_it_was() -> None:
    assert run("for i in xs:\n    xs += [i * 10]", xs=[1, 2]) == {"xs": [1, 2, 10, 20]}


def test_the_variable_of_a_loop_is_no_variable_of_the_case() -> None:
    assert run("for i in xs:\n    x = i", xs=[1, 2], i=7) == {"x": 2}
    for text in ("for i in xs:\n    pass\nx = i", "x = i\nfor i in xs:\n    pass"):
        assert error(text, xs=[1], i=1).code == "expression_not_allowed"
    for text in ("i = 2", "i.a = 2", "i += 1"):
        found = error(f"for i in xs:\n    {text}", xs=[{}])
        assert found.fields["reason"] == "loop_item"
        assert (found.fields["line"], found.fields["column"]) == (2, 5)


@pytest.mark.parametrize(
    ("text", "names", "writes"),
    [
        ("x = a + 1", {"a"}, {"x"}),
        ("x = 1\ny = x", set(), {"x", "y"}),
        ("x += 1", {"x"}, {"x"}),
        ("a.b = c", {"a", "c"}, {"a"}),
        ("a = {}\na.b = 1", set(), {"a"}),
        ("if c: x = 1\ny = x", {"c", "x"}, {"x", "y"}),
        ("if c: x = 1\nelse: x = 2\ny = x", {"c"}, {"x", "y"}),
        ("if c: x = 1\nelif d: x = 2\nelse: pass\ny = x", {"c", "d", "x"}, {"x", "y"}),
        ("for i in xs: x = i\ny = x", {"xs", "x"}, {"x", "y"}),
        ("x = 0\nfor i in xs: x += i.pagu", {"xs"}, {"x"}),
        ("x = [n for n in xs]", {"xs"}, {"x"}),
    ],
)
def test_the_names_that_are_read_and_written(text: str, names: set[str], writes: set[str]) -> None:
    script = compile_script(text)
    assert isinstance(script, Script)
    assert script.text == text
    assert (set(script.names), set(script.writes)) == (names, writes)


@pytest.mark.parametrize(
    ("text", "construct", "line", "column"),
    [
        ("x = 1\nimport os", "import", 2, 1),
        ("def f(): pass", "def", 1, 1),
        ("x = 1\n\n  # komentar\nwhile x: pass", "while", 4, 1),
        ("if x:\n    return x", "return", 2, 5),
        ("x = open('a')", "open()", 1, 5),
        ("é = 'é' + open(1)", "open()", 1, 11),
        ("x = (1 +\n     y.__class__)", "__class__", 2, 8),
        ("print(x)", "statement", 1, 1),
        ("1 + 1", "statement", 1, 1),
        ("x: int = 1", "statement", 1, 1),
        ("x, y = 1, 2", "statement", 1, 1),
        ("True = 1", "statement", 1, 1),
        ("x[0:1] = [1]", "slice", 1, 2),
        ("x = y ** 2", "**", 1, 7),
        ("_x = 1", "_x", 1, 1),
        ("x._y = 1", "_y", 1, 3),
        ("for x, y in z: pass", "for target", 1, 5),
        ("x = 1\nfor x in z: pass", "for target", 2, 1),
    ],
)
def test_what_is_refused_is_named_with_its_place(
    text: str, construct: str, line: int, column: int
) -> None:
    found = error(text)
    assert (found.code, found.fields["construct"]) == ("expression_not_allowed", construct)
    assert (found.fields["line"], found.fields["column"]) == (line, column)
    assert found.fields["text"] == text


@pytest.mark.parametrize(
    ("text", "reason", "line", "column"),
    [
        ("", "empty", 1, 1),
        ("\n# hanya komentar\n", "empty", 3, 1),
        ("  x = 1", "indentation", 1, 3),
        ("x = 1\n  y = 2", "indentation", 2, 3),
        ("if 1:\n    x = 1\n  y = 2", "indentation", 3, 3),
        ("if 1:\nx = 1", "block_expected", 2, 1),
        ("if 1:", "block_expected", 1, 6),
        ("if 1\n    x = 1", "incomplete", 1, 5),
        ("else: x = 1", "", 1, 1),
        ("x = 1; y = 2", "unexpected", 1, 6),
        ("x = y = 1", "single_equals", 1, 7),
        ("x =", "incomplete", 1, 4),
        ("x = (1", "incomplete", 1, 7),
        ("x = 'a\nb'", "unterminated", 1, 5),
        ("x = 1 \\\n + 1", "unreadable", 1, 7),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    text: str, reason: str, line: int, column: int
) -> None:
    found = error(text)
    assert (found.fields["line"], found.fields["column"]) == (line, column)
    assert found.fields.get("reason", "") == reason


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("x = 1\ny = tidak_ada", 2, "unknown_name"),
        ("a.b = 1", 1, "unknown_name"),
        ("s.a.b = 1", 1, "missing_key"),
        ("x = 1\nif x:\n    y = 'a' + 1", 3, "a number is wanted"),
        ("x = 1\nif tidak_ada:\n    y = 1", 2, "unknown_name"),
        ("xs[5] = 1", 1, "list assignment index out of range"),
        ("xs['a'] = 1", 1, "a list needs a number, a record a key"),
        ("s[0] = 1", 1, "a list needs a number, a record a key"),
        ("xs[0].a = 1", 1, "a list needs a number, a record a key"),
        ("\nfor i in s:\n    x = 1", 2, "a list is wanted after `in`"),
    ],
)
def test_failures_name_the_line(text: str, line: int, reason: str) -> None:
    found = error(text, s={}, xs=[1])
    assert (found.code, found.fields["reason"]) == ("expression_failed", reason)
    assert found.fields["line"] == line


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("x = 1\n" * 700, "length"),
        ("x=1\n" * 400, "nodes"),
        ("for i in range(9999):\n  for j in range(9999):\n    pass", "steps"),
        ("x = 'a'\nfor i in range(99):\n    x += x", "size"),
        ("x = 2\nfor i in range(99):\n    x *= x", "number"),
        ("x = []\nfor i in range(99):\n    x = [x]", "depth"),
        ("x = [1]\nfor i in range(99):\n    x = [x, x]", "size"),
        ("x = []\nfor i in range(9999):\n    x += [range(1000)]", "work"),
        ("t = join(range(9999), '-----')\nfor i in range(9999):\n    x = t + '😀'", "memory"),
    ],
)
def test_budgets(text: str, limit: str) -> None:
    found = error(text)
    assert (found.code, found.fields["limit"]) == ("expression_too_large", limit)


@pytest.mark.parametrize(
    "language", ["", "python", "Python", "text/x-python", "application/x-python"]
)
def test_the_language_of_scripts(language: str) -> None:
    assert compile_script("x = 1", language).run({}) == {"x": 1}


@pytest.mark.parametrize(
    "language", ["groovy", "javascript", "juel", "feel", "python2.7", "x" * 500]
)
def test_other_languages_are_refused(language: str) -> None:
    found = error("x = 1", language)
    assert found.code == "script_language_unknown"
    assert found.fields == {"language": language[:100]}
