"""Every sentence about an error can be filled in with what is raised along with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.event_words import EVENTS
from engine.incident_sentences import (
    FAILURES,
    INCIDENTS,
    STUCK,
    explain_failure,
    explain_incident,
)
from engine.sentences import (
    ANSWERS,
    MOVES,
    OPERATOR_SENTENCES,
    PAYLOADS,
    REQUESTS,
    SENTENCES,
    UNFIT,
    explain,
)
from engine.services import ServiceError
from web.log_words import NAMES
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
    assert kinds - EVENTS.keys() - NAMES.keys() == set()  # NAMES: of what belongs to no case


@pytest.mark.parametrize("reason", [one for one in REQUESTS if one != "range"] + ["1..100"])
def test_why_a_request_is_refused_is_said_in_words(reason: str) -> None:
    field = "" if reason in ("not_json", "not_an_object") else "limit"
    said = explain(InvalidAnswerError("invalid_request", field=field, reason=reason))
    assert field in said and reason not in said and UNFIT not in said and "()" not in said


def test_a_moment_is_said_in_the_zone_of_the_installation() -> None:
    error = SopError("work_item_done", by="Kepala", at="2026-11-22T09:09:00.610171+00:00")
    assert explain(error).endswith("Kepala 22-11-2026 16.09 WIB.")
    assert explain(error, "Asia/Jayapura").endswith("Kepala 22-11-2026 18.09 WIT.")


def test_a_day_is_said_as_people_write_it() -> None:
    away = SopError("colleague_away", person="Ani", until="2026-11-27", substitute="Budi")
    assert "cuti sampai 27 November 2026 dan" in explain(away)


@pytest.mark.parametrize(
    ("reason", "fields", "parts"),
    [
        (
            "expression_failed",
            {"reason": "unknown_name", "name": "jumlah", "text": "jumlah > 1"},
            ["“jumlah”, yang belum ada dalam data kasus", "Perbaiki data", "Coba lagi"],
        ),
        (
            "expression_failed",
            {"reason": "missing_key", "name": "pagu", "text": "kegiatan.pagu"},
            ["“kegiatan.pagu”", "“pagu”"],
        ),
        ("expression_failed", {"reason": "'<' …", "text": "a\n  < 1"}, ["“a < 1”"]),
        ("expression_failed", {"reason": "x", "text": "a" * 200}, ["“" + "a" * 79 + "…”"]),
        ("expression_failed", {"reason": "x", "text": "b = a", "line": 3}, ["baris 3"]),
        ("expression_failed", {}, ["Sebuah syarat atau rumus"]),
        ("expression_too_large", {"text": "a ** b"}, ["“a ** b”", "hasilnya terlalu besar"]),
        ("condition_not_boolean", {"text": "a", "value": "7%"}, ["“a”", "“7%”"]),
        ("step_limit", {"maximum": 9}, ["9 langkah", "Coba lagi"]),
        ("cardinality_not_a_number", {"text": "jumlah"}, ["“jumlah”"]),
        ("collection_not_a_list", {"name": "daftar"}, ["“daftar”"]),
        ("called_process_missing", {"called": "renja"}, ["“renja”", "Coba lagi"]),
        ("error_not_caught", {"error": "DITOLAK", "message": "habis"}, ["DITOLAK", "habis"]),
        ("error_not_caught", {"error": "DITOLAK", "message": ""}, ["“DITOLAK” terjadi"]),
        ("job_failed", {"reason": "rak penuh"}, ["gagal: rak penuh"]),
        ("job_failed", {"reason": "function_unknown: hitung"}, ["“hitung” tidak terpasang"]),
        (
            "dmn_cell_failed",
            {"decision": "pagu", "row": 2, "column": "Nilai", "text": "> x",
             "reason": "unknown_name", "name": "x"},
            ["“pagu”, baris 2, kolom “Nilai”", "Variabel “x” tidak ada"],
        ),
        ("dmn_not_unique", {"decision": "pagu", "rows": "1, 2"}, ["“pagu”", "baris 1, 2"]),
        ("dmn_not_unique", {}, ["Tabel keputusan tidak memberi jawaban"]),
    ],
)  # fmt: skip
def test_an_incident_says_what_is_known_of_it(
    reason: str, fields: dict[str, object], parts: list[str]
) -> None:
    said = explain_incident(reason, fields)
    assert [part for part in parts if part not in said] == []
    assert "%(" not in said and "“”" not in said


@pytest.mark.parametrize("reason", INCIDENTS)
def test_an_incident_of_which_nothing_is_known_is_said_all_the_same(reason: str) -> None:
    assert "%(" not in explain_incident(reason) and explain_incident(reason) != STUCK


@pytest.mark.parametrize("code", FAILURES)
def test_why_a_job_failed_is_said_without_its_code(code: str) -> None:
    said = explain_failure(ServiceError(code, thing="sesuatu itu").reason)
    assert code not in said and "%(" not in said
    assert ("sesuatu itu" in said) == ("%(detail)s" in FAILURES[code])


def test_what_a_stranger_says_of_a_failure_stays_as_it_is() -> None:
    for said in ("rak penuh", "DITOLAK: anggaran habis", ""):
        assert explain_failure(ServiceError(said).reason) == said


def test_a_result_that_cannot_be_kept_names_its_variable() -> None:
    said = explain_failure("unfit_result: pagu murni not_a_number")
    assert "“pagu murni” memuat bilangan" in said
    error = InvalidAnswerError("invalid_result", reason="unfit_result: x not_json")
    assert "“x” bukan nilai JSON" in explain(error) and "not_json" not in explain(error)


def test_every_failure_of_a_service_is_said_in_words() -> None:
    raised = constants("engine", "ServiceError", 0) | constants("engine/services", "_refuse", 0)
    assert raised and raised - FAILURES.keys() == set()
