"""Each rule of the judge has a page, whose wrong example only that rule finds, and whose right
example nobody minds."""

import tomllib
from pathlib import Path

import pytest

from web.lint_pages import NAMES, RIGHT, WRONG, RulePage, groups, read_part, rule_page
from workflows.lint import EXECUTABLE

FOLDER = Path(__file__).parents[2] / "workflows" / "lint" / "pages"


def page_of(rule: str) -> RulePage:
    page = rule_page(rule)
    assert page is not None
    return page


@pytest.mark.parametrize("rule", NAMES)
def test_the_right_example_is_without_findings(rule: str) -> None:
    assert page_of(rule).right.findings == ()


@pytest.mark.parametrize("rule", [name for name in NAMES if name != EXECUTABLE])
def test_the_wrong_example_is_found_by_its_rule_alone_at_its_element(rule: str) -> None:
    page = page_of(rule)
    assert {one.rule for one in page.wrong.findings} == {rule}
    assert page.element in [one.element for one in page.wrong.findings]


def test_each_rule_stands_in_the_index_once() -> None:
    listed = [page.rule for pages in groups().values() for page in pages]
    assert sorted(listed) == sorted(NAMES)


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    parts = {path.name.split(".", 1)[0] for path in FOLDER.iterdir()}
    assert parts == set(NAMES)
    sides = {f"{rule}.{side}.bpmn" for rule in NAMES for side in (WRONG, RIGHT)}
    assert sides <= {path.name for path in FOLDER.iterdir()}


@pytest.mark.parametrize("rule", NAMES)
def test_a_page_is_written_in_english_as_fully_as_in_indonesian(rule: str) -> None:
    written = tomllib.loads(read_part(f"{rule}.toml"))
    english = written["en"]
    same = {"elemen", "organisasi", "berkas", "en"}  # what the examples are made of
    assert english.keys() == written.keys() - same
    assert len(english["perbaikan"]) == len(written["perbaikan"])
    assert all(english.values())
    said = english.keys() - {"benar"}  # which may be nothing but a time or an expression
    assert [name for name in said if english[name] == written[name]] == []


def test_a_group_has_one_name_in_each_language() -> None:
    both = ((page_of(rule), rule_page(rule, "en")) for rule in NAMES)
    pairs = {(ours.group, theirs.group) for ours, theirs in both if theirs is not None}
    assert len(pairs) == len(groups()) == len(groups("en"))


def test_there_is_no_page_of_what_is_no_rule() -> None:
    assert rule_page("../finding") is None
