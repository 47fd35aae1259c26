"""What the use cases of the studio do alike: open a draft, say what may be done with it, keep what
was drawn. Runs inside their transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final, NoReturn

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.store import cases, definitions, people, sop_drafts
from engine.store.tables import Definition, SopDraft
from engine.store.transaction import Tx
from engine.studio_values import Doer, PenState, PresentLine, SopDraftDetail, SopDraftLine
from workflows.bpmn_xml import find_process, read_xml
from workflows.errors import InvalidAnswerError, InvalidSopError
from workflows.rights import Actor, Thing, Verb, may

LEASE: Final = timedelta(seconds=60)  # of the pen, and of somebody's presence
MAX_FILES: Final = 100
MAX_FILE_BYTES: Final = 2_000_000  # of all the files beside the drawing
NAME_LENGTH: Final = 200
OPERATOR_NAME: Final = "Operator"
STRETCH: Final = timedelta(minutes=5)  # of which one autosave is kept
# act -> in which states, by which right
ACTS: Final[Mapping[str, tuple[tuple[str, ...], Verb]]] = {
    "edit": (("draft",), "draft"),
    "rename": (("draft",), "draft"),
    "discard": (("draft",), "draft"),
    "submit": (("draft",), "draft"),
    "take_back": (("submitted", "approved"), "draft"),
    "approve": (("submitted",), "approve"),
    "return": (("submitted", "approved"), "approve"),
    "publish": (("approved",), "publish"),
}
DRAWING: Final[tuple[Verb, ...]] = ("draft", "approve")
WRONG_STATE: Final[Mapping[str, str]] = {
    "draft": "sop_draft_not_submitted",
    "submitted": "sop_draft_submitted",
    "approved": "sop_draft_approved",
    "published": "sop_draft_published",
    "discarded": "sop_draft_discarded",
}


def refuse_strangers(actor: Actor) -> None:
    """The studio is open to those who draw and to those who approve.

    Raises NotAllowedError: right_missing.
    """
    if any(may(actor, verb, Thing()) is None for verb in DRAWING) or actor.units_of("approve"):
        return
    raise NotAllowedError("right_missing", verb="draft")


def refuse_others(actor: Actor, verb: Verb = "draft") -> None:
    """Raises NotAllowedError: right_missing."""
    if reason := may(actor, verb, Thing()):
        raise NotAllowedError(reason, verb=verb)


def read_draft(tx: Tx, actor: Actor, draft_id: int) -> SopDraft:
    """Raises NotAllowedError: right_missing; NotFoundError: sop_draft_not_found."""
    refuse_strangers(actor)
    row = sop_drafts.find_draft(tx, draft_id)
    if row is None:
        raise NotFoundError("sop_draft_not_found", draft=draft_id)
    return row


def open_draft(tx: Tx, actor: Actor, draft_id: int, act: str) -> SopDraft:
    """The draft, locked, for an act of ACTS.

    Raises NotAllowedError: right_missing, four_eyes_draft; NotFoundError: sop_draft_not_found;
    ConflictError: one of WRONG_STATE (by, at).
    """
    states, verb = ACTS[act]
    refuse_strangers(actor)
    row = sop_drafts.lock_draft(tx, draft_id)
    if row is None:
        raise NotFoundError("sop_draft_not_found", draft=draft_id)
    reason = may(actor, verb, thing_of(tx, row, verb))
    if reason and reason != "four_eyes_draft":
        raise NotAllowedError(reason, verb=verb)
    if row.state not in states:
        _refuse_state(tx, row)
    if reason:
        raise NotAllowedError(reason, draft=row.id)
    return row


def thing_of(tx: Tx, row: SopDraft, verb: Verb = "approve") -> Thing:
    """Whoever has drawn, begun or submitted it, cannot approve it; who oversees only some unit can
    approve what was begun there, but drawing asks for a right that counts everywhere."""
    if verb != "approve":
        return Thing()
    barred = {*sop_drafts.author_ids(tx, row.id), row.created_by, row.submitted_by}
    return Thing(
        case_ancestors=sop_drafts.home_of(tx, row),
        barred=frozenset(one for one in barred if one is not None),
    )


def _refuse_state(tx: Tx, row: SopDraft) -> NoReturn:
    who = {
        "submitted": (row.submitted_by, row.submitted_at),
        "approved": (row.approved_by, row.approved_at),
    }
    by, at = who.get(row.state, (row.changed_by, row.changed_at))
    raise ConflictError(
        WRONG_STATE[row.state],
        draft=row.id,
        state=row.state,
        by=name_of(tx, by),
        at=at.isoformat() if at else None,
    )


def refuse_seen(tx: Tx, row: SopDraft, revision: int | None) -> None:
    """What the actor has seen, unless they do not say, must be the newest.

    Raises ConflictError: sop_draft_changed (revision, by, at).
    """
    if revision not in (None, row.revision):
        by, at = name_of(tx, row.changed_by), row.changed_at.isoformat()
        raise ConflictError("sop_draft_changed", draft=row.id, revision=row.revision, by=by, at=at)


def acts_of(tx: Tx, row: SopDraft, actor: Actor) -> tuple[frozenset[str], dict[str, str]]:
    """What the actor may do with it now, and of what the state allows else why not."""
    reasons = {
        act: may(actor, verb, thing_of(tx, row, verb))
        for act, (states, verb) in ACTS.items()
        if row.state in states
    }
    allowed = frozenset(act for act, reason in reasons.items() if reason is None)
    return allowed, {act: reason for act, reason in reasons.items() if reason is not None}


def name_of(tx: Tx, person_id: int | None) -> str:
    return people.person_names(tx, [person_id]).get(person_id) or OPERATOR_NAME


def doer(
    names: Mapping[int | None, str], actor: Actor, person_id: int | None, at: datetime
) -> Doer:
    mine = person_id is not None and person_id == actor.person_id
    return Doer(names.get(person_id) or OPERATOR_NAME, at, mine)


def draft_line(tx: Tx, row: SopDraft, actor: Actor, now: datetime) -> SopDraftLine:
    return draft_lines(tx, [row], actor, now)[0]


def draft_lines(
    tx: Tx, rows: Collection[SopDraft], actor: Actor, now: datetime
) -> tuple[SopDraftLine, ...]:
    """One each; as many statements for all of them as for one."""
    names = people.person_names(tx, {who for r in rows for who in (r.changed_by, r.pen_person)})
    bases = sop_drafts.base_versions(tx, rows)
    return tuple(
        SopDraftLine(
            id=row.id,
            key=row.key,
            name=row.name,
            state=row.state,
            revision=row.revision,
            base_version=bases.get(row.base_id),
            changed=doer(names, actor, row.changed_by, row.changed_at),
            pen=(names.get(row.pen_person) or OPERATOR_NAME) if pen_is_held(row, now) else "",
            returned=row.returned if row.state == "draft" else "",
        )
        for row in rows
    )


def draft_detail(
    tx: Tx, row: SopDraft, actor: Actor, now: datetime, tab: str = ""
) -> SopDraftDetail:
    authors = sop_drafts.author_ids(tx, row.id)
    names = people.person_names(
        tx, {row.created_by, row.submitted_by, row.approved_by, row.changed_by, *authors}
    )
    acts, why_not = acts_of(tx, row, actor)
    newest = definitions.find_definition(tx, row.key)
    published = tx.get(Definition, row.definition_id) if row.definition_id else None
    return SopDraftDetail(
        line=draft_line(tx, row, actor, now),
        xml=row.xml.decode("utf-8"),
        forms=row.forms,
        created=doer(names, actor, row.created_by, row.created_at),
        submitted=doer(names, actor, row.submitted_by, row.submitted_at)
        if row.submitted_at
        else None,
        approved=doer(names, actor, row.approved_by, row.approved_at) if row.approved_at else None,
        effective_on=row.effective_on,
        note=row.note,
        returned=row.returned,
        published_version=published.version if published else None,
        newest_version=newest.version if newest else 0,
        pen=pen_state(tx, row, actor, tab, now),
        present=present_lines(tx, row, actor, now),
        authors=tuple(sorted(names[one] for one in authors if one in names)),
        acts=acts,
        why_not=why_not,
    )


def pen_is_held(row: SopDraft, now: datetime) -> bool:
    return row.pen_until is not None and row.pen_until > now


def pen_is_mine(row: SopDraft, actor: Actor, tab: str) -> bool:
    return bool(tab) and row.pen_tab == tab and row.pen_person == actor.person_id


def pen_state(tx: Tx, row: SopDraft, actor: Actor, tab: str, now: datetime) -> PenState:
    if not pen_is_held(row, now):
        return PenState()
    own = row.pen_person is not None and row.pen_person == actor.person_id
    holder = name_of(tx, row.pen_person)
    return PenState(pen_is_mine(row, actor, tab), holder, row.pen_until, own)


def present_lines(tx: Tx, row: SopDraft, actor: Actor, now: datetime) -> tuple[PresentLine, ...]:
    found = sop_drafts.list_present(tx, row.id, now - LEASE)
    return tuple(PresentLine(name, person_id == actor.person_id) for person_id, name in found)


def read_content(xml: bytes, forms: Mapping[str, str]) -> tuple[str, str]:
    """(key, name) of a drawing that may be kept, however unfinished it is.

    Raises InvalidSopError as `read_xml` does; InvalidAnswerError: invalid_sop_files (reason).
    """
    process = find_process(read_xml(xml))
    _check_files(forms)
    key = str(process.get("id"))
    return key, " ".join((process.get("name") or key).split())[:NAME_LENGTH]


def _check_files(forms: Mapping[str, str]) -> None:
    def refuse(reason: str, name: str = "") -> NoReturn:
        raise InvalidAnswerError("invalid_sop_files", field="forms", reason=reason, name=name)

    if len(forms) > MAX_FILES:
        refuse("too_many")
    if sum(len(text.encode("utf-8", "surrogatepass")) for text in forms.values()) > MAX_FILE_BYTES:
        refuse("too_large")
    for name in forms:
        if not name.endswith((".form", ".dmn")) or len(name) > NAME_LENGTH or "/" in name:
            refuse("not_a_file_name", name)


def refuse_other_key(row: SopDraft, key: str) -> None:
    """Raises InvalidSopError: sop_key_changed."""
    if key != row.key:
        raise InvalidSopError("sop_key_changed", element=key, key=row.key, found=key)


def keep(
    tx: Tx, row: SopDraft, actor: Actor, xml: bytes, forms: Mapping[str, str], now: datetime
) -> None:
    """Let this be the draft's newest revision; the caller adds its row."""
    row.xml, row.forms = xml, dict(forms)
    row.revision += 1
    row.changed_at, row.changed_by = now, actor.person_id


def add_draft(
    tx: Tx,
    actor: Actor,
    key: str,
    name: str,
    xml: bytes,
    forms: Mapping[str, str],
    now: datetime,
    *,
    base: Definition | None,
    kind: str = "created",
    note: str = "",
) -> SopDraft:
    """A new draft with its first revision. The key is locked by the caller.

    Raises ConflictError: sop_draft_exists (draft, by, at).
    """
    standing = sop_drafts.find_open(tx, key)
    if standing is not None:
        at, by = standing.changed_at.isoformat(), name_of(tx, standing.changed_by)
        raise ConflictError(
            "sop_draft_exists", draft=standing.id, name=standing.name, key=key, by=by, at=at
        )
    row = SopDraft(
        key=key,
        name=name,
        state="draft",
        base_id=base.id if base else None,
        xml=xml,
        forms=dict(forms),
        revision=1,
        created_at=now,
        created_by=actor.person_id,
        changed_at=now,
        changed_by=actor.person_id,
        note=note,
    )
    sop_drafts.add_draft(tx, row)
    sop_drafts.add_revision(tx, row, kind, actor.person_id, "", now)
    cases.add_event(tx, now, "sop_draft_created", actor.person_id, key=key, name=name, draft=row.id)
    return row


def make_room(tx: Tx, row: SopDraft, actor: Actor, now: datetime) -> None:
    """Give up the last autosave of the same stretch of time, which the next one stands for."""
    last = sop_drafts.find_revision(tx, row.id, row.revision)
    if last is None or last.kind != "autosave" or last.saved_by != actor.person_id:
        return
    if last.saved_at.timestamp() // STRETCH.total_seconds() != (
        now.timestamp() // STRETCH.total_seconds()
    ):
        return
    if not sop_drafts.is_tried(tx, row.id, last.number):
        sop_drafts.delete_revision(tx, row.id, last.number)


def log_draft(
    tx: Tx, row: SopDraft, actor: Actor, kind: str, now: datetime, note: str = ""
) -> None:
    cases.add_event(
        tx,
        now,
        kind,
        actor.person_id,
        key=row.key,
        name=row.name,
        draft=row.id,
        revision=row.revision,
        note=note,
    )
