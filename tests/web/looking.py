"""What tests in a real browser share: the screen of a cheap phone, and axe as the judge."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
# Only violations are collected: what axe tells of the rest takes two thirds of its time.
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
# The rules that the other theme of the same page can break.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
RUN = "([part, options]) => axe.run(part ?? document, options).then(found => found.violations)"


def log_in(page: Page, url: str, login: str) -> Page:
    """By the form; where that is not what a test is about, the fixture `enter` is quicker."""
    page.goto(f"{url}/masuk")
    page.get_by_label("Nama pengguna").fill(login)
    page.get_by_label("Kata sandi", exact=True).fill("contoh-alur")
    page.get_by_role("button", name="Masuk", exact=True).click()
    return page


def violations(
    page: Page, rules: dict[str, object] = WCAG, part: str | None = None
) -> list[tuple[str, str]]:
    """What axe says against the page, or a part of it: the rule and the first element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, [part, rules])
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def unfold(page: Page, within: str = "main") -> None:
    """Open everything that is folded, those too of which only one may be open."""
    page.locator(f"{within} details").evaluate_all(
        "all => { for (const one of all) { one.removeAttribute('name'); one.open = true; } }"
    )


def look_at(page: Page, part: str | None = None) -> None:
    """Nothing sticks out of the screen, and nobody is kept from reading it, in either theme."""
    size = page.viewport_size
    assert size and page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url
    for scheme, rules in (("light", WCAG), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        assert violations(page, rules, part) == [], (page.url, scheme)
    page.emulate_media(color_scheme="light")
