"""Small drawings out of single lines."""

from workflows.lint import Finding, Surroundings, lint
from workflows.reader import read_xml

_NAMES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:sop="urn:alurkerja:sop:1.0" id="d" targetNamespace="urn:contoh"'
)
CHOICE = (
    '{"components": [{"type": "radio", "key": "putusan", "values": ['
    '{"label": "Disetujui", "value": "setuju"}, {"label": "Ditolak", "value": "tolak"}]}]}'
)


def step(name: str, waktu: str = "30 menit", **attributes: str) -> str:
    """A step of the Sekretaris; `acuan` goes to its mutu baku, `inner` into it."""
    acuan, inner = attributes.pop("acuan", ""), attributes.pop("inner", "")
    anchored = f' acuan="{acuan}"' if acuan else ""
    ours = "".join(f' sop:{key}="{value}"' for key, value in attributes.items())
    return (
        f'<bpmn:userTask id="{name}" name="Memeriksa {name}"{ours}><bpmn:extensionElements>'
        f'<sop:mutuBaku waktu="{waktu}"{anchored}/></bpmn:extensionElements>{inner}</bpmn:userTask>'
    )


def flow(source: str, target: str, condition: str = "") -> str:
    written = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>"
    inner = written if condition else ""
    name = f"{source}_{target}"
    ends = f'name="{name}" sourceRef="{source}" targetRef="{target}"'
    return f'<bpmn:sequenceFlow id="{name}" {ends}>{inner}</bpmn:sequenceFlow>'


def chain(*names: str) -> str:
    return "".join(map(flow, names, names[1:]))


def decision(condition: str) -> str:
    """A gateway that leads to the end, or to it as well."""
    return (
        '<bpmn:exclusiveGateway id="pilih" name="Ya?" default="pilih_habis"/>'
        f'<bpmn:endEvent id="habis"/>{flow("pilih", "akhir", condition)}{flow("pilih", "habis")}'
    )


def drawing(*parts: str, lanes: str = "", total: str = "", outside: str = "") -> str:
    """`lanes`: instead of one lane with everything; `outside`: a declared property."""
    body = "".join(parts) + '<bpmn:startEvent id="awal"/><bpmn:endEvent id="akhir"/>'
    root = read_xml(_wrapped(body, "").encode())
    tags = {"userTask", "startEvent", "endEvent", "exclusiveGateway", "scriptTask", "serviceTask"}
    inside = [str(one.get("id")) for one in root[0] if str(one.tag).rpartition("}")[2] in tags]
    refs = "".join(f"<bpmn:flowNodeRef>{name}</bpmn:flowNodeRef>" for name in inside)
    lane = f'<bpmn:lane id="jalur" name="Sekretaris">{refs}</bpmn:lane>'
    sheet = (
        f'<bpmn:extensionElements><sop:identitas jumlahWaktu="{total}"/></bpmn:extensionElements>'
    )
    declared = f'<bpmn:property id="{outside}"/>' if outside else ""
    head = (sheet if total else "") + declared
    return _wrapped(f"{head}<bpmn:laneSet id='l'>{lanes or lane}</bpmn:laneSet>{body}", "")


def _wrapped(body: str, head: str) -> str:
    process = f'<bpmn:process id="contoh" name="Contoh" isExecutable="true">{head}{body}'
    return f"<bpmn:definitions {_NAMES}>{process}</bpmn:process></bpmn:definitions>"


def found(
    xml: str,
    rule: str,
    forms: dict[str, str] | None = None,
    surroundings: Surroundings | None = None,
) -> list[Finding]:
    """What this rule finds."""
    given = {"putusan.form": CHOICE} if forms is None else forms
    return [one for one in lint(read_xml(xml.encode()), given, surroundings) if one.rule == rule]
