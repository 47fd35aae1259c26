"""`alur unit`, `jabatan`, `person`, `holder` and `grant`, as scripts and operators use them."""

from __future__ import annotations

from pathlib import Path

from tests.engine.cli.test_operations import run as run
from tests.engine.cli.test_operations import say as say


def test_a_unit_is_made_filled_emptied_and_ended(run, say) -> None:
    assert run("unit", "add", "DINAS-PRO", "Bidang Program", "--kind", "bidang", "--under",
               "DINAS")[1] == {"unit": "DINAS-PRO", "parent": "DINAS"}  # fmt: skip
    above = ("--under", "DINAS", "kepala dinas")
    assert (
        run("jabatan", "add", "DINAS-PRO", "Kabid Program", "--role", "kepala_bidang", *above)[1][
            "unit"
        ]
        == "DINAS-PRO"
    )
    seat = ("DINAS-PRO", "Kabid Program")
    assert (
        run("person", "add", "kabid9", "Kantil Contoh", "k@contoh.example", "--as", *seat)[0] == 0
    )
    assert "Kantil Contoh" in say("jabatan", "list", "DINAS-PRO")[1]
    code, refused = run("unit", "end", "DINAS-PRO")
    assert (code, refused["error"]["code"]) == (1, "unit_busy")
    assert "1 pemangku jabatan" in refused["error"]["message"]
    (held,) = run("holder", "list", "DINAS-PRO")[1]["holders"]
    letter = ("--letter", "800/7", "--letter-on", "2026-11-20", "--until", "2027-05-01")
    _, text = say("holder", "appoint", *seat, "program", "--kind", "plt", *letter)
    assert "Plt. Kabid Program" in text and "Perhatian: Jabatan ini masih dipangku" in text
    for one in run("holder", "list", "DINAS-PRO")[1]["holders"]:
        assert run("holder", "end", str(one["id"]))[0] == 0
    assert held["kind"] == "definitif"
    assert run("jabatan", "end", *seat)[0] == 0
    assert run("unit", "move", "DINAS-PRO", "SETDA")[1]["parent"] == "SETDA"
    assert run("unit", "end", "DINAS-PRO")[0] == 0
    assert "DINAS-PRO" not in say("unit", "list")[1]
    assert "DINAS-PRO" in say("unit", "list", "--ended")[1]


def test_rights_are_given_listed_and_taken_but_the_last(run, say) -> None:
    assert run("grant", "give", "program", "supervisor", "--unit", "DINAS")[0] == 0
    lines = run("grant", "list")[1]["grants"]
    given = next(one for one in lines if one["login"] == "program")
    assert run("grant", "revoke", str(given["id"]))[0] == 0
    assert "program" in say("grant", "list", "--revoked")[1]
    last = next(one for one in lines if one["name"] == "administrator" and not one["unit"])
    code, refused = run("grant", "revoke", str(last["id"]))
    assert (code, refused["error"]["code"]) == (1, "last_administrator")
    code, refused = run("person", "end", "pengelola", "--with-holdings")
    assert (code, refused["error"]["code"]) == (1, "last_administrator")
    code, refused = run("person", "end", "program")
    assert (code, refused["error"]["code"]) == (1, "person_holds")
    assert run("person", "end", "program", "--with-holdings")[0] == 0
    assert "program" in say("person", "list", "--ended")[1]
    assert run("person", "reactivate", "program")[0] == 0


def test_a_file_comes_in_whole_or_not_at_all(run, say, tmp_path: Path) -> None:
    exported = tmp_path / "organisasi.csv"
    exported.write_text(run("unit", "export")[1]["csv"], "utf-8")
    code, same = run("unit", "import", str(exported))
    assert (code, same["add"] + same["change"] + same["end"] + same["error"]) == (0, 0)
    file = tmp_path / "tambahan.csv"
    head = "tipe,unit,nama,jenis,induk,peran,atasan\r\n"
    rows = "unit,DINAS-TIM,Tim Renja,tim,DINAS,,\r\njabatan,DINAS-TIM,Ketua,,,,Tidak Ada\r\n"
    file.write_text(head + rows, "utf-8")
    code, text = say("unit", "import", str(file))
    assert code == 1 and "Belum ada yang diubah" in text and "Jabatan ini tidak ada" in text
    file.write_text(head + rows.replace("Tidak Ada", ""), "utf-8")
    assert run("unit", "import", str(file), "--dry-run")[1]["add"] == 2
    assert "DINAS-TIM" not in say("unit", "list")[1]
    assert "2 ditambahkan" in say("unit", "import", str(file))[1]
    assert "Ketua" in say("jabatan", "list", "DINAS-TIM")[1]
