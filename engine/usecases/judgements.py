"""What the judge says of a drawing before anybody saves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.app import App
from engine.errors import NotAllowedError
from engine.judging import judge
from engine.store.transaction import transaction
from workflows.errors import InvalidSopError
from workflows.lint import Finding
from workflows.reader import read_xml
from workflows.rights import Actor, Thing, may


@dataclass(frozen=True)
class Judgement:
    """The findings, errors first; `refused`: why the drawing cannot be read at all, then there are
    none."""

    findings: tuple[Finding, ...]
    refused: InvalidSopError | None = None


def judge_draft(
    app: App, actor: Actor, xml: bytes, forms: Mapping[str, str], now: datetime
) -> Judgement:
    """Nothing changes. Raises NotAllowedError: right_missing."""
    if reason := may(actor, "draft", Thing()):
        raise NotAllowedError(reason, verb="draft")
    try:
        root = read_xml(xml)
    except InvalidSopError as error:
        return Judgement((), error)
    with transaction(app.sessions) as tx:
        return Judgement(judge(tx, root, forms, app.today(now)))
