"""Whom another engine's file names for a step, and which form: read where the meaning is plain."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from workflows.pelaksana import Role, role_for_lane
from workflows.process import dialects
from workflows.process.tree import attribute, parts, text

# BPMN's own ways to name somebody for an activity.
PERFORMERS: Final = frozenset({"resourceRole", "performer", "humanPerformer", "potentialOwner"})
_FORM_FILE: Final = re.compile(r"(?:camunda-forms:deployment:)?([A-Za-z0-9][\w.-]{0,99}\.form)")
# No blanks beside the name in the pattern: that would make it slow on very many of them.
_GROUP: Final = re.compile(r"group\(([^()]+)\)")


def asked_role(step: etree._Element) -> Role | None:
    """The first candidate group of a step that is a role of the catalogue, by code or name."""
    found = (role_of(group) for group in candidate_groups(step))
    return next((role for role in found if role is not None), None)


def role_of(group: str) -> Role | None:
    return role_for_lane(group, "") or role_for_lane(None, group)


def candidate_groups(step: etree._Element) -> tuple[str, ...]:
    """The groups whose members may do a step, as written; expressions are no group."""
    written = [dialects.value(step, "candidateGroups")]
    for one in dialects.elements(step, "assignmentDefinition"):
        written.append(_unquoted(attribute(one, "candidateGroups")))
    written += _potential_owners(step)
    groups = (group.strip() for listed in written for group in listed.split(","))
    return tuple(group for group in groups if group and not set(group) & set("${}#="))


def form_file(step: etree._Element) -> str | None:
    """The form that a step of another engine names, if that is the name of a form file."""
    keys = [dialects.value(step, "formKey")]
    keys += [attribute(one, "formKey") for one in dialects.elements(step, "formDefinition")]
    found = (_FORM_FILE.fullmatch(key) for key in keys)
    return next((match[1] for match in found if match), None)


def _potential_owners(step: etree._Element) -> Iterator[str]:
    """`user(a), group(b)`; a bare name means a group."""
    for owner in parts(step, "potentialOwner"):
        for assignment in parts(owner, "resourceAssignmentExpression"):
            written = text(assignment)
            yield ",".join(_GROUP.findall(written)) if "(" in written else written


def _unquoted(written: str) -> str:
    """`a, b` or the FEEL list `=["a", "b"]`."""
    if not written.startswith("="):
        return written
    listed = written.removeprefix("=").strip()
    return listed.removeprefix("[").removesuffix("]").replace('"', "")
