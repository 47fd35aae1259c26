"""Two versions of an SOP side by side: roles, durations, forms and conditions, not only shapes."""

from workflows.compare.elements import Pair, alur, kegiatan, pelaksana, simpul
from workflows.compare.files import formulir
from workflows.compare.process import drawn_alike, identitas, proses
from workflows.compare.values import Change, Comparison, Difference, FormDifference, Version
from workflows.drawing import read_drawing

__all__ = [
    "Change",
    "Comparison",
    "Difference",
    "FormDifference",
    "Version",
    "compare_versions",
]


def compare_versions(before: Version, after: Version) -> Comparison:
    """What has come, gone and changed on the way from the one to the other.

    Drafts that are not finished can be compared too. Raises InvalidSopError for a drawing that
    cannot be walked: no_process, several_processes, invalid_id, unknown_reference.
    """
    old, new = read_drawing(before.root), read_drawing(after.root)
    pair = Pair(old, new)
    return Comparison(
        proses=proses(old, new),
        identitas=identitas(old, new),
        pelaksana=tuple(pelaksana(pair)),
        kegiatan=tuple(kegiatan(pair)),
        simpul=tuple(simpul(pair)),
        alur=tuple(alur(pair)),
        formulir=tuple(formulir(before.forms, after.forms)),
        redrawn=not drawn_alike(before.root, after.root),
    )
