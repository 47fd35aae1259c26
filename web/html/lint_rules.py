"""/studio/aturan: what the judge of drawings asks, rule by rule, with examples"""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from engine.errors import NotFoundError
from web.html.pictures import send_picture
from web.html.sops import send_xml
from web.language import get_locale
from web.lint_pages import RIGHT, WRONG, Example, RulePage, groups, rule_page
from workflows.picture import Crop, Marks

pages = Blueprint("studio_rules", __name__, url_prefix="/studio/aturan")


@pages.get("")
def index() -> str:
    return render_template("lint_rules.html", groups=groups(get_locale().language))


@pages.get("/<rule>")
def show(rule: str) -> str:
    return render_template("lint_rule.html", page=_find(rule))


@pages.get("/<rule>/<side>.svg")
def picture(rule: str, side: str) -> Response:
    """The part around the element that it is about with `?potong=1`, for narrow screens."""
    page = _find(rule)
    example = _example(page, side)
    faulty = frozenset(one.element for one in example.findings) or frozenset({page.element})
    marks = Marks(changed=faulty if side == WRONG else frozenset(), here=page.around)
    crop = Crop() if request.args.get("potong") else None
    return send_picture(example.xml, example.caption, marks, crop)


@pages.get("/<rule>/<side>.bpmn")
def xml(rule: str, side: str) -> Response:
    return send_xml(_example(_find(rule), side).xml)


def _find(rule: str) -> RulePage:
    page = rule_page(rule, get_locale().language)
    if page is None:
        raise NotFoundError("rule_not_found", rule=rule)
    return page


def _example(page: RulePage, side: str) -> Example:
    if side not in (WRONG, RIGHT):
        raise NotFoundError("rule_not_found", rule=f"{page.rule}/{side}")
    return page.wrong if side == WRONG else page.right
