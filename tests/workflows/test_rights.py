"""Who may do what, as a table: every verb asked of those who may and those who may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workflows.rights import OPERATOR, STEERING, Actor, Position, Thing, capacity_for, may

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


def stand_in(for_id: int, role: str = "kepala_bidang") -> Position:
    """Of person 9, who stands in for another."""
    return Position(
        5, "Jabatan", role, BIDANG, "U", "Unit", (PEMDA, PD, BIDANG), "pengganti", for_id, "Nama"
    )


def test_a_substitute_takes_over_what_the_absent_has_claimed_and_nothing_else() -> None:
    substitute = Actor(9, "s", "S", "id", frozenset(), (stand_in(1),))
    for verb in ("claim", "complete", "pause"):
        assert may(substitute, verb, replace(ITEM, claimed_by=1)) is None
        assert may(substitute, verb, replace(ITEM, claimed_by=2)) == "item_claimed_by_other"
    assert capacity_for(substitute, ITEM) == stand_in(1)


def test_four_eyes_bars_the_doer_and_whoever_stands_in_for_the_doer() -> None:
    substitute = Actor(9, "s", "S", "id", frozenset(), (stand_in(1),))
    for verb in ("claim", "complete", "prepare", "delegate"):
        assert may(PEOPLE["kabid"], verb, replace(ITEM, barred={1})) == "four_eyes"
        assert may(substitute, verb, replace(ITEM, barred={1})) == "four_eyes"
        assert may(substitute, verb, replace(ITEM, barred={9})) == "four_eyes"
        assert may(substitute, verb, replace(ITEM, barred={2})) is None


def test_a_holder_who_also_stands_in_acts_in_their_own_right() -> None:
    own = Position(1, "Jabatan", "kepala_bidang", BIDANG, "U", "Unit", (PEMDA, PD, BIDANG))
    both = Actor(9, "s", "S", "id", frozenset(), (stand_in(1), own))
    assert capacity_for(both, ITEM) == own
    assert capacity_for(both, replace(ITEM, barred={1})) == own
    assert capacity_for(both, replace(ITEM, claimed_by=1)) == stand_in(1)


def test_a_delegate_prepares_and_hands_back_while_the_claimant_waits() -> None:
    handed = replace(ITEM, claimed_by=1, delegate=7)
    delegate = actor("staf", BIDANG, (PEMDA, PD), person=7)
    assert may(delegate, "prepare", handed) is None
    assert may(delegate, "hand_back", handed) is None
    assert may(delegate, "complete", handed) == "item_not_yours"
    assert may(PEOPLE["kabid"], "complete", handed) == "item_delegated"
    assert may(PEOPLE["kabid"], "recall", handed) is None
    assert may(PEOPLE["kabid"], "recall", ITEM) == "item_not_delegated"
    assert may(PEOPLE["kabid"], "hand_back", handed) == "item_not_delegated_to_you"


def test_superiors_by_structure_and_those_who_steer_reassign() -> None:
    thing = replace(ITEM, above={77})
    superior = Position(77, "Kepala", "kepala_badan", PD, "U", "Unit", (PEMDA, PD))
    assert may(Actor(4, "k", "K", "id", frozenset(), (superior,)), "reassign", thing) is None
    assert may(PEOPLE["kabid"], "reassign", thing) == "not_superior"
    assert may(PEOPLE["pemilik"], "reassign", thing) is None


@pytest.mark.parametrize("unit", [PD, PEMDA])
def test_a_right_bound_to_a_unit_counts_there_and_below(unit) -> None:
    bound = Actor(4, "k", "K", "id", frozenset(), (), unit_grants=frozenset({("supervisor", unit)}))
    assert may(bound, "read_case", ITEM) is None
    assert may(bound, "read_mails", ITEM) is None
    elsewhere = Thing(case_unit=OTHER, case_ancestors=(PEMDA, OTHER))
    assert (may(bound, "read_case", elsewhere) is None) == (unit == PEMDA)
    assert may(bound, "read_mails", Thing()) == "right_missing"
    assert may(bound, "operate", ITEM) == "right_missing"


def test_an_auditor_comments_only_where_they_read_as_somebody_else_too() -> None:
    auditor = Actor(4, "a", "A", "id", frozenset({"auditor"}), ())
    assert may(auditor, "read_case", ITEM) is None
    assert may(auditor, "comment", ITEM) == "comment_not_allowed"
    assert may(auditor, "comment", replace(ITEM, involved=True)) is None
    own = Position(77, "Kepala", "kepala_badan", PD, "U", "Unit", (PEMDA, PD))
    assert may(replace(auditor, positions=(own,)), "comment", ITEM) is None
    assert (
        may(replace(auditor, grants=frozenset({"auditor", "supervisor"})), "comment", ITEM) is None
    )


def test_whoever_has_a_part_in_a_case_reads_it() -> None:
    assert may(PEOPLE["luar"], "read_case", ITEM) == "case_not_yours"
    assert may(PEOPLE["luar"], "read_case", replace(ITEM, involved=True)) is None
