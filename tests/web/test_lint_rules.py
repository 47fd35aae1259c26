"""The pages of the judge's rules: everybody may read them, with pictures that mark the fault."""

from __future__ import annotations

import pytest
from markupsafe import escape

from web.lint_pages import NAMES, rule_page
from workflows.bpmn_xml import read_xml


def test_the_index_leads_to_each_rule(site) -> None:
    visitor = site.visitor("kasubbag")
    page = visitor.client.get("/studio/aturan").text
    for rule in NAMES:
        assert f'href="/studio/aturan/{rule}"' in page


@pytest.mark.parametrize("rule", NAMES)
def test_a_rule_has_its_words_and_two_pictures(site, rule: str) -> None:
    client = site.visitor("kasubbag").client
    page = client.get(f"/studio/aturan/{rule}")
    assert page.status_code == 200 and "Cara memperbaiki" in page.text
    for side in ("salah", "benar"):
        assert f'src="/studio/aturan/{rule}/{side}.svg"' in page.text
        picture = client.get(f"/studio/aturan/{rule}/{side}.svg")
        assert picture.mimetype == "image/svg+xml" and "<svg" in picture.text
        read_xml(client.get(f"/studio/aturan/{rule}/{side}.bpmn").data)


def test_what_is_no_rule_is_told(site) -> None:
    client = site.visitor("kasubbag").client
    for address in ("entah", "one_start/tengah.svg"):
        answer = client.get(f"/studio/aturan/{address}")
        assert answer.status_code == 404 and "Aturan" in answer.text


def test_english_readers_read_all_of_it_in_english(site) -> None:
    visitor = site.visitor("kasubbag")
    visitor.post("/bahasa", {"bahasa": "en", "next": "/studio/aturan"})
    index = visitor.get("/studio/aturan").text
    for rule in NAMES:
        ours, theirs = rule_page(rule), rule_page(rule, "en")
        assert ours is not None and theirs is not None
        page = visitor.get(f"/studio/aturan/{rule}").text
        said = (ours.title, ours.wants, ours.why, *ours.repair, ours.wrong.caption, *ours.said)
        assert [one for one in said if str(escape(one)) in page] == [], rule
        assert escape(theirs.wants) in page and escape(theirs.title) in index
