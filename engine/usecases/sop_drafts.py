"""Drafts of SOPs: beginning one, saving what is drawn, going back to what was saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, NoReturn

from engine.app import App
from engine.errors import ConflictError, NotFoundError
from engine.sketching import (
    LEASE,
    NAME_LENGTH,
    add_draft,
    doer,
    draft_detail,
    draft_line,
    draft_lines,
    keep,
    log_draft,
    make_room,
    name_of,
    open_draft,
    pen_is_held,
    pen_is_mine,
    read_content,
    read_draft,
    refuse_other_key,
    refuse_others,
    refuse_seen,
    refuse_strangers,
)
from engine.store import definitions, sop_drafts
from engine.store.tables import SopDraft
from engine.store.transaction import Tx, transaction
from engine.studio_values import (
    Doer,
    Forms,
    RevisionDetail,
    RevisionLine,
    SavedLine,
    SopDraftDetail,
    SopDraftLine,
)
from workflows.blank import begin_sop, call_process, is_key, propose_key
from workflows.errors import InvalidAnswerError
from workflows.pelaksana import ROLES
from workflows.rights import Actor
from workflows.storable import is_storable

KINDS: Final = ("autosave", "save", "import")


def list_drafts(app: App, actor: Actor, now: datetime) -> tuple[SopDraftLine, ...]:
    """Those that are drawn, submitted or approved; the one changed last first.

    Raises NotAllowedError: right_missing.
    """
    refuse_strangers(actor)
    with transaction(app.sessions) as tx:
        return draft_lines(tx, sop_drafts.list_drafts(tx), actor, now)


def find_draft(app: App, actor: Actor, key: str, now: datetime) -> SopDraftLine | None:
    """The open draft of an SOP. Raises NotAllowedError: right_missing."""
    refuse_strangers(actor)
    with transaction(app.sessions) as tx:
        row = sop_drafts.find_open(tx, key)
        return draft_line(tx, row, actor, now) if row else None


def create_draft(
    app: App, actor: Actor, name: str, key: str, roles: Collection[str], now: datetime
) -> SopDraftDetail:
    """Begin an SOP from nothing: a lane for each of these roles, a start, one step and an end.
    `key` "": it is made of the name.

    Raises NotAllowedError: right_missing; InvalidAnswerError: invalid_sop_name, invalid_sop_key
    (proposed), unknown_sop_role; ConflictError: sop_key_taken, sop_draft_exists.
    """
    refuse_others(actor)
    name = _read_name(name)
    key = key.strip() or propose_key(name)
    if not is_key(key):
        raise InvalidAnswerError("invalid_sop_key", field="key", proposed=propose_key(name))
    chosen = [role for role in ROLES if role.code in roles]
    if unknown := set(roles) - {role.code for role in chosen}:
        raise InvalidAnswerError("unknown_sop_role", field="roles", role=sorted(unknown)[0])
    xml = begin_sop(key, name, chosen)
    with transaction(app.sessions) as tx:
        definitions.lock_key(tx, key)
        _refuse_taken(tx, key)
        row = add_draft(tx, actor, key, name, xml, {}, now, base=None)
        return draft_detail(tx, row, actor, now)


def _read_name(text: str) -> str:
    name = " ".join(text.split())
    if not 0 < len(name) <= NAME_LENGTH or not is_storable(name) or not name.isprintable():
        raise InvalidAnswerError("invalid_sop_name", field="name", limit=NAME_LENGTH)
    return name


def _refuse_taken(tx: Tx, key: str) -> None:
    taken = definitions.find_definition(tx, key)
    if taken is not None:
        raise ConflictError("sop_key_taken", key=key, name=taken.name)


def create_draft_from_version(
    app: App, actor: Actor, key: str, version: int | None, now: datetime, *, note: str = ""
) -> SopDraftDetail:
    """Begin the next version of an SOP from one of its versions, None: from the newest.

    Raises NotAllowedError: right_missing; NotFoundError: definition_not_found, version_not_found;
    ConflictError: sop_draft_exists.
    """
    refuse_others(actor)
    with transaction(app.sessions) as tx:
        definitions.lock_key(tx, key)
        base = definitions.get_definition(tx, key, version)
        row = add_draft(
            tx, actor, key, base.name, base.xml, base.forms, now, base=base, note=note.strip()
        )
        return draft_detail(tx, row, actor, now)


def import_draft(
    app: App,
    actor: Actor,
    xml: bytes,
    forms: Forms,
    now: datetime,
    *,
    key: str = "",
    name: str = "",
    new: bool = False,
) -> SopDraftDetail:
    """Begin a draft from a file. Of a key that is deployed it becomes the next version, unless the
    SOP is to be a `new` one. `key`, `name`: what the process is called instead of what the file
    says.

    Raises NotAllowedError: right_missing; InvalidSopError as `read_xml` does; InvalidAnswerError:
    invalid_sop_name, invalid_sop_key, invalid_sop_files; ConflictError: sop_key_taken,
    sop_draft_exists.
    """
    refuse_others(actor)
    if key and not is_key(key):
        raise InvalidAnswerError("invalid_sop_key", field="key", proposed=propose_key(name))
    found, _ = read_content(xml, forms)
    if key or name:
        xml = call_process(xml, key or found, _read_name(name) if name else "")
    key, name = read_content(xml, forms)
    with transaction(app.sessions) as tx:
        definitions.lock_key(tx, key)
        if new:
            _refuse_taken(tx, key)
        base = definitions.find_definition(tx, key)
        row = add_draft(tx, actor, key, name, xml, forms, now, base=base, kind="import")
        return draft_detail(tx, row, actor, now)


def read_sop_draft(
    app: App, actor: Actor, draft_id: int, now: datetime, *, tab: str = ""
) -> SopDraftDetail:
    """`tab`: in which the reader has it open.

    Raises NotAllowedError: right_missing; NotFoundError: sop_draft_not_found.
    """
    with transaction(app.sessions) as tx:
        row = read_draft(tx, actor, draft_id)
        return draft_detail(tx, row, actor, now, tab)


def save_sop_draft(
    app: App,
    actor: Actor,
    draft_id: int,
    xml: bytes,
    forms: Forms,
    now: datetime,
    *,
    revision: int,
    tab: str = "",
    kind: str = "save",
    note: str = "",
) -> SavedLine:
    """Keep what was drawn as a new revision, however unfinished. `revision`: that it was made from;
    `kind`: one of KINDS. Of the autosaves of one person the last of each five minutes is kept.

    Raises InvalidSopError as `read_xml` does, sop_key_changed; InvalidAnswerError:
    invalid_sop_files; ConflictError: sop_draft_changed (revision, by, at), pen_taken (by, until);
    and as `open_draft`.
    """
    refuse_others(actor)
    key, name = read_content(xml, forms)
    with transaction(app.sessions) as tx:
        row = open_draft(tx, actor, draft_id, "edit")
        refuse_other_key(row, key)
        _take_pen(tx, row, actor, tab, now)
        if (row.xml, row.forms) == (xml, dict(forms)) and kind == "autosave":
            return SavedLine(row.revision, row.changed_at)
        refuse_seen(tx, row, revision)
        if kind == "autosave":
            make_room(tx, row, actor, now)
        keep(tx, row, actor, xml, forms, now)
        row.name = name
        sop_drafts.add_revision(tx, row, kind, actor.person_id, note.strip(), now)
        if kind != "autosave":
            log_draft(tx, row, actor, "sop_draft_saved", now)
        return SavedLine(row.revision, now)


def _take_pen(tx: Tx, row: SopDraft, actor: Actor, tab: str, now: datetime) -> None:
    """Who saves draws: the pen is theirs, or nobody's until now."""
    if pen_is_held(row, now) and not pen_is_mine(row, actor, tab):
        assert row.pen_until is not None
        by, until = name_of(tx, row.pen_person), row.pen_until.isoformat()
        raise ConflictError("pen_taken", draft=row.id, by=by, until=until)
    if tab and actor.person_id is not None:
        row.pen_person, row.pen_tab, row.pen_until = actor.person_id, tab, now + LEASE


def list_revisions(app: App, actor: Actor, draft_id: int) -> tuple[RevisionLine, ...]:
    """What was saved of a draft, the newest first. Raises as `read_sop_draft`."""
    with transaction(app.sessions) as tx:
        read_draft(tx, actor, draft_id)
        return tuple(
            RevisionLine(number, kind, doer({by: name or ""}, actor, by, saved_at), note)
            for number, kind, saved_at, name, note, by in sop_drafts.list_revisions(tx, draft_id)
        )


def read_revision(app: App, actor: Actor, draft_id: int, number: int) -> RevisionDetail:
    """Raises as `read_sop_draft`; NotFoundError: revision_not_found."""
    with transaction(app.sessions) as tx:
        read_draft(tx, actor, draft_id)
        row = sop_drafts.find_revision(tx, draft_id, number)
        if row is None:
            _refuse_number(draft_id, number)
        saved = Doer(name_of(tx, row.saved_by), row.saved_at, row.saved_by == actor.person_id)
        line = RevisionLine(row.number, row.kind, saved, row.note)
        return RevisionDetail(line, row.xml.decode("utf-8"), row.forms)


def _refuse_number(draft_id: int, number: int) -> NoReturn:
    raise NotFoundError("revision_not_found", draft=draft_id, revision=number)


def restore_revision(
    app: App, actor: Actor, draft_id: int, number: int, revision: int, now: datetime
) -> SavedLine:
    """Let an old revision be the newest again; what came in between stays in the list.
    `revision`: the newest that the actor has seen.

    Raises as `save_sop_draft`; NotFoundError: revision_not_found.
    """
    with transaction(app.sessions) as tx:
        row = open_draft(tx, actor, draft_id, "edit")
        old = sop_drafts.find_revision(tx, draft_id, number)
        if old is None:
            _refuse_number(draft_id, number)
        _give_up_own_pen(row, actor)
        _take_pen(tx, row, actor, "", now)
        refuse_seen(tx, row, revision)
        _, row.name = read_content(old.xml, old.forms)
        keep(tx, row, actor, old.xml, old.forms, now)
        sop_drafts.add_revision(tx, row, "restore", actor.person_id, str(number), now)
        log_draft(tx, row, actor, "sop_draft_restored", now)
        return SavedLine(row.revision, now)


def _give_up_own_pen(row: SopDraft, actor: Actor) -> None:
    """Who acts on a page without the editor does so with the pen that another tab of theirs has:
    that tab notices at its next sign of life."""
    if row.pen_person is not None and row.pen_person == actor.person_id:
        row.pen_person, row.pen_tab, row.pen_until = None, "", None


def rename_sop_draft(
    app: App, actor: Actor, draft_id: int, name: str, now: datetime
) -> SopDraftDetail:
    """Call the SOP otherwise from this draft on; its key stays.

    Raises as `save_sop_draft`; InvalidAnswerError: invalid_sop_name.
    """
    refuse_others(actor)
    name = _read_name(name)
    with transaction(app.sessions) as tx:
        row = open_draft(tx, actor, draft_id, "rename")
        _give_up_own_pen(row, actor)
        _take_pen(tx, row, actor, "", now)
        if row.name != name:
            before: Mapping[str, str] = dict(row.forms)
            keep(tx, row, actor, call_process(row.xml, row.key, name), before, now)
            row.name = name
            sop_drafts.add_revision(tx, row, "save", actor.person_id, "", now)
            log_draft(tx, row, actor, "sop_draft_renamed", now)
        return draft_detail(tx, row, actor, now)


def discard_sop_draft(app: App, actor: Actor, draft_id: int, now: datetime) -> SopDraftLine:
    """Give the draft up: another can be begun. What was saved stays readable.

    Raises as `open_draft`; ConflictError: pen_taken while somebody else draws.
    """
    with transaction(app.sessions) as tx:
        row = open_draft(tx, actor, draft_id, "discard")
        _give_up_own_pen(row, actor)
        _take_pen(tx, row, actor, "", now)
        row.state, row.changed_at, row.changed_by = "discarded", now, actor.person_id
        log_draft(tx, row, actor, "sop_draft_discarded", now)
        return draft_line(tx, row, actor, now)
