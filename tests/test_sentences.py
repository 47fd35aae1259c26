"""Every sentence about an error can be filled in with what is raised along with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.sentences import (
    ANSWERS,
    INCIDENTS,
    MOVES,
    OPERATOR_SENTENCES,
    PAYLOADS,
    SENTENCES,
    explain,
)
from web.messages import EVENTS
from workflows.errors import InvalidAnswerError, SopError

ROOT = Path(__file__).parents[1]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
GIVEN = {
    # Filled in by whoever shows the sentence; see `explain` here and in web/messages.py.
    "invalid_answer": {"label", "reason"},
    # Filled in by compile_expression, which alone knows the whole text.
    "expression_not_allowed": {"text"},
    "expression_syntax": {"text"},
}


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """(where, code, names of the fields) of each error made with a plain code; None for names that
    only the running program knows."""
    for package in ("workflows", "engine", "tasks", "web"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "node_modules" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                called, code = ast.unparse(node.func), node.args[0]
                if called.endswith("Error") and isinstance(code, ast.Constant):
                    names = {keyword.arg for keyword in node.keywords}
                    known = {name for name in names if name is not None}
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield where, str(code.value), known if known == names else None


def test_the_fields_of_a_sentence_are_those_that_are_raised_with_it() -> None:
    sentences = {**SENTENCES, **OPERATOR_SENTENCES}
    empty = []
    for where, code, fields in raised():
        wanted = {*PLACEHOLDER.findall(sentences.get(code, ""))} - GIVEN.get(code, set())
        if fields is not None and not wanted <= fields:
            empty.append(f"{where} {code}: {sorted(wanted - fields)}")
    assert empty == []


def test_no_code_has_two_sentences() -> None:
    assert SENTENCES.keys() & OPERATOR_SENTENCES.keys() == set()


@pytest.mark.parametrize("reason", ANSWERS)
def test_why_an_answer_is_refused_is_said_with_its_question(reason: str) -> None:
    fields = {"field": "a", "label": "Catatan", "limit": 7}
    said = explain(InvalidAnswerError("invalid_answer", reason=reason, **fields))
    assert "Catatan" in said
    assert said != explain(InvalidAnswerError("invalid_answer", reason="entah", **fields))


@pytest.mark.parametrize("reason", PAYLOADS)
def test_why_case_data_is_refused_is_said_with_its_variable(reason: str) -> None:
    error = InvalidAnswerError("invalid_payload", field="tahun", reason=reason, limit=7)
    assert ("7" if reason == "too_large" else "tahun") in explain(error)


def test_a_document_that_is_too_large_is_not_counted_in_letters() -> None:
    error = InvalidAnswerError("invalid_answer", field="berkas", reason="too_large", limit=26214400)
    assert "26214400" not in explain(error)


def test_a_code_without_a_sentence_is_named() -> None:
    assert "baru_saja" in explain(SopError("baru_saja"))


def constants(folder: str, called: str, position: int) -> set[str]:
    """The plain texts given at that place to every call of that name."""
    found = set()
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) <= position:
                continue
            value = node.args[position]
            name = node.func.attr if isinstance(node.func, ast.Attribute) else None
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name == called and isinstance(value, ast.Constant):
                found.add(value.value)
    return found


def test_why_a_case_stops_is_said_in_words() -> None:
    assert constants("engine/spiff", "NodeError", 0) - INCIDENTS.keys() == set()
    assert constants("workflows/decisions", "DecisionError", 0) - INCIDENTS.keys() == set()
    assert constants("engine/spiff", "_cannot", 1) == set(MOVES)


def test_what_happened_to_a_case_is_said_in_words() -> None:
    kinds = constants("engine", "add_event", 2) | constants("engine/usecases", "_log", 2)
    assert kinds - EVENTS.keys() == {"definition_deployed"}  # belongs to no case
