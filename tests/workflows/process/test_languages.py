"""The languages of expressions, wherever one is written."""

import pytest

from tests.workflows.process.models import SHARED, around, drawn, file, found, node, nodes, timer
from workflows.bpmn_xml import read_xml
from workflows.process.model import Refusal
from workflows.process.nodes import all_nodes
from workflows.process.read import read_process

MULTIPLE = "multiInstanceLoopCharacteristics"
LIST = "<loopDataInputRef>daftar</loopDataInputRef>"
# Place -> (the drawing with an expression there, its element).
PLACES = {
    "condition": (drawn("boundaryEvent", "<conditionalEventDefinition><condition>a</condition>"
                        "</conditionalEventDefinition>"), "v"),
    "loopCondition": (around(node("userTask", "x", "<standardLoopCharacteristics><loopCondition>a"
                                  "</loopCondition></standardLoopCharacteristics>")), "x"),
    "completionCondition": (around(node("userTask", "x", f"<{MULTIPLE}>{LIST}<completionCondition>a"
                                        f"</completionCondition></{MULTIPLE}>")), "x"),
    "loopCardinality": (around(node("userTask", "x", f"<{MULTIPLE}><loopCardinality>a"
                                    f"</loopCardinality></{MULTIPLE}>")), "x"),
    "timeDuration": (drawn("boundaryEvent", timer("timeDuration", "a")), "v"),
    "timeDate": (drawn("boundaryEvent", timer("timeDate", "a")), "v"),
    "timeCycle": (drawn("boundaryEvent", timer("timeCycle", "a")), "v"),
}  # fmt: skip


def with_default(content: str, language: str) -> tuple[Refusal, ...]:
    written = file(content, SHARED).replace(
        b' id="d" ', f' id="d" expressionLanguage="{language}" '.encode()
    )
    return read_process(read_xml(written)).refusals


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["groovy", "javascript", "http://www.w3.org/1999/XPath"])
def test_foreign_languages_are_refused_everywhere(place: str, language: str) -> None:
    content, element = PLACES[place]
    content = content.replace(f"<{place}>", f'<{place} language="{language}">')
    assert ("expression_language", element) in found(content)


@pytest.mark.parametrize("place", PLACES)
def test_the_language_of_the_file_counts_where_none_is_named(place: str) -> None:
    content, element = PLACES[place]
    assert [(one.code, one.element) for one in with_default(content, "groovy")] == [
        ("expression_language", element)
    ]
    named = content.replace(f"<{place}>", f'<{place} language="feel">')
    assert with_default(named, "groovy") == ()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "language",
    ["", "http://www.w3.org/1999/XPath", "juel", "https://www.omg.org/spec/DMN/20191111/FEEL/"],
)
def test_what_tools_write_for_the_whole_file(place: str, language: str) -> None:
    assert with_default(PLACES[place][0], language) == ()


def test_the_default_says_how_an_expression_is_read() -> None:
    content, _ = PLACES["condition"]
    written = file(content).replace(b' id="d" ', b' id="d" expressionLanguage="FEEL" ')
    read = {one.id: one for one in all_nodes(read_process(read_xml(written)).container)}
    trigger, plain = read["v"].trigger, nodes(content)["v"].trigger
    assert trigger is not None and plain is not None
    assert (trigger.condition, plain.condition) == ("=a", "a")


def test_a_moment_is_the_same_in_every_language_of_a_file() -> None:
    content = drawn("boundaryEvent", timer("timeDuration", "P1D"))
    assert with_default(content, "groovy") == ()
    named = content.replace("<timeDuration>", '<timeDuration language="groovy">')
    assert found(named) == [("expression_language", "v")]
