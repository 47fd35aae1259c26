import re

import pytest

from workflows.pelaksana import ROLES, role_for_lane


@pytest.mark.parametrize(
    ("lane", "code"),
    [
        ("Kasubbag. Rencana Kerja dan Monev", "kasubbag_renja_monev"),  # as on the sheet
        ("KASUBBAG RENCANA KERJA\nDAN MONEV", "kasubbag_renja_monev"),
        ("Sekretaris", "sekretaris"),
        ("Kepala  Bidang", "kepala_bidang"),
        ("Kepala Dinas", "kepala_badan"),
        ("Head of Agency", "kepala_badan"),
        ("Forum SKPD", "forum_skpd"),
        ("ppk skpd", "ppk_skpd"),
    ],
)
def test_a_lane_is_matched_by_the_names_people_write(lane: str, code: str) -> None:
    role = role_for_lane(None, lane)
    assert role is not None and role.code == code


def test_a_code_wins_over_the_name() -> None:
    role = role_for_lane("kepala_badan", "Sekretaris")
    assert role is not None and role.code == "kepala_badan"


def test_a_misspelt_code_does_not_fall_back_to_the_name() -> None:
    assert role_for_lane("sekertaris", "Sekretaris") is None


@pytest.mark.parametrize("lane", ["", "  ", "Seseorang"])
def test_an_unknown_name_is_no_role(lane: str) -> None:
    assert role_for_lane(None, lane) is None
    assert role_for_lane("", lane) is None


def test_forums_and_teams_are_collective() -> None:
    collective = {role.code for role in ROLES if role.collective}
    assert collective == {"forum_skpd", "tim_penyusun", "tapd", "banggar_dprd"}


def test_codes_and_names_are_unique() -> None:
    codes = [role.code for role in ROLES]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z][a-z_]*", code) for code in codes)
    # Two roles of one name would make a lane's meaning depend on the order of the catalogue.
    names = [
        re.sub(r"\W", "", name).casefold()
        for role in ROLES
        for name in {role.name, role.name_en, *role.aliases}
    ]
    assert sorted(set(names)) == sorted(names)
