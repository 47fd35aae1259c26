"""The answer of a decision in the shape that a business rule task asks for."""

from collections.abc import Mapping

from workflows.decisions.decision import Decision, Outcome, decide
from workflows.decisions.errors import DecisionError


def answer(decision: Decision, variables: Mapping[str, object], shape: str = "") -> object:
    """JSON, by `shape`:

    - "": one output is a value, several are a record; a list of these under a hit policy that may
      hit several rules; None when no rule matched;
    - singleEntry: the value of the only output, None when no rule matched;
    - singleResult: the record, None when no rule matched;
    - collectEntries: the values of the only output; resultList: the records; both a list always.

    Raises DecisionError: what evaluation raises, and dmn_shape (reason several_results,
    several_outputs, unknown_shape) where the answer does not fit.
    """
    outcome = decide(decision, variables)
    if shape == "":
        return outcome.natural()
    if shape == "resultList":
        return outcome.records
    if shape not in ("singleEntry", "singleResult", "collectEntries"):
        raise _unfit(decision, shape, "unknown_shape")
    if shape != "singleResult" and not outcome.is_plain:
        raise _unfit(decision, shape, "several_outputs")
    if shape == "collectEntries":
        return _values(outcome)
    if len(outcome.records) > 1:
        raise _unfit(decision, shape, "several_results")
    found = outcome.records if shape == "singleResult" else _values(outcome)
    return found[0] if found else None


def _values(outcome: Outcome) -> list[object]:
    return [value for record in outcome.records for value in record.values()]


def _unfit(decision: Decision, shape: str, reason: str) -> DecisionError:
    return DecisionError("dmn_shape", decision=decision.id, shape=shape, reason=reason)
