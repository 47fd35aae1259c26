"""In every agency somebody holds the role that a step asks for, else no case can begin there.

Right: lane "Sekretaris", and each agency has a Sekretaris, a Plt. or a Plh. today. Warned: a role
that nobody holds in some agency; a step of each bidang in an agency without any.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem, call
from workflows.lint.surroundings import listed, role_of, seats_of
from workflows.said import Said


def check(draft: Draft) -> Iterator[Problem]:
    """Each lane or role once, at the first step that asks for it."""
    if draft.surroundings is None:
        return
    told = set()
    for step in draft.drawing.steps:
        role = role_of(draft.drawing, step)
        for seat in seats_of(draft.drawing, step):
            units = draft.surroundings.vacant.get(seat, ())
            if role is None or not units or seat in told:
                continue
            told.add(seat)
            yield Problem(
                step.node.id,
                Said(
                    '%(it)s dikerjakan "%(role)s", yang hari ini belum ada pejabatnya di '
                    "%(units)s. Di sana SOP ini belum dapat dimulai: tetapkan pejabat, Plt., atau "
                    "Plh.-nya.",
                    it=call(step.node),
                    role=role.name,
                    units=listed(units),
                ),
                "warning",
            )
