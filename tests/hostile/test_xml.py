"""Files made to hurt: each is refused, or read without harm, within a second and 50 megabytes."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TypeVar

import pytest

from workflows.bpmn_xml import read_xml
from workflows.errors import InvalidSopError
from workflows.lint import MAX_PER_RULE, RULES, lint
from workflows.process.read import read_process

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OPEN = f'<definitions xmlns="{MODEL}" xmlns:sop="urn:alurkerja:sop:1.0" id="d">'
PROCESS = '<process id="p" isExecutable="true">'
CLOSE = "</process></definitions>"
SECRET = "rahasia-mesin-ini"
SECONDS, MEGABYTES = 3.0, 50
T = TypeVar("T")


def inside(content: str, head: str = "", tail: str = "") -> bytes:
    return f"{head}{OPEN}{PROCESS}{content}{CLOSE}{tail}".encode()


def node(tag: str, name: str, content: str = "", attributes: str = "") -> str:
    return f'<{tag} id="{name}" {attributes}>{content}</{tag}>'


def flow(source: str, target: str, name: str = "") -> str:
    name = name or f"{source}_{target}"
    return f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}"/>'


PLAIN = node("startEvent", "a") + node("userTask", "x") + flow("a", "x")
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
QUADRATIC = f'<!ENTITY q "{"x" * 100_000}">'
DEEP_IF = "(" * 100_000

DOCTYPES = {
    "billion laughs": inside("&l9;", f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>'),
    "quadratic blow-up": inside("&q;" * 20_000, f"<!DOCTYPE d [{QUADRATIC}]>"),
    "external file": inside("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///RAHASIA">]>'),
    "external http": inside("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>'),
    "parameter entity": inside("", '<!DOCTYPE d [<!ENTITY % x SYSTEM "file:///RAHASIA"> %x;]>'),
    "nested parameters": inside(
        "", '<!DOCTYPE d [<!ENTITY % a "<!ENTITY &#37; b SYSTEM \'file:///RAHASIA\'>"> %a; %b;]>'),
    "external dtd": inside("", '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "public dtd": inside("", '<!DOCTYPE d PUBLIC "-//X//EN" "file:///RAHASIA">'),
    "attribute defaults": inside(
        PLAIN, '<!DOCTYPE d [<!ATTLIST userTask name CDATA "diam-diam">]>'),
    "attribute entity": inside(
        '<userTask id="x" name="&x;"/>', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///RAHASIA">]>'),
    "bare": inside("", "<!DOCTYPE definitions>"),
    "after a comment": inside("", "<!-- x --><!DOCTYPE d [<!ENTITY x 'y'>]>"),
}  # fmt: skip

LATIN = f'<?xml version="1.0" encoding="UTF-8"?>{OPEN}{PROCESS}{PLAIN}{CLOSE}'
EVIL = f"<!DOCTYPE d [<!ENTITY x 'y'>]>{OPEN}{PROCESS}&x;{CLOSE}"
ENCODED = {
    "utf-16 with mark": EVIL.encode("utf-16"),
    "utf-16 le": EVIL.encode("utf-16-le"),
    "utf-16 be": EVIL.encode("utf-16-be"),
    "utf-16 le marked": b"\xff\xfe" + LATIN.replace("UTF-8", "UTF-16").encode("utf-16-le"),
    "utf-16 be marked": b"\xfe\xff" + LATIN.replace("UTF-8", "UTF-16").encode("utf-16-be"),
    "utf-16 declared in utf-8": LATIN.replace("UTF-8", "UTF-16").encode(),
    "utf-32": EVIL.encode("utf-32"),
    "utf-32 be": EVIL.encode("utf-32-be"),
    "utf-7": LATIN.replace("UTF-8", "UTF-7").encode("utf-7"),
    "utf-7 hidden doctype": (
        '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE d [+ADwAIQ-ENTITY x "y">]>'
        + OPEN + PROCESS + CLOSE).encode(),
    "ebcdic": LATIN.replace("UTF-8", "cp037").encode("cp037"),
    "ebcdic declared": LATIN.replace("UTF-8", "IBM037").encode(),
    "latin-1": LATIN.replace("UTF-8", "ISO-8859-1").encode(),
    "shift-jis": LATIN.replace("UTF-8", "Shift_JIS").encode(),
    "unknown": LATIN.replace("UTF-8", "x-user-defined").encode(),
    "lone surrogate": OPEN.encode() + "<a>\ud83d</a>".encode("utf-8", "surrogatepass"),
    "overlong": OPEN.encode() + b"<a>\xc0\xbc</a></definitions>",
    "nul": inside(PLAIN.replace('"x"', '"x\0"')),
    "control letters": inside("<documentation>\x01\x08</documentation>"),
    "not a letter": inside("<documentation>&#0;</documentation>"),
    "half a mark": b"\xef\xbb" + LATIN.encode(),
}  # fmt: skip


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.bpmn", " " * 10_000_000)
    return buffer.getvalue()


def many(count: int) -> str:
    return "".join(node("userTask", f"n{n}") for n in range(count))


BROKEN = {
    "empty": b"",
    "blank": b" \n\t ",
    "binary": bytes(range(256)) * 40,
    "zip": zipped(),
    "html": b"<!doctype html><html><body></body></html>",
    "json": b'{"type": "default"}',
    "truncated": inside(PLAIN)[:-30],
    "two roots": inside(PLAIN) + inside(PLAIN),
    "text after the end": inside(PLAIN) + b"x",
    "unclosed cdata": inside("<documentation><![CDATA[x</documentation>"),
    "unclosed comment": inside("<!-- "),
    "undeclared entity": inside("&rahasia;"),
    "undeclared prefix": inside("<zz:a/>"),
    "same attribute twice": inside('<userTask id="x" id="y"/>'),
    "depth of 100,000": inside("<a>" * 100_000 + "</a>" * 100_000),
    "depth of 100,000, unclosed": inside("<a>" * 100_000),
    "depth of subprocesses": inside(
        "".join(f'<subProcess id="s{n}">' for n in range(5_000)) + "</subProcess>" * 5_000),
    "200,000 elements": inside("<a/>" * 200_000),
    "a million attributes": inside(
        f"<userTask {' '.join(f'a{n}=&quot;&quot;' for n in range(1_000_000))}/>".replace(
            "&quot;", '"')),
    "too large": inside("x" * 3_000_000),
    "an id of a megabyte": inside(node("userTask", "x" * 1_000_000)),
    "a text of 20 megabytes": inside(f"<documentation>{'x' * 20_000_000}</documentation>"),
    "duplicate ids": inside(node("userTask", "x") * 2),
    "an id with quotes": inside('<userTask id=\'x" or "1"="1\'/>'),
    "an id for XPath": inside("<userTask id=\"x']|//*['\"/>"),
    "an id of blanks": inside('<userTask id="a b"/>'),
    "a reference for XPath": inside(PLAIN + "<sequenceFlow id='f' sourceRef='x' "
                                    "targetRef='zz\" or @id=\"x'/>"),
    "a message for XPath": inside("<receiveTask id='x' messageRef='zz\" or @id=\"M'/>"),
    "a flow to a lane": inside(PLAIN + '<laneSet><lane id="l"/></laneSet>' + flow("x", "q")),
    "another namespace": LATIN.replace("20100524", "20110101").encode(),
    "no namespace": LATIN.replace(f'xmlns="{MODEL}"', "").encode(),
    "a namespace that only looks alike": LATIN.replace("MODEL", "MODEL ").encode(),
    "another root": f'<process xmlns="{MODEL}" id="p"/>'.encode(),
    "no process": f"{OPEN}</definitions>".encode(),
    "several processes": inside(PLAIN, tail="").replace(
        b"</definitions>", b'<process id="q" isExecutable="true"/></definitions>'),
    "not executable": inside(PLAIN).replace(b'"true"', b'"TRUE"'),
}  # fmt: skip


def cycle(count: int) -> str:
    """Sub-processes cannot hold each other in XML; calls can, and so can links and borders."""
    return "".join(
        node("boundaryEvent", f"b{n}", "", f'attachedToRef="b{(n + 1) % count}"')
        for n in range(count)
    )


def branches(count: int) -> str:
    ways = "".join(
        node("userTask", f"n{n}") + flow("g", f"n{n}") + flow(f"n{n}", "j") for n in range(count)
    )
    gateways = node("parallelGateway", "g") + node("parallelGateway", "j")
    return node("startEvent", "a") + gateways + ways + flow("a", "g")


def link(name: str, tag: str, label: str) -> str:
    return node(tag, name, f'<linkEventDefinition name="{label}"/>')


REFUSED_BY_THE_READER = {
    "a call of itself": PLAIN + node("callActivity", "c", "", 'calledElement="p"') + flow("x", "c"),
    "a border of a border": PLAIN + cycle(50),
    "a border of itself": PLAIN + node("boundaryEvent", "b", "", 'attachedToRef="b"'),
    "a flow into a lane": PLAIN + '<laneSet><lane id="l"/></laneSet>' + flow("x", "l"),
    "a flow into a flow": PLAIN + flow("x", "a_x"),
    "a flow into the process": PLAIN + flow("x", "p"),
    "links without an end": PLAIN + link("t", "intermediateThrowEvent", "A") + flow("x", "t"),
    "an expression of a megabyte": PLAIN.replace(flow("a", "x"), "") + (
        '<sequenceFlow id="f" sourceRef="a" targetRef="x"><conditionExpression>'
        f"{DEEP_IF}</conditionExpression></sequenceFlow>"),
    "5,000 events on one step": PLAIN + "".join(
        node("boundaryEvent", f"b{n}", "", 'attachedToRef="x"') for n in range(5_000)),
    "5,000 ends of one link": PLAIN + "".join(
        link(f"c{n}", "intermediateCatchEvent", "A") for n in range(5_000)),
    "5,000 definitions in one event": PLAIN + node(
        "intermediateCatchEvent", "e", "<timerEventDefinition/>" * 5_000),
    "5,000 lists in one loop": node("startEvent", "a") + flow("a", "x") + node(
        "userTask", "x", "<multiInstanceLoopCharacteristics/>" * 5_000),
    "5,000 unreached steps": PLAIN + many(5_000),
    "a prefix of ours for another namespace": PLAIN + (
        '<serviceTask id="s" xmlns:sop="urn:lain"><extensionElements><sop:layanan jenis="luar" '
        'nama="a"/></extensionElements></serviceTask>') + flow("x", "s"),
}  # fmt: skip
READ_WITHOUT_HARM = {
    "5,000 parallel branches": branches(4_900),
    "a loop of links": node("startEvent", "a") + link("c", "intermediateCatchEvent", "A")
        + node("exclusiveGateway", "g", "", 'default="g_x"') + node("userTask", "x")
        + link("t1", "intermediateThrowEvent", "A") + link("t2", "intermediateThrowEvent", "A")
        + flow("a", "t1") + flow("c", "g") + flow("g", "x")
        + '<sequenceFlow id="lagi" sourceRef="g" targetRef="t2"><conditionExpression>ulang'
          "</conditionExpression></sequenceFlow>",
    "a loop without a wait": node("startEvent", "a") + node("exclusiveGateway", "g")
        + flow("a", "g") + flow("g", "g"),
    "style sheets and instructions": "<?xml-stylesheet href='http://127.0.0.1:9/x.xsl'?>"
        "<?php system('id') ?>" + PLAIN,
    "cdata": PLAIN + "<documentation><![CDATA[<!DOCTYPE d [<!ENTITY x 'y'>]>]]></documentation>",
    "comments": "<!-- <!DOCTYPE x> -->" * 1_000 + PLAIN,
    "an endless schema location": PLAIN.replace(
        "<startEvent", '<startEvent xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="a http://127.0.0.1:9/x.xsd"'),
    "xml:base": PLAIN.replace("<startEvent", '<startEvent xml:base="file:///RAHASIA"'),
    "names of Python": node("startEvent", "__class__") + node("userTask", "__init__")
        + flow("__class__", "__init__"),
}  # fmt: skip


def measured(work: Callable[[], T], seconds: float = SECONDS) -> T:
    """Run it within a second of the processor's own time; the machine may be busy."""
    started = process_time()
    try:
        return work()
    finally:
        assert process_time() - started < seconds


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rahasia") / "rahasia.txt"
    path.write_text(SECRET)
    return path


def with_secret(data: bytes, secret: Path) -> bytes:
    return data.replace(b"/RAHASIA", str(secret).encode())


def refusal(data: bytes) -> InvalidSopError:
    with pytest.raises(InvalidSopError) as caught:
        measured(lambda: read_xml(data))
    assert SECRET not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("name", DOCTYPES)
def test_no_doctype_at_all(name: str, secret: Path) -> None:
    assert refusal(with_secret(DOCTYPES[name], secret)).code == "forbidden_doctype"


@pytest.mark.parametrize("name", ENCODED)
def test_other_encodings(name: str) -> None:
    codes = ("unsupported_encoding", "malformed_xml", "forbidden_doctype")
    assert refusal(ENCODED[name]).code in codes


INCLUDE = (
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///RAHASIA" parse="text"/>'
)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN + INCLUDE,
        PLAIN + f'<documentation id="catatan">{INCLUDE}</documentation>',
        PLAIN + f"<extensionElements><lain>{INCLUDE}</lain></extensionElements>",
        PLAIN + INCLUDE.replace("xi:include", "xi:fallback"),
    ],
)
def test_no_other_file_is_brought_in(content: str, secret: Path) -> None:
    error = refusal(with_secret(inside(content), secret))
    assert error.code == "forbidden_xinclude"
    assert error.fields["element"] in ("p", "catatan") and error.fields["line"]


SLOW = {
    "a group of blanks": "<potentialOwner><resourceAssignmentExpression><formalExpression>group("
        + " " * 300_000 + "</formalExpression></resourceAssignmentExpression></potentialOwner>",
    "many groups": "<potentialOwner><resourceAssignmentExpression><formalExpression>"
        + "group( " * 50_000 + "</formalExpression></resourceAssignmentExpression>"
        "</potentialOwner>",
    "a list of blanks": '<extensionElements><zeebe:assignmentDefinition '
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" candidateGroups="=' + " " * 300_000
        + "[" + " " * 300_000 + 'x"/></extensionElements>',
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_names_of_groups_are_read_at_once(name: str) -> None:
    step = f'<userTask id="x">{SLOW[name]}</userTask>'
    root = read_xml(inside(node("startEvent", "a") + step + flow("a", "x")))
    assert measured(lambda: read_process(root)).container.nodes["x"].kind == "userTask"
    measured(lambda: lint(root), 2 * SECONDS)


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_process(name: str) -> None:
    error = refusal(BROKEN[name])
    assert len(str(error)) < 1_000
    assert name != "not executable" or error.fields["reason"] == "not_executable"


def judged(content: str, secret: Path) -> set[str]:
    """The codes of what is refused."""
    data = with_secret(inside(content), secret)
    root = measured(lambda: read_xml(data))
    reading = measured(lambda: read_process(root))
    assert SECRET not in repr(reading)
    return {one.code for one in reading.refusals if one.severity == "error"}


@pytest.mark.parametrize("name", REFUSED_BY_THE_READER)
def test_what_is_refused_by_its_element(name: str, secret: Path) -> None:
    try:
        codes = judged(REFUSED_BY_THE_READER[name], secret)
    except InvalidSopError as error:
        assert error.fields["element"]  # the reference leads to nothing
    else:
        assert codes


@pytest.mark.parametrize("name", READ_WITHOUT_HARM)
def test_what_is_read_without_harm(name: str, secret: Path) -> None:
    assert judged(READ_WITHOUT_HARM[name], secret) == set()


@pytest.mark.parametrize("name", [*REFUSED_BY_THE_READER, *READ_WITHOUT_HARM])
def test_the_lint_tells_in_short(name: str, secret: Path) -> None:
    content = (REFUSED_BY_THE_READER | READ_WITHOUT_HARM)[name]
    root = read_xml(with_secret(inside(content), secret))
    try:
        findings = measured(lambda: lint(root), 2 * SECONDS)
    except InvalidSopError:
        return  # a flow that leads to no node: the drawing cannot even be walked
    assert all(len(one.message) < 600 and SECRET not in one.message for one in findings)
    assert len(findings) <= 2 * MAX_PER_RULE * len(RULES)


MEASURE = """
import resource, sys
from tests.hostile import test_xml as made
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
files = [*made.DOCTYPES.values(), *made.ENCODED.values(), *made.BROKEN.values()]
drawn = made.REFUSED_BY_THE_READER | made.READ_WITHOUT_HARM
files += [made.inside(content) for content in drawn.values()]
before = peak()
for data in files:
    try:
        made.read_process(made.read_xml(data))
    except made.InvalidSopError:
        pass
print((peak() - before) // 1024)
"""


def test_the_memory_of_a_whole_process_holds() -> None:
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=root, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) < MEGABYTES
