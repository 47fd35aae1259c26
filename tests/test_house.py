"""The house rules that no linter knows: docs/decisions.md and the house plan, checked."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from engine.sentences import OPERATOR_SENTENCES, SENTENCES
from engine.settings import PREFIX, Settings
from engine.store.tables import Table
from workflows.lint import RULES

ROOT = Path(__file__).parents[1]
PACKAGES = ("workflows", "engine", "tasks", "web")
MAX_FILE, MAX_FUNCTION = 400, 45
# Codes that never reach a face: they are caught where they arise and become findings or reasons.
INNER = re.compile(
    r"^_|^Assertion|^Node|^TooLarge|^Channel|^MailAddress|^Service|^Unfit"
    r"|^Key|^Value|^Type|^Runtime|^Index|^Name"
)


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "node_modules" not in path.parts and "versions" not in path.parts:
                yield path


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sources():
        yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_there_is_one_commit_in_the_tree() -> None:
    found = [
        str(path)
        for path, tree in trees()
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("commit", "begin")
        if path.parts[:3] != ("engine", "store", "migrations")
    ]
    assert found == ["engine/store/transaction.py"]


def test_files_and_functions_stay_short() -> None:
    long = [str(p) for p in sources() if len(p.read_text("utf-8").splitlines()) > MAX_FILE]
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > MAX_FUNCTION:
                    long.append(f"{path}:{node.name} {lines}")
    assert long == []


def test_broad_excepts_stand_only_around_one_work_unit() -> None:
    found = [
        str(path)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    ]
    assert found == ["engine/cli/call.py", "engine/services/functions.py", "engine/ticks.py"]


def test_every_module_says_what_lives_in_it() -> None:
    bare = [str(path) for path, tree in trees() if not ast.get_docstring(tree)]
    assert bare == []


def test_use_cases_take_the_clock_as_an_argument() -> None:
    readers = [
        str(path)
        for path, tree in trees()
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("now", "today", "utcnow")
        and getattr(call.func.value, "id", "") in ("datetime", "date")
    ]
    faces = ("web", "tasks", "engine/cli")
    assert [path for path in readers if not path.startswith(faces)] == []


def test_every_error_code_has_a_sentence() -> None:
    codes = {
        (call.args[0].value, str(path))
        for path, tree in trees()
        for call in calls(tree)
        if isinstance(call.func, ast.Name)
        and call.func.id.endswith("Error")
        and not INNER.match(call.func.id)
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    assert {code for code, _ in codes if code not in {**SENTENCES, **OPERATOR_SENTENCES}} == set()


def test_tables_are_what_the_migrations_make(database_url: str) -> None:
    database = create_engine(database_url)
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Table.metadata) == []
    database.dispose()


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    for field in dataclasses.fields(Settings):
        assert f"`{PREFIX}{field.name.upper()}`" in page


def test_every_lint_rule_says_what_is_right_and_wrong() -> None:
    for name in RULES:
        text = (ROOT / "workflows/lint" / f"{name}.py").read_text("utf-8")
        docstring = ast.get_docstring(ast.parse(text)) or ""
        assert re.search(r"\bRight\b", docstring), name
        assert re.search(r"\b(Wrong|Warned)\b", docstring), name


def test_the_words_of_the_glossary_are_those_of_the_code() -> None:
    page = (ROOT / "docs/glossary.md").read_text("utf-8")
    named = re.findall(r"\| `(\w+)` \|$", page, re.MULTILINE)
    code = "\n".join(path.read_text("utf-8") for path in sources())
    code += "\n".join(p.read_text("utf-8") for p in (ROOT / "bpmn").rglob("*.form"))
    assert named
    assert [word for word in named if not re.search(rf"\b{word}\b", code)] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_our_package_names_belong_to_us_alone(package: str) -> None:
    assert set(packages_distributions().get(package, ())) <= {"alurkerja"}


def test_nothing_committed_names_this_machine_or_a_registry() -> None:
    """Lock files carry hashes only."""
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-build.lock"):
        assert "://" not in (ROOT / name).read_text("utf-8")
    assert '"resolved"' not in (ROOT / "web/frontend/package-lock.json").read_text("utf-8")
