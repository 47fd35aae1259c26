"""A decision that has been read: how it is evaluated, together with those that it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.decisions.compare import as_json
from workflows.decisions.errors import DecisionError, UnfitError
from workflows.decisions.hits import Record, evaluate_table
from workflows.decisions.kinds import Kind
from workflows.decisions.scope import Budget, Scope
from workflows.decisions.slots import Slot
from workflows.decisions.table import MULTIPLE, Table, check_allowed
from workflows.decisions.unary import Test
from workflows.expressions.budget import TooLargeError


@dataclass(frozen=True, slots=True)
class Formula:
    """A literal expression; `name`: of its result."""

    name: str
    slot: Slot
    kind: Kind
    allowed: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: the results of rules, by name of the output.

    `is_list`: several rules may hit. `is_plain`: there is one output.
    """

    records: list[Record]
    is_list: bool
    is_plain: bool

    def natural(self) -> object:
        """One output: its value; several: a record; a list of these where several rules may hit;
        None when nothing was found."""
        found = (
            [next(iter(one.values())) for one in self.records] if self.is_plain else self.records
        )
        if self.is_list:
            return list(found)
        return found[0] if found else None

    def of_output(self, name: str) -> object:
        """The result of one output, or the list of its results."""
        found = [one.get(name) for one in self.records]
        if self.is_list:
            return found
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Requirement:
    """A decision whose answer is read: whole under `names`, the result of an output under the
    names in `outputs` (name in expressions -> name of the output)."""

    decision: str
    names: tuple[str, ...]
    outputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """`requirements`: of this decision itself; `plan`: all that are evaluated before it, in order.
    `aliases`: variables whose names are no words, name in the case -> name in expressions.
    `reads`: variables of the case that it or its requirements may read.
    """

    id: str
    name: str
    logic: Table | Formula
    requirements: tuple[Requirement, ...] = ()
    plan: "tuple[Decision, ...]" = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()

    def evaluate(self, variables: Mapping[str, object]) -> object:
        """What the rules that hit say, by name of the output: a record, None when no rule matched;
        a list of records when the hit policy may hit several rules. Raises DecisionError."""
        outcome = decide(self, variables)
        if outcome.is_list:
            return outcome.records
        return outcome.records[0] if outcome.records else None


def decide(decision: Decision, variables: Mapping[str, object]) -> Outcome:
    """Raises DecisionError, nothing else."""
    budget = Budget()
    known: dict[str, Outcome] = {}
    one = decision
    try:
        for one in (*decision.plan, decision):
            known[one.id] = _evaluate(one, _scope(one, variables, known, budget))
    except TooLargeError:
        raise DecisionError("dmn_too_much_work", decision=one.id) from None
    return known[decision.id]


def _scope(
    decision: Decision,
    variables: Mapping[str, object],
    known: Mapping[str, Outcome],
    budget: Budget,
) -> Scope:
    """The variables of the case, hidden by the answers that the decision requires."""
    seen = dict(variables)
    for written, word in decision.aliases.items():
        if written in variables:
            seen[word] = variables[written]
    for need in decision.requirements:
        outcome = known[need.decision]
        seen |= {word: outcome.of_output(name) for word, name in need.outputs.items()}
        seen |= dict.fromkeys(need.names, outcome.natural())
    return Scope(seen, budget)


def _evaluate(decision: Decision, scope: Scope) -> Outcome:
    logic = decision.logic
    if isinstance(logic, Table):
        is_list = logic.policy in MULTIPLE and not logic.aggregation
        return Outcome(evaluate_table(logic, scope), is_list, len(logic.outputs) == 1)
    try:
        value = logic.kind.read(logic.slot.evaluate(scope))
        check_allowed(value, logic.allowed, scope)
    except UnfitError as error:
        fields = {"decision": decision.id, "text": logic.slot.text[:200], "reason": error.reason}
        raise DecisionError("dmn_formula_failed", **{**fields, **error.fields}) from None
    return Outcome([{logic.name: as_json(value, scope.budget)}], False, True)
