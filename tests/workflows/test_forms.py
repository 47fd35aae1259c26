"""Forms: what a schema may be, and what becomes of a person's answers."""

import json

import pytest

from workflows.errors import InvalidAnswerError, InvalidSopError
from workflows.forms import Form, Option, check_answers, hidden_fields, read_form

RADIO = {
    "key": "keputusan",
    "type": "radio",
    "label": "Keputusan",
    "values": [{"value": "ya", "label": "Ya"}, {"value": "tidak", "label": "Tidak"}],
    "validate": {"required": True},
    "properties": {"tampilan": "tombol"},
}
NOTE = {
    "key": "arahan",
    "type": "textarea",
    "label": "Arahan",
    "conditional": {"hide": '=keputusan != "tidak"'},
    "validate": {"required": True, "maxLength": 10},
}


def form_of(*components: dict[str, object], **root: object) -> Form:
    return read_form(json.dumps({"type": "default", "components": components, **root}))


def one(kind: str, **more: object) -> Form:
    return form_of({"key": "isian", "type": kind, "label": "Isian", **more})


def answer(form: Form, value: object) -> object:
    return check_answers(form, {"isian": value})["isian"]


def refusal(form: Form, answers: dict[str, object]) -> dict[str, object]:
    with pytest.raises(InvalidAnswerError) as caught:
        check_answers(form, answers)
    assert caught.value.code == "invalid_answer"
    return caught.value.fields


def test_a_schema_becomes_fields() -> None:
    form = form_of(RADIO, NOTE, {"type": "text", "text": "Baca dulu."}, title="Keputusan")
    radio, note, text = form.fields
    assert form.title == "Keputusan"
    assert (radio.key, radio.label, radio.required) == ("keputusan", "Keputusan", True)
    assert radio.options == (Option("ya", "Ya"), Option("tidak", "Tidak"))
    assert radio.appearance == "tombol"
    assert (note.hide, note.shown_for) == ('=keputusan != "tidak"', ("keputusan", "tidak"))
    assert note.visible_when == '=not(keputusan != "tidak")'
    assert (text.type, text.label) == ("text", "Baca dulu.")
    assert form.questions == (radio, note)


def test_a_date_takes_its_label_from_form_js() -> None:
    form = form_of({"key": "t", "type": "datetime", "subtype": "date", "dateLabel": "Tanggal"})
    assert (form.fields[0].type, form.fields[0].label) == ("date", "Tanggal")


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"components": [], "versi": NaN}', "unstorable"),
        ('{"components": [], "versi": -Infinity}', "unstorable"),
        ('{"components": [], "versi": 1e999}', "unstorable"),
        ('{"components": [], "title": "a\\u0000"}', "unstorable"),
        ('{"components": [{"type": "text", "text": "\\ud800"}]}', "unstorable"),
        ('{"components": [], "a\\u0000": 1}', "unstorable"),
        ("[]", "not_a_form"),
        ("{}", "not_a_form"),
        ('{"components": [3]}', "not_a_form"),
        ('{"components": [{"type": "iframe", "key": "x"}]}', "unsupported_type"),
        ('{"components": [{"type": "datetime", "key": "x", "subtype": "year"}]}',
         "unsupported_type"),
        ('{"components": [{"type": ["number"], "key": "x"}]}', "unsupported_type"),
        ('{"components": [{"type": "number"}]}', "invalid_key"),
        ('{"components": [{"type": "number", "key": "a.b"}]}', "invalid_key"),
        ('{"components": [{"type": "number", "key": "__class__"}]}', "invalid_key"),
        ('{"components": [{"type": "number", "key": "a"}, {"type": "textarea", "key": "a"}]}',
         "duplicate_key"),
        ('{"components": [{"type": "radio", "key": "a"}]}', "no_options"),
        ('{"components": [{"type": "radio", "key": "a", "values": [{"label": "x"}]}]}',
         "invalid_value"),
        ('{"components": [{"type": "number", "key": "a", "validate": {"min": "x"}}]}',
         "invalid_value"),
        ('{"components": [{"type": "number", "key": "a", "validate": 3}]}', "invalid_value"),
        ('{"components": [{"type": "number", "key": "a", "label": {}}]}', "invalid_value"),
        ('{"components": [{"type": "number", "key": "a", "conditional": {"hide": "=a ="}}]}',
         "invalid_expression"),
        ('{"components": [{"type": "number", "key": "a", "conditional": {"hide": "=open(1)"}}]}',
         "invalid_expression"),
        (json.dumps({"components": [{"type": "text", "text": "x" * 200_000}]}), "too_large"),
        (json.dumps({"components": [{"type": "separator"}] * 201}), "too_large"),
    ],
)  # fmt: skip
def test_a_bad_schema_is_refused(schema: str, reason: str) -> None:
    with pytest.raises(InvalidSopError) as caught:
        read_form(schema)
    assert (caught.value.code, caught.value.fields["reason"]) == ("invalid_form", reason)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("12", 12), ("1.500.000", 1500000), ("1.500,5", 1500.5),
     (12, 12), (12.0, 12), ("12,5", 12.5), ("12.5", 12.5), (" 7 ", 7), (["3"], 3),
     ("-4", -4), ("", None), (None, None), ([], None)],
)  # fmt: skip
def test_numbers_of_html_and_json_are_the_same(given: object, kept: object) -> None:
    assert answer(one("number"), given) == kept
    assert type(answer(one("number"), given)) is type(kept)


@pytest.mark.parametrize(
    ("form", "given", "reason"),
    [
        (one("number"), "dua", "not_a_number"),
        (one("number"), "1e9", "not_a_number"),
        (one("number"), "NaN", "not_a_number"),
        (one("number"), float("nan"), "not_a_number"),
        (one("number"), float("inf"), "not_a_number"),
        (one("number"), 10**400, "not_a_number"),
        (one("number"), "9" * 5000, "not_a_number"),
        (one("number"), True, "not_a_number"),
        (one("number"), {"a": 1}, "not_a_number"),
        (one("number", decimalDigits=0), "2027,5", "not_an_integer"),
        (one("number", validate={"min": 2000}), "1999", "too_small"),
        (one("number", validate={"max": 2100}), 2101, "too_large"),
        (one("number"), ["1", "2"], "not_single"),
        (one("textfield"), 5, "not_text"),
        (one("textfield"), "a\x00b", "not_text"),
        (one("textfield"), "\ud800", "not_text"),
        (one("textfield"), "x" * 1_001, "too_long"),
        (one("textarea", validate={"maxLength": 3}), "abcd", "too_long"),
        (one("textarea", validate={"minLength": 3}), "ab", "too_short"),
        (one("textarea", validate={"required": True}), "  \r\n ", "required"),
        (one("checkbox", validate={"required": True}), None, "required"),
        (one("checkbox"), "mungkin", "not_yes_or_no"),
        (one("checkbox"), 2, "not_yes_or_no"),
        (one("radio", values=RADIO["values"]), "lain", "not_an_option"),
        (one("radio", values=RADIO["values"]), True, "not_an_option"),
        (one("checklist", values=RADIO["values"]), ["ya", "lain"], "not_an_option"),
        (one("checklist", values=RADIO["values"], validate={"required": True}), [], "required"),
        (one("datetime"), "2026-02-30", "not_a_date"),
        (one("datetime"), "besok", "not_a_date"),
        (one("datetime"), 20261122, "not_a_date"),
    ],
)
def test_an_answer_that_does_not_fit_names_field_and_reason(
    form: Form, given: object, reason: str
) -> None:
    fields = refusal(form, {"isian": given})
    assert (fields["field"], fields["label"], fields["reason"]) == ("isian", "Isian", reason)
    json.dumps(fields)


@pytest.mark.parametrize(
    ("form", "given", "kept"),
    [
        (one("textarea"), " satu\r\ndua ", "satu\ndua"),
        (one("textarea"), "", None),
        (one("checkbox"), "on", True),
        (one("checkbox"), True, True),
        (one("checkbox"), None, False),
        (one("checkbox"), "tidak", False),
        (one("radio", values=RADIO["values"]), "ya", "ya"),
        (one("select", values=RADIO["values"]), ["tidak"], "tidak"),
        (one("checklist", values=RADIO["values"]), ["tidak", "ya", "ya"], ["ya", "tidak"]),
        (one("checklist", values=RADIO["values"]), "ya", ["ya"]),
        (one("checklist", values=RADIO["values"]), None, []),
        (one("datetime"), "2026-11-22", "2026-11-22"),
        (one("datetime"), "22/11/2026", "2026-11-22"),
        (one("datetime"), "1-2-2026", "2026-02-01"),
    ],
)
def test_an_answer_is_kept_as_a_typed_value(form: Form, given: object, kept: object) -> None:
    assert answer(form, given) == kept


def test_every_visible_question_has_a_value() -> None:
    assert check_answers(form_of(RADIO, NOTE), {"keputusan": "tidak", "arahan": "Lengkapi"}) == {
        "keputusan": "tidak",
        "arahan": "Lengkapi",
    }
    assert check_answers(one("number"), {}) == {"isian": None}


def test_a_hidden_field_is_neither_required_nor_checked_nor_kept() -> None:
    form = form_of(RADIO, NOTE)
    assert check_answers(form, {"keputusan": "ya"}) == {"keputusan": "ya"}
    assert check_answers(form, {"keputusan": "ya", "arahan": "x" * 99}) == {"keputusan": "ya"}


def test_a_shown_field_is_required() -> None:
    fields = refusal(form_of(RADIO, NOTE), {"keputusan": "tidak", "arahan": ""})
    assert (fields["field"], fields["reason"]) == ("arahan", "required")


def test_all_errors_are_listed_in_the_order_of_the_form() -> None:
    number = {"key": "jumlah", "type": "number", "label": "Jumlah"}
    fields = refusal(form_of(number, RADIO), {"asing": "1", "jumlah": "x"})
    errors = fields["errors"]
    assert isinstance(errors, list)
    assert [(error["field"], error["reason"]) for error in errors] == [
        ("jumlah", "not_a_number"),
        ("keputusan", "required"),
        ("asing", "unknown_field"),
    ]
    assert fields["field"] == "jumlah"


def test_hiding_goes_on_from_field_to_field() -> None:
    third = {"key": "c", "type": "number", "conditional": {"hide": "=b = null"}}
    second = {"key": "b", "type": "number", "conditional": {"hide": "=a != 1"}}
    form = form_of(third, second, {"key": "a", "type": "number"})
    assert check_answers(form, {"a": 2, "b": 5, "c": 6}) == {"a": 2}
    assert check_answers(form, {"a": 1, "b": 5, "c": 6}) == {"a": 1, "b": 5, "c": 6}


def test_conditions_may_read_case_data_and_never_fail_a_form() -> None:
    by_case = form_of({"key": "a", "type": "number", "conditional": {"hide": "=tahun < 2027"}})
    assert check_answers(by_case, {"a": 1}, {"tahun": 2026}) == {}
    assert check_answers(by_case, {"a": 1}, {"tahun": 2028}) == {"a": 1}
    assert check_answers(by_case, {"a": 1}) == {"a": 1}  # cannot be evaluated: shown


def test_two_fields_that_hide_each_other_come_to_rest() -> None:
    a = {"key": "a", "type": "number", "conditional": {"hide": "=b != null"}}
    b = {"key": "b", "type": "number", "conditional": {"hide": "=a != null"}}
    assert hidden_fields(form_of(a, b), {"a": 1, "b": 2}) <= {"a", "b"}
