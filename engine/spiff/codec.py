"""The stored state of a case: what is open, as bytes; neither the definition nor the case's data.

A header with a version, then JSON in the order of making. User data occurs only as the variables
of scopes and what events brought, and is never given a meaning: no type tags, no sorted keys.
"""

import json
from typing import Any

from engine.errors import StuckError
from engine.spiff.activities import CALLED
from engine.spiff.compiled import Compiled
from engine.spiff.scope import Scope
from engine.spiff.tokens import Part, Token
from engine.spiff.upgrade import from_version_1

_HEADER = b"alur-state/"
VERSION = 2
_to_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

# A part: id of its host ("" for the process itself), id and marks of its root, and its tokens in
# the order of their making: id, state, name of the node, marks.
Row = list[Any]
Content = list[list[Any]]


def dump(top: Part) -> bytes:
    return encode([part_row(part) for part in top.all_parts()])


def encode(content: Content) -> bytes:
    return b"%b%d\n%b" % (_HEADER, VERSION, _to_json(content).encode("utf-8", "surrogatepass"))


def load(compiled: Compiled, state: bytes, scope: Scope) -> Part:
    """The case as it was. Raises StuckError for a state that this version cannot read or that
    belongs to another definition."""
    content = decode(state, compiled)
    top = Part(compiled.spec, None, content[0][1])
    top.scope = scope
    held = _restore(top, content[0])
    for row in content[1:]:
        host = held.get(row[0])
        if host is None:
            raise StuckError("state_unreadable", definition=compiled.key)
        held |= _restore(Part(_spec_of(host, scope), host, row[1]), row)
    return top


def decode(state: bytes, compiled: Compiled) -> Content:
    """The content of a state of any version. Raises StuckError."""
    header, _, body = state.partition(b"\n")
    try:
        version = int(header.removeprefix(_HEADER)) if header.startswith(_HEADER) else 0
        content: Any = json.loads(body.decode("utf-8", "surrogatepass")) if version else None
    except ValueError:
        raise StuckError("state_unreadable", definition=compiled.key) from None
    if version == 1:
        flows = {(one.source, one.target): one.id for one in compiled.flows}
        content = from_version_1(content, flows)
    elif version != VERSION:
        found = header[:40].decode("ascii", "replace")
        raise StuckError("state_version_unknown", found=found, definition=compiled.key)
    assert isinstance(content, list)
    return content


def _spec_of(host: Token, scope: Scope) -> Any:
    called = host.internal_data.get(CALLED)
    if called is not None:
        return scope.around.definitions.pinned(called).spec
    return host.task_spec.content


def part_row(part: Part) -> list[Any]:
    """One part as it is stored."""
    root = part.task_tree
    host = part.host.id if part.host is not None else ""
    return [host, root.id, root.internal_data, [_row(token) for token in part.live()]]


def _row(token: Token) -> Row:
    return [token.id, token.state, token.task_spec.name, token.internal_data]


def _restore(part: Part, row: list[Any]) -> dict[str, Token]:
    root = part.task_tree
    root.internal_data = row[2]
    specs = part.spec.task_specs
    held = {}
    for identity, state, node, marks in row[3]:
        spec = specs.get(node)
        if spec is None:
            raise StuckError("state_of_another_definition", node=node)
        token = Token(part, spec, root, state, identity)
        token.internal_data = marks
        held[identity] = token
    return held
