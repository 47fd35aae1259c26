"""From the bytes of a BPMN file to a definition that can be run, once per process and content."""

from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any

from engine.spiff import subset
from engine.spiff.parser import Parser
from workflows.bpmn_xml import find_process, read_xml

_CACHE_SIZE = 256


@dataclass(frozen=True, slots=True)
class Compiled:
    """A definition ready to run. Shared between threads; running a case changes nothing in it."""

    key: str
    digest: str
    spec: Any = field(repr=False)
    subprocess_specs: dict[str, Any] = field(repr=False)


class _Cache:
    """The definitions used last, by the digest of their bytes."""

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


def compile_definition(xml: bytes) -> Compiled:
    """Raises InvalidSopError, naming the element, for a file that would not be executed as it is
    drawn or that holds an expression that does not compile."""
    digest = sha256(xml).hexdigest()
    compiled = _cache.get(digest)
    if compiled is None:
        compiled = _compile(xml, digest)
        _cache.put(compiled)
    return compiled


def _compile(xml: bytes, digest: str) -> Compiled:
    root = read_xml(xml)
    process = find_process(root)
    subset.check(process)
    key = process.get("id", "")
    parser = Parser()
    parser.add_bpmn_xml(root)
    return Compiled(key, digest, parser.get_spec(key), parser.get_subprocess_specs(key))
