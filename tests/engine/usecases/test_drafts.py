"""Drafts: kept as typed, never overwritten unseen, gone with the item they were sent with."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest

from engine.draft_values import DraftLine
from engine.errors import ConflictError, NotAllowedError
from engine.usecases import documents, drafts, work_items
from tests.engine.usecases.conftest import Agency
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor

TYPED = {"catatan_konsultasi": "Setengah ja", "tahun_rencana": "dua ribu"}


def save(agency: Agency, login: str, item: int, base: int = 0, **typed: object) -> DraftLine:
    actor = agency.actor(login)
    return drafts.save_draft(agency.app, actor, item, typed or TYPED, (0,), base, agency.now)


def kept(agency: Agency, login: str, item: int) -> DraftLine | None:
    actor = agency.actor(login)
    return work_items.read_work_item(agency.app, actor, item, agency.now).draft


@pytest.fixture
def item(agency: Agency) -> int:
    agency.start()
    return agency.inbox("kasubbag")[0].id


def test_a_draft_is_kept_as_it_was_typed(agency: Agency, item: int) -> None:
    saved = save(agency, "kasubbag", item)
    found = kept(agency, "kasubbag", item)
    assert found == saved
    assert found and (found.answers, found.checked, found.revision) == (TYPED, (0,), 1)
    assert save(agency, "kasubbag", item, 1).revision == 1  # the same again changes nothing
    assert save(agency, "kasubbag", item, 1, nama="lain").revision == 2
    history = work_items.read_work_item(
        agency.app, agency.actor("kasubbag"), item, agency.now
    ).history
    assert [event.kind for event in history] == ["case_started"]


def test_only_who_may_prepare_the_item_keeps_and_sees_a_draft(
    agency: Agency, item: int, outsider: Actor
) -> None:
    save(agency, "kasubbag", item)
    assert kept(agency, "sekda", item) is None
    for actor in (agency.actor("sekretaris"), outsider):
        with pytest.raises(NotAllowedError):
            drafts.save_draft(agency.app, actor, item, TYPED, (), 1, agency.now)


def test_what_was_saved_since_is_not_overwritten(agency: Agency, item: int) -> None:
    save(agency, "kasubbag", item)
    save(agency, "kasubbag", item, 1, nama="ponsel")
    with pytest.raises(ConflictError) as caught:
        save(agency, "kasubbag", item, 1, nama="meja")
    assert caught.value.code == "draft_changed"
    assert caught.value.fields["by"] == "Melati Contoh"
    assert caught.value.fields["revision"] == 2
    found = kept(agency, "kasubbag", item)
    assert found and found.answers == {"nama": "ponsel"}
    assert save(agency, "kasubbag", item, 2, nama="meja").revision == 3


def test_of_two_who_save_at_once_one_is_told(agency: Agency, item: int) -> None:
    barrier, outcomes = threading.Barrier(4), []

    def run(number: int) -> None:
        barrier.wait()
        try:
            outcomes.append(save(agency, "kasubbag", item, 0, nama=str(number)).revision)
        except ConflictError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", "draft_changed", "draft_changed", "draft_changed"]


def test_a_discarded_draft_cannot_come_back_from_elsewhere(agency: Agency, item: int) -> None:
    save(agency, "kasubbag", item)
    me = agency.actor("kasubbag")
    emptied = drafts.discard_draft(agency.app, me, item, 1, agency.now)
    assert emptied and not emptied.filled and emptied.revision == 2
    with pytest.raises(ConflictError):
        save(agency, "kasubbag", item, 1, nama="lama")


def test_completing_takes_the_draft_along_and_leaves_what_others_typed(
    agency: Agency, item: int
) -> None:
    save(agency, "kasubbag", item)
    agency.complete("kasubbag")
    assert kept(agency, "kasubbag", item) is None
    with pytest.raises(ConflictError) as caught:
        save(agency, "kasubbag", item, 1)
    assert caught.value.code == "work_item_done"


def test_an_author_who_lost_the_race_still_has_what_they_typed(agency: Agency, item: int) -> None:
    """Two hold the jabatan: one types, the other completes."""
    _second_holder(agency)
    save(agency, "kedua", item)
    agency.complete("kasubbag")
    found = kept(agency, "kedua", item)
    assert found and found.mine and found.answers == TYPED
    assert kept(agency, "kasubbag", item) is None
    mine = agency.actor("kedua")
    assert drafts.discard_draft(agency.app, mine, item, found.revision, agency.now) is None
    assert kept(agency, "kedua", item) is None


def _second_holder(agency: Agency) -> None:
    from sqlalchemy import select

    from engine.store import people
    from engine.store.tables import Jabatan
    from engine.store.transaction import transaction

    position = agency.actor("kasubbag").positions[0]
    with transaction(agency.app.sessions) as tx:
        jabatan = tx.scalars(select(Jabatan).where(Jabatan.id == position.jabatan_id)).one()
        jabatan.many = True
        row = {"login": "kedua", "name": "Kedua Contoh", "email": "k@contoh.example"}
        person = people.put_person(tx, {**row, "password_hash": "-"})
        people.put_holding(tx, jabatan, person, agency.now.date())


def test_drafts_of_what_ended_long_ago_are_cleaned_away(agency: Agency, item: int) -> None:
    _second_holder(agency)
    save(agency, "kedua", item)
    agency.complete("kasubbag")
    assert drafts.clean_drafts(agency.app, agency.now + timedelta(days=29)) == 0
    assert drafts.clean_drafts(agency.app, agency.now + timedelta(days=31)) == 1
    assert kept(agency, "kedua", item) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [({"a": "x" * 300_000}, "draft_too_large"), ({"a": "\x00"}, "unstorable_value")],
)
def test_a_draft_has_its_measure(
    agency: Agency, item: int, typed: dict[str, object], code: str
) -> None:
    with pytest.raises(InvalidAnswerError) as caught:
        save(agency, "kasubbag", item, 0, **typed)
    assert caught.value.code == code


def test_an_answer_names_only_documents_of_its_own_case(agency: Agency, item: int) -> None:
    from engine.answering import check_item_answers
    from engine.store import work_items as rows
    from engine.store.transaction import transaction
    from workflows.forms import read_form

    stream = io.BytesIO(b"isi\n")
    me = agency.actor("kasubbag")
    line = documents.attach_document(agency.app, me, item, "a.txt", stream, agency.now)
    form = read_form('{"components": [{"type": "filepicker", "key": "f", "label": "F"}]}')
    with transaction(agency.app.sessions) as tx:
        row = rows.find_item(tx, item)
        assert row
        assert check_item_answers(tx, row, form, {"f": [str(line.id)]}, {}) == {"f": [line.id]}
        with pytest.raises(InvalidAnswerError) as caught:
            check_item_answers(tx, row, form, {"f": [line.id + 1]}, {})
    assert caught.value.fields["reason"] == "not_a_document"
