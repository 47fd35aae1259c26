"""`python -m tests.bench.engine`: measure, print the tables, fail when a wanted ratio is missed.

With `--write` the tables also go into docs/reference/performance.md.
"""

import gc
import sys
from time import monotonic

from tests.bench.engine.measuring import measure
from tests.bench.engine.models import all_models
from tests.bench.engine.page import report, wanted, write_page


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--write"]):
        sys.stderr.write("Pemakaian: python -m tests.bench.engine [--write]\n")
        return 2
    begun = monotonic()
    gc.collect()
    gc.freeze()  # what is imported is not swept again before every block
    outcomes = []
    for model in all_models():
        sys.stderr.write(f"mengukur {model.name} …\n")
        outcomes.append(measure(model))
    text = report(outcomes)
    sys.stdout.write(f"{text}\n\nSelesai dalam {monotonic() - begun:.0f} detik.\n")
    missed = [one.text for one in wanted(outcomes) if not one.met]
    for one in missed:
        sys.stderr.write(f"Tidak terpenuhi: {one}\n")
    if missed:
        return 1
    if arguments:
        write_page(text)
    return 0


sys.exit(main(sys.argv[1:]))
