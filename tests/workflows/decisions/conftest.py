"""Decision tables written shortly: columns as "expression:type", rules as tuples of cells."""

from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

import pytest

from workflows.decisions import Decision, read_decisions

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def _wrap(inside: str, model: str = MODEL) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<definitions xmlns="{model}" id="definitions" name="uji" namespace="urn:uji">'
        f"{inside}</definitions>"
    )


def _text(tag: str, cell: str) -> str:
    return f"<{tag}><text>{escape(cell)}</text></{tag}>"


def _typed(column: str) -> tuple[str, str]:
    text, _, kind = column.partition(":")
    return text, f" typeRef={quoteattr(kind)}" if kind else ""


def _input(column: str) -> str:
    text, kind = _typed(column)
    expression = f"<inputExpression{kind}><text>{escape(text)}</text></inputExpression>"
    return f"<input label={quoteattr(text)}>{expression}</input>"


def _output(column: str, values: str, default: str) -> str:
    name, kind = _typed(column)
    inside = _text("outputValues", values) if values else ""
    inside += _text("defaultOutputEntry", default) if default else ""
    return f"<output name={quoteattr(name)}{kind}>{inside}</output>"


def _table(
    inputs: Sequence[str],
    outputs: Sequence[str],
    rules: Iterable[Sequence[str]],
    *,
    policy: str | None = None,
    aggregation: str | None = None,
    values: Sequence[str] = (),
    defaults: Sequence[str] = (),
    id: str = "tabel",
    needs: str = "",
) -> str:
    """One `decision` element. `values`, `defaults`: of the outputs, in their order."""
    heads = "".join(map(_input, inputs))
    for place, column in enumerate(outputs):
        own = (values[place] if values else "", defaults[place] if defaults else "")
        heads += _output(column, *own)
    rows = ""
    for cells in rules:
        tags = ["inputEntry"] * len(inputs) + ["outputEntry"] * (len(cells) - len(inputs))
        rows += f"<rule>{''.join(map(_text, tags, cells))}</rule>"
    attributes = "" if policy is None else f" hitPolicy={quoteattr(policy)}"
    attributes += "" if aggregation is None else f" aggregation={quoteattr(aggregation)}"
    table = f"<decisionTable{attributes}>{heads}{rows}</decisionTable>"
    return f'<decision id="{id}" name="{id}">{needs}{table}</decision>'


@pytest.fixture
def wrap() -> Callable[..., str]:
    return _wrap


@pytest.fixture
def table_xml() -> Callable[..., str]:
    return _table


@pytest.fixture
def table() -> Callable[..., Decision]:
    """The one decision of a file with one table."""

    def read(*args: object, **kwargs: object) -> Decision:
        (decision,) = read_decisions(_wrap(_table(*args, **kwargs))).values()  # type: ignore[arg-type]
        return decision

    return read
