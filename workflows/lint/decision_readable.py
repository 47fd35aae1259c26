"""The decision that a business rule task asks is in a DMN file beside the file, and readable.

Right: sop:keputusan="kelas_pagu" and beside the file a kelas.dmn with <decision id="kelas_pagu">.
Wrong: no such file, an id that no file has, or that two have, a cell that does not compile.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from workflows.decisions import InvalidDecisionError, read_decisions
from workflows.lint.finding import Draft, Problem, call
from workflows.process.nodes import all_nodes
from workflows.said import N_, Said, joined

SUFFIX = ".dmn"
_PLACES: Final[Mapping[str, str]] = {
    "decision": N_('keputusan "%(value)s"'),
    "row": N_('baris "%(value)s"'),
    "column": N_('kolom "%(value)s"'),
    "element": N_('elemen "%(value)s"'),
}


def check(draft: Draft) -> Iterator[Problem]:
    asking = [node for node in all_nodes(draft.reading.container) if node.decision is not None]
    if not asking or draft.forms is None:
        return
    owners: dict[str, list[str]] = {}
    broken: dict[str, str] = {}
    for name, text in sorted(draft.forms.items()):
        if name.endswith(SUFFIX):
            try:
                for decision in read_decisions(text):
                    owners.setdefault(decision, []).append(name)
            except InvalidDecisionError as error:
                broken[name] = _why(error.fields)
    for name, why in broken.items():
        said = Said("Berkas keputusan %(file)s tidak dapat dibaca%(why)s.", file=name, why=why)
        yield Problem(asking[0].id, said)
    for node in asking:
        assert node.decision is not None
        problem = _problem(node.decision.decision, owners, broken)
        if problem:
            said = Said(
                '%(it)s: keputusan "%(decision)s" %(problem)s.',
                it=call(draft.drawing.nodes[node.id]),
                decision=node.decision.decision,
                problem=problem,
            )
            yield Problem(node.id, said)


def _problem(
    decision: str, owners: Mapping[str, list[str]], broken: Mapping[str, str]
) -> Said | None:
    files = owners.get(decision, [])
    if len(files) > 1:
        return Said("ada di dua berkas (%(files)s); sisakan satu", files=", ".join(files))
    if not files and not broken:
        return Said("tidak ditemukan; simpan berkas .dmn yang memuatnya di samping berkas BPMN")
    return None


def _why(fields: Mapping[str, object]) -> str:
    """Where in the file, and the word that names the cause."""
    said: list[str] = [
        Said(text, value=fields[key]) for key, text in _PLACES.items() if key in fields
    ]
    said += [str(fields[key]) for key in ("text", "reason") if fields.get(key)]
    return Said(" (%(listed)s)", listed=joined(said)) if said else ""
