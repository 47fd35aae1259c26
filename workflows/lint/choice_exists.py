"""What a condition compares a choice with is among the choices of the form.

Right: keputusan == "setuju" where the form offers "setuju" and "tolak"; lengkap == true for a
checkbox; "a" in pilihan for several. Wrong: keputusan == "disetujui"; the label of a choice in
place of its value; lengkap == "ya" for a checkbox. Such a way is never taken.
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from workflows.errors import SopError
from workflows.expressions import parse_expression
from workflows.expressions.tree import Node as Tree
from workflows.forms.form import CHOICES, MULTIPLE, Field
from workflows.lint.finding import Draft, Problem, cut, suggest
from workflows.lint.saying import call_id
from workflows.said import Said

_EQUAL: Final = frozenset({"==", "!=", "juel ==", "juel !="})
_IN: Final = frozenset({"in", "not in"})
_SHOWN: Final = 6


class Compared(NamedTuple):
    """A variable and the value that it is compared with; `has`: whether it is a list that is asked
    for the value."""

    name: str
    value: object
    has: bool = False


def check(draft: Draft) -> Iterator[Problem]:
    if not draft.is_clear or draft.forms is None:
        return
    for read in draft.variables.reads:
        for one in _comparisons(read.text):
            fields = _fields(draft, one.name, read.node)
            wrong = _wrong(one, fields) if fields else None
            if wrong:
                it = call_id(draft, read.element)
                said = Said("%(it)s: %(slot)s %(wrong)s", it=it, slot=Said(read.slot), wrong=wrong)
                yield Problem(read.element, said)


def _fields(draft: Draft, name: str, node: str) -> list[Field]:
    """The fields that the variable can come from, none where it may be something else too."""
    if name in draft.variables.outside or draft.variables.is_open(node):
        return []
    fields = [one.field for one in draft.variables.reaching(name, node)]
    known = [one for one in fields if one and (one.type in CHOICES or one.type == "checkbox")]
    return known if len(known) == len(fields) else []


def _wrong(one: Compared, fields: Sequence[Field]) -> Said | None:
    value, written = one.value, cut(str(one.value))
    if value is None or value == "":
        return None
    if all(field.type == "checkbox" for field in fields):
        if isinstance(value, bool) or one.has:
            return None
        return Said(
            'membandingkan kotak centang "%(name)s" dengan "%(value)s", padahal isinya hanya true '
            "atau false. Tulis misalnya: %(name)s == true.",
            name=one.name,
            value=written,
        )
    if any(field.type == "checkbox" for field in fields):
        return None
    several = all(field.type in MULTIPLE for field in fields)
    if several and not one.has and not isinstance(value, list):
        return Said(
            'membandingkan "%(name)s", yang boleh berisi beberapa pilihan, dengan "%(value)s". '
            'Tulis: "%(value)s" in %(name)s.',
            name=one.name,
            value=written,
        )
    if one.has and not several:
        return None
    return _not_offered(one, fields)


def _not_offered(one: Compared, fields: Sequence[Field]) -> Said | None:
    options = {option.value: option.label for field in fields for option in field.options}
    if not isinstance(one.value, str | int | float) or one.value in options:
        return None
    written = cut(str(one.value))
    folded = {label.casefold(): value for value, label in options.items()}
    near = folded.get(written.casefold()) or next(
        iter(get_close_matches(written, list(options), n=1)), ""
    )
    shown = ", ".join(f'"{cut(value)}"' for value in list(options)[:_SHOWN])
    more = ", …" if len(options) > _SHOWN else ""
    return Said(
        'membandingkan "%(name)s" dengan "%(value)s", yang tidak ada di antara pilihan formulirnya '
        "(%(options)s), jadi tidak pernah terpenuhi.%(hint)s",
        name=one.name,
        value=written,
        options=shown + more,
        hint=suggest(near),
    )


def _comparisons(text: str) -> Iterator[Compared]:
    try:
        pending = [parse_expression(text)] if text else []
    except SopError:
        return  # refused elsewhere
    for tree in pending:  # grows while it is walked
        pending += tree.parts
        if tree.kind == "compare" and isinstance(tree.value, tuple):
            for operator, left, right in zip(tree.value, tree.parts, tree.parts[1:], strict=False):
                yield from _pairs(str(operator), left, right)
        elif tree.kind == "tests":
            subject, *tests = tree.parts
            for test in tests:
                if test.kind == "test" and test.value == "==":
                    yield from _pairs("==", subject, test.parts[0])


def _pairs(operator: str, left: Tree, right: Tree) -> Iterator[Compared]:
    if operator in _EQUAL:
        for one, other in ((left, right), (right, left)):
            if one.kind == "name" and other.kind == "literal":
                yield Compared(str(one.value), other.value)
    elif operator in _IN and left.kind == "name" and right.kind == "list":
        for part in right.parts:
            if part.kind == "literal":
                yield Compared(str(left.value), part.value)
    elif operator in _IN and left.kind == "literal" and right.kind == "name":
        yield Compared(str(right.value), left.value, has=True)
