"""The order in which the steps of a drawing stand on the SOP sheet.

Rows that carry a number follow their numbers; a step without a number comes after the numbered
step before it in the flow. Where nothing is numbered, the flow alone decides.
"""

import re

from workflows.drawing import Drawing, Step


def in_sheet_order(drawing: Drawing) -> tuple[Step, ...]:
    """All steps of the drawing, also those that no flow reaches."""
    steps = {step.node.id: step for step in drawing.steps}
    in_flow = [steps[name] for name in _flow_order(drawing, drawing.key) if name in steps]
    placed: list[tuple[tuple[int | str, ...], Step]] = []
    number: tuple[int | str, ...] = ()
    for step in in_flow:
        number = _number(step.nomor) if step.nomor else number
        placed.append((number, step))
    placed.sort(key=lambda place: [(isinstance(part, str), part) for part in place[0]])
    return tuple(step for _, step in placed)


def _number(nomor: str) -> tuple[int | str, ...]:
    """Sorts "2" before "10" and "3a" after "3"."""
    # Numbers beyond eighteen digits are cut up: Python refuses to read very long ones.
    parts: list[str] = re.findall(r"\d{1,18}|[^\W\d_]+", nomor.casefold())
    return tuple(int(part) if part.isdecimal() else part for part in parts)


def _flow_order(drawing: Drawing, scope: str) -> list[str]:
    """Node ids so that each comes after those that lead to it; loops back are left out.

    The reverse of the order in which a depth-first walk leaves the nodes. The walk keeps its own
    stack: a long chain of steps must not exhaust Python's. Nodes out of reach come last.
    """
    ahead = drawing.followers(scope)
    left: list[str] = []
    seen: set[str] = set()
    for node in drawing.scopes[scope]:
        if node.tag != "startEvent" or node.id in seen:
            continue
        seen.add(node.id)
        stack = [(node.id, iter(reversed(ahead[node.id])))]
        while stack:
            name, branches = stack[-1]
            branch = next((one for one in branches if one not in seen), None)
            if branch is None:
                left.append(name)
                stack.pop()
            else:
                seen.add(branch)
                stack.append((branch, iter(reversed(ahead[branch]))))
    order = [*reversed(left), *(name for name in ahead if name not in seen)]
    return [name for node in order for name in _with_inner(drawing, node)]


def _with_inner(drawing: Drawing, node: str) -> list[str]:
    return [node, *_flow_order(drawing, node)] if node in drawing.scopes else [node]
