"""The decision that a business rule task asks is in a DMN file beside the file, and readable.

Right: sop:keputusan="kelas_pagu" and beside the file a kelas.dmn with <decision id="kelas_pagu">.
Wrong: no such file, an id that no file has, or that two have, a cell that does not compile.
"""

from collections.abc import Iterator, Mapping

from workflows.decisions import InvalidDecisionError, read_decisions
from workflows.lint.finding import Draft, Problem, call
from workflows.process.nodes import all_nodes

SUFFIX = ".dmn"


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
        yield Problem(asking[0].id, f"Berkas keputusan {name} tidak dapat dibaca{why}.")
    for node in asking:
        assert node.decision is not None
        problem = _problem(node.decision.decision, owners, broken)
        if problem:
            where = call(draft.drawing.nodes[node.id])
            yield Problem(node.id, f'{where}: keputusan "{node.decision.decision}" {problem}.')


def _problem(decision: str, owners: Mapping[str, list[str]], broken: Mapping[str, str]) -> str:
    files = owners.get(decision, [])
    if len(files) > 1:
        return f"ada di dua berkas ({', '.join(files)}); sisakan satu"
    if not files and not broken:
        return "tidak ditemukan; simpan berkas .dmn yang memuatnya di samping berkas BPMN"
    return ""


def _why(fields: Mapping[str, object]) -> str:
    """Where in the file, and the word that names the cause."""
    names = {"decision": "keputusan", "row": "baris", "column": "kolom", "element": "elemen"}
    said = [f'{label} "{fields[key]}"' for key, label in names.items() if key in fields]
    said += [str(fields[key]) for key in ("text", "reason") if fields.get(key)]
    return f" ({', '.join(said)})" if said else ""
