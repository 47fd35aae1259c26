"""In which column each node stands: links that lead back are found first, then each node stands
as many columns to the right as the longest way to it has links.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflows.layout.scopes import ARTIFACT_TAGS, Item, Link


def anchor_of(items: Sequence[Item]) -> dict[str, str]:
    """Item -> the node whose place it shares: a boundary event stands with its activity."""
    return {item.id: item.host or item.id for item in items}


def find_back_links(
    nodes: Sequence[str], links: Sequence[Link], anchor: Mapping[str, str]
) -> frozenset[str]:
    """Links that lead to a node through which they were reached, each walk begun at a node
    without an incoming link, else at the first in the file."""
    ahead: dict[str, list[tuple[str, str]]] = {node: [] for node in nodes}
    entered = set()
    for link in links:
        ahead[anchor[link.source]].append((link.id, anchor[link.target]))
        entered.add(anchor[link.target])
    back: set[str] = set()
    state: dict[str, bool] = {}  # True while the walk is inside
    for root in sorted(nodes, key=lambda node: node in entered):
        if root not in state:
            _walk(root, ahead, state, back)
    return frozenset(back)


def _walk(
    root: str,
    ahead: Mapping[str, list[tuple[str, str]]],
    state: dict[str, bool],
    back: set[str],
) -> None:
    state[root] = True
    stack = [(root, iter(ahead[root]))]
    while stack:
        node, rest = stack[-1]
        step = next(rest, None)
        if step is None:
            state[node] = False
            stack.pop()
        elif state.get(step[1]):
            back.add(step[0])
        elif step[1] not in state:
            state[step[1]] = True
            stack.append((step[1], iter(ahead[step[1]])))


def find_ranks(
    items: Sequence[Item], links: Sequence[Link], back: frozenset[str], anchor: Mapping[str, str]
) -> dict[str, int]:
    """Node (not boundary event) -> column, from 0."""
    nodes = [item for item in items if item.host is None]
    ahead: dict[str, list[str]] = {item.id: [] for item in nodes}
    waiting = dict.fromkeys(ahead, 0)
    for link in links:
        if link.id not in back:
            ahead[anchor[link.source]].append(anchor[link.target])
            waiting[anchor[link.target]] += 1
    ranks = dict.fromkeys(ahead, 0)
    ready = [name for name, count in waiting.items() if not count]
    for name in ready:  # grows while it is walked
        for other in ahead[name]:
            ranks[other] = max(ranks[other], ranks[name] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    for item in nodes:  # what only leads to others stands next to them
        if item.tag in ARTIFACT_TAGS and ahead[item.id]:
            ranks[item.id] = max(0, min(ranks[other] for other in ahead[item.id]) - 1)
    return ranks
