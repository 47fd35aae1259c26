"""From the bytes of a BPMN file to a definition that can be run, once per process and content."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from threading import Lock
from types import MappingProxyType

from lxml import etree

from engine.spiff.build import build
from engine.spiff.compiled import Compiled, Start
from workflows.decisions import Decision, InvalidDecisionError, read_decisions
from workflows.errors import InvalidSopError
from workflows.process.model import Node, Refusal
from workflows.process.nodes import all_nodes
from workflows.process.read import read_process
from workflows.reader import read_xml

_CACHE_SIZE = 256
_NO_FILES: Mapping[str, str] = MappingProxyType({})


class _Cache:
    """The definitions used last, by digest."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[str, Compiled] = OrderedDict()

    def get(self, digest: str) -> Compiled | None:
        with self._lock:
            if digest in self._held:
                self._held.move_to_end(digest)
            return self._held.get(digest)

    def put(self, compiled: Compiled) -> None:
        with self._lock:
            self._held[compiled.digest] = compiled
            while len(self._held) > _CACHE_SIZE:
                self._held.popitem(last=False)


_cache = _Cache()


def compile_definition(xml: bytes, files: Mapping[str, str] = _NO_FILES) -> Compiled:
    """`files` by name: of these the decisions (*.dmn) belong to what is run.

    Raises InvalidSopError, naming the element, for a file that would not be executed as it is
    drawn, its field `findings` lists all of them; InvalidDecisionError for a decision table.
    """
    digest = definition_digest(xml, files)
    compiled = _cache.get(digest)
    if compiled is None:
        compiled = _compile(read_xml(xml), files, digest)
        _cache.put(compiled)
    return compiled


def compile_draft(root: etree._Element, files: Mapping[str, str] = _NO_FILES) -> Compiled:
    """Like `compile_definition` for a tree that may be another one at the next stroke, so nothing
    is kept of it; its digest is empty."""
    return _compile(root, files, "")


def definition_digest(xml: bytes, files: Mapping[str, str] = _NO_FILES) -> str:
    """SHA-256 (hex) over the file and the decisions; of the file alone where there are none."""
    digest = sha256(xml)
    for name, text in sorted(files.items()):
        if name.endswith(".dmn"):
            for part in (
                name.encode("utf-8", "surrogatepass"),
                text.encode("utf-8", "surrogatepass"),
            ):
                digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _compile(root: etree._Element, files: Mapping[str, str], digest: str) -> Compiled:
    reading = read_process(root)
    _raise_first([one for one in reading.refusals if one.severity == "error"])
    container = reading.container
    nodes = list(all_nodes(container))
    decisions = _decisions(files)
    for node in nodes:
        asked = node.decision.decision if node.decision is not None else None
        if asked is not None and asked not in decisions:
            fields = {"element": node.id, "name": node.name, "decision": asked}
            raise InvalidSopError("decision_missing", **fields)
    starts = [one for one in container.nodes.values() if one.kind == "startEvent"]
    return Compiled(
        key=container.id,
        digest=digest,
        starts=tuple(_start(one) for one in starts),
        calls=frozenset(one.call.key for one in nodes if one.call is not None),
        spec=build(container, digest, decisions),
    )


def _raise_first(refused: Sequence[Refusal]) -> None:
    if not refused:
        return
    findings = [
        {"code": one.code, "element": one.element, "name": one.name, **one.fields}
        for one in refused
    ]
    first = refused[0]
    fields = {"element": first.element, "name": first.name, **first.fields}
    raise InvalidSopError(first.code, **fields, findings=findings)


def _decisions(files: Mapping[str, str]) -> dict[str, Decision]:
    found: dict[str, Decision] = {}
    for name, text in sorted(files.items()):
        if not name.endswith(".dmn"):
            continue
        try:
            more = read_decisions(text)
        except InvalidDecisionError as error:
            raise InvalidDecisionError(error.code, **{**error.fields, "file": name}) from error
        for decision in more:
            if decision in found:
                raise InvalidSopError("decision_twice", decision=decision, file=name)
        found |= more
    return found


def _start(node: Node) -> Start:
    trigger = node.trigger
    if trigger is None or trigger.kind not in ("message", "signal"):
        return Start(node.id, "none", "")
    return Start(node.id, "message" if trigger.kind == "message" else "signal", trigger.name)
