"""Codes -> sentences: errors, events and states in the reader's language.

The sentences of errors come from `engine.sentences`. The texts are Indonesian msgids;
translations/ holds the English. `%(name)s` is a field of the error.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from flask import Flask

from engine.errors import UnavailableError
from engine.event_words import say_event
from engine.incident_sentences import explain_failure as engine_failure
from engine.incident_sentences import explain_incident as engine_incident
from engine.sentences import ANSWERS, DAYS, SENTENCES, UNFIT, UNKNOWN, inner_reason
from engine.sentences import REASONS as INNER
from web.language import get_locale, gettext, lazy
from web.moments import format_day, format_relative
from workflows.errors import SopError
from workflows.pelaksana import role_for_lane
from workflows.said import Said

# Codes that arise in the web itself, and what readers are spared of the installation's troubles.
ERRORS = {
    "database_unavailable": lazy("Basis data tidak menjawab. Coba lagi sebentar lagi."),
    "schema_missing": lazy(
        "Basis data belum disiapkan. Administrator perlu menjalankan “alur schema upgrade”."
    ),
    "unavailable": lazy("Alur belum dapat melayani. Coba lagi sebentar lagi."),
    "document_too_large": lazy("Berkas terlalu besar. Kembali dan pilih berkas yang lebih kecil."),
    "csrf": lazy("Halaman terlalu lama terbuka. Kembali, muat ulang, lalu kirim sekali lagi."),
    "csrf_kept": lazy(
        "Belum terkirim, karena halaman ini dibuka sebelum Anda masuk lagi. Isian Anda masih ada: "
        "kirim sekali lagi."
    ),
    "too_large_kept": lazy(
        "Belum terkirim, karena berkasnya terlalu besar. Isian Anda masih ada: pilih berkas yang "
        "lebih kecil, lalu kirim lagi."
    ),
    "http_400": lazy("Permintaan tidak dapat dibaca. Kembali dan coba lagi."),
    "http_403": lazy("Anda tidak boleh membuka halaman ini."),
    "http_404": lazy("Halaman itu tidak ada. Periksa alamatnya atau kembali ke tugas Anda."),
    "http_405": lazy("Alamat ini tidak dibuka dengan cara itu. Kembali ke tugas Anda."),
    "http_415": lazy("Kiriman itu harus berupa application/json."),
    "http_413": lazy("Kiriman terlalu besar. Kembali dan kirim yang lebih kecil."),
    "http_500": lazy("Terjadi kesalahan pada Alur. Data Anda aman; coba lagi sebentar lagi."),
}

# What somebody did with the case from outside; without a name it was the operator.
OPERATIONS = {
    "case_retried",
    "case_suspended",
    "case_resumed",
    "case_cancelled",
    "case_migrated",
    "node_skipped",
    "token_moved",
    "data_corrected",
}

STATES = {
    "late": lazy("Terlambat"),
    "running": lazy("Berjalan"),
    "incident": lazy("Terhenti"),
    "suspended": lazy("Ditangguhkan"),
    "completed": lazy("Selesai"),
    "cancelled": lazy("Ditarik"),
    "ready": lazy("Belum diambil"),
    "claimed": lazy("Dikerjakan"),
}

CASE_STATES = {"cancelled": lazy("Dibatalkan")}

CLOCKS = {
    "waiting": lazy("menunggu"),
    "working": lazy("dikerjakan"),
    "paused": lazy("dijeda"),
}

NOTICES = {
    "assigned": lazy("Tugas baru"),
    "reminder": lazy("Pengingat"),
    "overdue": lazy("Terlambat"),
    "escalation": lazy("Laporan keterlambatan"),
    "due_moved": lazy("Tenggat bergeser"),
    "snoozed": lazy("Pengingat yang ditunda"),
    "delegated": lazy("Tugas diserahkan kepada Anda"),
    "reassigned": lazy("Tugas ditugaskan kepada Anda"),
    "returned": lazy("Tugas dikembalikan"),
    "consulted": lazy("Pertanyaan untuk Anda"),
    "answered": lazy("Jawaban untuk Anda"),
    "mentioned": lazy("Anda disebut dalam komentar"),
    "leave": lazy("Cuti dan penggantian"),
    "sop": lazy("Rancangan dan evaluasi SOP"),
    "watched": lazy("Kasus yang Anda pantau"),
}
NOTICE_ICONS = {
    "assigned": "inbox",
    "reminder": "clock",
    "due_moved": "calendar",
    "snoozed": "snooze",
    "delegated": "inbox",
    "reassigned": "inbox",
    "returned": "return",
    "consulted": "person",
    "answered": "person",
    "mentioned": "person",
    "leave": "calendar",
    "sop": "pen",
    "watched": "flow",
}
TONES = {"reminder": "soon", "overdue": "late", "escalation": "late"}

# Why a notice was not sent, or not needed.
UNSENT = {
    "work_item_done": lazy("Tugasnya selesai sebelum kabar ini dikirim."),
    "superseded": lazy("Digantikan kabar yang lebih baru."),
    "snoozed": lazy("Penerimanya menunda pengingat."),
    "not_wanted": lazy("Penerimanya tidak memilih saluran ini lagi."),
    "channel_closed": lazy("Saluran ini tidak dipakai lagi di sini."),
    "no_address": lazy("Penerimanya tidak punya alamat untuk saluran ini."),
    "account_ended": lazy("Akun penerimanya sudah diakhiri."),
}

TITLES = {
    403: lazy("Tidak boleh"),
    404: lazy("Tidak ditemukan"),
    409: lazy("Sudah berubah"),
    413: lazy("Terlalu besar"),
    422: lazy("Isian belum benar"),
    503: lazy("Belum dapat dilayani"),
}
TITLE = lazy("Ada yang tidak beres")

REASONS = {
    "weekend": lazy("akhir pekan"),
    "holiday": lazy("hari libur"),
    "closed": lazy("bukan hari kerja"),
    "after_hours": lazy("setelah jam kerja"),
    "before_hours": lazy("sebelum jam kerja"),
    "break": lazy("istirahat"),
    "start_day": lazy("hari pertama tidak dihitung"),
    "moved": lazy("jatuh pada hari libur, digeser"),
}


def init_app(flask: Flask) -> None:
    flask.jinja_env.filters["value"] = show_value
    flask.jinja_env.filters["said"] = say
    flask.jinja_env.globals.update(
        incident=explain_incident,
        failure=explain_failure,
        role_name=name_role,
        event_name=lambda kind: say_event(kind, get_locale().language),
        state_name=lambda state: STATES.get(state, state),
        case_state_name=lambda state: CASE_STATES.get(state, STATES.get(state, state)),
        is_operation=lambda kind: kind in OPERATIONS,
        clock_name=lambda clock: CLOCKS.get(clock, clock),
        notice_name=lambda kind: NOTICES.get(kind, kind),
        unsent=UNSENT,
        notice_icon=lambda kind: NOTICE_ICONS.get(kind, "alert"),
        notice_tone=lambda kind: TONES.get(kind, ""),
        error_title=lambda status: TITLES.get(status, TITLE),
        reason_name=lambda reason: REASONS.get(reason, reason),
        sentence=text,
    )


def show_value(value: object) -> str:
    """A value of case data: text as it is, all else as JSON; nothing is a dash."""
    if value is None:
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def say(sentence: str) -> str:
    """What a lower layer has said, in the reader's language."""
    return sentence.translated(gettext) if isinstance(sentence, Said) else sentence


def name_role(name: str, code: str | None = None) -> str:
    """A role in the reader's language; one outside the catalogue keeps the name of its lane."""
    role = role_for_lane(code, name) if get_locale().language == "en" else None
    return role.name_en if role else name


def explain(error: SopError) -> str:
    """One plain sentence for any error of the lower layers."""
    if error.code == "invalid_answer":
        return explain_answer(error.fields)
    if error.code in INNER:
        return text(error.code, **{**error.fields, "reason": explain_reason(error)})
    if error.code == "invalid_result":
        return text(error.code, reason=explain_failure(str(error.fields.get("reason"))))
    if isinstance(error, UnavailableError) and error.code not in {**SENTENCES, **ERRORS}:
        return text("unavailable")  # the details are the administrator's, and in the log
    return text(error.code, **error.fields)


def explain_reason(error: SopError) -> str:
    """Only why, of an error whose field `reason` is a code of its own: where the page shows the
    place by itself."""
    if error.code not in INNER:
        return explain(error)
    template, more = inner_reason(error)
    return _fill(gettext(template), {**error.fields, **more})


def explain_incident(reason: str, fields: Mapping[str, object] | None = None) -> str:
    """Why a node could not go on."""
    return engine_incident(reason, fields, gettext)


def explain_failure(reason: str) -> str:
    """Why an attempt at a job failed."""
    return engine_failure(reason, gettext)


def explain_answer(fields: Mapping[str, object]) -> str:
    """Why one form answer was refused; `fields` as in InvalidAnswerError."""
    reason = str(fields.get("reason"))
    if fields.get("field") == "berkas" and reason == "too_large":
        reason = "file_too_large"
    return _fill(gettext(ANSWERS.get(reason, UNFIT)), fields)


def text(code: str, /, **fields: object) -> str:
    """The sentence of a code; an unknown code is named, so that it can be reported."""
    template = ERRORS.get(code) or gettext(SENTENCES.get(code, UNKNOWN))
    return _fill(str(template), {"code": code, **fields})


def _fill(template: str, fields: Mapping[str, object]) -> str:
    known = {name: _readable(name, value) for name, value in fields.items() if value is not None}
    missing = {"by": gettext("orang lain"), "at": ""}
    return (template % defaultdict(lambda: "?", missing | known)).replace(" .", ".")


def _readable(name: str, value: object) -> object:
    if name == "at" and isinstance(value, str):
        return format_relative(datetime.fromisoformat(value))
    if name in DAYS and isinstance(value, str):
        return format_day(datetime.fromisoformat(value).date(), "d MMMM y")
    if name == "role_name" and isinstance(value, str):
        return name_role(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return say(value) if isinstance(value, str) else value
