"""`alur person`, `alur holder` and `alur grant`: people, what they hold, which rights they have."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import click

from engine.cli.call import Call, alur, table, verb
from engine.cli.organisation import DAY, find_jabatan, on_day, on_option, unit_argument
from engine.cli.parameters import NUMBER, plain_text
from engine.organisation_sentences import MANDATES
from engine.organisation_values import GrantLine, HoldingChange, HoldingLine
from engine.usecases import directory, grants, holdings, persons
from engine.usecases.directory import Search
from engine.usecases.holdings import Term
from engine.usecases.persons import Identity
from workflows.organisation import GRANTS
from workflows.rights import DEFINITIVE, OPERATOR, PLH, PLT, TITLES

login_argument = click.argument("login", metavar="LOGIN", type=plain_text)
jabatan_argument = click.argument("name", metavar="JABATAN", type=plain_text)


@alur.group("person")
def person() -> None:
    """Orang dan akunnya."""


@verb("list", group=person)
@click.argument("words", metavar="[KATA]", type=plain_text, required=False, default="")
@click.option("--unit", type=plain_text, default="", help="Hanya di unit ini dan di bawahnya.")
@click.option("--grant", type=click.Choice(GRANTS), default=None, help="Hanya yang punya hak ini.")
@click.option("--ended", is_flag=True, help="Akun yang sudah diakhiri.")
@click.option("--page", type=NUMBER, default=1, help="Halaman ke berapa (50 orang per halaman).")
def list_all(call: Call, words: str, unit: str, grant: str | None, ended: bool, page: int) -> None:
    """Orang menurut nama, dengan jabatan dan haknya."""
    with call.app() as app:
        found = directory.list_persons(
            app, OPERATOR, Search(words, unit, grant or "", ended, page), call.now
        )
        rows = [
            (
                one.login,
                one.name,
                "; ".join(f"{_title(held)}, {held.unit}" for held in one.holdings) or None,
                ", ".join(_right(right) for right in one.grants) or None,
            )
            for one in found.rows
        ]
        value = {"people": [asdict(one) for one in found.rows], "total": found.total}
        more = f"\n… {found.total} orang; lanjutkan dengan --page {page + 1}" if found.more else ""
        call.answer(value, table(rows, ("LOGIN", "NAMA", "JABATAN", "HAK")) + more)


def _title(line: HoldingLine) -> str:
    return " ".join(filter(None, (TITLES.get(line.kind), line.jabatan)))


def _right(line: GrantLine) -> str:
    return f"{line.name} ({line.unit})" if line.unit else line.name


@verb("add", group=person)
@login_argument
@click.argument("name", metavar="NAMA", type=plain_text)
@click.argument("email", metavar="SUREL", type=plain_text)
@click.option("--nip", type=plain_text, default="", help="18 angka.")
@click.option("--locale", type=click.Choice(["id", "en"]), default="id", help="Bahasanya.")
@click.option("--as", "seat", nargs=2, metavar="UNIT JABATAN", type=plain_text,
              help="Jabatan pertamanya, mulai hari ini.")  # fmt: skip
def add(
    call: Call,
    login: str,
    name: str,
    email: str,
    nip: str,
    locale: str,
    seat: tuple[str, str] | None,
) -> None:
    """Mendaftarkan orang; undangan untuk memilih kata sandi dikirim ke surelnya."""
    with call.app() as app:
        jabatan_id = find_jabatan(app, *seat, call).id if seat else None
        identity = Identity(name, email, nip, locale)
        row = persons.create_person(app, OPERATOR, login, identity, call.now, jabatan_id=jabatan_id)
    call.answer({"person": row.login, "id": row.id}, f"{row.name} didaftarkan sebagai {row.login}.")


@verb("end", group=person)
@login_argument
@click.option("--with-holdings", is_flag=True, help="Akhiri juga semua jabatannya hari ini.")
def end(call: Call, login: str, with_holdings: bool) -> None:
    """Mengakhiri akun: tidak dapat masuk lagi, namanya tetap pada semua catatan."""
    with call.app() as app:
        row = persons.end_person(app, OPERATOR, login, call.now, with_holdings=with_holdings)
    call.answer({"person": row.login, "disabled_at": row.disabled_at}, f"{row.name} diakhiri.")


@verb("reactivate", group=person)
@login_argument
def reactivate(call: Call, login: str) -> None:
    """Mengaktifkan lagi akun yang sudah diakhiri, dengan haknya."""
    with call.app() as app:
        row = persons.reactivate_person(app, OPERATOR, login, call.now)
    call.answer({"person": row.login, "disabled_at": None}, f"{row.name} aktif lagi.")


@alur.group("holder")
def holder_group() -> None:
    """Pemangku jabatan: definitif, Plt., Plh."""


@verb("list", group=holder_group)
@click.argument("unit", metavar="[UNIT]", type=plain_text, required=False, default="")
@click.option("--all", "all_time", is_flag=True, help="Juga yang sudah lewat.")
def list_holders(call: Call, unit: str, all_time: bool) -> None:
    """Siapa memangku apa, sekarang dan yang akan datang; yang terbaru di atas."""
    with call.app() as app:
        lines = holdings.list_holdings(app, OPERATOR, call.now, unit=unit, all_time=all_time)
        rows = [
            (one.id, one.unit, _title(one), one.name, one.since, one.until, one.letter or None)
            for one in lines
        ]
        head = ("NO", "UNIT", "JABATAN", "NAMA", "SEJAK", "SAMPAI", "SURAT")
        call.answer({"holders": [asdict(one) for one in lines]}, table(rows, head))


@verb("appoint", group=holder_group)
@unit_argument
@jabatan_argument
@login_argument
@click.option("--kind", type=click.Choice([DEFINITIVE, PLT, PLH]), default=DEFINITIVE,
              help="Sebagai apa (bawaan: definitif).")  # fmt: skip
@click.option("--since", metavar="YYYY-MM-DD", type=DAY, help="Hari pertama (bawaan: hari ini).")
@click.option("--until", metavar="YYYY-MM-DD", type=DAY, help="Hari terakhir.")
@click.option("--letter", type=plain_text, default="", help="Nomor surat perintah Plt./Plh.")
@click.option("--letter-on", metavar="YYYY-MM-DD", type=DAY, help="Tanggal surat itu.")
@click.option("--replacing", is_flag=True, help="Akhiri pemangku definitifnya sehari sebelumnya.")
def appoint(call: Call, unit: str, name: str, login: str, **given: Any) -> None:
    """Mencatat pemangku jabatan. Tugas terbuka untuk perannya ikut sejak hari pertama."""
    with call.app() as app:
        term = Term(
            given["kind"],
            on_day(call, app, given["since"]),
            _day(given["until"]),
            given["letter"],
            _day(given["letter_on"]),
        )
        found, replacing = find_jabatan(app, unit, name, call), given["replacing"]
        done = holdings.appoint(app, OPERATOR, found.id, login, term, call.now, replacing=replacing)
    _told(call, done, f"{done.line.name} dicatat sebagai {_title(done.line)}.")


def _day(given: date | None) -> date | None:
    return date(given.year, given.month, given.day) if given else None


def _told(call: Call, done: HoldingChange, text: str) -> None:
    warnings = [MANDATES[code] for code in done.warnings]
    if done.orphaned:
        warnings.append(f"{done.orphaned} tugas terbuka kini tanpa pelaksana.")
    call.answer(asdict(done), "\n".join([text, *(f"Perhatian: {one}" for one in warnings)]))


@verb("end", group=holder_group)
@click.argument("holding", metavar="NO", type=NUMBER)
@on_option
def end_holder(call: Call, holding: int, day: date | None) -> None:
    """Mengakhiri masa jabatan dengan nomor itu (lihat alur holder list)."""
    with call.app() as app:
        done = holdings.end_holding(app, OPERATOR, holding, on_day(call, app, day), call.now)
    _told(call, done, f"Masa jabatan {done.line.name} berakhir {done.line.until}.")


@verb("cancel", group=holder_group)
@click.argument("holding", metavar="NO", type=NUMBER)
def cancel_holder(call: Call, holding: int) -> None:
    """Membatalkan penunjukan yang belum mulai."""
    with call.app() as app:
        holdings.cancel_holding(app, OPERATOR, holding, call.now)
    call.answer({"cancelled": holding}, "Penunjukan itu dibatalkan.")


@alur.group("grant")
def grant_group() -> None:
    """Hak di luar jabatan: di mana-mana, atau di sebuah unit dan di bawahnya."""


@verb("list", group=grant_group)
@click.option("--revoked", is_flag=True, help="Yang sudah dicabut.")
def list_grants(call: Call, revoked: bool) -> None:
    """Siapa punya hak apa, di mana."""
    with call.app() as app:
        lines = grants.list_grants(app, OPERATOR, call.now, revoked=revoked)
        rows = [(one.id, one.login, one.person, one.name, one.unit or None) for one in lines]
        value = {"grants": [asdict(one) for one in lines]}
        call.answer(value, table(rows, ("NO", "LOGIN", "NAMA", "HAK", "UNIT")))


@verb("give", group=grant_group)
@login_argument
@click.argument("right", metavar="HAK", type=click.Choice(GRANTS))
@click.option("--unit", type=plain_text, default="", help="Hanya di unit ini dan di bawahnya.")
def give(call: Call, login: str, right: str, unit: str) -> None:
    """Memberi hak; berlaku sejak halaman berikutnya yang dibukanya."""
    with call.app() as app:
        line = grants.give_grant(app, OPERATOR, login, right, unit, call.now)
    call.answer(asdict(line), f"{line.person}: {_right(line)}.")


@verb("revoke", group=grant_group)
@click.argument("grant", metavar="NO", type=NUMBER)
def revoke(call: Call, grant: int) -> None:
    """Mencabut hak dengan nomor itu (lihat alur grant list)."""
    with call.app() as app:
        line = grants.revoke_grant(app, OPERATOR, grant, call.now)
    call.answer(asdict(line), f"{line.person}: {_right(line)} dicabut.")
