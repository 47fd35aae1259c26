"""The way from a draft to a version in the reader's words."""

from __future__ import annotations

from flask import Flask, current_app

from engine.operation_values import BlockedNode, MigrationLine
from engine.studio_values import RevisionLine
from web import messages
from web.language import gettext, lazy, ngettext
from web.lint_pages import NAMES

# What asks for a second look before publishing: codes of `engine.studio_values.PublishPlan`.
CAUTIONS = {
    "number_missing": lazy("Nomor SOP belum diisi pada identitasnya."),
    "number_unchanged": lazy("Nomor SOP masih sama dengan versi yang terbaru."),
    "revision_date_missing": lazy("Tanggal revisi belum diisi pada identitasnya."),
    "revision_date_unchanged": lazy("Tanggal revisi masih sama dengan versi yang terbaru."),
    "effective_date_differs": lazy(
        "Tanggal efektif pada identitas SOP berbeda dari tanggal berlaku yang dipilih."
    ),
    "base_moved": lazy(
        "Sejak rancangan ini dimulai, sudah terbit versi lain. Periksa dalam perbandingan bahwa "
        "perubahannya tidak hilang."
    ),
    "retired": lazy(
        "SOP ini sudah dinyatakan tidak berlaku. Versi baru tidak memberlakukannya lagi: itu "
        "dilakukan di halaman versinya."
    ),
    "newest_overtaken": lazy(
        "Versi yang terbaru belum berlaku. Bila versi ini berlaku lebih dahulu, atau pada hari "
        "yang sama, versi itu tidak akan pernah berlaku."
    ),
    "same_content": lazy(
        "Isinya sama dengan versi yang terbaru: tidak ada yang perlu diterbitkan."
    ),
}
IDENTITY = {
    "nomor": lazy("Nomor SOP"),
    "tanggal_revisi": lazy("Tanggal revisi"),
    "tanggal_efektif": lazy("Tanggal efektif"),
    "disahkan_oleh": lazy("Disahkan oleh"),
}
# Why a running case stays on its version.
STAYS = {
    "no_target": lazy("tidak ada padanannya di versi baru"),
    "other_kind": lazy("padanannya berjenis lain"),
    "other_scope": lazy("padanannya berada di bagian lain dari alur"),
    "other_loop": lazy("padanannya berulang dengan cara lain"),
    "other_flow": lazy("alur yang dilalui tidak ada padanannya"),
    "no_holder": lazy("belum ada pejabat untuk perannya di versi baru"),
    "case_suspended": lazy("kasus sedang ditangguhkan; lanjutkan dahulu"),
}
LISTED = 20  # cases that are named one by one
KINDS = {
    "created": lazy("Rancangan dimulai"),
    "autosave": lazy("Tersimpan otomatis"),
    "save": lazy("Disimpan"),
    "import": lazy("Diimpor dari berkas"),
}


def init_app(flask: Flask) -> None:
    flask.jinja_env.globals.update(
        caution_words=lambda code: str(CAUTIONS.get(code, code)),
        identity_word=lambda field: str(IDENTITY.get(field, field)),
        revision_words=revision_words,
        stays_words=stays_words,
        has_rule_page=lambda rule: rule in NAMES,
        has_page=has_page,
    )


def has_page(path: str) -> bool:
    """Whether the house has a page at that address."""
    return current_app.url_map.bind("").test(path, "GET")


def revision_words(line: RevisionLine) -> str:
    """How a revision has come about; going back notes to which one."""
    if line.kind == "restore":
        return gettext("Kembali ke revisi %(num)s", num=line.note)
    return str(KINDS.get(line.kind, line.kind))


def stays_words(one: BlockedNode) -> str:
    why = str(STAYS.get(one.reason) or messages.text(one.reason))
    named = one.name or one.node
    return f"{named}: {why}" if named else why


def tell_moved(lines: tuple[MigrationLine, ...], version: int) -> str:
    """Of cases that were to be moved: which ones are, and how many are not; "" of none."""
    moved = [str(one.case_id) for one in lines if one.outcome == "moved"]
    stay, said = len(lines) - len(moved), list[str]()
    if moved:
        many = ngettext("%(num)d kasus dipindahkan", "%(num)d kasus dipindahkan", len(moved))
        listed = ", ".join(moved[:LISTED]) + (", …" if len(moved) > LISTED else "")
        where = gettext("%(many)s ke versi %(num)d: %(list)s.", many=many, num=version, list=listed)
        said.append(where)
    if stay:
        said.append(
            ngettext(
                "%(num)d kasus tetap di versi lamanya.",
                "%(num)d kasus tetap di versi lamanya.",
                stay,
            )
        )
    return " ".join(said)
