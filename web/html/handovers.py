"""/tugas/…/serahkan and the like: an item goes from hand to hand, and colleagues are asked"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.handover_values import ItemPeople
from engine.usecases import consultations, handovers, item_people
from web import messages
from web.errors import status_of
from web.html.work_items import show_item
from web.language import get_locale, gettext
from web.opening import call
from web.parse import Refused
from workflows.disposisi import INSTRUCTIONS, URGENCIES, say_instructions, say_urgency
from workflows.errors import InvalidAnswerError, SopError

pages = Blueprint("handovers", __name__, url_prefix="/tugas/<int:item_id>")
Answer = tuple[str, int] | Response
SAID = ("tanya", "komentar")
# What the form can put right; all else has a page of its own.
MENDABLE = {
    "colleague_outside",
    "colleague_barred",
    "not_a_performer",
    "colleague_self",
    "colleague_away",
    "colleague_ended",
    "already_with",
    "person_not_found",
    "mention_outside",
}


@pages.app_template_global("people_of_item")
def people_of_item(item_id: int) -> ItemPeople:
    """Read once a page, by the templates that show who has to do with an item."""
    read: dict[int, ItemPeople] = g.setdefault("people_of_item", {})
    if item_id not in read:
        app, actor, now = call()
        read[item_id] = item_people.read_item_people(app, actor, item_id, now)
    return read[item_id]


@pages.app_context_processor
def _words() -> dict[str, object]:
    language = get_locale().language
    return {
        "instruction_choices": {code: words[language] for code, words in INSTRUCTIONS.items()},
        "urgency_choices": {code: words[language] for code, words in URGENCIES.items()},
        "say_instructions": lambda codes: say_instructions(codes, language),
        "say_urgency": lambda code: say_urgency(code, language),
    }


@pages.post("/serahkan")
def delegate(item_id: int) -> Answer:
    app, actor, now = call()
    form = request.form
    asked, urgency, note = form.getlist("diminta"), form.get("sifat", "biasa"), form.get("catatan")

    def act() -> object:
        return handovers.delegate_item(
            app,
            actor,
            item_id,
            form.get("kepada", ""),
            now,
            instructions=asked,
            urgency=urgency,
            note=note or "",
        )

    return do(item_id, "serahkan", act, gettext("Tugas diserahkan untuk disiapkan."))


@pages.post("/tarik")
def recall(item_id: int) -> Answer:
    app, actor, now = call()
    note = request.form.get("catatan", "")
    done = gettext("Tugas ditarik kembali kepada Anda.")
    return do(item_id, "tarik", lambda: handovers.recall_item(app, actor, item_id, now, note), done)


@pages.post("/kembalikan-siap")
def hand_back(item_id: int) -> Answer:
    app, actor, now = call()
    note = request.form.get("catatan", "")

    def act() -> object:
        return handovers.hand_back_item(app, actor, item_id, now, note)

    return do(item_id, "siap", act, gettext("Tugas dikembalikan kepada yang menyerahkannya."))


@pages.post("/tugaskan")
def reassign(item_id: int) -> Answer:
    app, actor, now = call()
    to, reason = request.form.get("kepada", ""), request.form.get("alasan", "")

    def act() -> object:
        return handovers.reassign_item(app, actor, item_id, to, reason, now)

    return do(item_id, "tugaskan", act, gettext("Tugas ditugaskan. Yang bersangkutan dikabari."))


@pages.post("/kembalikan")
def give_back(item_id: int) -> Answer:
    app, actor, now = call()
    reason = request.form.get("alasan", "")

    def act() -> object:
        return handovers.return_item(app, actor, item_id, reason, now)

    return do(item_id, "kembalikan", act, gettext("Tugas dikembalikan beserta alasannya."))


@pages.post("/tanya")
def ask(item_id: int) -> Answer:
    app, actor, now = call()
    to, question = request.form.get("kepada", ""), request.form.get("pertanyaan", "")

    def act() -> object:
        return consultations.ask_colleague(app, actor, item_id, to, question, now)

    return do(item_id, "tanya", act, gettext("Pertanyaan dikirim. Tugasnya tetap pada Anda."))


@pages.post("/tanya/<int:question_id>/jawab")
def answer(item_id: int, question_id: int) -> Answer:
    app, actor, now = call()
    text = request.form.get("jawaban", "")

    def act() -> object:
        return consultations.answer_question(app, actor, question_id, text, now)

    return do(item_id, f"jawab-{question_id}", act, gettext("Jawaban dikirim."))


@pages.post("/tanya/<int:question_id>/tarik")
def withdraw(item_id: int, question_id: int) -> Answer:
    app, actor, now = call()

    def act() -> object:
        return consultations.withdraw_question(app, actor, question_id, now)

    return do(item_id, "", act, gettext("Pertanyaan ditarik."))


def do(item_id: int, form: str, act: Callable[[], object], done: str) -> Answer:
    """Do it; what the form can put right is said on the page, in the form that it belongs to."""
    try:
        act()
    except InvalidAnswerError as error:
        return _refused(item_id, form, error)
    except (ConflictError, NotAllowedError, NotFoundError) as error:
        if error.code not in MENDABLE:
            raise
        return _refused(item_id, form, error)
    flash(done, "done")
    # What was said is read where it stands; all else changes the page, which says so at its top.
    place = "#rekan" if form in SAID or form.startswith("jawab-") else ""
    return redirect(url_for("work_items.show", item_id=item_id) + place, 303)


def _refused(item_id: int, form: str, error: SopError) -> Answer:
    """422 also for what would be a 403 or 404 of the page itself."""
    refused = Refused(form, messages.explain(error), form, request.form.to_dict())
    status = 422 if status_of(error) in (403, 404) else status_of(error)
    return show_item(item_id, refused=refused), status
