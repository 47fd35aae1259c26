"""`python -m tests.bench.time`: measure counting on calendars, print the tables, fail when a
wanted figure is missed.

Times are processor time of one core; the starts come from the seed that is printed, another one
with `--seed N`.
"""

import sys

from tests.bench.machine import describe_machine
from tests.bench.time.measuring import measure
from tests.bench.time.page import report, wanted

SEED, STARTS, ROUNDS = 20260105, 4000, 9


def main(arguments: list[str]) -> int:
    seed = SEED
    if arguments:
        if len(arguments) != 2 or arguments[0] != "--seed" or not arguments[1].isdecimal():
            sys.stderr.write("Pemakaian: python -m tests.bench.time [--seed N]\n")
            return 2
        seed = int(arguments[1])
    outcome = measure(STARTS, ROUNDS, seed)
    sys.stdout.write(f"Mesin: {describe_machine()}. Seed: {seed}.\n\n{report(outcome)}\n")
    missed = [one for one in wanted(outcome) if not one.met]
    for one in missed:
        sys.stderr.write(f"Tidak terpenuhi: {one.text}: {one.found} ({one.limit})\n")
    return 1 if missed else 0


sys.exit(main(sys.argv[1:]))
