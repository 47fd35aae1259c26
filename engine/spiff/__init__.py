"""The seam to SpiffWorkflow: state in, state and happenings out, without I/O and without a clock.

SpiffWorkflow moves the tokens. Data, expressions, timers, multi-instance, joins and the stored
state are ours. Its untyped objects stay inside this package: what goes out is in `step`.
"""

from engine.spiff.definition import Compiled, compile_definition
from engine.spiff.run import complete, fire_timers, open_tokens, retry, start
from engine.spiff.step import Incident, Opened, Step, Timer

__all__ = [
    "Compiled",
    "Incident",
    "Opened",
    "Step",
    "Timer",
    "compile_definition",
    "complete",
    "fire_timers",
    "open_tokens",
    "retry",
    "start",
]
