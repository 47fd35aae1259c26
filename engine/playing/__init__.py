"""Trying drafts out: a script of acts, played by the real use cases in a rehearsal.

Stands above the use cases as `engine.ticks` does: it plays one after the other, in the place of
staff, of the clock and of the services.
"""

from engine.playing.plays import (
    Play,
    TrialView,
    act_in_trial,
    begin_trial,
    check_runs,
    fields_of_step,
    play,
    record_again,
    record_run,
    view_trial,
)
from engine.playing.stage import prepare
from engine.trial_values import RunResult

__all__ = [
    "Play",
    "RunResult",
    "TrialView",
    "act_in_trial",
    "begin_trial",
    "check_runs",
    "fields_of_step",
    "play",
    "prepare",
    "record_again",
    "record_run",
    "view_trial",
]
