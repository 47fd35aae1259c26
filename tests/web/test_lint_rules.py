"""The pages of the judge's rules: everybody may read them, with pictures that mark the fault."""

from __future__ import annotations

import pytest

from web.lint_pages import NAMES
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


def test_english_readers_hear_that_the_rules_are_in_indonesian(site) -> None:
    client = site.visitor("kasubbag").client
    client.post("/bahasa", data={"locale": "en"})
    page = client.get("/studio/aturan/one_start").text
    assert 'lang="id"' in page
