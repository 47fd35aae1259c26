"""docs/reference/expressions.md says what the language does: each example is evaluated."""

import json
import re
from pathlib import Path

import pytest

from workflows.expressions import compile_expression, compile_script
from workflows.expressions.budget import MAX_NESTING, MAX_RESULT, MAX_ROOM, MAX_SIZE, MAX_STEPS
from workflows.expressions.feel import FeelParser
from workflows.expressions.functions import FEEL_NAMES, FUNCTIONS
from workflows.expressions.juel import METHODS, JuelParser
from workflows.expressions.tokens import MAX_LENGTH
from workflows.expressions.tree import MAX_DEPTH, MAX_NODES

PAGE = (Path(__file__).parents[2] / "docs/reference/expressions.md").read_text("utf-8")
FENCED = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
VARIABLES = json.loads(FENCED[0][1])
EXAMPLES = [
    (text.replace(r"\|", "|"), json.loads(value))
    for text, value in re.findall(r"^\| `(.+?)` \| `(.+?)` \| .+ \|$", PAGE, re.MULTILINE)
]
TEXTS = [text for text, _ in EXAMPLES]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES, ids=TEXTS)
def test_examples_have_the_values_that_the_page_says(text: str, expected: object) -> None:
    value = compile_expression(text).evaluate(VARIABLES)
    assert value == expected
    assert isinstance(value, bool) == isinstance(expected, bool)


def test_the_script_writes_what_the_page_says() -> None:
    [script] = [text for kind, text in FENCED if kind == "python"]
    assert compile_script(script).run(VARIABLES) == json.loads(FENCED[-1][1])


def test_every_row_with_an_example_was_read() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    assert len(rows) == len(EXAMPLES) > 100


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if " " not in name])
def test_every_function_is_on_the_page(name: str) -> None:
    assert any(text.startswith(f"{name}(") for text in TEXTS)


@pytest.mark.parametrize("sign", sorted({*FeelParser.powers, *JuelParser.powers, "!"}))
def test_every_operator_is_on_the_page(sign: str) -> None:
    begins, ends = (r"(?<!\w)", r"(?!\w)") if sign.isalpha() else ("", "")
    assert re.search(begins + re.escape(sign) + ends, PAGE.replace(r"\|", "|"))


@pytest.mark.parametrize("name", FEEL_NAMES)
def test_every_name_of_feel_is_on_the_page(name: str) -> None:
    assert any(text.startswith(f"={name}(") for text in TEXTS)


@pytest.mark.parametrize("name", METHODS)
def test_every_method_of_juel_is_on_the_page(name: str) -> None:
    assert any(f".{name}(" in text for text in TEXTS)


def test_the_limits_are_those_of_the_page() -> None:
    limits = PAGE[PAGE.index("## Batas") :]
    named = (MAX_LENGTH, MAX_NODES, MAX_DEPTH, MAX_ROOM // 10**6, MAX_NESTING)
    dotted = [f"{number:,}".replace(",", ".") for number in (MAX_STEPS, MAX_SIZE, MAX_RESULT)]
    for number in [*map(str, named), *dotted]:
        assert re.search(rf"\b{re.escape(number)}\b", limits), number
