"""Trying an SOP out: a trial is a script, a list of acts; what it leads to is worked out anew each
time, and can be compared with what it led to before."""

from workflows.trials.outcome import Difference, Outcome, Place, compare, read_outcomes
from workflows.trials.script import (
    MOST_ACTS,
    Act,
    Advance,
    Claim,
    Complete,
    Hear,
    Report,
    Start,
    read_script,
    write_script,
)

__all__ = [
    "MOST_ACTS",
    "Act",
    "Advance",
    "Claim",
    "Complete",
    "Difference",
    "Hear",
    "Outcome",
    "Place",
    "Report",
    "Start",
    "compare",
    "read_outcomes",
    "read_script",
    "write_script",
]
