"""/studio/impor: a file from another tool, its report, and the draft that is made of it"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as Base64Error

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import NotAllowedError
from engine.usecases import imports, sop_drafts
from web.auth import may_draft
from web.errors import status_of
from web.html.studio_data import say
from web.opening import call
from web.parse import Refused
from workflows.errors import InvalidAnswerError, InvalidSopError, SopError
from workflows.importing import MAX_UPLOAD, Package, pack, unpack
from workflows.pelaksana import ROLES

pages = Blueprint("studio_import", __name__, url_prefix="/studio/impor")
Answer = str | tuple[str, int] | Response
LANE = "peran."  # `peran.lane_1`: the role of that lane
FIELDS = {"key": "kunci", "name": "nama"}  # of an error -> of the form
MAX_CARRIED = 900_000  # letters of a package on its way through the page


@pages.before_request
def _refuse_readers() -> None:
    """Before anything of theirs is unpacked. Raises NotAllowedError: right_missing."""
    if not may_draft():
        raise NotAllowedError("right_missing", verb="draft")


@pages.get("")
def ask() -> str:
    return _ask()


def _ask(refused: Refused | None = None) -> str:
    return render_template("studio_import.html", refused=refused, plan=None)


@pages.post("")
def examine() -> Answer:
    """The report of what was uploaded, or once more with another process."""
    try:
        return _report(_package())
    except (InvalidAnswerError, InvalidSopError) as error:
        return _ask(Refused("impor", say(error), "berkas", {})), status_of(error)


def _report(package: Package, refused: Refused | None = None) -> str:
    app, actor, now = call()
    plan = imports.plan_import(app, actor, package, request.form.get("proses", ""), now)
    carried = b64encode(pack(package)).decode()
    if len(carried) > MAX_CARRIED:
        raise InvalidAnswerError("sop_import_too_large", field="berkas")
    chosen = {lane.id: request.form.get(LANE + lane.id, lane.role) for lane in plan.report.lanes}
    return render_template(
        "studio_import.html",
        plan=plan,
        carried=carried,
        roles=ROLES,
        chosen=chosen,
        refused=refused,
        lane=LANE,
    )


@pages.post("/buat")
def create() -> Answer:
    app, actor, now = call()
    form = request.form
    try:
        package = _package()
        lanes = {key.removeprefix(LANE): code for key, code in form.items() if key.startswith(LANE)}
        xml = imports.prepare_import(package, form.get("proses", ""), lanes)
    except (InvalidAnswerError, InvalidSopError) as error:
        return _ask(Refused("impor", say(error), "berkas", {})), status_of(error)
    try:
        key, name = _named()
        draft = sop_drafts.import_draft(app, actor, xml, package.forms, now, key=key, name=name)
    except SopError as error:
        field = FIELDS.get(str(error.fields.get("field", "key")), "kunci")
        return _report(package, Refused("buat", say(error), field, form.to_dict())), status_of(
            error
        )
    return redirect(url_for("studio.show", draft_id=draft.line.id), 303)


def _named() -> tuple[str, str]:
    """Key and name, or nothing where neither was changed: then the file stays byte for byte."""
    key, name = (request.form.get(field, "").strip() for field in FIELDS.values())
    same = (key, name) == (request.form.get("key_asal"), request.form.get("name_asal"))
    return ("", "") if same else (key, name)


def _package() -> Package:
    """Raises InvalidAnswerError as `unpack` does; import_gone."""
    if "paket" in request.form:
        try:
            return unpack([("impor.zip", b64decode(request.form["paket"], validate=True))])
        except (Base64Error, ValueError):
            raise InvalidAnswerError("import_gone", field="berkas") from None
    files = []
    for file in request.files.getlist("berkas"):
        data = file.stream.read(MAX_UPLOAD + 1)
        if len(data) > MAX_UPLOAD:
            raise InvalidAnswerError("sop_upload_too_large", field="berkas", name=file.filename)
        files.append((file.filename or "", data))
    return unpack(files)
