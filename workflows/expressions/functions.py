"""The functions that an expression may call. Each is total over JSON values or raises TypeError,
ValueError or a relative of theirs; none can be made to do more work than its arguments hold, which
the compiler charges for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workflows.expressions import amounts, dates, lists, texts
from workflows.expressions.kinds import items, number, numbers, text

_ANY = 100


@dataclass(frozen=True, slots=True)
class Function:
    """`least` to `most` arguments. `instant`: it looks at no element of what it is given; else
    `cost` says how much longer than a look it takes for each."""

    apply: Callable[..., object]
    least: int = 1
    most: int = 1
    instant: bool = False
    cost: int = 1


FUNCTIONS: Mapping[str, Function] = {
    "abs": Function(lambda value: abs(number(value))),
    "add_days": Function(dates.add_days, 2, 2),
    "add_months": Function(dates.add_months, 2, 2),
    "all": Function(lambda value: all(items(value))),
    "any": Function(lambda value: any(items(value))),
    "append": Function(lists.append, 1, _ANY),
    "bool": Function(bool, instant=True),
    "ceiling": Function(amounts.ceiling),
    "concatenate": Function(lists.concatenate, 1, _ANY),
    "contains": Function(lists.contains, 2, 2),
    "count": Function(lambda value: len(items(value))),
    "date": Function(dates.make_date, 1, 3),
    "day": Function(dates.day),
    "days_between": Function(dates.days_between, 2, 2),
    "distinct": Function(lists.distinct, cost=3),
    "empty": Function(lists.is_empty, instant=True),
    "endswith": Function(lambda value, end: text(value).endswith(text(end)), 2, 2),
    "flatten": Function(lists.flatten),
    "float": Function(amounts.python_float),
    "floor": Function(amounts.floor),
    "format_rupiah": Function(amounts.format_rupiah),
    "get": Function(lists.get, 2, 3, instant=True),
    "index_of": Function(lists.index_of, 2, 2),
    "int": Function(amounts.python_int),
    "join": Function(texts.join, 1, 2, cost=5),
    "keys": Function(lists.keys),
    "len": Function(lists.length, instant=True),
    "length": Function(lists.length, instant=True),
    "lower": Function(lambda value: text(value).lower(), cost=2),
    "max": Function(lambda *values: max(numbers(values)), 1, _ANY, cost=2),
    "mean": Function(amounts.mean, 1, _ANY, cost=2),
    "min": Function(lambda *values: min(numbers(values)), 1, _ANY, cost=2),
    "modulo": Function(amounts.modulo, 2, 2),
    "month": Function(dates.month),
    "number": Function(amounts.parse, 1, 3),
    "positions": Function(lists.positions, 2, 2),
    "range": Function(lists.whole_numbers, 1, 2),
    "replace": Function(texts.replace, 3, 3),
    "replace pattern": Function(texts.replace_pattern, 3, 3),
    "reverse": Function(lists.reverse),
    "round": Function(amounts.rounded, 1, 2),
    "sorted": Function(lists.sort),
    "split": Function(texts.split, 2, 2, cost=3),
    "split by pattern": Function(texts.split_by_pattern, 2, 2, cost=3),
    "startswith": Function(lambda value, start: text(value).startswith(text(start)), 2, 2),
    "str": Function(texts.python_string),
    "string": Function(texts.string),
    "strip": Function(lambda value: text(value).strip()),
    "sublist": Function(lists.sublist, 2, 3),
    "substring": Function(texts.substring, 2, 3),
    "substring_after": Function(texts.substring_after, 2, 2),
    "substring_before": Function(texts.substring_before, 2, 2),
    "sum": Function(lambda *values: sum(numbers(values)), 1, _ANY, cost=2),
    "upper": Function(lambda value: text(value).upper(), cost=2),
    "values": Function(lists.values),
    "weekday": Function(dates.weekday),
    "year": Function(dates.year),
}
# What FEEL calls differently, or means differently by the same name.
FEEL_NAMES: Mapping[str, str] = {
    "decimal": "round",
    "distinct values": "distinct",
    "ends with": "endswith",
    "get value": "get",
    "index of": "positions",
    "is defined": "exists",
    "is empty": "empty",
    "list contains": "contains",
    "lower case": "lower",
    "replace": "replace pattern",
    "split": "split by pattern",
    "starts with": "startswith",
    "string join": "join",
    "string length": "length",
    "substring after": "substring_after",
    "substring before": "substring_before",
    "trim": "strip",
    "upper case": "upper",
}
