"""Each expression of the drawing can be read: conditions, repetitions, timers, scripts, mappings.

Right: keputusan == "tanda_tangan"; PT30M; P3D; ${jumlah > 5}; =jumlah > 5; jumlah = harga * 2.
Wrong: keputusan = "tanda_tangan"; open("x"); a variable named "no surat"; a cron schedule.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem
from workflows.lint.instead import EXPRESSIONS
from workflows.lint.saying import problems


def check(draft: Draft) -> Iterator[Problem]:
    yield from problems(draft, EXPRESSIONS)
