"""/sop/…/banding and /studio/…/banding: two versions of an SOP side by side"""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from engine.comparison_values import ComparisonDetail
from engine.usecases import comparisons
from web.compare_words import counts, marks_of, rows_of
from web.html.pictures import send_picture
from web.opening import call

pages = Blueprint("studio_compare", __name__)


@pages.get("/sop/<key>/banding")
def versions(key: str) -> str:
    return _page(_published(key), "studio_compare.versions_picture", key=key)


@pages.get("/sop/<key>/banding/<side>.svg")
def versions_picture(key: str, side: str) -> Response:
    return _picture(_published(key), side)


@pages.get("/studio/<int:draft_id>/banding")
def draft(draft_id: int) -> str:
    return _page(_drawn(draft_id), "studio_compare.draft_picture", draft_id=draft_id)


@pages.get("/studio/<int:draft_id>/banding/<side>.svg")
def draft_picture(draft_id: int, side: str) -> Response:
    return _picture(_drawn(draft_id), side)


def _published(key: str) -> ComparisonDetail:
    return comparisons.compare_published(call().app, key, *_sides())


def _drawn(draft_id: int) -> ComparisonDetail:
    app, actor, _ = call()
    return comparisons.compare_draft(app, actor, draft_id, *_sides())


def _sides() -> tuple[str, str]:
    return request.args.get("dari", ""), request.args.get("ke", "")


def _page(detail: ComparisonDetail, picture: str, **address: object) -> str:
    found = detail.comparison
    return render_template(
        "studio_compare.html",
        detail=detail,
        found=found,
        counts=counts((*found.pelaksana, *found.nodes, *found.alur)),
        rows_of=rows_of,
        picture=picture,
        address={**address, "dari": detail.before.name, "ke": detail.after.name},
    )


def _picture(detail: ComparisonDetail, side: str) -> Response:
    if side not in ("dari", "ke"):
        abort(404)
    xml = detail.before_xml if side == "dari" else detail.after_xml
    return send_picture(xml, detail.name, marks_of(detail, side))
