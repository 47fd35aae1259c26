"""Kinds of fields beyond plain text: rupiah, moments, tables, files, groups, patterns."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.errors import InvalidAnswerError, InvalidSopError
from workflows.forms import Form, check_answers, hidden_places, read_form, read_values
from workflows.forms.amounts import LARGEST
from workflows.forms.pattern import compile_pattern
from workflows.forms.portable import portable_condition

TABLE = {
    "type": "dynamiclist",
    "path": "rincian",
    "label": "Rincian",
    "properties": {"barisMin": "1", "barisMaks": "3"},
    "components": [
        {"type": "textfield", "key": "uraian", "label": "Uraian", "validate": {"required": True}},
        {"type": "number", "key": "harga", "label": "Harga",
         "appearance": {"prefixAdorner": "Rp"}},
        {"type": "select", "key": "satuan", "label": "Satuan",
         "values": [{"value": "oh", "label": "Orang/hari"}]},
        {"type": "datetime", "subtype": "date", "key": "hari", "dateLabel": "Hari"},
        {"type": "checkbox", "key": "ada", "label": "Ada"},
    ],
}  # fmt: skip


def form_of(*components: dict[str, object]) -> Form:
    return read_form(json.dumps({"type": "default", "components": components}))


def one(kind: str, **more: object) -> Form:
    return form_of({"key": "isian", "type": kind, "label": "Isian", **more})


RUPIAH = one("number", appearance={"prefixAdorner": "Rp"})


def answer(form: Form, value: object) -> object:
    return check_answers(form, {"isian": value})["isian"]


def reasons(form: Form, answers: dict[str, object]) -> list[tuple[object, object]]:
    with pytest.raises(InvalidAnswerError) as caught:
        check_answers(form, answers)
    errors = caught.value.fields["errors"]
    assert isinstance(errors, list)
    return [(error.get("cell", error["field"]), error["reason"]) for error in errors]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1.500.000,50", 1500000.5),
        ("Rp 1.500.000", 1500000),
        ("Rp1.500.000,-", 1500000),
        ("Rp. 1.500.000,00", 1500000),
        ("1500000", 1500000),
        ("1,500,000.50", 1500000.5),
        ("1.500", 1500),
        ("-250.000", -250000),
        ("999.999.999.999.999", 999999999999999),
        ("9.999.999.999.999,99", 9999999999999.99),
        (1500000.5, 1500000.5),
    ],
)
def test_rupiah_is_read_as_officials_write_it(typed: object, kept: object) -> None:
    assert answer(RUPIAH, typed) == kept
    assert type(answer(RUPIAH, typed)) is type(kept)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1,500", "ambiguous_number"),
        ("12,345", "ambiguous_number"),
        ("1.5.00", "not_a_number"),
        ("1500,505", "too_many_decimals"),
        ("99.999.999.999.999,55", "too_precise"),
        ("1.000.000.000.000.000", "not_a_number"),
        ("sejuta", "not_a_number"),
        ("Rp", "not_a_number"),
    ],
)
def test_rupiah_that_could_mean_two_things_is_asked_back(typed: str, reason: str) -> None:
    assert reasons(RUPIAH, {"isian": typed}) == [("isian", reason)]


@given(st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_every_sen_of_an_amount_survives_json(sen: int) -> None:
    whole, rest = divmod(abs(sen), 100)
    typed = ("-" if sen < 0 else "") + f"{whole:,}".replace(",", ".") + f",{rest:02}"
    kept = json.loads(json.dumps(answer(RUPIAH, typed)))
    assert round(kept * 100) == sen
    assert abs(kept) < LARGEST


def test_a_number_that_is_no_rupiah_is_not_guessed() -> None:
    assert reasons(one("number"), {"isian": "1.500"}) == [("isian", "ambiguous_number")]
    assert answer(one("number", decimalDigits=0), "1.500") == 1500
    assert reasons(one("number", decimalDigits=1), {"isian": "1,25"}) == [
        ("isian", "too_many_decimals")
    ]


@pytest.mark.parametrize(
    ("form", "typed", "kept"),
    [
        (one("datetime", subtype="time"), "9.30", "09:30"),
        (one("datetime", subtype="time"), "09:30:00", "09:30"),
        (one("datetime", subtype="datetime"), "2026-12-31T10:00", "2026-12-31T10:00"),
        (one("datetime", subtype="datetime"), "31-12-2026 10.00", "2026-12-31T10:00"),
        (one("datetime"), "31 Desember 2026", "2026-12-31"),
        (one("datetime"), "1-Agt-2026", "2026-08-01"),
        (one("filepicker", multiple=True), ["7", 3, ""], [7, 3]),
        (one("filepicker"), "7", [7]),
        (one("filepicker"), None, []),
        (one("textfield", validate={"validationType": "email"}), "a.b@contoh.go.id",
         "a.b@contoh.go.id"),
        (one("textfield", validate={"pattern": r"^\d{18}$"}), "1" * 18, "1" * 18),
    ],
)  # fmt: skip
def test_other_kinds_are_kept_typed(form: Form, typed: object, kept: object) -> None:
    assert answer(form, typed) == kept


@pytest.mark.parametrize(
    ("form", "typed", "reason"),
    [
        (one("datetime", subtype="time"), "25:00", "not_a_time"),
        (one("datetime", subtype="datetime"), "31-02-2026 10.00", "not_a_moment"),
        (one("filepicker"), ["1", "2"], "too_many_files"),
        (one("filepicker", multiple=True), ["-1"], "not_a_document"),
        (one("filepicker", multiple=True), [True], "not_a_document"),
        (one("filepicker", validate={"required": True}), [], "required"),
        (one("textfield", validate={"validationType": "email"}), "a@b", "not_an_email"),
        (one("textfield", validate={"validationType": "phone"}), "12345", "not_a_phone"),
        (one("textfield", validate={"pattern": r"^\d{18}$"}), "1" * 19, "wrong_pattern"),
        (form_of(TABLE), None, "required"),
    ],
)
def test_other_kinds_say_what_is_wrong(form: Form, typed: object, reason: str) -> None:
    key = form.questions[0].key
    assert reasons(form, {key: typed}) == [(key, reason)]


def test_a_table_takes_records_and_what_a_spreadsheet_copies() -> None:
    pasted = 'Uraian\tHarga\n"Sewa\n""gedung"""\t1.500.000,50\torang/hari\t31/12/2026\tya\r\n\t\t\n'
    rows = check_answers(form_of(TABLE), {"rincian": [{"uraian": "Honor", "harga": 5}, {}, pasted]})
    assert rows["rincian"] == [
        {"uraian": "Honor", "harga": 5, "satuan": None, "hari": None, "ada": False},
        {"uraian": 'Sewa "gedung"', "harga": 1500000.5, "satuan": "oh", "hari": "2026-12-31",
         "ada": True},
    ]  # fmt: skip


def test_each_cell_says_what_is_wrong_with_it() -> None:
    table = form_of(TABLE)
    rows = [{"uraian": "a"}, {"harga": "x"}, "c\t1,500\tbox"]
    assert reasons(table, {"rincian": rows}) == [
        ("1.harga", "not_a_number"),
        ("1.uraian", "required"),
        ("2.harga", "ambiguous_number"),
        ("2.satuan", "not_an_option"),
    ]
    assert reasons(table, {"rincian": [{"uraian": "a"}] * 4}) == [("rincian", "too_many_rows")]
    assert reasons(table, {"rincian": "a\tb\tc\td\te\tf"}) == [("rincian", "too_many_columns")]
    assert reasons(table, {"rincian": [3]}) == [("rincian", "not_rows")]
    assert reasons(table, {"rincian": [{"uraian": "a", "asing": 1}]}) == [("rincian", "not_rows")]


def test_a_group_hides_what_is_in_it() -> None:
    inner = {"type": "textfield", "key": "b", "validate": {"required": True}}
    group = {"type": "group", "label": "G", "components": [inner],
             "conditional": {"hide": "=a != true"}}  # fmt: skip
    form = form_of({"type": "checkbox", "key": "a"}, group)
    assert [field.key for field in form.questions] == ["a", "b"]
    assert check_answers(form, {"a": "on", "b": "x"}) == {"a": True, "b": "x"}
    assert check_answers(form, {"b": "x"}) == {"a": False}
    assert hidden_places(form, read_values(form, {})) == {"=a != true": True}


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        ({"type": "dynamiclist", "path": "a.b", "components": [TABLE["components"][0]]},
         "invalid_key"),
        ({"type": "dynamiclist", "path": "a", "components": []}, "no_columns"),
        ({"type": "dynamiclist", "path": "a", "components": [TABLE]}, "unsupported_type"),
        ({"type": "dynamiclist", "path": "a", "properties": {"barisMaks": "9999"},
          "components": [{"type": "textfield", "key": "x"}]}, "invalid_value"),
        ({"type": "dynamiclist", "path": "a", "components": [
            {"type": "textfield", "key": "x", "conditional": {"hide": "=a = 1"}}]},
         "invalid_value"),
        ({"type": "dynamiclist", "path": "a", "components": [
            {"type": "textfield", "key": "x"}, {"type": "textfield", "key": "x"}]},
         "duplicate_key"),
        ({"type": "group", "path": "a", "components": []}, "invalid_value"),
        ({"type": "group"}, "not_a_form"),
        ({"type": "filepicker", "key": "a", "accept": "=x"}, "invalid_value"),
        ({"type": "textfield", "key": "a", "validate": {"pattern": "("}}, "invalid_pattern"),
        ({"type": "textfield", "key": "a", "validate": {"pattern": "(?=a)"}}, "invalid_pattern"),
        ({"type": "html", "content": "x"}, "unsupported_type"),
        ({"type": "iframe", "url": "x"}, "unsupported_type"),
    ],
)  # fmt: skip
def test_a_component_outside_what_can_be_done_is_refused(
    component: dict[str, object], reason: str
) -> None:
    with pytest.raises(InvalidSopError) as caught:
        form_of(component)
    assert caught.value.fields["reason"] == reason


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"^\d+(\.\d+)*$", "5.1.02", True),
        (r"^\d+(\.\d+)*$", "5..1", False),
        (r"^[A-Z]{2,3}-?[^a-c]+$", "AB-xyz", True),
        (r"^(?:ya|tidak)$", "tidak", True),
        (r"\d{4}", "tahun 2027 ini", True),
        (r"^a{2}$", "aaa", False),
        (r"^\w\s\S\.$", "a b.", True),
        (r"^(a+)+$", "a" * 5_000 + "b", False),
        (r"^(a|aa)*(a|aa)*$", "a" * 2_000 + "b", False),
    ],
)
def test_patterns_never_take_long(pattern: str, text: str, matches: bool) -> None:
    assert compile_pattern(pattern)(text) is matches


@pytest.mark.parametrize(
    "pattern",
    ["(", ")", "[", "a**", "*", "{2}", r"\1", "(?!a)", "a{9,1}", "((a{50}){50})", "x" * 201],
)
def test_patterns_outside_what_is_understood_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        compile_pattern(pattern)


def test_simple_conditions_go_to_the_browser_and_others_do_not() -> None:
    form = form_of({"type": "number", "key": "a"}, {"type": "checklist", "key": "b",
                   "values": [{"value": "x"}]}, TABLE)  # fmt: skip
    case = {"tahun": 2027}
    assert portable_condition('=a > tahun or not(list contains(b, "x"))', form, case) == [
        "or",
        [">", ["answer", "a"], ["value", 2027]],
        ["not", ["has", ["answer", "b"], ["value", "x"]]],
    ]
    assert portable_condition("=a in (1, 2)", form, case) == [
        "or",
        ["in", ["answer", "a"], ["value", 1]],
        ["in", ["answer", "a"], ["value", 2]],
    ]
    for other in ("=count(rincian) > 1", "=rincian = null", "${a == 1}", "=a + 1 = 2"):
        assert portable_condition(other, form, case) is None
