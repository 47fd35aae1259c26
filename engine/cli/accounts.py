"""Verbs of accounts: the first administrator, invitations, sessions, the log."""

from __future__ import annotations

from dataclasses import asdict

import click

from engine.account_values import Invitation
from engine.cli.call import Call, alur, table, verb
from engine.cli.parameters import NUMBER, plain_text
from engine.cli.persons import person
from engine.usecases import account_log, account_mails, second_factor, sessions
from workflows.rights import OPERATOR

LIMIT = 50


@alur.group("admin")
def admin() -> None:
    """Administrator, juga yang pertama."""


@alur.group("session")
def session() -> None:
    """Sesi orang yang sedang masuk."""


@alur.group("audit")
def audit() -> None:
    """Catatan di luar kasus: masuk, akun, organisasi."""


@verb("create", group=admin)
@click.argument("login", type=plain_text)
@click.option("--name", required=True, type=plain_text, help="Nama lengkap.")
@click.option("--email", required=True, type=plain_text, help="Alamat surel.")
def create(call: Call, login: str, name: str, email: str) -> None:
    """Mendaftarkan administrator; menampilkan tautan sekali pakai untuk kata sandinya."""
    with call.app() as app:
        made = account_mails.create_administrator(app, OPERATOR, login, name, email, call.now)
        _answer(call, made)


def _answer(call: Call, made: Invitation) -> None:
    text = (
        f"Buka tautan ini untuk membuat kata sandi “{made.login}”; berlaku 7 hari, satu kali:\n"
        f"{made.link}"
        if made.link
        else f"Undangan untuk {made.name} menunggu dikirim ke {made.email}."
    )
    call.answer(asdict(made), text)


@verb("invite", group=person)
@click.argument("login", type=plain_text)
@click.option("--link", is_flag=True, help="Tampilkan tautannya; tanpa surel.")
def invite(call: Call, login: str, link: bool) -> None:
    """Mengirim undangan untuk membuat kata sandi."""
    make = account_mails.make_link if link else account_mails.invite_person
    with call.app() as app:
        _answer(call, make(app, OPERATOR, login, call.now))


@verb("reset-factor", group=admin)
@click.argument("login", type=plain_text)
def reset_factor(call: Call, login: str) -> None:
    """Mematikan kode kedua orang yang kehilangan perangkatnya."""
    with call.app() as app:
        second_factor.reset_factor(app, OPERATOR, login, call.now)
        call.answer({"login": login, "reset": True}, f"Kode kedua “{login}” dimatikan.")


@verb("list", group=session)
@click.option("--person", metavar="LOGIN", type=plain_text, help="Hanya milik orang ini.")
def list_sessions(call: Call, person: str | None) -> None:
    """Sesi yang masih hidup, yang terakhir terlihat di atas."""
    with call.app() as app:
        lines = sessions.list_sessions(app, OPERATOR, person, call.now)
        rows = [
            (one.login, one.method, one.address, f"{one.seen_at:%Y-%m-%d %H:%MZ}", one.agent[:40])
            for one in lines
        ]
        head = ("ORANG", "CARA", "ALAMAT", "TERLIHAT", "PERAMBAN")
        call.answer({"sessions": [asdict(one) for one in lines]}, table(rows, head))


@verb("end", group=session)
@click.argument("login", type=plain_text)
def end_sessions(call: Call, login: str) -> None:
    """Mengakhiri semua sesi seseorang."""
    with call.app() as app:
        ended = sessions.end_sessions(app, OPERATOR, login, call.now)
        call.answer({"login": login, "ended": ended}, f"{ended} sesi “{login}” diakhiri.")


@verb("list", group=audit)
@click.option("--person", metavar="LOGIN", type=plain_text, default="", help="Hanya orang ini.")
@click.option("--before", metavar="ID", type=NUMBER, help="Hanya yang lebih lama dari nomor ini.")
def list_log(call: Call, person: str, before: int | None) -> None:
    """Lima puluh catatan terbaru: siapa masuk, dan apa yang berubah."""
    with call.app() as app:
        lines, more = account_log.list_log(app, OPERATOR, person, before, call.now, LIMIT)
        rows = [
            (one.id, f"{one.at:%Y-%m-%d %H:%MZ}", one.kind, one.actor_login, one.about_login)
            for one in lines
        ]
        head = ("NOMOR", "WAKTU", "KEJADIAN", "OLEH", "TENTANG")
        value = {"entries": [asdict(one) for one in lines], "before": more}
        call.answer(value, table(rows, head))
