"""What other engines have written into the file and is not carried out: the author is told so.

Right: a lane and a mutu baku; camunda:candidateGroups="sekretaris"; colours of any editor.
Warned: camunda:assignee, flowable:dueDate, a form that is no file. Wrong: a listener, a Java class,
an expression that skips the step; they would change what happens.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem
from workflows.lint.instead import FOREIGN
from workflows.lint.saying import problems


def check(draft: Draft) -> Iterator[Problem]:
    yield from problems(draft, FOREIGN)
