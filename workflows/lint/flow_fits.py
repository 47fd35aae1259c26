"""A flow joins two different places of one scope, once, in the direction that events allow.

Right: step -> step in the same sub-process. Wrong: a flow across the border of a sub-process, out
of an end event, into a start or boundary event; the same flow drawn twice.
"""

from collections.abc import Iterator

from workflows.drawing import Flow, Node
from workflows.lint.finding import Draft, Problem, call, cut


def check(draft: Draft) -> Iterator[Problem]:
    drawn: set[tuple[str, str]] = set()
    for flow in draft.drawing.flows:
        source, target = draft.drawing.nodes[flow.source], draft.drawing.nodes[flow.target]
        problem = _problem(source, target, (flow.source, flow.target) in drawn)
        drawn.add((flow.source, flow.target))
        if problem:
            yield Problem(flow.id, f"{_call_flow(flow, source, target)} {problem}")


def _problem(source: Node, target: Node, drawn_before: bool) -> str:
    if source.scope != target.scope:
        return "melintasi batas subproses. Akhiri subproses, lalu lanjutkan dari subprosesnya."
    if source.tag == "endEvent":
        return "keluar dari kejadian selesai. Hapus garis ini."
    if target.tag in ("startEvent", "boundaryEvent"):
        return "masuk ke kejadian yang hanya boleh menjadi awal. Arahkan ke langkah sesudahnya."
    return "digambar dua kali. Hapus salah satu." if drawn_before else ""


def _call_flow(flow: Flow, source: Node, target: Node) -> str:
    name = f' "{cut(flow.name)}"' if flow.name else ""
    return f"Garis alur{name} dari {call(source)} ke {call(target)}"
