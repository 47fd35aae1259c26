"""Pages to print, as PDF: /tugas/N/disposisi.pdf, /tugas/N/nota-dinas.pdf, /kasus/N/berkas.pdf"""

from __future__ import annotations

from flask import Blueprint, Response, make_response

from engine.document_values import Printed
from engine.usecases import printing
from web.opening import call

pages = Blueprint("printing", __name__)


@pages.get("/tugas/<int:item_id>/disposisi.pdf")
def disposition(item_id: int) -> Response:
    app, actor, now = call()
    return _send(printing.print_disposition(app, actor, item_id, now))


@pages.get("/tugas/<int:item_id>/nota-dinas.pdf")
def memo(item_id: int) -> Response:
    app, actor, now = call()
    return _send(printing.print_memo(app, actor, item_id, now))


@pages.get("/kasus/<int:case_id>/berkas.pdf")
def dossier(case_id: int) -> Response:
    app, actor, now = call()
    return _send(printing.print_dossier(app, actor, case_id, now))


def _send(printed: Printed) -> Response:
    """Shown in the browser: its content is ours, and no script can be in it."""
    response = make_response(printed.content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{printed.name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
