"""The verb `inbox`: the lists of a person, as the pages narrow them down and page through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from engine.cli.call import Call, verb
from engine.cli.parameters import DATE, NUMBER, OneOf, plain_text
from engine.cli.work import as_user, item_answer, item_text
from engine.inbox_values import PAGE, STATES, TABS, InboxPage, InboxQuery
from engine.usecases import inbox, people

Verb = Callable[..., None]


def _words(name: str, metavar: str, said: str) -> Callable[[Verb], Verb]:
    return click.option(name, metavar=metavar, type=plain_text, help=said)


@verb("inbox")
@click.option("--tab", type=OneOf(TABS), help="Daftar yang mana (bawaan: todo).")
@_words("--sop", "KEY", "Hanya SOP ini.")
@_words("--unit", "CODE", "Hanya unit ini dan di bawahnya.")
@click.option("--state", type=OneOf(STATES), help="Hanya yang berkeadaan ini.")
@click.option("--due-from", metavar="DATE", type=DATE, help="Tenggatnya mulai tanggal ini.")
@click.option("--due-to", metavar="DATE", type=DATE, help="Tenggatnya sampai tanggal ini.")
@_words("--role", "ROLE", "Hanya peran ini.")
@_words("--claimant", "USER", "Hanya yang dikerjakan orang ini.")
@_words("--search", "TEXT", "Kata dalam nama langkah, SOP, unit atau pelaksana; nomor kasus.")
@click.option("--limit", type=NUMBER, help=f"Paling banyak sekian, sampai 200 (bawaan: {PAGE}).")
@_words("--after", "AFTER", "Lanjutan dari halaman sebelumnya.")
@as_user
def list_inbox(call: Call, login: str, **given: Any) -> None:
    """Tugas yang menunggu seseorang; dengan --tab juga daftarnya yang lain."""
    query = InboxQuery(**{field: value for field, value in given.items() if value is not None})
    with call.app() as app:
        page = inbox.list_items(app, people.load_actor(app, login, call.now), query, call.now)
        value = {
            "items": [item_answer(line) for line in page.lines],
            "after": page.after or None,
            "ignored": page.ignored,
        }
        call.answer(value, _text(page))


def _text(page: InboxPage) -> str:
    ignored = [f"Saringan --{field} tidak dikenal, jadi diabaikan." for field in page.ignored]
    more = [f"Masih ada; lanjutkan dengan --after={page.after}"] if page.after else []
    return "\n".join([*ignored, item_text(page.lines), *more])
