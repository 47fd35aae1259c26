"""Who may do what, as a table: every verb asked of those who may and those who may not."""

from __future__ import annotations

import pytest

from workflows.rights import OPERATOR, STEERING, Actor, Position, Thing, may

PEMDA, PD, BIDANG, OTHER = 1, 10, 11, 20


def actor(role: str, unit: int, above: tuple[int, ...], *grants: str, person: int = 1) -> Actor:
    position = Position(1, "Jabatan", role, unit, "U", "Unit", (*above, unit))
    return Actor(person, "login", "Nama", "id", frozenset(grants), (position,))


PEOPLE = {
    "kabid": actor("kepala_bidang", BIDANG, (PEMDA, PD)),
    "kabid_lain": actor("kepala_bidang", 12, (PEMDA, PD), person=2),
    "kepala": actor("kepala_badan", PD, (PEMDA,), "supervisor"),
    "sekda": actor("sekda", PEMDA, ()),
    "luar": actor("kepala_bidang", 21, (PEMDA, OTHER)),
    "pemilik": actor("staf", BIDANG, (PEMDA, PD), "process_owner"),
    "auditor": actor("staf", 21, (PEMDA, OTHER), "auditor"),
    "operator": OPERATOR,
}
ITEM = Thing(case_unit=PD, case_ancestors=(PEMDA, PD), unit=BIDANG, role="kepala_bidang")
START = Thing(case_unit=PD, case_ancestors=(PEMDA, PD), roles={"kepala_bidang", "kepala_badan"})


@pytest.mark.parametrize(
    ("verb", "thing", "allowed"),
    [
        *((verb, ITEM, {"pemilik", "operator"}) for verb in STEERING),
        ("read_mails", Thing(), {"kepala", "operator"}),
        ("start", START, {"kabid", "kabid_lain", "kepala", "pemilik", "operator"}),
        (
            "read_case",
            ITEM,
            {"kabid", "kabid_lain", "kepala", "sekda", "pemilik", "auditor", "operator"},
        ),
        ("claim", ITEM, {"kabid"}),
        ("complete", ITEM, {"kabid"}),
        ("release", ITEM, set()),
    ],
)
def test_each_verb_for_each_person(verb, thing, allowed) -> None:
    assert {name for name, who in PEOPLE.items() if may(who, verb, thing) is None} == allowed


def test_a_claimed_item_belongs_to_one_person() -> None:
    claimed = Thing(PD, (PEMDA, PD), BIDANG, "kepala_bidang", claimed_by=1)
    assert may(PEOPLE["kabid"], "complete", claimed) is None
    assert may(PEOPLE["kabid"], "release", claimed) is None
    other = actor("kepala_bidang", BIDANG, (PEMDA, PD), person=3)
    for verb in ("claim", "complete", "release"):
        assert may(other, verb, claimed) == "item_claimed_by_other"
