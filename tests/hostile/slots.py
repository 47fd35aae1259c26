"""Puts every hostile text into every kind of place of a process where an expression may stand,
and runs it. A program of its own, so that its memory can be measured: prints one JSON object.

Usage: python slots.py <payloads.json>
"""

import json
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from engine.spiff import Surroundings, compile_definition, fire_timers, start
from workflows.errors import SopError
from workflows.workdays import default_calendar

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:sop="urn:alurkerja:sop:1.0" id="d" targetNamespace="urn:alurkerja:tests">'
    '<message id="m" name="surat"/><process id="p" isExecutable="true"><startEvent id="s"/>'
)
FLOW = '<sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'
TAIL = FLOW.format("s", "x") + '<endEvent id="z"/></process></definitions>'
ONWARD = FLOW.format("x", "z")
TIMER = '<intermediateCatchEvent id="x"><timerEventDefinition>{}</timerEventDefinition>'
TIMER += "</intermediateCatchEvent>" + ONWARD
LOOP = '<userTask id="x"><multiInstanceLoopCharacteristics>{}</multiInstanceLoopCharacteristics>'
LOOP += "</userTask>" + ONWARD
OURS = "<extensionElements>{}</extensionElements>"

# A place -> the process around it; {} is the text as XML, quotes included.
SLOTS = {
    "condition": '<exclusiveGateway id="x" default="x_z"/><userTask id="y"/>'
    '<sequenceFlow id="x_y" sourceRef="x" targetRef="y"><conditionExpression>{}'
    "</conditionExpression></sequenceFlow>" + ONWARD,
    "condition of a step": '<scriptTask id="x" default="x_z"><script>a = 1</script></scriptTask>'
    '<userTask id="y"/><sequenceFlow id="x_y" sourceRef="x" targetRef="y"><conditionExpression>{}'
    "</conditionExpression></sequenceFlow>" + ONWARD,
    "script": '<scriptTask id="x"><script>{}</script></scriptTask>' + ONWARD,
    "duration": TIMER.format("<timeDuration>{}</timeDuration>"),
    "date": TIMER.format("<timeDate>{}</timeDate>"),
    "working time": '<intermediateCatchEvent id="x"><timerEventDefinition sop:waktu="{}"/>'
    "</intermediateCatchEvent>" + ONWARD,
    "conditional event": '<intermediateCatchEvent id="x"><conditionalEventDefinition><condition>{}'
    "</condition></conditionalEventDefinition></intermediateCatchEvent>" + ONWARD,
    "cardinality": LOOP.format("<loopCardinality>{}</loopCardinality>"),
    "collection": LOOP.format("<loopDataInputRef>{}</loopDataInputRef>"),
    "completion": '<scriptTask id="x"><multiInstanceLoopCharacteristics><loopCardinality>3'
    "</loopCardinality><completionCondition>{}</completionCondition>"
    "</multiInstanceLoopCharacteristics><script>a = 1</script></scriptTask>" + ONWARD,
    "loop condition": '<scriptTask id="x"><standardLoopCharacteristics><loopCondition>{}'
    "</loopCondition></standardLoopCharacteristics><script>a = 1</script></scriptTask>" + ONWARD,
    "input": '<userTask id="x">'
    + OURS.format('<sop:masuk nama="a" nilai="{}"/>')
    + "</userTask>"
    + ONWARD,
    "output": '<scriptTask id="x">'
    + OURS.format('<sop:keluar nama="a" nilai="{}"/>')
    + "<script>a = 1</script></scriptTask>"
    + ONWARD,
    "request": '<serviceTask id="x">'
    + OURS.format('<sop:layanan jenis="luar" nama="n"><sop:isi nama="a" nilai="{}"/></sop:layanan>')
    + "</serviceTask>"
    + ONWARD,
    "key": '<receiveTask id="x" messageRef="m">'
    + OURS.format('<sop:kunci nama="a" nilai="{}"/>')
    + "</receiveTask>"
    + ONWARD,
    "payload": '<sendTask id="x" messageRef="m">'
    + OURS.format('<sop:isi nama="a" nilai="{}"/>')
    + "</sendTask>"
    + ONWARD,
    "decision": '<businessRuleTask id="x" sop:keputusan="k" sop:hasil="h"/>' + ONWARD,
}
# Places that are read alike; a text goes into one of each kind, and the next text into the next.
KINDS = (
    ("condition", "condition of a step", "conditional event", "completion", "loop condition"),
    ("input", "output", "request", "key", "payload"),
    ("duration", "date", "cardinality", "collection"),
    ("script",),
    ("working time",),
    ("decision",),
)
TABLE = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" '
    'namespace="urn:alurkerja:tests"><decision id="k" name="k"><decisionTable id="t">'
    '<input id="i"><inputExpression id="e"><text>{}</text></inputExpression></input>'
    '<output id="o" name="o"/><rule id="r"><inputEntry id="a"><text>{}</text></inputEntry>'
    '<outputEntry id="b"><text>{}</text></outputEntry></rule></decisionTable></decision>'
    "</definitions>"
)
DATA: dict[str, object] = {
    "x": [1, 2, 3],
    "a": 1,
    "data": {"a": "b" * 1000},
    "nama": "n" * 1000,
    "xs": list(range(1000)),
}


class Nothing:
    def in_force(self, key: str, day: date) -> None:
        return None

    def pinned(self, digest: str) -> None:
        return None


AROUND = Surroundings(default_calendar("Asia/Jakarta"), Nothing())  # type: ignore[arg-type]


def outcome(slot: str, text: str, cell: str = "") -> str:
    """refused: at deploy; incident: at run time; else how the case stands."""
    written = escape(text, {'"': "&quot;", "\n": "&#10;"})
    xml = (HEAD + SLOTS[slot].replace("{}", written) + TAIL).encode("utf-8", "replace")
    files = {"k.dmn": cell} if cell else {}
    try:
        compiled = compile_definition(xml, files)
    except SopError:
        return "refused"
    step = start(compiled, DATA, NOW, AROUND)
    if not step.finished and not step.incidents:
        step = fire_timers(compiled, step.state, step.data, NOW + timedelta(days=1), AROUND)
    return "incident" if step.incidents else "ran"


def cells(text: str) -> list[str]:
    written = escape(text)
    return [
        TABLE.format(written, "-", '"ya"'),
        TABLE.format("a", written, '"ya"'),
        TABLE.format("a", "-", written),
    ]


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    payloads = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for slot in SLOTS:  # what is loaded on first use is not the payload's
        outcome(slot, "a == 1", cells("a")[0] if slot == "decision" else "")
    before = peak()
    rows = []
    for number, payload in enumerate(payloads):
        for slot in (kind[number % len(kind)] for kind in KINDS):
            cell = cells(payload["text"])[number % 3] if slot == "decision" else ""
            began = time.process_time()
            try:
                found = outcome(slot, payload["text"], cell)
            except BaseException as error:  # whatever gets out is the finding
                found = f"escaped: {type(error).__name__}: {error}"[:300]
            rows.append([payload["name"], slot, found, time.process_time() - began])
    sys.stdout.write(json.dumps({"rows": rows, "slots": [*SLOTS], "grown": peak() - before}))


if __name__ == "__main__":
    main()
