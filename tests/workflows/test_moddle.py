"""The editor's description of our namespace and what Python reads are the same names."""

import json
from pathlib import Path

from workflows.bpmn_xml import SOP
from workflows.vocabulary import ATTRIBUTES, ELEMENTS, PLACES

MODDLE = json.loads(
    (Path(__file__).parents[2] / "workflows" / "sop.moddle.json").read_text(encoding="utf-8")
)
TYPES = {one["name"]: one for one in MODDLE["types"]}


def lower_first(name: str) -> str:
    return name[0].lower() + name[1:]


def test_prefix_and_namespace() -> None:
    assert MODDLE["prefix"] == "sop"
    assert MODDLE["xml"] == {"tagAlias": "lowerCase"}
    assert SOP == f"{{{MODDLE['uri']}}}"


def test_elements_with_their_attributes_and_rows() -> None:
    described = {
        lower_first(name): (
            tuple(one["name"] for one in kind["properties"] if one.get("isAttr")),
            tuple(one["name"] for one in kind["properties"] if one.get("isMany")),
        )
        for name, kind in TYPES.items()
        if "superClass" in kind
    }
    assert described == dict(ELEMENTS)


def test_attributes_on_bpmn_elements() -> None:
    described: dict[str, tuple[str, ...]] = {}
    for kind in TYPES.values():
        for extended in kind.get("extends", []):
            tag = lower_first(extended.removeprefix("bpmn:"))
            described[tag] = tuple(one["name"] for one in kind["properties"])
    assert described == dict(ATTRIBUTES)


def test_elements_stand_where_they_are_read() -> None:
    described = {
        lower_first(name): {
            lower_first(one.removeprefix("bpmn:"))
            for one in kind.get("meta", {}).get("allowedIn", [])
        }
        for name, kind in TYPES.items()
        if "superClass" in kind
    }
    assert described == {name: set(places) for name, places in PLACES.items()}


def test_rows_are_plain_texts_or_elements_of_ours() -> None:
    for kind in TYPES.values():
        for one in kind["properties"]:
            assert [key for key in ("isAttr", "isMany", "isBody") if one.get(key)] != []
            assert not (one.get("isMany") and (one.get("isAttr") or one.get("isBody")))
            if one["type"] not in ("String", "Boolean"):
                assert one.get("isMany") and lower_first(one["type"]) == one["name"]
                assert one["name"] in ELEMENTS
