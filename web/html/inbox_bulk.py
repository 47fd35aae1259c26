"""/tugas/banyak: one act on several work items, each on its own and answered on its own"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from engine.inbox_values import InboxLine
from engine.usecases import handovers, inbox, item_people, work_items
from web import messages
from web.language import Lazy, gettext, lazy
from web.opening import call
from web.parse import local_path
from workflows.errors import InvalidAnswerError, SopError

pages = Blueprint("inbox_bulk", __name__)
MOST = 200  # items at once
Act = Callable[[InboxLine], str]  # does it; gives what was done, in words


@dataclass(frozen=True)
class Outcome:
    """What came of one item: `done`, and in words what or why not."""

    item: int
    name: str
    about: str
    done: bool
    words: str


@pages.post("/tugas/banyak")
def act() -> Response | str:
    chosen, back = _chosen(), local_path(request.form.get("kembali")) or "/tugas"
    kind = request.form.get("aksi", "")
    if not chosen or kind not in ACTS:
        return redirect(back, 303)
    if kind == "alihkan" and not (request.form.get("kepada") and request.form.get("alasan")):
        return _ask_whom(chosen, back)
    outcomes = [_do(ACTS[kind], item_id, line) for item_id, line in _lines(chosen).items()]
    done = sum(one.done for one in outcomes)
    return render_template(
        "inbox_bulk.html",
        title=TITLES[kind],
        outcomes=outcomes,
        done=done,
        back=back,
        reason=request.form.get("alasan", "") if kind == "alihkan" else "",
    )


def _ask_whom(chosen: Sequence[int], back: str) -> str:
    """To whom, and why: the second step of giving items to somebody else."""
    app, actor, now = call()
    lines = inbox.read_lines(app, actor, chosen, now)
    found = item_people.read_reassignment(app, actor, [line.id for line in lines], now)
    return render_template(
        "inbox_reassign.html",
        lines=[line for line in lines if line.id in found.items],
        others=[line for line in lines if line.id not in found.items],
        performers=found.performers,
        back=back,
        asked="kepada" in request.form,
        given=request.form,
    )


def _chosen() -> list[int]:
    given = dict.fromkeys(request.form.getlist("pilih", type=int))
    return [number for number in given if 0 < number < 2**62][:MOST]


def _lines(item_ids: Sequence[int]) -> Mapping[int, InboxLine | None]:
    """The items in the order in which they were chosen; None for what the reader may not see."""
    app, actor, now = call()
    found = {line.id: line for line in inbox.read_lines(app, actor, item_ids, now)}
    return {item_id: found.get(item_id) for item_id in item_ids}


def _do(act: Act, item_id: int, line: InboxLine | None) -> Outcome:
    """One item, in a transaction of its own: what fails leaves the others alone."""
    if line is None:
        name = gettext("Tugas %(num)d", num=item_id)
        return Outcome(item_id, name, "", False, messages.text("item_not_found", item=item_id))
    about = f"{line.sop_name} · {gettext('Kasus %(num)d', num=line.case_id)}"
    try:
        words = act(line)
    except InvalidAnswerError as error:
        if act is not _complete:
            return Outcome(line.id, line.name, about, False, messages.explain(error))
        words = gettext("Isiannya harus diisi dahulu. Buka tugas ini, isi, lalu selesaikan.")
        return Outcome(line.id, line.name, about, False, words)
    except SopError as error:
        return Outcome(line.id, line.name, about, False, messages.explain(error))
    return Outcome(line.id, line.name, about, not words.startswith("!"), words.removeprefix("!"))


def _claim(line: InboxLine) -> str:
    app, actor, now = call()
    work_items.claim_work_item(app, actor, line.id, now)
    return gettext("Anda ambil.")


def _release(line: InboxLine) -> str:
    app, actor, now = call()
    work_items.release_work_item(app, actor, line.id, now)
    return gettext("Dilepaskan. Rekan seperan dapat mengambilnya.")


def _complete(line: InboxLine) -> str:
    """Only with an empty form: what has been typed into it is not thrown away."""
    app, actor, now = call()
    if line.draft:
        return "!" + gettext("Ada draf tersimpan. Buka tugas ini, lalu selesaikan dari sana.")
    work_items.complete_work_item(app, actor, line.id, {}, now)
    return gettext("Selesai.")


def _reassign(line: InboxLine) -> str:
    app, actor, now = call()
    to, reason = request.form.get("kepada", ""), request.form.get("alasan", "")
    handovers.reassign_item(app, actor, line.id, to, reason, now)
    return gettext("Dialihkan.")


ACTS: Mapping[str, Act] = {
    "ambil": _claim,
    "lepas": _release,
    "selesai": _complete,
    "alihkan": _reassign,
}
TITLES: Mapping[str, Lazy] = {
    "ambil": lazy("Mengambil tugas"),
    "lepas": lazy("Melepaskan tugas"),
    "selesai": lazy("Menyelesaikan tugas"),
    "alihkan": lazy("Mengalihkan tugas"),
}
