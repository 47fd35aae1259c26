"""The pages of the studio as somebody without JavaScript uses them: links and forms."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import html
from werkzeug.test import TestResponse

from engine.usecases import sop_drafts
from tests.web.conftest import KEY, Site, Visitor


@dataclass
class Desk:
    """One person's browser; `page` is the page that it shows."""

    visitor: Visitor
    page: str = field(default="", init=False)
    status: int = field(default=0, init=False)

    def open(self, path: str) -> str:
        return self._show(self.visitor.get(path, follow_redirects=True))

    def send(self, ends: str, **typed: str | list[str]) -> str:
        """Fill in and send the form of the page whose address ends so."""
        form = next(one for one in self.forms() if str(one.action).endswith(ends))
        values: dict[str, object] = dict(form.form_values())
        action = str(form.action)
        sent = {**values, **typed}
        return self._show(self.visitor.client.post(action, data=sent, follow_redirects=True))

    def again(self, path: str, **typed: str) -> str:
        """Send a form that this page does not show any more: another window, a second press."""
        token = html.fromstring(self.page).xpath("string(//input[@name='csrf_token']/@value)")
        sent = {"csrf_token": token, **typed}
        return self._show(self.visitor.client.post(path, data=sent, follow_redirects=True))

    def forms(self) -> list[html.FormElement]:
        return list(html.fromstring(self.page).forms)

    def offers(self, ends: str) -> bool:
        return any(str(one.action).endswith(ends) for one in self.forms())

    def _show(self, answer: TestResponse) -> str:
        self.page, self.status = answer.text, answer.status_code
        return self.page

    @property
    def text(self) -> str:
        """All that the page says, without its markup."""
        return " ".join(html.fromstring(self.page).text_content().split())


def draw(site: Site, draft_id: int, before: str, after: str) -> None:
    """Change the drawing as the editor would."""
    owner = site.actor("pengelola")
    now = sop_drafts.read_sop_draft(site.app, owner, draft_id, site.now)
    assert before in now.xml
    text = now.xml.replace(before, after).encode()
    sop_drafts.save_sop_draft(
        site.app, owner, draft_id, text, now.forms, site.now, revision=now.line.revision
    )


def begin_drawn(site: Site) -> int:
    """A draft of the shipped SOP in which one step is called otherwise."""
    owner = site.actor("pengelola")
    made = sop_drafts.create_draft_from_version(site.app, owner, KEY, None, site.now)
    draw(site, made.line.id, 'name="Sekretaris"', 'name="Sekretaris Badan"')
    return made.line.id
