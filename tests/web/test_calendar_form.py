"""The form of a calendar: what is typed, what its buttons do, where an error stands."""

from __future__ import annotations

import pytest
from flask import Flask

from web import language
from web.calendar_form import input_of, label_of, press_button, read_form, tidy_hours
from workflows.workdays.documents import canonical_document, default_document

FORM = {
    "zona": "Asia/Makassar",
    **{f"jam.{day}": "8-12, 13.00–16.30" for day in range(5)},
    "nasional": "on",
    "masa.3.nama": "Ramadan",
    "masa.3.dari": "2027-02-08",
    "masa.3.sampai": "2027-03-09",
    **{f"masa.3.jam.{day}": "08.00-15.00" for day in range(5)},
    "masa.3.perkiraan": "on",
    "libur.0.tanggal": "",
    "libur.0.nama": "",
    "libur.0.jenis": "libur_lokal",
    "libur.1.tanggal": "2027-12-14",
    "libur.1.nama": "Hari Jadi",
    "libur.1.jenis": "libur_lokal",
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("07.30-12.00, 13.00-16.00", "07:30-12:00 13:00-16:00"),
        ("7.30 – 12.00; 13:00-16:00", "07:30-12:00 13:00-16:00"),
        ("8-12 13-16.30", "08:00-12:00 13:00-16:30"),
        ("", ""),
        ("pagi", "pagi"),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, meant: str) -> None:
    assert tidy_hours(typed) == meant


def test_what_is_typed_becomes_a_document() -> None:
    document = canonical_document(read_form(FORM))
    assert document["zone"] == "Asia/Makassar"
    assert document["weeks"][0]["hours"][:2] == ["08:00-12:00 13:00-16:30"] * 2
    assert document["weeks"][0]["hours"][5] == ""
    assert (document["national"], document["joint_leave"]) == (True, False)
    assert [row["name"] for row in document["periods"]] == ["Ramadan"]
    assert [row["date"] for row in document["holidays"]] == ["2027-12-14"]


def test_the_shipped_document_survives_the_form() -> None:
    shipped = default_document("Asia/Jayapura")
    form = {"zona": shipped["zone"], "nasional": "on", "cuti": "on"}
    form |= {f"jam.{day}": text for day, text in enumerate(shipped["weeks"][0]["hours"])}
    for number, row in enumerate(shipped["periods"]):
        name = f"masa.{number}"
        form |= {f"{name}.nama": row["name"], f"{name}.dari": row["from"]}
        form |= {f"{name}.sampai": row["until"]}
        form |= {f"{name}.jam.{day}": text for day, text in enumerate(row["hours"])}
        if row["estimated"]:
            form[f"{name}.perkiraan"] = "on"
    assert canonical_document(read_form(form)) == shipped


def test_buttons_add_remove_and_fill_rows() -> None:
    document = press_button(read_form(FORM), "tambah-libur")
    assert [row["date"] for row in document["holidays"]] == ["2027-12-14", ""]
    assert press_button(document, "hapus-libur-0")["holidays"][0]["date"] == ""
    assert len(press_button(document, "tambah-minggu")["weeks"]) == 2
    assert press_button(press_button(document, "tambah-minggu"), "hapus-minggu-0") == document
    assert press_button(document, "isi-6")["weeks"][0]["hours"][5]
    for nonsense in ("hapus-libur-9", "hapus-apa-0", "isi-9", "", "tambah"):
        assert press_button(document, nonsense) == document


def test_a_button_beside_an_unknown_zone_fills_all_the_same() -> None:
    document = press_button(read_form({**FORM, "zona": "Mars/Utopia"}), "isi-5")
    assert document["zone"] == "Mars/Utopia"
    assert document["weeks"][0]["hours"][0]


@pytest.mark.parametrize(
    ("path", "name", "label"),
    [
        ("zone", "zona", "Zona waktu"),
        ("weeks[0].hours[4]", "jam.4", "Jam kerja · Jumat"),
        ("weeks[2].until", "minggu.1.sampai", "Jam kerja · 2"),
        ("periods[1].until", "masa.1.sampai", "Masa khusus · 2"),
        ("periods[0].hours[6]", "masa.0.jam.6", "Masa khusus · 1 · Minggu"),
        ("holidays[0].date", "libur.0.tanggal", "Hari libur · 1"),
        ("workdays[3]", "masuk.3.tanggal", "Hari libur yang tetap masuk · 4"),
        ("whatever", "", ""),
    ],
)
def test_an_error_is_shown_at_its_input(path: str, name: str, label: str) -> None:
    flask = Flask("web")
    language.init_app(flask)
    with flask.test_request_context():
        assert (input_of(path), label_of(path)) == (name, label)
