"""Trials and recorded runs from beginning to end: each is played in a rehearsal, of which nothing
remains; what is to be kept goes through the use cases of trials and runs."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Final

from engine.app import App
from engine.errors import ConflictError, NotFoundError
from engine.playing.acts import Played, play_act
from engine.playing.look import outcome_of, scene_of
from engine.playing.stage import Ready, Stage, prepare
from engine.rehearsing import rehearse
from engine.sketching import refuse_others
from engine.trial_values import ActLine, RunContent, RunResult, Scene, TrialDetail
from engine.usecases import runs, sop_drafts, trials
from workflows.errors import InvalidSopError, SopError
from workflows.forms import Field, read_form
from workflows.rights import Actor
from workflows.trials import Act, Difference, Outcome, compare, write_script

KEPT_SECONDS: Final = 30.0  # people and calendars may change meanwhile
MOST_KEPT: Final = 16


@dataclass(frozen=True)
class Play:
    """A script as far as it could be played; `stopped`: why not further."""

    acts: tuple[ActLine, ...]
    stopped: SopError | None
    scene: Scene | None

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Of each act; of the one that was turned down, its error."""
        done = tuple(one.outcome for one in self.acts)
        if self.stopped is None:
            return done
        state = done[-1].state if done else ""
        return (*done, Outcome(state, refused=self.stopped.code))


class _Recent:
    """After an act its page is asked for at once, and again when it is loaded anew: it needs the
    very same play."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], tuple[float, Play]] = OrderedDict()
        self._lock = Lock()

    def keep(self, app: App, ready: Ready, script: Sequence[Act], made: Play) -> None:
        with self._lock:
            self._kept[_key(app, ready, script)] = time.monotonic(), made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def find(self, app: App, ready: Ready, script: Sequence[Act], chosen: str) -> Play | None:
        """None when it was too long ago, or when another step is to be shown."""
        with self._lock:
            at, made = self._kept.get(_key(app, ready, script), (0.0, None))
        fresh = made is not None and time.monotonic() - at < KEPT_SECONDS
        shown = made.scene.chosen_spot if made and made.scene else ""
        return made if fresh and chosen in ("", shown) else None


def _key(app: App, ready: Ready, script: Sequence[Act]) -> tuple[object, ...]:
    return str(app.database.url), ready.hash, json.dumps(write_script(script))


_played = _Recent()


@dataclass(frozen=True)
class TrialView:
    """What the page of a trial shows. `unready`: why the drawing cannot be played at all;
    `difference`: to how the script went on the revision that was tried before."""

    trial: TrialDetail
    play: Play
    unready: SopError | None = None
    difference: Difference | None = None


def play(
    app: App,
    ready: Ready,
    script: Sequence[Act],
    *,
    look: bool = False,
    chosen: str = "",
    compared: bool = True,
) -> Play:
    """Play it all. `look`: what the page needs is looked at as well; `compared`: what each act has
    led to is asked for, else only of the last.

    What an act raises ends the play, as staff would see it. Raises UnavailableError.
    """
    with rehearse(app) as rehearsed:
        stage, lines = Stage(rehearsed, ready), list[ActLine]()
        stopped: SopError | None = None
        for number, act in enumerate(script, 1):
            try:
                played = play_act(stage, act)
            except SopError as error:
                stopped = error
                break
            asked = compared or number == len(script)
            lines.append(_line(stage, number, act, played, asked))
        scene = scene_of(stage, lines, stopped, chosen) if look else None
        return Play(tuple(lines), stopped, scene)


def _line(stage: Stage, number: int, act: Act, played: Played, asked: bool) -> ActLine:
    came = outcome_of(stage) if asked else Outcome("")
    return ActLine(number, act, stage.now, played.name, played.by, played.stand_in, came)


def view_trial(
    app: App, actor: Actor, trial_id: int, *, chosen: str = "", before: int | None = None
) -> TrialView:
    """How a trial stands. `before`: the revision to compare with, where the draft has changed.

    Raises as `engine.usecases.trials.read_trial`; UnavailableError.
    """
    trial = trials.read_trial(app, actor, trial_id)
    try:
        ready = prepare(trial.xml, trial.forms)
    except InvalidSopError as error:
        return TrialView(trial, Play((), None, None), error)
    if before is not None:
        view = TrialView(trial, play(app, ready, trial.script, look=True, chosen=chosen))
        return replace(view, difference=_since(app, actor, view, before))
    played = _played.find(app, ready, trial.script, chosen)
    played = played or _look(app, ready, trial.script, chosen)
    return TrialView(trial, played)


def _look(app: App, ready: Ready, script: Sequence[Act], chosen: str = "") -> Play:
    """Play it for its page, and keep that for when it is loaded again."""
    played = play(app, ready, script, look=True, chosen=chosen, compared=False)
    if played.stopped is None:  # what stopped it may be gone the next time
        _played.keep(app, ready, script, played)
    return played


def _since(app: App, actor: Actor, view: TrialView, before: int) -> Difference | None:
    try:
        old = trials.read_trial(app, actor, view.trial.line.id, revision=before)
        played = play(app, prepare(old.xml, old.forms), old.script)
    except (InvalidSopError, NotFoundError):  # then there is nothing to compare with
        return None
    return compare(played.outcomes, view.play.outcomes)


def begin_trial(app: App, actor: Actor, draft_id: int, act: Act, now: datetime) -> TrialDetail:
    """A new trial, if its case can begin. Raises what `prepare` and the act raise."""
    draft = sop_drafts.read_sop_draft(app, actor, draft_id, now)
    ready = prepare(draft.xml.encode(), draft.forms)
    _raise(_look(app, ready, [act]))
    return trials.begin_trial(app, actor, draft_id, act, now)


def act_in_trial(
    app: App, actor: Actor, trial_id: int, act: Act, seen: int, now: datetime
) -> TrialDetail:
    """Play one more act, and keep it if it could be played. `seen`: how many came before it.

    Raises what the act raises; as `engine.usecases.trials.add_act`.
    """
    trial = trials.read_trial(app, actor, trial_id)
    ready, script = prepare(trial.xml, trial.forms), [*trial.script[:seen], act]
    _raise(_look(app, ready, script))
    return trials.add_act(app, actor, trial_id, act, seen, now)


def _raise(played: Play) -> None:
    if played.stopped is not None:
        raise played.stopped


def fields_of_step(trial: TrialDetail, node: str) -> tuple[Field, ...]:
    """The fields of a step's form; none of a step that the drawing does not have."""
    ready = prepare(trial.xml, trial.forms)
    kegiatan = ready.sop.kegiatan_at(node)
    if kegiatan is None or kegiatan.formulir is None:
        return ()
    return read_form(ready.forms[kegiatan.formulir]).fields


def record_run(
    app: App,
    actor: Actor,
    trial_id: int,
    name: str,
    now: datetime,
    *,
    instead_of: int | None = None,
) -> int:
    """Keep the trial as a recorded run of its SOP; its id.

    Raises as `engine.usecases.runs.keep_run`, and what stops the play.
    """
    trial = trials.read_trial(app, actor, trial_id)
    played = play(app, prepare(trial.xml, trial.forms), trial.script)
    _raise(played)
    script, came = trial.script, played.outcomes
    return runs.keep_run(app, actor, trial.key, name, script, came, now, instead_of=instead_of)


def record_again(app: App, actor: Actor, draft_id: int, run_id: int, now: datetime) -> None:
    """Let what the run comes to on the draft as it is now be what is expected of it.

    Raises NotAllowedError: right_missing; NotFoundError: run_not_found; ConflictError:
    run_breaks_off (name, act); what `prepare` raises.
    """
    refuse_others(actor)
    draft = sop_drafts.read_sop_draft(app, actor, draft_id, now)
    run = next((o for o in runs.read_runs(app, actor, draft.line.key) if o.id == run_id), None)
    if run is None:
        raise NotFoundError("run_not_found", run=run_id)
    ready = prepare(draft.xml.encode(), draft.forms)
    played = play(app, ready, run.script)
    if played.stopped is not None:
        raise ConflictError("run_breaks_off", name=run.name, act=len(played.acts) + 1)
    runs.keep_run(
        app, actor, draft.line.key, run.name, run.script, played.outcomes, now, instead_of=run.id
    )
    _keep(app, ready, [RunResult(run.id, run.name, None)], now)


def check_runs(app: App, actor: Actor, draft_id: int, now: datetime) -> tuple[RunResult, ...]:
    """Play every recorded run of the draft's SOP on the draft as it is now, and keep how each came
    out; `engine.proving.refuse_failing_runs` then lets it be published, or not.

    Raises NotAllowedError: right_missing; NotFoundError: sop_draft_not_found; InvalidSopError:
    what `prepare` raises.
    """
    draft = sop_drafts.read_sop_draft(app, actor, draft_id, now)
    recorded = runs.read_runs(app, actor, draft.line.key)
    if not recorded:
        return ()
    ready = prepare(draft.xml.encode(), draft.forms)
    results = tuple(_check(app, ready, run) for run in recorded)
    _keep(app, ready, results, now)
    return results


def _check(app: App, ready: Ready, run: RunContent) -> RunResult:
    played = play(app, ready, run.script)
    difference = compare(run.expected, played.outcomes)
    if difference is None:
        return RunResult(run.id, run.name, None)
    act = run.script[difference.act - 1] if difference.act <= len(run.script) else None
    node = str(getattr(act, "node", ""))
    step = ready.sop.kegiatan_at(node)
    return RunResult(run.id, run.name, difference, step.name if step else node)


def _keep(app: App, ready: Ready, results: Sequence[RunResult], now: datetime) -> None:
    runs.note_results(app, ready.hash, results, now)
