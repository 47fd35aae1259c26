"""Why a node could not go on and why a job failed, as plain sentences; see `engine.sentences`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from engine.decision_sentences import DECISION_REASONS, DECISIONS
from workflows.said import N_

Translate = Callable[[str], str]
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_LONGEST = 80  # letters of a formula or value that is quoted

_UNCOUNTED = N_("Banyaknya pengulangan langkah ini tidak dapat ditentukan.")
_UNCOMPUTED = N_("Sebuah syarat atau rumus tidak dapat dihitung dari isian yang ada.")
_UNTIMED = N_("Waktu sebuah pewaktu tidak dapat dibaca.")
_UNDECIDED = N_("Tabel keputusan tidak memberi jawaban yang sah untuk isian yang ada.")
STUCK = N_("Langkah ini tidak dapat dijalankan.")

# The reason of an incident. Of several sentences the first is said for which all is known: an
# incident may be older than what is now noted along with it.
INCIDENTS: Mapping[str, tuple[str, ...]] = {
    "no_flow_holds": (N_("Tidak ada cabang yang syaratnya terpenuhi."),),
    "condition_not_boolean": (
        N_("Syarat “%(text)s” menghasilkan “%(value)s”, bukan ya atau tidak."),
        N_("Syarat sebuah cabang tidak dapat dijawab ya atau tidak."),
    ),
    "expression_failed": (
        N_(
            "Skrip gagal di baris %(line)s: “%(text)s”. Periksa datanya dengan Perbaiki data, "
            "lalu Coba lagi."
        ),
        N_(
            "Rumus “%(text)s” tidak dapat dihitung. Periksa datanya dengan Perbaiki data, "
            "lalu Coba lagi."
        ),
        _UNCOMPUTED,
    ),
    "expression_too_large": (
        N_(
            "Rumus “%(text)s” tidak dapat dihitung: hasilnya terlalu besar. Periksa datanya "
            "dengan Perbaiki data, lalu Coba lagi."
        ),
        N_("Sebuah rumus tidak dapat dihitung: hasilnya terlalu besar."),
    ),
    "expression_not_allowed": (
        N_("Rumus “%(text)s” memakai hal yang tidak diizinkan. Perbaiki SOP-nya."),
        _UNCOMPUTED,
    ),
    "invalid_timer": (N_("Waktu “%(text)s” dari sebuah pewaktu tidak dapat dibaca."), _UNTIMED),
    "outside_calendar": (
        N_("Waktu “%(text)s” dari sebuah pewaktu di luar kalender kerja yang dikenal Alur."),
        _UNTIMED,
    ),
    "step_limit": (
        N_(
            "Alur berputar tanpa henti: sudah %(maximum)s langkah tanpa menunggu apa pun. Periksa "
            "syarat pengulangannya, perbaiki datanya dengan Perbaiki data, lalu Coba lagi."
        ),
        N_("Alur berputar tanpa henti."),
    ),
    "call_too_deep": (
        N_("SOP saling memanggil tanpa henti: sudah %(maximum)s tingkat. Putuskan lingkarannya."),
        N_("SOP saling memanggil tanpa henti."),
    ),
    "called_process_missing": (
        N_(
            "SOP “%(called)s” yang dipanggil langkah ini belum dipasang. Pasanglah dahulu, "
            "lalu Coba lagi."
        ),
    ),
    "called_process_without_start": (
        N_("SOP “%(called)s” yang dipanggil langkah ini tidak punya awal tanpa pemicu."),
    ),
    "join_never_complete": (N_("Alur menunggu cabang yang tidak akan datang."),),
    "error_not_caught": (
        N_("Kesalahan “%(error)s” (%(message)s) terjadi dan alur tidak mengaturnya."),
        N_("Kesalahan “%(error)s” terjadi dan alur tidak mengaturnya."),
    ),
    "job_failed": (N_("Pekerjaan otomatis di langkah ini gagal: %(reason)s"),),
    "collection_not_a_list": (
        N_("Langkah ini diulang untuk isi “%(name)s”, yang bukan daftar. Perbaiki datanya."),
        _UNCOUNTED,
    ),
    "cardinality_not_a_number": (
        N_("Banyaknya pengulangan, “%(text)s”, bukan bilangan bulat mulai 0. Perbaiki datanya."),
        _UNCOUNTED,
    ),
    "too_many_iterations": (
        N_("Langkah ini diulang terlalu banyak; paling banyak %(maximum)s kali."),
        _UNCOUNTED,
    ),
    **{
        code: (DECISIONS[code], _UNDECIDED)
        for code in (
            "dmn_not_unique",
            "dmn_any_differs",
            "dmn_priority_tie",
            "dmn_input_invalid",
            "dmn_formula_failed",
            "dmn_head_failed",
            "dmn_cell_failed",
            "dmn_shape",
            "dmn_too_much_work",
        )
    },
}

# What a formula lacks, by the field `reason` of expression_failed.
LACKS: Mapping[str, str] = {
    "unknown_name": N_(
        "Sebuah rumus memakai “%(name)s”, yang belum ada dalam data kasus. Isi dengan Perbaiki "
        "data, lalu Coba lagi."
    ),
    "missing_key": N_(
        "Rumus “%(text)s” memakai “%(name)s”, yang belum ada di dalam nilainya. Isi dengan "
        "Perbaiki data, lalu Coba lagi."
    ),
}

# Why an attempt at a job failed: what stands before the colon of its reason; the rest is `detail`.
FAILURES: Mapping[str, str] = {
    "function_unknown": N_(
        "Fungsi “%(detail)s” tidak terpasang di worker; pasang paketnya, nyalakan ulang worker, "
        "lalu coba lagi."
    ),
    "function_ambiguous": N_(
        "Fungsi “%(detail)s” dipasang lebih dari satu paket; sisakan satu, nyalakan ulang worker, "
        "lalu coba lagi."
    ),
    "function_not_loaded": N_(
        "Fungsinya tidak dapat dimuat (%(detail)s); perbaiki paketnya, nyalakan ulang worker, "
        "lalu coba lagi."
    ),
    "function_failed": N_("Fungsinya berhenti karena kesalahan (%(detail)s)."),
    "not_a_record": N_("Fungsinya harus menjawab dengan dict, bukan %(detail)s."),
    "host_not_allowed": N_(
        "Host %(detail)s tidak diizinkan; tambahkan pada ALUR_SERVICE_HOSTS, atau pada "
        "ALUR_SERVICE_PRIVATE_HOSTS bila berada di jaringan sendiri."
    ),
    "address_not_allowed": N_(
        "Host %(detail)s berada di jaringan sendiri; bila boleh dipanggil, tambahkan pada "
        "ALUR_SERVICE_PRIVATE_HOSTS."
    ),
    "unresolvable": N_("Alamat host %(detail)s tidak ditemukan; periksa nama dan jaringannya."),
    "connection_failed": N_("Layanan tidak dapat dihubungi (%(detail)s)."),
    "timeout": N_("Waktunya habis sebelum pekerjaan selesai (ALUR_SERVICE_SECONDS)."),
    "request_field_unknown": N_("Isian “%(detail)s” tidak dikenal panggilan HTTP."),
    "method_not_allowed": N_("Metode HTTP “%(detail)s” tidak dikenal."),
    "url_invalid": N_("Isian “url” bukan alamat http atau https yang sah."),
    "header_invalid": N_("Header “%(detail)s” tidak sah."),
    "header_not_allowed": N_("Header “%(detail)s” diisi Alur sendiri; hapuslah dari SOP-nya."),
    "redirected": N_("Layanan mengalihkan ke alamat lain (%(detail)s); tulis alamat akhirnya."),
    "http_status": N_("Layanan menjawab dengan status HTTP %(detail)s."),
    "encoding_not_supported": N_("Layanan menjawab dengan isi termampatkan, yang tidak diminta."),
    "not_json": N_("Jawaban layanan bukan JSON."),
    "answer_too_large": N_("Jawaban layanan terlalu besar."),
    "unfit_result": N_("Hasilnya tidak dapat disimpan dalam kasus. %(detail)s"),
    "job_result_not_record": N_("Hasilnya harus berupa objek JSON."),
    "job_not_open": N_("Alur sudah meninggalkan langkah ini."),
    "worker_lost": N_("Worker berhenti sebelum melaporkan hasilnya."),
    "outcome_lost": N_("Hasil yang dilaporkan hilang."),
    "message_ambiguous": N_("Lebih dari satu kasus menunggu pesan ini."),
    "message_start_ambiguous": N_("Lebih dari satu SOP dimulai dengan pesan ini."),
    "no_holder": N_("Sebuah peran dalam SOP yang akan dimulai belum ada pejabatnya."),
}

# Of unfit_result: the last word of its detail; the rest is the name of the variable.
RESULTS: Mapping[str, str] = {
    "invalid_name": N_("Nama “%(field)s” tidak dapat dipakai."),
    "not_json": N_("“%(field)s” bukan nilai JSON."),
    "not_text": N_("“%(field)s” memuat tanda yang tidak dapat disimpan."),
    "not_a_number": N_("“%(field)s” memuat bilangan tak hingga atau terlalu besar."),
    "too_deep": N_("“%(field)s” bersarang terlalu dalam."),
    "too_large": N_("Hasilnya terlalu besar."),
}


def explain_incident(
    reason: str, fields: Mapping[str, object] | None = None, translate: Translate = str
) -> str:
    """Why a node could not go on, with what is known of it."""
    given = fields or {}
    known = {name: _short(value) for name, value in given.items() if value not in (None, "")}
    inner = str(known.get("reason", ""))
    templates = INCIDENTS.get(reason, (STUCK,))
    if reason == "expression_failed" and inner in LACKS:
        templates = (LACKS[inner], *templates)
    if reason == "job_failed":
        known["reason"] = explain_failure(str(given.get("reason", "")), translate)
    elif inner in DECISION_REASONS.get(reason, {}):
        inner_sentence = translate(DECISION_REASONS[reason][inner])
        known["reason"] = inner_sentence % defaultdict(str, known)
    said = next((one for one in templates if _wants(one) <= known.keys()), templates[-1])
    return (translate(said) % defaultdict(str, known)).rstrip()


def explain_failure(reason: str, translate: Translate = str) -> str:
    """Why an attempt at a job failed; what somebody else's program has said stays as it is."""
    code, _, detail = reason.partition(": ")
    if code not in FAILURES:
        return reason
    if code == "unfit_result":
        field, _, why = detail.rpartition(" ")
        detail = translate(RESULTS[why]) % {"field": field} if why in RESULTS else detail
    return (translate(FAILURES[code]) % {"detail": detail}).rstrip()


def _wants(template: str) -> set[str]:
    return set(_PLACEHOLDER.findall(template))


def _short(value: object) -> object:
    """A text on one line and not too long; all else as it is."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
