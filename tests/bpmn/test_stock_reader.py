"""bpmn-moddle, the reader of every bpmn.io tool, opens the shipped files without complaint."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "web" / "frontend"
NODE = Path(sys.executable).with_name("node")
SHIPPED = sorted((ROOT / "bpmn").glob("*/*.bpmn"))
SCRIPT = """
import { readFileSync } from 'node:fs';
import { BpmnModdle } from 'bpmn-moddle';
const [file, descriptor] = process.argv.slice(1);
const extensions = descriptor ? { sop: JSON.parse(readFileSync(descriptor, 'utf8')) } : {};
const moddle = new BpmnModdle(extensions);
const read = await moddle.fromXML(readFileSync(file, 'utf8'));
const { xml } = await moddle.toXML(read.rootElement, { format: true });
console.log(JSON.stringify({ warnings: read.warnings.map(w => w.message), xml }));
"""


def read(file: Path, *descriptor: Path) -> dict[str, object]:
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", SCRIPT, file, *descriptor],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("descriptor", [(), (ROOT / "workflows/sop.moddle.json",)])
def test_the_file_is_read_without_warnings_and_written_without_loss(file, descriptor) -> None:
    answer = read(file, *descriptor)
    assert answer["warnings"] == []
    assert str(answer["xml"]).strip() == file.read_text("utf-8").strip()
