"""The log of what belongs to no case, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from engine.account_values import LogLine
from engine.event_words import say_event
from web.language import get_locale, gettext, lazy
from web.organisation_form import GRANTS
from workflows.said import N_

NAMES = {
    "login": lazy("Masuk"),
    "logout": lazy("Keluar"),
    "login_locked": lazy("Dikunci karena terlalu banyak percobaan"),
    "password_changed": lazy("Kata sandi diganti"),
    "password_set": lazy("Kata sandi dibuat lewat tautan"),
    "reset_asked": lazy("Tautan kata sandi baru diminta"),
    "invited": lazy("Undangan dibuat"),
    "administrator_created": lazy("Administrator didaftarkan"),
    "factor_on": lazy("Kode kedua diaktifkan"),
    "factor_off": lazy("Kode kedua dimatikan"),
    "factor_reset": lazy("Kode kedua disetel ulang"),
    "recovery_used": lazy("Masuk dengan kode pemulihan"),
    "recovery_renewed": lazy("Kode pemulihan diganti"),
    "session_revoked": lazy("Satu sesi diakhiri"),
    "sessions_ended": lazy("Semua sesi lain diakhiri"),
    "identity_linked": lazy("Penyedia identitas dihubungkan"),
    "token_made": lazy("Token dibuat"),
    "token_revoked": lazy("Token dicabut"),
    "person_created": lazy("Akun dibuat"),
    "person_changed": lazy("Akun diubah"),
    "person_ended": lazy("Akun diakhiri"),
    "person_reactivated": lazy("Akun diaktifkan lagi"),
    "grant_given": lazy("Hak diberikan"),
    "grant_revoked": lazy("Hak dicabut"),
    "unit_created": lazy("Unit dibuat"),
    "unit_changed": lazy("Unit diubah"),
    "unit_moved": lazy("Unit dipindahkan"),
    "unit_ended": lazy("Unit diakhiri"),
    "unit_reopened": lazy("Unit dibuka lagi"),
    "jabatan_created": lazy("Jabatan dibuat"),
    "jabatan_changed": lazy("Jabatan diubah"),
    "jabatan_ended": lazy("Jabatan diakhiri"),
    "jabatan_reopened": lazy("Jabatan dibuka lagi"),
    "holding_begun": lazy("Pemegang jabatan dicatat"),
    "holding_corrected": lazy("Catatan pemegang jabatan diperbaiki"),
    "holding_ended": lazy("Pemegang jabatan berakhir"),
    "holding_cancelled": lazy("Catatan pemegang jabatan dibatalkan"),
    "organisation_imported": lazy("Organisasi diimpor"),
    "leave_planned": lazy("Cuti dicatat"),
    "leave_changed": lazy("Cuti diubah"),
    "leave_ended": lazy("Cuti diakhiri"),
    "preferences_changed": lazy("Pilihan pemberitahuan diubah"),
    "calendar_changed": lazy("Kalender diubah"),
    "ladder_changed": lazy("Tangga pengingat diubah"),
    "definition_deployed": lazy("SOP dipasang"),
    "filter_saved": lazy("Saringan disimpan"),
    "filter_renamed": lazy("Saringan diganti nama"),
    "filter_deleted": lazy("Saringan dihapus"),
}
IMPORTED = {
    "add": N_("%(num)d ditambahkan"),
    "change": N_("%(num)d diubah"),
    "end": N_("%(num)d diakhiri"),
}
METHODS = {
    "password": lazy("kata sandi"),
    "password+totp": lazy("kata sandi dan kode"),
    "oidc": lazy("penyedia identitas"),
}


def init_app(flask: Flask) -> None:
    flask.jinja_env.globals.update(log_name=log_name, log_words=log_words)


def log_name(kind: str) -> str:
    """What happened; a kind without words of its own is told by its code."""
    return str(NAMES.get(kind) or say_event(kind, get_locale().language))


def log_words(line: LogLine) -> str:
    """What else is known of it, in a few words."""
    data: Mapping[str, object] = line.data
    if line.kind.startswith("grant_"):
        place = data.get("place") or ("" if data.get("unit_id") else gettext("di mana-mana"))
        given = str(data.get("name", ""))
        return " · ".join(str(word) for word in (GRANTS.get(given, given), place) if word)
    if line.kind == "organisation_imported":
        return " · ".join(
            gettext(words, num=len(found))
            for act, words in IMPORTED.items()
            if isinstance(found := data.get(act), list) and found
        )
    words = []
    if "method" in data:
        words.append(str(METHODS.get(str(data["method"]), data["method"])))
    if line.kind == "login_locked" and "login" in data:
        words.append(gettext("sebagai “%(login)s”", login=str(data["login"])))
    if data.get("address"):
        words.append(gettext("dari %(address)s", address=str(data["address"])))
    if data.get("ended"):
        words.append(gettext("%(ended)s sesi berakhir", ended=str(data["ended"])))
    words += [str(data[name]) for name in ("name", "issuer", "letter", "key") if data.get(name)]
    return " · ".join(words)
