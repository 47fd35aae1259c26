"""The lint of SOP drawings: one rule a file, all findings at once, in plain Indonesian.

Errors block deploying, warnings do not. The rules look at the file only; they need no database,
no clock and no engine. What they let pass the engine carries out as it is drawn.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from workflows.drawing import read_drawing
from workflows.lint import (
    all_reachable,
    choice_exists,
    deadline_fits,
    decision_has_default_or_conditions,
    decision_readable,
    element_supported,
    end_reachable,
    expression_readable,
    extension_known,
    flow_fits,
    foreign_extension,
    form_readable,
    four_eyes,
    labels_on_decision,
    ladder_readable,
    lane_has_known_role,
    multi_instance_unit,
    mutu_baku_present,
    one_start,
    role_has_holder,
    step_has_name,
    step_in_lane,
    sum_matches,
    variable_given,
    verb_first,
    waktu_readable,
)
from workflows.lint.finding import Draft, Finding, Problem, Rule, Severity
from workflows.lint.surroundings import Seat, Surroundings, asked_seats, asked_units
from workflows.process.read import read_process

__all__ = [
    "EXECUTABLE", "MAX_PER_RULE", "RULES", "Finding", "Seat", "Severity", "Surroundings",
    "asked_seats", "asked_units", "lint",
]  # fmt: skip

# Nobody reads more at once, and a hostile file must not keep the rules busy.
MAX_PER_RULE: Final = 100

RULES: Final[Mapping[str, Rule]] = {
    "element_supported": element_supported.check,
    "one_start": one_start.check,
    "flow_fits": flow_fits.check,
    "all_reachable": all_reachable.check,
    "end_reachable": end_reachable.check,
    "lane_has_known_role": lane_has_known_role.check,
    "step_in_lane": step_in_lane.check,
    "role_has_holder": role_has_holder.check,
    "step_has_name": step_has_name.check,
    "verb_first": verb_first.check,
    "mutu_baku_present": mutu_baku_present.check,
    "waktu_readable": waktu_readable.check,
    "sum_matches": sum_matches.check,
    "deadline_fits": deadline_fits.check,
    "ladder_readable": ladder_readable.check,
    "decision_has_default_or_conditions": decision_has_default_or_conditions.check,
    "labels_on_decision": labels_on_decision.check,
    "expression_readable": expression_readable.check,
    "form_readable": form_readable.check,
    "decision_readable": decision_readable.check,
    "variable_given": variable_given.check,
    "choice_exists": choice_exists.check,
    "four_eyes": four_eyes.check,
    "multi_instance_unit": multi_instance_unit.check,
    "extension_known": extension_known.check,
    "foreign_extension": foreign_extension.check,
}


# The rule of what only the engine, or the other SOPs, can tell.
EXECUTABLE: Final = "executable"


def lint(
    root: etree._Element,
    forms: Mapping[str, str] | None = None,
    surroundings: Surroundings | None = None,
) -> tuple[Finding, ...]:
    """The findings, errors first, else in the order of the rules and of the file; at most
    `MAX_PER_RULE` of each rule and severity.

    `root` comes from `read_xml`; `forms` are the schemas beside the file by name, None where they
    are not known (their absence is then not reported); `surroundings`: the organisation, for the
    seats of `asked_seats`. Raises InvalidSopError for a drawing that cannot even be walked:
    invalid_id, unknown_reference.
    """
    draft = Draft(root, read_drawing(root), read_process(root), forms, surroundings)
    findings = [
        Finding(name, problem.severity, problem.element, problem.message)
        for name, check in RULES.items()
        for problem in _first(check(draft))
    ]
    return tuple(sorted(findings, key=lambda finding: finding.severity != "error"))


def _first(problems: Iterator[Problem]) -> Iterator[Problem]:
    """Counted by severity: a hundred warnings must not hide the error after them."""
    seen: Counter[Severity] = Counter()
    for problem in problems:
        seen[problem.severity] += 1
        if seen[problem.severity] <= MAX_PER_RULE:
            yield problem
        if seen["error"] >= MAX_PER_RULE:
            return
