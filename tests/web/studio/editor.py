"""The editor as a test drives it: the mouse and the keyboard, and what is in the database after."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from playwright.sync_api import Locator, Page, expect

from engine.usecases import sop_drafts
from tests.web.conftest import KEY, Site
from workflows.bpmn_xml import read_xml
from workflows.drawing import Drawing, read_drawing

OWNER = "pengelola"
LOOK = """() => Object.fromEntries(alurStudio.studio.registry.getAll().map((one) => [one.id,
    JSON.stringify(one.waypoints ?? [one.x, one.y, one.width, one.height]) +
    JSON.stringify(one.businessObject.name ?? '')]))"""


@dataclass
class Editor:
    """The open editor of one draft in one browser tab."""

    page: Page
    site: Site
    draft_id: int

    def open(self) -> Editor:
        self.page.goto(self.address)
        self.page.wait_for_selector("#studio[data-siap]")
        return self

    @property
    def address(self) -> str:
        return f"/studio/{self.draft_id}"

    def element(self, name: str) -> Locator:
        return self.page.locator(f'.djs-element[data-element-id="{name}"]').first

    def select(self, name: str) -> None:
        self.element(name).click()

    def pad(self, action: str) -> None:
        self.page.locator(f'.djs-context-pad.open [data-action="{action}"]').click()

    def field(self, name: str) -> Locator:
        return self.page.locator(f'.studio-panel [name="{name}"]:visible')

    def fill(self, name: str, text: str) -> None:
        self.field(name).fill(text)
        self.field(name).press("Tab")

    def add_row(self, button: str, text: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def wait_until_saved(self) -> None:
        """Not by us, but by itself."""
        expect(self.status).to_have_attribute("data-keadaan", "saved", timeout=15_000)

    @property
    def status(self) -> Locator:
        return self.page.locator(".studio-status")

    def notice(self, about: str) -> Locator:
        return self.page.locator(f'.studio-notices [data-perihal="{about}"]')

    def undo(self, times: int = 1) -> None:
        for _ in range(times):
            self.page.get_by_role("button", name="Urungkan (Ctrl+Z)").click()

    def look(self) -> dict[str, str]:
        """Where everything stands and what it is called."""
        found: dict[str, str] = self.page.evaluate(LOOK)
        return found

    def ids(self) -> set[str]:
        return set(self.look())

    def saved_root(self) -> etree._Element:
        draft = sop_drafts.read_sop_draft(
            self.site.app, self.site.actor(OWNER), self.draft_id, self.site.now
        )
        return read_xml(draft.xml.encode())

    def saved(self) -> Drawing:
        return read_drawing(self.saved_root())


def begin(site: Site) -> int:
    """A draft of the shipped SOP."""
    actor = site.actor(OWNER)
    return sop_drafts.create_draft_from_version(site.app, actor, KEY, None, site.now).line.id
