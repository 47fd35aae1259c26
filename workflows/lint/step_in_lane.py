"""Each step stands in the lane of somebody who can do it.

Right: a user task in the lane "Sekretaris"; outside all lanes, but with a candidate group that is
a role; in the lane of a forum or a team, whose members act for it. Wrong: a user task outside all
lanes (nobody would get it). Warned: a candidate group that asks for somebody else than the lane
does.
"""

from collections.abc import Iterator

from workflows.lint.finding import Draft, Problem, call, cut
from workflows.pelaksana import role_for_lane
from workflows.said import Said


def check(draft: Draft) -> Iterator[Problem]:
    for step in draft.drawing.steps:
        lane = draft.drawing.lanes.get(step.node.lane or "")
        if lane is None and step.asked is not None:
            continue
        if lane is None:
            yield Problem(
                step.node.id,
                Said(
                    "%(it)s berada di luar jalur, sehingga tidak punya pelaksana. Pindahkan ke "
                    "jalur pelaksananya.",
                    it=call(step.node),
                ),
            )
            continue
        role = role_for_lane(lane.pelaksana, lane.name)
        if role is not None and step.asked is not None and step.asked != role:
            yield Problem(
                step.node.id,
                Said(
                    '%(it)s berada di jalur "%(lane)s", sedangkan berkasnya menunjuk kelompok '
                    '"%(group)s". Yang dipakai jalurnya; samakan keduanya.',
                    it=call(step.node),
                    lane=cut(lane.name),
                    group=step.asked.name,
                ),
                "warning",
            )
