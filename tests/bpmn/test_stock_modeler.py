"""The editor of any bpmn.io tool opens, changes and saves a shipped file without losing what is
ours: nobody has to use our studio."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.drawn_ladders import with_ladders
from workflows.bpmn_xml import read_xml
from workflows.compare import Version, compare_versions

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "bpmn").glob("*/*.bpmn"))
MODELER = ROOT / "web/frontend/node_modules/bpmn-js/dist/bpmn-modeler.production.min.js"
RENAME = """async (xml) => {
  const modeler = new BpmnJS({ container: document.body });
  const { warnings } = await modeler.importXML(xml);
  const end = modeler.get('elementRegistry').find((one) => one.type === 'bpmn:EndEvent');
  modeler.get('modeling').updateLabel(end, 'Diganti di alat lain');
  const saved = await modeler.saveXML({ format: true });
  return { xml: saved.xml, warnings: warnings.map((one) => one.message) };
}"""


@pytest.mark.browser
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_stock_editor_changes_only_what_was_changed(browser: Browser, path: Path) -> None:
    page = browser.new_page()
    page.set_content("<body style='height: 600px'></body>")
    page.add_script_tag(path=MODELER)
    before = with_ladders(path.read_text("utf-8"))
    after = page.evaluate(RENAME, before)
    page.close()
    assert after["warnings"] == []
    sides = (Version(read_xml(text.encode()), {}) for text in (before, after["xml"]))
    found = compare_versions(*sides)
    assert [(one.kind, [c.field for c in one.changes]) for one in found.simpul] == [
        ("changed", ["nama"])
    ]
    rest = (found.proses, found.identitas, found.pelaksana, found.kegiatan, found.alur)
    assert not any(rest)
