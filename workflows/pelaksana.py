"""The role catalogue: who may stand in a lane, by code and by the names that sheets use.

A role is what a lane asks for, never a person and never an echelon. The starting list is that of
regional planning and budgeting; agencies name their jabatan freely and map them to these codes.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True)
class Role:
    """A role. `collective`: a forum or a team, of whose members anyone may act for all.

    `aliases` are further names under which lanes ask for it. `regional`: there is one for the whole
    region, so it is looked for beyond the agency whose case it is.
    """

    code: str
    name: str
    name_en: str
    collective: bool = False
    aliases: tuple[str, ...] = ()
    regional: bool = False


ROLES: Final[tuple[Role, ...]] = (
    Role(
        "kasubbag_renja_monev",
        "Kasubbag Rencana Kerja dan Monev",
        "Head of the Work Plan and Monitoring Subdivision",
        aliases=(
            "Kasubag Rencana Kerja dan Monev",
            "Kepala Subbagian Rencana Kerja dan Monev",
            "Kasubbag Rencana Kerja dan Monitoring, Evaluasi",
            "Kasubbag Rencana Kerja dan Monitoring dan Evaluasi",
            "Kasubbag Program",
            "Kasubbag Perencanaan, Evaluasi dan Pelaporan",
        ),
    ),
    Role("sekretaris", "Sekretaris", "Secretary", aliases=("Sekretaris Badan", "Sekretaris Dinas")),
    Role("kepala_bidang", "Kepala Bidang", "Head of Division", aliases=("Kabid",)),
    Role(
        "kepala_badan",
        "Kepala Badan",
        "Head of Agency",
        aliases=("Kaban", "Kepala Dinas", "Kepala Perangkat Daerah", "Kepala SKPD", "Kepala OPD"),
    ),
    Role(
        "forum_skpd",
        "Forum SKPD",
        "Forum of Regional Agencies",
        collective=True,
        aliases=("Forum PD", "Forum OPD", "Forum Perangkat Daerah"),
    ),
    Role(
        "penyusun_program",
        "Penyusun Program",
        "Programme Planner",
        aliases=("Staf Penyusun Program", "Staf"),
    ),
    Role(
        "tim_penyusun",
        "Tim Penyusun",
        "Drafting Team",
        collective=True,
        aliases=("Tim", "Tim Penyusun Renja", "Tim Penyusun RKA", "Tim Perencana"),
    ),
    Role("pengadministrasi", "Pengadministrasi", "Administration Clerk"),
    Role(
        "tapd",
        "TAPD",
        "Regional Budget Team",
        collective=True,
        aliases=("Tim Anggaran Pemerintah Daerah",),
        regional=True,
    ),
    Role("sekda", "Sekretaris Daerah", "Regional Secretary", aliases=("Sekda",), regional=True),
    Role("kepala_daerah", "Kepala Daerah", "Head of Region", aliases=("KDH",), regional=True),
    Role(
        "ppkd",
        "PPKD",
        "Regional Financial Management Officer",
        aliases=("Pejabat Pengelola Keuangan Daerah",),
        regional=True,
    ),
    Role(
        "bud",
        "BUD",
        "Regional General Treasurer",
        aliases=("Bendahara Umum Daerah",),
        regional=True,
    ),
    Role("pengguna_anggaran", "Pengguna Anggaran", "Budget User", aliases=("PA",)),
    Role(
        "kuasa_pengguna_anggaran",
        "Kuasa Pengguna Anggaran",
        "Authorised Budget User",
        aliases=("KPA",),
    ),
    Role(
        "pptk", "PPTK", "Activity Technical Officer", aliases=("Pejabat Pelaksana Teknis Kegiatan",)
    ),
    Role(
        "ppk_skpd",
        "PPK-SKPD",
        "Agency Financial Administration Officer",
        aliases=("Pejabat Penatausahaan Keuangan SKPD",),
    ),
    Role("bendahara", "Bendahara", "Treasurer"),
    Role(
        "verifikator_bappeda",
        "Verifikator Bappeda",
        "Planning Agency Verifier",
        aliases=("Verifikator",),
        regional=True,
    ),
    Role("inspektorat", "Inspektorat", "Inspectorate", aliases=("APIP",), regional=True),
    Role("bagian_organisasi", "Bagian Organisasi", "Organisation Division", regional=True),
    Role(
        "banggar_dprd",
        "Badan Anggaran DPRD",
        "Council Budget Committee",
        collective=True,
        aliases=("Banggar", "Banggar DPRD"),
        regional=True,
    ),
)


def role_for_lane(pelaksana: str | None, lane_name: str) -> Role | None:
    """The role that a lane asks for: by its `sop:pelaksana` code, or by its name if it has none.

    A code that is not in the catalogue is None too: a typo must not fall back to the name.
    """
    if pelaksana is not None and pelaksana.strip():
        return _by_code().get(pelaksana.strip())
    return _by_name().get(_fold(lane_name))


def is_regional(code: str) -> bool:
    """Whether there is one of that role for the whole region."""
    role = _by_code().get(code)
    return role is not None and role.regional


def _fold(name: str) -> str:
    """Letters and digits only, lower case, so that "PPK-SKPD" and "ppk skpd" are one name."""
    return re.sub(r"[\W_]+", "", name.casefold())


@cache
def _by_code() -> dict[str, Role]:
    return {role.code: role for role in ROLES}


@cache
def _by_name() -> dict[str, Role]:
    return {
        _fold(name): role for role in ROLES for name in (role.name, role.name_en, *role.aliases)
    }
