"""Each lane asks for a role of the catalogue, by `sop:pelaksana` or by its name.

Right: lane "Sekretaris"; lane "Sekretaris Bappeda" with pelaksana="sekretaris".
Wrong: lane "Pak Budi"; pelaksana="sekertaris".
"""

from collections.abc import Iterator
from difflib import get_close_matches

from workflows.drawing import Lane
from workflows.lint.finding import Draft, Problem, cut, suggest
from workflows.pelaksana import ROLES, role_for_lane
from workflows.said import Said


def check(draft: Draft) -> Iterator[Problem]:
    for lane in draft.drawing.lanes.values():
        if lane.is_column and role_for_lane(lane.pelaksana, lane.name) is None:
            yield Problem(lane.id, _message(lane))


def _message(lane: Lane) -> Said:
    called = (
        Said('Jalur "%(name)s"', name=cut(lane.name))
        if lane.name
        else Said('Jalur tanpa nama (id "%(id)s")', id=lane.id)
    )
    asked = (
        Said('meminta peran "%(role)s", yang tidak ada', role=cut(lane.pelaksana))
        if lane.pelaksana
        else Said("tidak cocok dengan peran mana pun")
    )
    near = get_close_matches(
        cut(lane.pelaksana or lane.name).casefold(),
        {role.code: role for role in ROLES} if lane.pelaksana else _names(),
        n=1,
    )
    return Said(
        "%(it)s %(asked)s dalam daftar peran.%(hint)s Pilih pelaksana jalur ini dari daftar peran.",
        it=called,
        asked=asked,
        hint=suggest(_names().get(near[0], near[0]) if near else ""),
    )


def _names() -> dict[str, str]:
    return {name.casefold(): name for role in ROLES for name in (role.name, *role.aliases)}
