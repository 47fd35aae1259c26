"""The pages that show two versions of an SOP side by side."""

from __future__ import annotations

import re
from datetime import timedelta

from engine.usecases import sop_drafts
from engine.usecases.definitions import deploy_definition, read_definition
from tests.web.conftest import KEY, SHIPPED, Site
from workflows.rights import OPERATOR


def deploy_second(site: Site) -> None:
    """Version 2: one step takes longer and asks for one paper more, another one is gone."""
    text = read_definition(site.app, KEY).xml
    text = text.replace('waktu="120 menit"', 'waktu="3 jam"', 1).replace(
        "<sop:kelengkapan>Undangan Rapat</sop:kelengkapan>",
        "<sop:kelengkapan>Undangan Rapat</sop:kelengkapan>"
        "<sop:kelengkapan>Daftar hadir</sop:kelengkapan>",
    )
    forms = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.form")}
    deploy_definition(site.app, OPERATOR, text.encode(), forms, site.now)


def test_versions_are_open_to_everybody(site: Site) -> None:
    deploy_second(site)
    visitor = site.visitor("program")
    page = visitor.get(f"/sop/{KEY}/banding").text
    assert "Versi 1" in page and "Versi 2" in page
    assert re.search(r"<del>120 menit</del>.*<ins>3 jam</ins>", page, re.DOTALL)
    assert "<ins>Daftar hadir</ins>" in page and "<del>Undangan Rapat</del>" not in page
    same = visitor.get(f"/sop/{KEY}/banding?dari=versi-2&ke=versi-2").text
    assert "Keduanya sama." in same


def test_the_pictures_mark_what_differs(site: Site) -> None:
    deploy_second(site)
    visitor = site.visitor("program")
    before = visitor.get(f"/sop/{KEY}/banding/dari.svg?dari=versi-1&ke=versi-2")
    after = visitor.get(f"/sop/{KEY}/banding/ke.svg?dari=versi-1&ke=versi-2")
    for answer in (before, after):
        assert answer.status_code == 200
        assert answer.text.count('class="m"') == 1  # the step, and nothing else
    assert visitor.get(f"/sop/{KEY}/banding/lain.svg").status_code == 404


def test_a_draft_is_compared_with_its_version_by_those_who_draw_or_approve(site: Site) -> None:
    owner = site.actor("pengelola")
    draft = sop_drafts.create_draft_from_version(site.app, owner, KEY, None, site.now)
    address = f"/studio/{draft.line.id}/banding"
    assert "Keduanya sama." in site.visitor("pengelola").get(address).text
    text = draft.xml.replace('waktu="120 menit"', 'waktu="3 jam"', 1).encode()
    sop_drafts.save_sop_draft(
        site.app,
        owner,
        draft.line.id,
        text,
        draft.forms,
        site.now + timedelta(minutes=1),
        revision=1,
    )
    page = site.visitor("sekretaris").get(address).text  # who may approve must see it
    assert "Versi 1" in page and "<ins>3 jam</ins>" in page
    back = site.visitor("sekretaris").get(f"{address}?dari=rancangan&ke=revisi-1").text
    assert "<ins>120 menit</ins>" in back
    assert site.visitor("kasubbag").get(address).status_code == 403


def test_what_is_not_there_is_said(site: Site) -> None:
    visitor = site.visitor("pengelola")
    assert visitor.get(f"/sop/{KEY}/banding?dari=versi-7").status_code == 404
    wrong = visitor.get(f"/sop/{KEY}/banding?dari=%3Cb%3E")
    assert wrong.status_code == 422 and "tidak dapat dibandingkan" in wrong.text
    assert visitor.get("/studio/99/banding").status_code == 404
