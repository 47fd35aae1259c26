"""Units, jabatan and accounts as an administrator may write them; the tree and its loops."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, NoReturn, TypeVar

from workflows.errors import InvalidAnswerError
from workflows.pelaksana import ROLES, role_for_lane
from workflows.rights import ADMINISTRATOR, AUDITOR, PROCESS_OWNER, SUPERVISOR
from workflows.storable import is_storable

T = TypeVar("T")
REGION: Final = "pemda"
UNIT_KINDS: Final = (
    REGION,
    "setda",
    "pd",
    "sekretariat",
    "bidang",
    "bagian",
    "subbidang",
    "subbagian",
    "seksi",
    "uptd",
    "forum",
    "tim",
)
UNIT_ZONES: Final = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
GRANTS: Final = (PROCESS_OWNER, SUPERVISOR, ADMINISTRATOR, AUDITOR)  # that people may be given
LONGEST_NAME: Final = 150
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_NIP: Final = re.compile(r"\d{18}")
_ROLE_CODES: Final = frozenset(role.code for role in ROLES)


def refuse(field: str, reason: str, **fields: object) -> NoReturn:
    """Raises InvalidAnswerError(invalid_organisation) with the field and why it is not one."""
    raise InvalidAnswerError("invalid_organisation", field=field, reason=reason, **fields)


def check_name(text: str, field: str = "nama") -> str:
    """A name with single blanks. Raises as `refuse`: required, too_long, name_unusable."""
    name = " ".join(text.split())
    if not name:
        refuse(field, "required")
    if len(name) > LONGEST_NAME:
        refuse(field, "too_long", limit=LONGEST_NAME)
    if not name.isprintable() or not is_storable(name):
        refuse(field, "name_unusable")
    return name


def check_unit_code(text: str) -> str:
    """Raises as `refuse`: required, code_unusable."""
    code = text.strip()
    if not code:
        refuse("kode", "required")
    if not _CODE.fullmatch(code):
        refuse("kode", "code_unusable")
    return code


def check_unit_kind(text: str) -> str:
    """Raises as `refuse`: unknown_kind."""
    kind = text.strip().casefold()
    return kind if kind in UNIT_KINDS else refuse("jenis", "unknown_kind")


def check_zone(text: str) -> str:
    """Raises as `refuse`: unknown_zone."""
    zone = {"WIB": UNIT_ZONES[0], "WITA": UNIT_ZONES[1], "WIT": UNIT_ZONES[2]}.get(
        text.strip().upper(), text.strip()
    )
    return zone if zone in (*UNIT_ZONES, "Asia/Pontianak") else refuse("zona", "unknown_zone")


def check_role(text: str) -> str:
    """A code of the catalogue, also by a name that lanes use; "" for none.

    Raises as `refuse`: unknown_role.
    """
    wanted = text.strip()
    if not wanted or wanted in _ROLE_CODES:
        return wanted
    role = role_for_lane(None, wanted)
    return role.code if role else refuse("peran", "unknown_role")


def check_login(text: str) -> str:
    """Raises as `refuse`: required, login_unusable."""
    login = text.strip().lower()
    if not login:
        refuse("login", "required")
    return login if _LOGIN.fullmatch(login) else refuse("login", "login_unusable")


def check_nip(text: str) -> str:
    """18 digits, "" for whoever has none. Raises as `refuse`: nip_unusable."""
    nip = re.sub(r"[\s.]", "", text)
    return nip if not nip or _NIP.fullmatch(nip) else refuse("nip", "nip_unusable")


def check_grant(text: str) -> str:
    """Raises as `refuse`: unknown_grant."""
    return text if text in GRANTS else refuse("hak", "unknown_grant")


def check_period(since: date, until: date | None) -> None:
    """Raises as `refuse`: too_far, before_since."""
    for field, day in (("sejak", since), ("sampai", until)):
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            refuse(field, "too_far")
    if until is not None and until < since:
        refuse("sampai", "before_since")


def runs_into(above: Mapping[T, T | None], start: T | None, wanted: T) -> bool:
    """Whether following `above` (what -> what it stands under) from `start` meets `wanted`."""
    passed: set[T] = set()
    here = start
    while here is not None and here not in passed:
        if here == wanted:
            return True
        passed.add(here)
        here = above.get(here)
    return False
