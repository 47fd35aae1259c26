"""What the forms of units, jabatan, holders and people hold: words, dates, and what was refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from flask import flash, g, redirect, request
from werkzeug.wrappers import Response

from engine.errors import ConflictError, NotFoundError
from engine.organisation_sentences import MANDATES
from engine.usecases.holdings import Term
from web import messages
from web.errors import status_of
from web.language import gettext, lazy
from web.parse import Refused
from workflows.errors import InvalidAnswerError, SopError
from workflows.organisation import refuse
from workflows.pelaksana import ROLES
from workflows.rights import (
    ADMINISTRATOR,
    AUDITOR,
    DEFINITIVE,
    PLH,
    PLT,
    PROCESS_OWNER,
    SUPERVISOR,
)

Answer = tuple[str, int] | Response
UNIT_KINDS = {
    "pemda": lazy("Pemerintah daerah"),
    "setda": lazy("Sekretariat daerah"),
    "pd": lazy("Perangkat daerah"),
    "sekretariat": lazy("Sekretariat"),
    "bidang": lazy("Bidang"),
    "bagian": lazy("Bagian"),
    "subbidang": lazy("Subbidang"),
    "subbagian": lazy("Subbagian"),
    "seksi": lazy("Seksi"),
    "uptd": lazy("UPTD"),
    "forum": lazy("Forum"),
    "tim": lazy("Tim"),
}
GRANTS = {
    PROCESS_OWNER: lazy("Pemilik proses"),
    SUPERVISOR: lazy("Pengawas"),
    ADMINISTRATOR: lazy("Administrator"),
    AUDITOR: lazy("Auditor"),
}
HOLDING_KINDS = {
    DEFINITIVE: lazy("Definitif"),
    PLT: lazy("Plt. (pelaksana tugas)"),
    PLH: lazy("Plh. (pelaksana harian)"),
}
# Which input an error belongs to that names none itself.
INPUTS = {
    "person_not_found": "orang",
    "person_disabled": "orang",
    "already_holds": "orang",
    "jabatan_held": "orang",
    "unit_code_taken": "kode",
    "unit_in_itself": "induk",
    "jabatan_name_taken": "nama",
    "jabatan_above_itself": "atasan",
    "login_taken": "login",
    "nip_taken": "nip",
    "person_needs_jabatan": "jabatan",
    "grant_standing": "hak",
}
_WITH_LOGIN = re.compile(r"\(([^()]+)\)\s*$")


def words() -> Mapping[str, object]:
    """What the templates of this part name things by."""
    return {
        "unit_kinds": UNIT_KINDS,
        "grant_names": GRANTS,
        "holding_kinds": HOLDING_KINDS,
        "roles": {role.code: messages.name_role(role.name, role.code) for role in ROLES},
    }


def attempt(form: str, act: Callable[[], str], page: Callable[[Refused], str], path: str) -> Answer:
    """Do what a form asks for and go to the page that shows it, which says what `act` gives back;
    refused: the page again, with what was typed."""
    try:
        said = act()
    except (InvalidAnswerError, ConflictError, NotFoundError) as error:
        return page(refused_as(form, error)), status_of(error)
    if said:
        flash(said, "done")
    for text in g.get("warned", ()):
        flash(text, "soon")
    return redirect(path, 303)


def refused_as(form: str, error: SopError) -> Refused:
    field = str(error.fields.get("field", "")) or INPUTS.get(error.code, "")
    sentence = (
        messages.explain_reason(error) if "field" in error.fields else messages.explain(error)
    )
    return Refused(form, sentence, field, request.form.to_dict())


def read_date(field: str, *, required: bool = False) -> date | None:
    """Raises InvalidAnswerError: invalid_organisation (required, not_a_date)."""
    text = request.form.get(field, "").strip()
    if not text:
        return refuse(field, "required") if required else None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return refuse(field, "not_a_date")


def read_day(field: str) -> date:
    """Raises InvalidAnswerError: invalid_organisation."""
    day = read_date(field, required=True)
    assert day is not None
    return day


def read_number(field: str) -> int | None:
    """An id that a list offers; None for none."""
    text = request.form.get(field, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def read_login(people: Iterable[tuple[str, str]], field: str = "orang") -> str:
    """`budi`, or `Budi Contoh (budi)` as the list proposes it; a name alone where one person of
    `people` (login, name) has it: not every browser shows the list.

    Raises InvalidAnswerError: invalid_organisation (required, not_listed).
    """
    text = request.form.get(field, "").strip()
    if not text:
        refuse(field, "required")
    found = _WITH_LOGIN.search(text)
    wanted = (found[1] if found else text).casefold()
    known = {login.casefold(): login for login, _ in people}
    named = [login for login, name in people if name.casefold() == text.casefold()]
    if wanted not in known and len(named) != 1:
        refuse(field, "not_listed")
    return known.get(wanted) or named[0]


def read_term() -> Term:
    """Raises InvalidAnswerError: invalid_organisation."""
    return Term(
        request.form.get("sebagai", ""),
        read_day("sejak"),
        read_date("sampai"),
        request.form.get("surat", ""),
        read_date("tanggal_surat"),
    )


def warn(codes: tuple[str, ...], orphaned: int = 0) -> None:
    """Say on the next page, below what was done, what had better be looked at again."""
    g.warned = [gettext(MANDATES[code]) for code in codes]
    if orphaned:
        g.warned.append(
            gettext(
                "%(num)d tugas terbuka kini tanpa pelaksana. Tunjuk pemangku baru untuk perannya.",
                num=orphaned,
            )
        )
