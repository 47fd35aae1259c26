"""Drops what is finished. History lives in the rows of the case; the state holds what is open,
so that the ten-thousandth round costs what the tenth did.

This is safe because no node looks back: what belongs together is written on the tokens that are
still live, and the root of each part keeps what can be undone.
"""

from engine.spiff.tokens import Part


def compact(top: Part) -> None:
    for part in top.all_parts():
        root = part.task_tree
        live = part.live()
        if len(live) + 1 == len(part.tasks) and len(root._children) == len(live):
            continue
        part.tasks = {root.id: root} | {token.id: token for token in live}
        for token in live:
            token.parent = root
            token._children = []
        root._children = [token.id for token in live]
