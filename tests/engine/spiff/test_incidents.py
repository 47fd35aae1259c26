"""What fails inside a process stays at its node; the rest of the case goes on."""

from collections.abc import Callable
from typing import Any

import pytest

Begin = Callable[..., Any]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({}, "expression_failed"),
        ({"pagu": "seratus"}, "expression_failed"),
        ({"pagu": 100}, "no_flow_holds"),
    ],
)
def test_a_decision_that_fails_is_an_incident(
    begin: Begin, answers: dict[str, object], reason: str
) -> None:
    case = begin("condition")
    step = case.complete("usul", **answers)
    (incident,) = step.incidents
    assert (incident.node, incident.reason) == ("besar", reason)
    assert not step.finished
    assert set(step.tokens) == {"besar", "kerja"}
    # Other staff work on; the incident waits, also over a tick.
    assert case.complete("kerja").incidents == (incident,)
    assert case.tick(days=1).incidents == (incident,)
    assert not case.step.finished
    step = case.retry(pagu=150)
    assert step.incidents == ()
    assert case.nodes == ["bupati"]
    assert case.complete("bupati").finished


def test_a_retry_that_fails_again_changes_nothing(begin: Begin) -> None:
    case = begin("condition")
    step = case.complete("usul")
    again = case.retry()
    assert again.state == step.state
    assert again.incidents == step.incidents


def test_an_incident_says_what_was_missing(begin: Begin) -> None:
    case = begin("condition")
    (incident,) = case.complete("usul").incidents
    assert incident.fields["name"] == "pagu"
    assert incident.fields["text"] == "pagu < 100"


def test_a_condition_must_be_yes_or_no(begin: Begin) -> None:
    case = begin("parallel")
    case.complete("hitung", cukup="tidak")
    (incident,) = case.step.incidents
    assert incident.reason == "condition_not_boolean"
    case.retry(cukup=None)
    assert case.nodes == ["gambar", "hitung"]
