"""/dokumen: attached files as downloads, pictures of them, newer versions"""

from __future__ import annotations

from math import ceil
from typing import BinaryIO, cast

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from engine.document_kinds import ACCEPT, WIDTHS
from engine.usecases import documents, previews
from web.document_versions import group_versions
from web.headers import seal
from web.language import gettext
from web.messages import explain_answer, text
from web.opening import call
from web.parse import read_entry
from workflows.errors import InvalidAnswerError

pages = Blueprint("documents", __name__, url_prefix="/dokumen")
pages.add_app_template_global(group_versions)
AT_ONCE = 5  # pages that one screen shows


@pages.app_context_processor
def accepted_files() -> dict[str, str]:
    """For the inputs of every page that takes a file."""
    return {"ACCEPTED_FILES": ACCEPT}


@pages.get("/<int:document_id>")
def download(document_id: int) -> Response:
    app, actor, _ = call()
    stored = documents.read_document(app, actor, document_id)
    response = send_file(
        stored.content,
        mimetype=stored.line.media_type,
        as_attachment=True,
        download_name=stored.line.name,
        etag=stored.line.sha256,
    )
    if response.status_code == 200:
        response.content_length = stored.line.size
    return seal(response)


@pages.get("/<int:document_id>/lihat")
def preview(document_id: int) -> str:
    return _show(document_id)


@pages.post("/<int:document_id>/versi")
def replace(document_id: int) -> tuple[str, int] | AnyResponse:
    app, actor, now = call()
    entry, item_id = read_entry(request), request.form.get("tugas", 0, int)
    try:
        if entry.file is None:
            raise InvalidAnswerError("invalid_answer", field="berkas", reason="no_file")
        name, stream = entry.file.filename or "", cast(BinaryIO, entry.file.stream)
        line = documents.attach_document(
            app, actor, item_id, name, stream, now, replaces=document_id
        )
    except InvalidAnswerError as error:
        return _show(document_id, explain_answer(error.fields)), 422
    flash(gettext("Versi %(num)d tersimpan.", num=line.version), "done")
    return redirect(url_for(".preview", document_id=line.id), 303)


def _show(document_id: int, problem: str = "") -> str:
    """A screen of pages; `problem`: why the newer version was refused."""
    app, actor, now = call()
    shown = previews.read_preview(app, actor, document_id, now)
    parts = max(1, ceil(len(shown.sizes) / AT_ONCE))
    part = min(max(1, request.args.get("bagian", 1, int)), parts)
    first = (part - 1) * AT_ONCE
    return render_template(
        "document.html",
        shown=shown,
        document=shown.line,
        pages=[*enumerate(shown.sizes, 1)][first : first + AT_ONCE],
        part=part,
        parts=parts,
        unseen=text(shown.problem) if shown.problem else "",
        widths=WIDTHS,
        problem=problem,
        document_max=current_app.config["DOCUMENT_MAX"],
    )


@pages.get("/<int:document_id>/halaman/<int:page>")
def picture(document_id: int, page: int) -> Response:
    app, actor, _ = call()
    width = request.args.get("lebar", WIDTHS[1], int)
    found = previews.read_page(app, actor, document_id, page, width)
    response = make_response(found.content)
    response.mimetype = "image/webp"
    response.set_etag(found.tag)
    return seal(cast(Response, response.make_conditional(request)))
