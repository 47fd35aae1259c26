"""/dokumen: attached files, always as a download"""

from __future__ import annotations

from flask import Blueprint, Response, send_file

from engine.usecases import documents
from web.opening import call

pages = Blueprint("documents", __name__)
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@pages.get("/dokumen/<int:document_id>")
def download(document_id: int) -> Response:
    app, actor, _ = call()
    stored = documents.read_document(app, actor, document_id)
    response = send_file(
        stored.path,
        mimetype=stored.line.media_type,
        as_attachment=True,
        download_name=stored.line.name,
        etag=stored.line.sha256,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-cache"
    return response
