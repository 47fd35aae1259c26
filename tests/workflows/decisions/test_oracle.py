"""Cells and tables against what their definition says, written down a second time and slowly."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from workflows.decisions import Decision, DecisionError, answer

Make = Callable[..., Decision]
laws = settings(
    deadline=None,
    print_blob=True,
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
Truth = bool | None
DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class Cell:
    """A cell as written, and its truth for each value of `VALUES`, by place."""

    text: str
    truths: tuple[Truth, ...]


@dataclass(frozen=True)
class Column:
    """A type, its values in increasing order, null last, and how FEEL writes them."""

    kind: str
    values: tuple[object, ...]
    written: tuple[str, ...]


COLUMNS = (
    Column("number", (-2, -1, 0, 0.5, 1, 2, None), ("-2", "- 1", "0", "0.5", "1.0", "2", "null")),
    Column("integer", (-1, 0, 1, 2, None), ("-1", "0", "1", "2", "null")),
    Column("string", ("", "a", "ab", "b", None), ('""', '"a"', "'ab'", '"b"', "null")),
    Column(
        "date",
        (*((DAY + timedelta(days=n)).isoformat() for n in range(5)), None),
        (*(f'date("{DAY + timedelta(days=n)}")' for n in range(5)), "null"),
    ),
)
ORDERS = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}


def compared(left: int, right: int, nulls: int) -> int | None:
    """-1, 0, 1 by the places of two values; None beside null, whose place is the last."""
    if nulls in (left, right):
        return None
    return (left > right) - (left < right)


def both(first: Truth, second: Truth) -> Truth:
    if first is False or second is False:
        return False
    return None if None in (first, second) else True


def either(truths: list[Truth]) -> Truth:
    if True in truths:
        return True
    return None if None in truths else False


def opposite(truth: Truth) -> Truth:
    return None if truth is None else not truth


@st.composite
def ends(draw: st.DrawFn, column: Column) -> tuple[int, str]:
    """The place of a value and how a cell can say it: as a literal or by a variable."""
    place = draw(st.integers(0, len(column.values) - 1))
    return place, draw(st.sampled_from([column.written[place], f"nilai{place}"]))


@st.composite
def single_tests(draw: st.DrawFn, column: Column) -> Cell:
    """One test of the column."""
    places = range(len(column.values))
    nulls = len(column.values) - 1
    place, text = draw(ends(column))
    form = draw(st.sampled_from(["equal", "order", "between", "differs", "asks"]))
    if form == "equal":
        return Cell(draw(st.sampled_from(["", "= "])) + text, tuple(n == place for n in places))
    if form == "differs":
        return Cell(f"!= {text}", tuple(n != place for n in places))
    if form == "asks":
        return Cell(f"? = nilai{place}", tuple(n == place for n in places))
    order = draw(st.sampled_from(sorted(ORDERS)))
    if form == "order":
        signs = [compared(n, place, nulls) for n in places]
        truths = [None if sign is None else sign in ORDERS[order] for sign in signs]
        return Cell(f"{order} {text}", tuple(truths))
    other, other_text = draw(ends(column))
    (low, low_text), (high, high_text) = sorted([(place, text), (other, other_text)])
    opens, above = draw(st.sampled_from([("[", ">="), ("(", ">"), ("]", ">")]))
    closes, below = draw(st.sampled_from([("]", "<="), (")", "<"), ("[", "<")]))
    truths = []
    for n in places:
        first, second = compared(n, low, nulls), compared(n, high, nulls)
        truths.append(
            both(
                None if first is None else first in ORDERS[above],
                None if second is None else second in ORDERS[below],
            )
        )
    return Cell(f"{opens}{low_text}..{high_text}{closes}", tuple(truths))


@st.composite
def cells(draw: st.DrawFn, column: Column) -> Cell:
    if draw(st.integers(0, 9)) == 0:
        return Cell(draw(st.sampled_from(["-", ""])), (True,) * len(column.values))
    items = draw(st.lists(single_tests(column), min_size=1, max_size=3))
    text = draw(st.sampled_from([",", " , "])).join(one.text for one in items)
    truths = [either(list(truth)) for truth in zip(*(one.truths for one in items), strict=True)]
    if draw(st.booleans()):
        text, truths = f"not({text})", [opposite(truth) for truth in truths]
    return Cell(text, tuple(truths))


def variables(column: Column) -> dict[str, object]:
    return {f"nilai{place}": value for place, value in enumerate(column.values)}


@laws
@given(st.data(), st.sampled_from(COLUMNS), st.booleans())
def test_a_cell_is_true_for_the_values_that_it_describes(
    table: Make, data: st.DataObject, column: Column, typed: bool
) -> None:
    cell = data.draw(cells(column))
    # Without a type a date is told from a text by what stands in the cell: here always typed.
    kind = f":{column.kind}" if typed or column.kind == "date" else ""
    decision = table([f"x{kind}"], ["y"], [(cell.text, "1")])
    found = [answer(decision, {**variables(column), "x": value}) == 1 for value in column.values]
    assert found == [truth is True for truth in cell.truths], cell.text


RESULTS = st.integers(1, 3)
POLICIES = st.sampled_from(
    ["UNIQUE", "FIRST", "ANY", "PRIORITY", "OUTPUT ORDER", "RULE ORDER", "COLLECT"]
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[Column, Column], list[tuple[Cell, Cell, int, int]]]:
    columns = draw(st.sampled_from(COLUMNS)), draw(st.sampled_from(COLUMNS))
    rule = st.tuples(cells(columns[0]), cells(columns[1]), RESULTS, RESULTS)
    return columns, draw(st.lists(rule, min_size=1, max_size=5))


def expected(policy: str, aggregation: str, hits: list[tuple[int, int]]) -> object:
    """By the words of the standard; an error by its code. Priorities: 3 before 1 before 2."""
    ranked = sorted(hits, key=lambda hit: tuple("312".index(str(one)) for one in hit))
    singles = {
        "SUM": lambda: sum(one for one, _ in hits),
        "MIN": lambda: min(one for one, _ in hits),
        "MAX": lambda: max(one for one, _ in hits),
        "COUNT": lambda: len(hits),
    }
    if aggregation:
        return singles[aggregation]() if hits or aggregation == "COUNT" else None
    if policy in ("RULE ORDER", "COLLECT"):
        return hits
    if policy == "OUTPUT ORDER":
        return ranked
    if policy == "UNIQUE" and len(hits) > 1:
        return "dmn_not_unique"
    if policy == "ANY" and len(set(hits)) > 1:
        return "dmn_any_differs"
    return (ranked if policy == "PRIORITY" else hits)[0] if hits else None


@laws
@given(st.data(), tables(), POLICIES, st.sampled_from(["", "SUM", "MIN", "MAX", "COUNT"]))
def test_a_table_answers_what_its_policy_says(
    table: Make,
    data: st.DataObject,
    made: tuple[tuple[Column, Column], list[tuple[Cell, Cell, int, int]]],
    policy: str,
    aggregation: str,
) -> None:
    (left, right), rules = made
    aggregation = aggregation if policy == "COLLECT" else ""
    outputs = ["m:number"] if aggregation else ["m:number", "n:number"]
    # The variables of the two columns must not meet.
    rows = [
        (one.text, two.text.replace("nilai", "milik"), str(m), str(n))[: 2 + len(outputs)]
        for one, two, m, n in rules
    ]
    decision = table(
        [f"x:{left.kind}", f"y:{right.kind}"],
        outputs,
        rows,
        policy=policy,
        aggregation=aggregation or None,
        values=["3, 1, 2", "3, 1, 2"],
    )
    named = {name.replace("nilai", "milik"): value for name, value in variables(right).items()}
    x = data.draw(st.integers(0, len(left.values) - 1))
    y = data.draw(st.integers(0, len(right.values) - 1))
    hits = [(m, n) for one, two, m, n in rules if one.truths[x] and two.truths[y]]
    case = {**variables(left), **named, "x": left.values[x], "y": right.values[y]}
    try:
        found = decision.evaluate(case)
    except DecisionError as error:
        assert error.code == expected(policy, aggregation, hits)
        return
    assert _plain(found) == expected(policy, aggregation, hits)


def _plain(found: object) -> object:
    if isinstance(found, list):
        return [_plain(one) for one in found]
    if isinstance(found, dict):
        values = tuple(found.values())
        return values if len(values) > 1 else values[0]
    return found
