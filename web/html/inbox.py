"""/tugas: the lists of work items, their filters, and what one keeps of them"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, flash, make_response, redirect, render_template, request
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response

from engine.errors import ConflictError
from engine.inbox_values import COUNTED, TABS, Inbox, InboxQuery, SavedFilterLine, Tab
from engine.usecases import inbox, saved_filters
from web import messages
from web.errors import status_of
from web.html.work_items import pages as item_pages
from web.inbox_address import (
    NAMES,
    PATHS,
    STATE_NAMES,
    STATE_WORDS,
    TAB_NAMES,
    address_of,
    arguments_of,
    explain_ignored,
    read_address,
)
from web.inbox_rows import done_rows, group_rows
from web.language import gettext
from web.moments import format_iso_day
from web.opening import call
from workflows.errors import InvalidAnswerError, SopError

pages = Blueprint("inbox", __name__)
BY_PATH: dict[str, Tab] = {path: tab for tab, path in PATHS.items()}


@item_pages.get("/tugas", endpoint="inbox")
@pages.get("/tugas/<any(milik, kelompok, selesai, semua):path>")
def index(path: str = "") -> Response:
    app, actor, now = call()
    query, bad = read_address(BY_PATH[path], request.args)
    bare = not path and not request.query_string
    found = inbox.read_inbox(app, actor, query, now, bare=bare)
    template = "inbox.html"
    if request.headers.get("HX-Request"):
        response = make_response(render_block(template, "items", **_shown(found, bad)))
    else:
        response = make_response(render_template(template, **_shown(found, bad)))
    response.vary.add("HX-Request")
    return response


def _shown(found: Inbox, bad: list[str]) -> dict[str, object]:
    """What the template needs, addresses and words made already."""
    now, query, lines = call().now, found.query, found.page.lines
    start = InboxQuery(tab=query.tab)
    done = query.tab == "done"
    panel = arguments_of(query) | {"tab": query.tab}
    return {
        "query": query,
        "tabs": [_tab(tab, found) for tab in TABS],
        "groups": [("", done_rows(lines))] if done and lines else group_rows(lines, now),
        "done": done,
        "chips": _chips(found),
        "cleared": _to(start, found),
        "again": _to(query, found),
        "first": _to(replace(query, after=""), found) if query.after else "",
        "following": address_of(replace(query, after=found.page.after)),
        "more": bool(found.page.after),
        "pressing": _pressing(found),
        "filters": [(one, address_of(one.query)) for one in found.filters],
        "applied": _applied(found),
        "warning": explain_ignored([*bad, *found.page.ignored]),
        "panel": f"/tugas/saring?{urlencode(panel)}",
        "hidden": arguments_of(replace(query, search="")),
        "action": address_of(start),
        "all_chosen": request.args.get("pilih") == "semua",
        "choose_all": address_of(query, pilih="semua"),
    }


def _to(query: InboxQuery, found: Inbox) -> str:
    """The address of the query; the bare one would show the reader's default filter."""
    address = address_of(query)
    has_default = any(one.default for one in found.filters)
    return address_of(query, semua="1") if address == "/tugas" and has_default else address


def _applied(found: Inbox) -> SavedFilterLine | None:
    query = replace(found.query, after="")
    return found.applied or next((one for one in found.filters if one.query == query), None)


def _count(number: int) -> str:
    return f"{COUNTED - 1}+" if number >= COUNTED else str(number)


def _tab(tab: Tab, found: Inbox) -> tuple[str, str, str, bool]:
    """(address, name, how many, whether it is this one); the tabs keep what narrows them."""
    query = replace(found.query, tab=tab, after="")
    number = _count(getattr(found.counts, tab))
    return _to(query, found), str(TAB_NAMES[tab]), number, tab == found.query.tab


def _chips(found: Inbox) -> list[tuple[str, str, str]]:
    """(name, value, address without it) of all that narrows the list down."""
    chips, narrowed = [], found.query.narrowed
    for field, value in narrowed.items():
        empty = None if field.startswith("due_") else ""
        without = replace(found.query, after="", **{field: empty})  # type: ignore[arg-type]
        words = found.names.get(field, value)
        words = str(STATE_NAMES.get(value, value)) if field == "state" else words
        words = format_iso_day(value) if field.startswith("due_") else words
        chips.append((str(NAMES[field][1]), words, _to(without, found)))
    return chips


def _pressing(found: Inbox) -> list[tuple[str, str, str, str, str]]:
    """(look, icon, name, how many, address) of what is late or at risk among what one may do."""
    return [
        (
            look,
            "alert",
            str(STATE_NAMES[state]),
            _count(number),
            address_of(InboxQuery(state=state)),
        )
        for state, look in (("late", "late"), ("at_risk", "soon"))
        if (number := getattr(found.counts, state))
    ]


@pages.get("/tugas/saring")
def narrow() -> Response:
    """The form with which a list is narrowed down: a page, or a fragment of the list's page."""
    return _panel()


def _panel(refused: SopError | None = None) -> Response:
    app, actor, now = call()
    given = request.values
    tab = _named_tab(given)
    query, bad = read_address(tab, given)
    fragment = request.headers.get("HX-Request") and not refused
    shown = {
        "query": query,
        "values": arguments_of(query),
        "choices": inbox.list_choices(app, actor, now),
        "state_words": {word: STATE_NAMES[state] for word, state in STATE_WORDS.items()},
        "filters": saved_filters.list_filters(app, actor),
        "address": address_of,
        "action": address_of(InboxQuery(tab=query.tab)),
        "warning": explain_ignored(bad),
        "refused": messages.explain(refused) if refused else "",
        "given": given,
    }
    if fragment:
        return make_response(render_block("inbox_filter.html", "panel", **shown))
    page = render_template("inbox_filter.html", **shown)
    return make_response(page, status_of(refused) if refused else 200)


def _named_tab(given: Mapping[str, str]) -> Tab:
    return next((one for one in TABS if one == given.get("tab")), "todo")


@pages.post("/tugas/saring")
def apply() -> Response:
    query, bad = read_address(_named_tab(request.form), request.form)
    if bad:
        return _panel()
    bare = query == InboxQuery()  # where the reader's default filter would be shown instead
    return redirect(address_of(query, semua="1") if bare else address_of(query), 303)


@pages.post("/tugas/saringan")
def save() -> Response:
    app, actor, now = call()
    tab = _named_tab(request.form)
    query, _ = read_address(tab, request.form)
    unit, default = request.form.get("bagi", ""), "utama" in request.form
    try:
        name = request.form.get("nama", "")
        saved_filters.save_filter(app, actor, name, query, now, unit=unit, default=default)
    except SopError as error:
        return _panel(error)
    flash(gettext("Saringan disimpan."), "done")
    return redirect(address_of(replace(query, after="")), 303)


@pages.post("/tugas/saringan/<int:filter_id>")
def change(filter_id: int) -> Response:
    """Rename, delete, or open the inbox with it from now on, as the button says."""
    app, actor, now = call()
    button = request.form.get("tombol", "")
    if button == "hapus":
        saved_filters.delete_filter(app, actor, filter_id, now)
        flash(gettext("Saringan dihapus."), "done")
    elif button in ("utama", "bukan-utama"):
        chosen = filter_id if button == "utama" else None
        saved_filters.choose_default_filter(app, actor, chosen, now)
        flash(gettext("Pilihan awal kotak tugas disimpan."), "done")
    else:
        _rename(filter_id, request.form.get("nama", ""))
    return redirect("/tugas/saring", 303)


def _rename(filter_id: int, name: str) -> None:
    app, actor, now = call()
    try:
        saved_filters.rename_filter(app, actor, filter_id, name, now)
    except (InvalidAnswerError, ConflictError) as error:
        flash(messages.explain(error), "late")
    else:
        flash(gettext("Nama saringan diganti."), "done")


@pages.get("/pintasan")
def keys() -> str:
    """What keys do; the dialog of every page shows this very table."""
    if request.headers.get("HX-Request"):
        return render_block("keys.html", "table")
    return render_template("keys.html")
