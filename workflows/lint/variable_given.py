"""What a condition, a repetition or an acuan reads has been filled in on the way to it.

Right: keputusan == "setuju" behind a step whose form has a field with the key "keputusan"; a list
of sop:dataAwal; the result of a service task. Wrong: the step right before the decision has a form,
and that lacks the field. Warned: nobody gives the variable at all, or only afterwards; a program
may still bring it when the case begins (declare it as a bpmn:property).
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from workflows.lint.finding import Draft, Problem, Severity, call, cut, suggest
from workflows.lint.saying import call_id
from workflows.lint.variables import Given, Read
from workflows.said import N_, Said, one_of

ANCHOR = N_("acuan")
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
    said = Said(
        '%(it)s: %(slot)s memakai isian "%(name)s", %(problem)s',
        it=call_id(draft, read.element),
        slot=Said(read.slot),
        name=cut(name),
        problem=_elsewhere(draft, read, others) if others else _nowhere(draft, name, lacking),
    )
    return Problem(read.element, said, _severity(read, others, lacking, draft))


def _nowhere(draft: Draft, name: str, lacking: Sequence[str]) -> Said:
    steps = [call(draft.drawing.nodes[one]) for one in lacking[:_SHOWN]]
    given = list(draft.variables.given)[:_COMPARED]
    near = get_close_matches(cut(name), given, n=1, cutoff=0.75)
    return Said(
        "yang tidak diisi di mana pun.%(hint)s Tambahkan isian itu pada %(place)s, atau perbaiki "
        "namanya; bila diberikan dari luar saat kasus dimulai, nyatakan sebagai properti proses.",
        hint=suggest(near[0] if near else ""),
        place=Said("formulir %(steps)s", steps=one_of(steps))
        if steps
        else Said("formulir langkah sebelumnya"),
    )


def _elsewhere(draft: Draft, read: Read, others: Sequence[Given]) -> Said:
    giver = others[0]
    where = call(draft.drawing.nodes[giver.node])
    if giver.home and giver.home not in draft.variables.ways.within(read.node):
        keeper = draft.variables.ways.nodes[giver.home]
        output = keeper.loop.output if keeper.loop else ""
        if output:
            return Said(
                'yang hanya dikenal di dalam %(step)s dan terkumpul dalam "%(output)s". Pakai '
                "hasilnya di luar.",
                step=where,
                output=cut(output),
            )
        return Said("yang hanya dikenal di dalam %(step)s. Pakai hasilnya di luar.", step=where)
    return Said(
        "yang baru diisi pada %(step)s, tidak di jalan ke sini. Isi lebih awal.", step=where
    )


def _severity(read: Read, others: object, lacking: list[str], draft: Draft) -> Severity:
    """Only where the very form that should have asked for it can be named, nobody else can."""
    decides = read.element in draft.flows
    return "error" if decides and lacking and not others else "warning"
