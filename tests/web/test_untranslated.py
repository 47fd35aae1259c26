"""No page says anything outside the catalogues: literal words in templates, attributes, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SCRIPTS = sorted((WEB / "frontend" / "src").rglob("*.ts"))
JINJA = re.compile(
    r"\{% block page_class %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)
WORD = re.compile(r"[^\W\d_]{2,}")
SPOKEN = {"alt", "aria-label", "aria-description", "content", "label", "placeholder", "title"}
# Names and signs that are the same in every language.
NAMES = {
    "Alur",
    "SOP",
    "BPMN",
    "PDF",
    "CSV",
    "Rp",
    "Plt",
    "Plh",
    "NIP",
    "TOTP",
    "XML",
    "SHA",
    "UTC",
}
KEYS = {"Enter", "Esc", "Escape", "Ctrl", "Shift", "Tab"}
SILENT = ("script", "style", "code", "kbd")  # the latter two show what is typed
# A macro may be nothing but attributes.
ATTRIBUTES = re.compile(
    r'[\w-]+="[^"]*"|\b(?:autofocus|required|checked|selected|disabled|hidden)\b'
)
TECHNICAL = re.compile(r"width=device-width|light dark|#\w+|noindex")


class Words(HTMLParser):
    """Collects what a reader would see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        given = dict(attrs)
        if tag == "meta" and given.get("name") not in ("description",):
            return
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(ATTRIBUTES.sub(" ", data))


def literal_words(source: str) -> set[str]:
    """The words of a template that are not made by an expression."""
    parser = Words()
    parser.feed(JINJA.sub(" ", source))
    parser.close()
    texts = (text for text in parser.found if not TECHNICAL.search(text))
    return {word for text in texts for word in WORD.findall(text)} - NAMES - KEYS


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_says_nothing_by_itself(path: Path) -> None:
    assert literal_words(path.read_text("utf-8")) == set()


def test_literal_words_are_found_where_they_can_stand() -> None:
    source = '<p title="Judul">{{ _("Ya") }} Tidak<i aria-label="{{ x }} Label"></i></p>'
    assert literal_words(source) == {"Judul", "Tidak", "Label"}


def spoken_texts(source: str) -> Iterator[str]:
    """Texts that a script would put on a page by itself."""
    assigned = r"(?:textContent|innerText|innerHTML|title|placeholder|ariaLabel)\s*\+?=\s*"
    called = r"(?:alert|confirm|prompt|setCustomValidity|append|prepend)\(\s*"
    for found in re.finditer(rf"(?:{assigned}|{called})(['\"`])(.*?)\1", source):
        if WORD.search(re.sub(r"\$\{.*?\}", "", found[2])):
            yield found[2]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_says_nothing_by_itself(path: Path) -> None:
    """What it says comes from the page, in the reader's language."""
    assert [*spoken_texts(path.read_text("utf-8"))] == []


def test_spoken_texts_are_found() -> None:
    assert [*spoken_texts("a.textContent = 'Tersimpan'; b.append(`${x} draf`);")] == [
        "Tersimpan",
        "${x} draf",
    ]
