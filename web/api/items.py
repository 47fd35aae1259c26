"""/items: the tasks of the person whose token it is, by the use cases of the pages"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from engine.inbox_values import TABS, InboxQuery
from engine.usecases import inbox, work_items
from engine.values import WorkItemLine
from web.api.personal import personal
from web.api.shape import NAME, RECORD, given, whole
from web.opening import Call
from workflows.errors import InvalidAnswerError

Record = dict[str, Any]
OWN = ("item_not_found", "case_not_yours")
ACTS = (*OWN, "item_not_yours", "item_claimed_by_other", "four_eyes", "work_item_done")
POSITIONS: Record = {"type": "array", "items": whole(0, 10_000), "maxItems": 1000}
TAB = f"Daftar mana: {', '.join(TABS)}. Bawaan: todo."
AFTER = "Isian `after` dari halaman sebelumnya."


@dataclass(frozen=True)
class ItemsQuery:
    tab: Annotated[str, given(NAME, TAB)] = "todo"
    search: Annotated[str | None, given(NAME, "Kata dalam nama langkah, SOP atau unit.")] = None
    after: Annotated[str | None, given(NAME, AFTER)] = None
    limit: Annotated[int, given(whole(1, 200), "Paling banyak sekian.")] = 50


@dataclass(frozen=True)
class CompleteItemBody:
    answers: Annotated[Record, given(RECORD, "Jawaban menurut kunci isian.")] = field(
        default_factory=dict
    )
    checked: Annotated[list[int], given(POSITIONS, "Kelengkapan yang ada, mulai dari 0.")] = field(
        default_factory=list
    )


@dataclass(frozen=True)
class Item:
    """A task as a program sees one."""

    id: int
    case_id: int
    sop: str
    sop_name: str
    step: str
    name: str
    role: str
    unit: str
    unit_name: str
    round: int
    state: str
    available_at: datetime
    due_at: datetime | None
    overdue: bool
    at_risk: bool
    claimed_by: str | None
    mine: bool


@dataclass(frozen=True)
class ItemPage:
    """`after`: what the next page is asked with, null at the end."""

    items: tuple[Item, ...]
    after: str | None


@dataclass(frozen=True)
class ItemField:
    key: str
    label: str
    type: str
    required: bool


@dataclass(frozen=True)
class ItemDetail:
    """`why_not`: the code that says why this person may not complete it, null when they may."""

    item: Item
    documentation: str
    kelengkapan: tuple[str, ...]
    fields: tuple[ItemField, ...]
    answers: Mapping[str, Any]
    may_claim: bool
    why_not: str | None


@dataclass(frozen=True)
class CompletedItem:
    case_id: int
    case_state: str
    opened: tuple[Item, ...]


def _item(line: WorkItemLine) -> Item:
    return Item(
        line.id,
        line.case_id,
        line.key,
        line.sop_name,
        line.node,
        line.name,
        line.role,
        line.unit,
        line.unit_name,
        line.round,
        line.state,
        line.available_at,
        line.due_at,
        line.overdue,
        line.at_risk,
        line.claimed_by,
        line.mine,
    )


@personal("/items", ItemPage, "Daftar tugas", query=ItemsQuery)
def list_items(caller: Call, query: ItemsQuery) -> ItemPage:
    tab = next((one for one in TABS if one == query.tab), None)
    if tab is None:
        raise InvalidAnswerError("invalid_request", field="tab", reason="unknown_field")
    asked = InboxQuery(
        tab=tab, search=query.search or "", after=query.after or "", limit=query.limit
    )
    page = inbox.list_items(caller.app, caller.actor, asked, caller.now)
    return ItemPage(tuple(_item(line) for line in page.lines), page.after or None)


@personal("/items/<int:item_id>", ItemDetail, "Satu tugas dengan formulirnya", errors=OWN)
def read_item(caller: Call, item_id: int) -> ItemDetail:
    found = work_items.read_work_item(caller.app, caller.actor, item_id, caller.now)
    return ItemDetail(
        _item(found.line),
        found.documentation,
        found.kelengkapan,
        tuple(ItemField(f.key, f.label, f.type, f.required) for f in found.fields if f.key),
        found.answers,
        found.may_claim,
        found.why_not,
    )


@personal("/items/<int:item_id>/claim", Item, "Mengambil tugas", errors=ACTS)
def claim_item(caller: Call, item_id: int) -> Item:
    return _item(work_items.claim_work_item(caller.app, caller.actor, item_id, caller.now))


@personal("/items/<int:item_id>/release", Item, "Melepaskan tugas", errors=ACTS)
def release_item(caller: Call, item_id: int) -> Item:
    return _item(work_items.release_work_item(caller.app, caller.actor, item_id, caller.now))


@personal(
    "/items/<int:item_id>/complete",
    CompletedItem,
    "Menyelesaikan tugas",
    body=CompleteItemBody,
    errors=(*ACTS, "invalid_answer"),
)
def complete_item(caller: Call, body: CompleteItemBody, item_id: int) -> CompletedItem:
    app, actor, now = caller
    done = work_items.complete_work_item(app, actor, item_id, body.answers, now, body.checked)
    return CompletedItem(done.case_id, done.state, tuple(_item(line) for line in done.opened))
