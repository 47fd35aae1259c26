"""What a condition, a repetition or an acuan reads has been filled in on the way to it.

Right: keputusan == "setuju" behind a step whose form has a field with the key "keputusan"; a list
of sop:dataAwal; the result of a service task. Wrong: the step right before the decision has a form,
and that lacks the field. Warned: nobody gives the variable at all, or only afterwards; a program
may still bring it when the case begins (declare it as a bpmn:property).
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from workflows.lint.finding import Draft, Problem, Severity, call, cut
from workflows.lint.saying import call_id
from workflows.lint.variables import Given, Read

ANCHOR = "acuan"
_SHOWN = 3
_COMPARED = 300


def check(draft: Draft) -> Iterator[Problem]:
    if not draft.is_clear or draft.forms is None:
        return
    for read in (*draft.variables.reads, *_anchors(draft)):
        for name in sorted(read.names - draft.variables.outside):
            reaching = draft.variables.reaching(name, read.node)
            if read.slot == ANCHOR:  # too late when the step itself is done
                reaching = [one for one in reaching if one.node != read.node]
            passed = read.node not in draft.unreachable
            if passed and not reaching and not draft.variables.is_open(read.node):
                yield _problem(draft, read, name)


def _anchors(draft: Draft) -> Iterator[Read]:
    for step in draft.drawing.steps:
        acuan = step.mutu_baku.acuan if step.mutu_baku else ""
        if acuan:
            yield Read(step.node.id, step.node.id, ANCHOR, frozenset({acuan}))


def _problem(draft: Draft, read: Read, name: str) -> Problem:
    others = draft.variables.given.get(name, ())
    asked = draft.variables.steps_before(read.node)
    lacking = [one for one in asked if draft.variables.forms.get(one) is not None]
    said = f'{call_id(draft, read.element)}: {read.slot} memakai isian "{cut(name)}", '
    if others:
        said += _elsewhere(draft, read, others)
    else:
        said += f"yang tidak diisi di mana pun.{_near(draft, name)}"
        steps = [call(draft.drawing.nodes[one]) for one in lacking[:_SHOWN]]
        place = f"formulir {' atau '.join(steps)}" if steps else "formulir langkah sebelumnya"
        said += (
            f" Tambahkan isian itu pada {place}, atau perbaiki namanya; bila diberikan dari luar "
            "saat kasus dimulai, nyatakan sebagai properti proses."
        )
    return Problem(read.element, said, _severity(read, others, lacking, draft))


def _elsewhere(draft: Draft, read: Read, others: Sequence[Given]) -> str:
    giver = others[0]
    where = call(draft.drawing.nodes[giver.node])
    if giver.home and giver.home not in draft.variables.ways.within(read.node):
        keeper = draft.variables.ways.nodes[giver.home]
        output = keeper.loop.output if keeper.loop else ""
        gathered = f' dan terkumpul dalam "{cut(output)}"' if output else ""
        return f"yang hanya dikenal di dalam {where}{gathered}. Pakai hasilnya di luar."
    return f"yang baru diisi pada {where}, tidak di jalan ke sini. Isi lebih awal."


def _severity(read: Read, others: object, lacking: list[str], draft: Draft) -> Severity:
    """Only where the very form that should have asked for it can be named, nobody else can."""
    decides = read.element in draft.flows
    return "error" if decides and lacking and not others else "warning"


def _near(draft: Draft, name: str) -> str:
    near = get_close_matches(cut(name), list(draft.variables.given)[:_COMPARED], n=1, cutoff=0.75)
    return f' Mungkin maksudnya "{near[0]}".' if near else ""
