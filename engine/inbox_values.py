"""What the inbox is asked and what it answers: queries, lines, counts, saved filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Literal, get_args

from engine.values import WorkItemLine

Tab = Literal["todo", "mine", "group", "done", "all"]
TABS: tuple[Tab, ...] = get_args(Tab)
STATES = ("unclaimed", "claimed", "late", "at_risk", "paused", "suspended")
PAGE = 50
COUNTED = 100  # nobody reads a larger number, and counting on takes time
SEARCH_LENGTH, SEARCH_WORDS = 100, 6
NAME_LENGTH = 60


@dataclass(frozen=True)
class InboxQuery:
    """Which items: a tab and what narrows it down; "" and None narrow nothing.

    `tab`: todo (all that the reader may work on), mine (claimed by or delegated to them, or by
    whom they stand in for), group (open to their roles), done (by them), all (open, of cases that
    they may read). `sop`: key; `unit`: code, with those below; `state`: one of STATES; due dates
    are days of the reader's zone, both inclusive; `claimant`: login; `search`: words, each in the
    name of the step, SOP, unit or claimant, or the number of the case; `after`: where the page
    before ended (`InboxPage.after`).
    """

    tab: Tab = "todo"
    sop: str = ""
    unit: str = ""
    state: str = ""
    due_from: date | None = None
    due_to: date | None = None
    role: str = ""
    claimant: str = ""
    search: str = ""
    after: str = ""
    limit: int = PAGE

    @property
    def narrowed(self) -> dict[str, str]:
        """What narrows it down, as texts by field; the tab and the page do not."""
        found = {name: getattr(self, name) for name in NARROWING}
        return {name: str(value) for name, value in found.items() if value}


NARROWING = tuple(f.name for f in fields(InboxQuery) if f.name not in ("tab", "after", "limit"))


@dataclass(frozen=True)
class InboxLine(WorkItemLine):
    """A row with what it is to its reader. `draft`: something has been typed and not sent;
    `asked`: the reader is asked about it and has not answered; `delegate`: who prepares it for its
    claimant, `delegated`: that is the reader."""

    completed_at: datetime | None = None
    draft: bool = False
    asked: bool = False
    delegate: str | None = None
    delegated: bool = False


@dataclass(frozen=True)
class InboxPage:
    """`after`: what the next page is asked with, "" where there is none; `ignored`: fields of the
    query that named nothing known."""

    lines: tuple[InboxLine, ...]
    after: str = ""
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class InboxCounts:
    """How many each tab holds, at most COUNTED; `late`, `at_risk`: of what the reader may do."""

    todo: int = 0
    mine: int = 0
    group: int = 0
    done: int = 0
    all: int = 0
    late: int = 0
    at_risk: int = 0


@dataclass(frozen=True)
class SavedFilterLine:
    """`unit`: code of the unit with which it is shared, "" for nobody; `mine`: it may be changed;
    `default`: the reader's inbox opens with it."""

    id: int
    name: str
    query: InboxQuery
    owner: str
    unit: str
    unit_name: str
    mine: bool
    default: bool


@dataclass(frozen=True)
class Inbox:
    """All that the page shows. `query`: as asked, or that of the default filter; `names`: what is
    called by the codes in it, by field."""

    query: InboxQuery
    page: InboxPage
    counts: InboxCounts
    filters: tuple[SavedFilterLine, ...]
    applied: SavedFilterLine | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Choices:
    """What can be chosen in a filter: (value, words)."""

    sops: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    claimants: tuple[tuple[str, str], ...]
    share: tuple[tuple[str, str], ...]


def write_cursor(moment: datetime | None, item_id: int) -> str:
    """The place behind an item in its list, as text for addresses."""
    micro = "" if moment is None else str(round(moment.timestamp() * 1_000_000))
    return f"{micro}-{item_id}"


def read_cursor(text: str) -> tuple[datetime | None, int] | None:
    """None for what `write_cursor` has not written."""
    micro, _, number = text.partition("-")
    if not number.isdecimal() or not (micro.isdecimal() or micro == ""):
        return None
    if len(micro) > 17 or len(number) > 18:
        return None
    seconds, rest = divmod(int(micro or 0), 1_000_000)
    try:
        moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest) if micro else None
    except (ValueError, OverflowError, OSError):
        return None
    return moment, int(number)


def query_document(query: InboxQuery) -> dict[str, str]:
    """The query as it is saved: without the place in the list."""
    return {"tab": query.tab, **query.narrowed}


def read_query(document: Mapping[str, object]) -> InboxQuery:
    """A saved query; what a later release might not know any more is left out."""
    texts = {name: str(document[name]) for name in NARROWING if document.get(name)}
    tab: Tab = next((one for one in TABS if one == document.get("tab")), "todo")
    return InboxQuery(
        tab=tab,
        sop=texts.get("sop", ""),
        unit=texts.get("unit", ""),
        state=texts.get("state", ""),
        due_from=read_day(texts.get("due_from", "")),
        due_to=read_day(texts.get("due_to", "")),
        role=texts.get("role", ""),
        claimant=texts.get("claimant", ""),
        search=texts.get("search", ""),
    )


def read_day(text: str) -> date | None:
    """None for what is no date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
