"""As what somebody acts or acted, in the reader's language."""

from __future__ import annotations

from flask import Flask

from web.language import gettext
from workflows.rights import DEFINITIVE, TITLES, Capacity


def init_app(flask: Flask) -> None:
    flask.jinja_env.globals.update(capacity_words=capacity_words, title_of=title_of)


def capacity_words(capacity: Capacity | None) -> str:
    """`Plt. Kepala Badan`; `pengganti Ani Contoh, Sekretaris`; "" for who holds the jabatan."""
    return "" if capacity is None or capacity.kind == DEFINITIVE else title_of(capacity)


def title_of(capacity: Capacity) -> str:
    """`Kepala Badan`, or as `capacity_words`."""
    if capacity.kind in TITLES:
        return f"{TITLES[capacity.kind]} {capacity.jabatan}"
    if capacity.kind == DEFINITIVE:
        return capacity.jabatan
    return gettext(
        "pengganti %(name)s, %(jabatan)s", name=capacity.for_name, jabatan=capacity.jabatan
    )
