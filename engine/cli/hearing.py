"""Verbs by which people say how they want to hear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import time

import click

from engine.cli.call import Answer, Call, table, verb
from engine.cli.parameters import NUMBER, plain_text
from engine.cli.words import NOTICES, say_code, say_moment
from engine.cli.work import as_user
from engine.notice_values import Preferences
from engine.usecases import people, preferences, snoozes
from workflows.workdays import zone_label


class _Quiet(click.ParamType[tuple[time, ...]]):
    """21:00-06:00; "tidak": no times."""

    name = "HH:MM-HH:MM"

    def convert(
        self, value: str, param: click.Parameter | None, context: click.Context | None
    ) -> tuple[time, ...]:
        if value == "tidak":
            return ()
        first, _, last = value.partition("-")
        try:
            return time.fromisoformat(first), time.fromisoformat(last)
        except ValueError:
            self.fail(f"“{value[:40]}” bukan jam tenang; contoh 21:00-06:00.", param, context)


@verb("snooze")
@click.argument("item_id", metavar="ID", type=NUMBER)
@as_user
@click.option("--until", metavar="ISO8601", required=True, help="Ingatkan lagi saat itu.")
@click.option("--reason", metavar="TEKS", type=plain_text, required=True, help="Alasannya.")
def snooze(call: Call, item_id: int, login: str, until: str, reason: str) -> None:
    """Menunda pengingat sebuah tugas bagi diri sendiri; tenggatnya tetap."""
    with call.app() as app:
        actor, moment = people.load_actor(app, login, call.now), call.moment(until)
        line = snoozes.snooze_work_item(app, actor, item_id, moment, reason, call.now)
        zone = app.settings.zone
        local = f"{say_moment(line.until, zone)} {zone_label(zone)}"
        call.answer(asdict(line), f"Tugas {item_id}: diingatkan lagi {local}.")


@verb("preferences")
@as_user
@click.option(
    "--zone", metavar="ZONA", type=plain_text, help="Misalnya Asia/Makassar; - untuk ikut unit."
)
@click.option(
    "--channel",
    "channels",
    metavar="JENIS=SALURAN,…",
    multiple=True,
    type=plain_text,
    help="Saluran untuk satu jenis; kosong: hanya di aplikasi.",
)
@click.option(
    "--address",
    "addresses",
    metavar="SALURAN=ALAMAT",
    multiple=True,
    type=plain_text,
    help="Alamat sendiri untuk satu saluran.",
)
@click.option("--quiet", type=_Quiet(), help='Jam tenang, atau "tidak".')
def show_or_set(
    call: Call,
    login: str,
    zone: str | None,
    channels: tuple[str, ...],
    addresses: tuple[str, ...],
    quiet: tuple[time, ...] | None,
) -> None:  # fmt: skip
    """Cara seseorang ingin diberi tahu; dengan pilihan: mengubahnya."""
    with call.app() as app:
        actor = people.load_actor(app, login, call.now)
        found = preferences.read_preferences(app, actor)
        if zone or channels or addresses or quiet is not None:
            wanted = {kind: names.split(",") if names else [] for kind, names in _pairs(channels)}
            found = preferences.save_preferences(
                app,
                actor,
                {None: found.zone, "-": None}.get(zone, zone),
                {**found.channels, **wanted},
                {**found.addresses, **dict(_pairs(addresses))},
                _quiet(found) if quiet is None else (quiet[0], quiet[1]) if quiet else None,
                call.now,
            )
        call.answer(_value(found), _text(found))


def _pairs(options: Iterable[str]) -> list[tuple[str, str]]:
    """NAME=VALUE each."""
    found = []
    for option in options:
        name, sign, value = option.partition("=")
        if not sign:
            raise click.BadParameter(f"“{option[:40]}” tanpa tanda =.")
        found.append((name, value))
    return found


def _quiet(found: Preferences) -> tuple[time, time] | None:
    if found.quiet_from is None or found.quiet_until is None:
        return None
    return found.quiet_from, found.quiet_until


def _value(found: Preferences) -> Answer:
    quiet = _quiet(found)
    return {
        "zone": found.zone,
        "channels": dict(found.channels),
        "addresses": dict(found.addresses),
        "quiet": [f"{one:%H:%M}" for one in quiet] if quiet else None,
        "offers": [asdict(offer) for offer in found.offers],
        "feed": bool(found.feed),
    }


def _text(found: Preferences) -> str:
    rows = [
        (say_code(NOTICES, kind), ", ".join(("aplikasi", *names)))
        for kind, names in found.channels.items()
    ]
    quiet = _quiet(found)
    return "\n".join(
        [
            table(rows, ("PEMBERITAHUAN", "LEWAT")),
            f"Jam tenang: {f'{quiet[0]:%H:%M}-{quiet[1]:%H:%M}' if quiet else '-'}",
            f"Zona: {found.zone or 'menurut unit'}",
        ]
    )
