"""The seam to SpiffWorkflow: state in, state and happenings out, without I/O and without a clock.

SpiffWorkflow keeps the tokens. What nodes do, data, expressions, timers, events and the stored
state are ours. Its untyped objects stay inside this package: what goes out is in `step`.
"""

from engine.spiff.compiled import Compiled, Start
from engine.spiff.definition import compile_definition, compile_draft, definition_digest
from engine.spiff.migration import Blocked, Migration, migrate, propose_mapping
from engine.spiff.run import (
    cancel,
    complete,
    correct,
    deliver,
    fail_job,
    finish_job,
    fire_timers,
    move,
    open_tokens,
    retry,
    skip,
    start,
    throw_error,
)
from engine.spiff.step import (
    Activation,
    Incident,
    Job,
    Opened,
    OpenToken,
    Step,
    Subscription,
    Thrown,
    Timer,
)
from engine.spiff.surroundings import Definitions, Surroundings

__all__ = [
    "Activation",
    "Blocked",
    "Compiled",
    "Definitions",
    "Incident",
    "Job",
    "Migration",
    "OpenToken",
    "Opened",
    "Start",
    "Step",
    "Subscription",
    "Surroundings",
    "Thrown",
    "Timer",
    "cancel",
    "compile_definition",
    "compile_draft",
    "complete",
    "correct",
    "definition_digest",
    "deliver",
    "fail_job",
    "finish_job",
    "fire_timers",
    "migrate",
    "move",
    "open_tokens",
    "propose_mapping",
    "retry",
    "skip",
    "start",
    "throw_error",
]
