"""Addresses of the inbox: a query as path and arguments, and back. The address carries the
whole filter, so that it can be kept, sent and gone back to."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from engine.inbox_values import SEARCH_LENGTH, STATES, InboxQuery, Tab, read_cursor, read_day
from web.language import Lazy, gettext, lazy

PATHS: Mapping[Tab, str] = {
    "todo": "",
    "mine": "milik",
    "group": "kelompok",
    "done": "selesai",
    "all": "semua",
}
TAB_NAMES: Mapping[Tab, Lazy] = {
    "todo": lazy("Perlu dikerjakan"),
    "mine": lazy("Milik saya"),
    "group": lazy("Kelompok saya"),
    "done": lazy("Selesai oleh saya"),
    "all": lazy("Semua yang boleh saya lihat"),
}
STATE_WORDS = dict(
    zip(
        ("belum-diambil", "dikerjakan", "terlambat", "berisiko", "dijeda", "ditangguhkan"),
        STATES,
        strict=True,
    )
)
STATE_NAMES: Mapping[str, Lazy] = {
    "unclaimed": lazy("Belum diambil"),
    "claimed": lazy("Sedang dikerjakan"),
    "late": lazy("Terlambat"),
    "at_risk": lazy("Berisiko terlambat"),
    "paused": lazy("Dijeda"),
    "suspended": lazy("Ditangguhkan"),
}
# Field of the query -> its name in addresses and what it is called.
NAMES: Mapping[str, tuple[str, Lazy]] = {
    "search": ("cari", lazy("Cari")),
    "sop": ("sop", lazy("SOP")),
    "unit": ("unit", lazy("Unit")),
    "state": ("keadaan", lazy("Keadaan")),
    "due_from": ("dari", lazy("Tenggat dari")),
    "due_to": ("sampai", lazy("Tenggat sampai")),
    "role": ("peran", lazy("Peran")),
    "claimant": ("pengambil", lazy("Dikerjakan oleh")),
    "after": ("sesudah", lazy("Halaman")),
}
LONGEST = 200


def read_address(tab: Tab, given: Mapping[str, str]) -> tuple[InboxQuery, list[str]]:
    """The query, and the fields whose values cannot be read: they narrow nothing."""
    texts = {field: given.get(name, "").strip()[:LONGEST] for field, (name, _) in NAMES.items()}
    texts = {field: text.replace("\x00", "") for field, text in texts.items()}
    bad = []
    if texts["state"] not in ("", *STATE_WORDS):
        bad.append("state")
    days = {field: read_day(texts[field]) for field in ("due_from", "due_to")}
    bad += [field for field, day in days.items() if day is None and texts[field]]
    if texts["after"] and read_cursor(texts["after"]) is None:
        bad.append("after")
        texts["after"] = ""
    query = InboxQuery(
        tab=tab,
        sop=texts["sop"],
        unit=texts["unit"],
        state=STATE_WORDS.get(texts["state"], ""),
        due_from=days["due_from"],
        due_to=days["due_to"],
        role=texts["role"],
        claimant=texts["claimant"],
        search=texts["search"][:SEARCH_LENGTH],
        after=texts["after"],
    )
    return query, bad


def arguments_of(query: InboxQuery) -> dict[str, str]:
    """What narrows the query down, by the names in addresses."""
    found = {NAMES[field][0]: value for field, value in query.narrowed.items()}
    if query.state:
        found["keadaan"] = next(word for word, state in STATE_WORDS.items() if state == query.state)
    return found


def address_of(query: InboxQuery, **more: str) -> str:
    """The page that shows this query. `url_for` would take most of the time of a page."""
    path = f"/tugas/{PATHS[query.tab]}".rstrip("/")
    arguments = {**arguments_of(query), **({"sesudah": query.after} if query.after else {}), **more}
    return f"{path}?{urlencode(arguments)}" if arguments else path


def explain_ignored(fields: list[str]) -> str:
    """One sentence for what narrows nothing, "" for none."""
    if not fields:
        return ""
    names = ", ".join(f"“{NAMES[field][1]}”" for field in dict.fromkeys(fields))
    return gettext("Saringan %(names)s tidak dikenal, jadi diabaikan.", names=names)
