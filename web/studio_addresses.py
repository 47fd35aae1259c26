"""The pages around a draft that the editor shows a way to."""

from __future__ import annotations

from flask import current_app, url_for

from engine.studio_values import SopDraftDetail
from web.auth import may_draft, may_set_time

PAGES = ("riwayat", "banding", "formulir", "coba", "terbit")


def addresses(draft: SopDraftDetail) -> dict[str, str]:
    """Name -> address; only of pages that exist and that the reader may see."""
    routes = current_app.url_map.bind("")
    base = f"/studio/{draft.line.id}"
    shown = [name for name in PAGES if name != "coba" or may_draft()]
    found = {name: f"{base}/{name}" for name in shown if routes.test(f"{base}/{name}", "GET")}
    if draft.newest_version and may_set_time():
        found["tangga"] = url_for("ladders.show", key=draft.line.key)
    return found
