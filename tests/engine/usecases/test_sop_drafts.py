"""Drafts: from nothing, from a version, from a file; nothing that was saved is ever overwritten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.studio_values import SopDraftDetail
from engine.usecases import pens, sop_drafts
from tests.engine.usecases.conftest import KEY, Agency
from workflows.errors import InvalidAnswerError, InvalidSopError
from workflows.reader import read_xml
from workflows.rights import OPERATOR

SECOND = timedelta(seconds=1)


def begin(agency: Agency, login: str = "pengelola") -> SopDraftDetail:
    actor = agency.actor(login)
    return sop_drafts.create_draft_from_version(agency.app, actor, KEY, None, agency.now)


def save(agency: Agency, draft: SopDraftDetail, name: str, revision: int, **options: str) -> int:
    """Save the draft's XML with another name of its process; the new revision."""
    xml = draft.xml.replace('name="Menyusun Rencana Kerja"', f'name="{name}"').encode()
    actor = agency.actor(options.pop("login", "pengelola"))
    saved = sop_drafts.save_sop_draft(
        agency.app, actor, draft.line.id, xml, draft.forms, agency.now,
        revision=revision, **options,
    )  # fmt: skip
    return saved.revision


def code_of(error: pytest.ExceptionInfo[ConflictError]) -> str:
    return error.value.code


def test_a_draft_from_nothing_has_a_lane_for_each_role_and_can_be_read(agency: Agency) -> None:
    actor = agency.actor("pengelola")
    made = sop_drafts.create_draft(
        agency.app, actor, "Mengurus  izin", "", ["sekretaris", "kepala_badan"], agency.now
    )
    assert (made.line.key, made.line.name, made.line.state) == (
        "mengurus-izin",
        "Mengurus izin",
        "draft",
    )
    root = read_xml(made.xml.encode())
    lanes = [one.get("name") for one in root.iter("{*}lane")]
    assert lanes == ["Sekretaris", "Kepala Badan"]
    assert len([*root.iter("{*}BPMNShape")]) == 6  # the pool, two lanes, start, step, end
    assert made.acts == {"edit", "rename", "discard", "submit"}


def test_a_new_sop_needs_a_name_and_a_key_of_its_own(agency: Agency) -> None:
    actor = agency.actor("pengelola")

    def create(name: str, key: str) -> None:
        sop_drafts.create_draft(agency.app, actor, name, key, [], agency.now)

    for name, key in (("", "a"), ("x\x00", "b"), ("Baik", "Huruf Besar"), ("…", "")):
        with pytest.raises(InvalidAnswerError):
            create(name, key)
    with pytest.raises(ConflictError) as taken:
        create("Menyusun Rencana Kerja", "")
    assert code_of(taken) == "sop_key_taken"
    create("Baru", "")
    with pytest.raises(ConflictError) as exists:
        create("Baru", "")
    assert code_of(exists) == "sop_draft_exists"


def test_only_process_owners_draw_and_those_who_approve_may_look(agency: Agency) -> None:
    draft = begin(agency)
    for login in ("kasubbag", "kepala"):
        with pytest.raises(NotAllowedError):
            begin(agency, login)
    with pytest.raises(NotAllowedError):
        sop_drafts.read_sop_draft(agency.app, agency.actor("kasubbag"), draft.line.id, agency.now)
    seen = sop_drafts.read_sop_draft(agency.app, agency.actor("kepala"), draft.line.id, agency.now)
    assert seen.acts == frozenset() and not seen.editable
    with pytest.raises(NotAllowedError):
        save(agency, draft, "Satu", 1, login="kepala")


def test_two_who_begin_the_same_sop_at_once_get_one_draft(agency: Agency) -> None:
    def attempt(_: int) -> str:
        try:
            begin(agency)
        except ConflictError as error:
            return error.code
        return "made"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == ["made", *["sop_draft_exists"] * 3]


def test_a_save_by_who_has_not_seen_the_newest_is_refused(agency: Agency) -> None:
    draft = begin(agency)
    assert save(agency, draft, "Satu", 1) == 2
    with pytest.raises(ConflictError) as late:
        save(agency, draft, "Dua", 1)
    assert late.value.code == "sop_draft_changed"
    assert late.value.fields["revision"] == 2
    now = sop_drafts.read_sop_draft(agency.app, OPERATOR, draft.line.id, agency.now)
    assert now.line.name == "Satu"


def test_of_two_who_save_at_once_one_is_told(agency: Agency) -> None:
    draft = begin(agency)

    def attempt(name: str) -> str:
        try:
            return str(save(agency, draft, name, 1))
        except ConflictError as error:
            return error.code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, ("Satu", "Dua"))) == ["2", "sop_draft_changed"]
    assert len(sop_drafts.list_revisions(agency.app, OPERATOR, draft.line.id)) == 2


def test_autosaves_of_five_minutes_are_one_revision_and_saves_stay(agency: Agency) -> None:
    draft = begin(agency)
    revision = 1
    for number in range(4):
        agency.now += 100 * SECOND
        revision = save(agency, draft, f"Nama {number}", revision, kind="autosave", tab="t1")
    revision = save(agency, draft, "Nama 9", revision, kind="save", tab="t1", note="selesai")
    lines = sop_drafts.list_revisions(agency.app, OPERATOR, draft.line.id)
    assert [(one.number, one.kind) for one in lines] == [
        (6, "save"),
        (5, "autosave"),  # 400 s: the second stretch of five minutes
        (3, "autosave"),
        (1, "created"),
    ]
    assert (lines[0].note, lines[0].saved.by) == ("selesai", "Tanjung Contoh")


def test_what_cannot_be_read_or_belongs_to_another_sop_is_not_kept(agency: Agency) -> None:
    draft = begin(agency)
    actor = agency.actor("pengelola")

    def attempt(xml: str, forms: dict[str, str] | None = None) -> None:
        sop_drafts.save_sop_draft(
            agency.app, actor, draft.line.id, xml.encode(), forms or {}, agency.now, revision=1
        )

    with pytest.raises(InvalidSopError, match="malformed_xml"):
        attempt(draft.xml[:-20])
    with pytest.raises(InvalidSopError, match="sop_key_changed"):
        attempt(draft.xml.replace(KEY, "sop-lain"))
    with pytest.raises(InvalidAnswerError, match="invalid_sop_files"):
        attempt(draft.xml, {"../x.form": "{}"})
    broken = draft.xml.replace('sop:pelaksana="sekretaris"', 'sop:pelaksana="entah"')
    attempt(broken)  # wrong, but it can be read: a draft may be so
    kept = sop_drafts.read_sop_draft(agency.app, actor, draft.line.id, agency.now)
    assert kept.xml == broken


def test_an_old_revision_becomes_the_newest_again(agency: Agency) -> None:
    draft = begin(agency)
    save(agency, draft, "Satu", 1)
    app, actor = agency.app, agency.actor("pengelola")
    saved = sop_drafts.restore_revision(app, actor, draft.line.id, 1, 2, agency.now)
    assert saved.revision == 3
    kept = sop_drafts.read_sop_draft(app, actor, draft.line.id, agency.now)
    assert kept.xml == draft.xml and kept.line.name == "Menyusun Rencana Kerja"
    old = sop_drafts.read_revision(app, actor, draft.line.id, 2)
    assert 'name="Satu"' in old.xml
    with pytest.raises(NotFoundError):
        sop_drafts.restore_revision(app, actor, draft.line.id, 77, 3, agency.now)


def test_renaming_keeps_the_key_and_discarding_makes_room(agency: Agency) -> None:
    draft = begin(agency)
    app, actor = agency.app, agency.actor("pengelola")
    named = sop_drafts.rename_sop_draft(app, actor, draft.line.id, "Menyusun Renja", agency.now)
    assert (named.line.key, named.line.name, named.line.revision) == (KEY, "Menyusun Renja", 2)
    assert 'participant id="pool" name="Menyusun Renja"' in named.xml
    sop_drafts.discard_sop_draft(app, actor, draft.line.id, agency.now)
    with pytest.raises(ConflictError) as gone:
        save(agency, draft, "Satu", 2)
    assert code_of(gone) == "sop_draft_discarded"
    assert begin(agency).line.id != draft.line.id


def test_a_file_becomes_the_next_version_or_a_new_sop(agency: Agency) -> None:
    draft = begin(agency)
    app, actor = agency.app, agency.actor("pengelola")
    sop_drafts.discard_sop_draft(app, actor, draft.line.id, agency.now)
    xml = draft.xml.encode()
    following = sop_drafts.import_draft(app, actor, xml, draft.forms, agency.now)
    assert following.line.base_version == 1
    other = sop_drafts.import_draft(
        app, actor, xml, draft.forms, agency.now, key="renja-dua", name="Renja dua", new=True
    )
    assert (other.line.key, other.line.name, other.line.base_version) == (
        "renja-dua",
        "Renja dua",
        None,
    )
    with pytest.raises(ConflictError) as taken:
        sop_drafts.import_draft(app, actor, xml, {}, agency.now, new=True)
    assert code_of(taken) == "sop_key_taken"


@pytest.fixture
def two(agency: Agency) -> Agency:
    """Another process owner."""
    from engine.store import people
    from engine.store.transaction import transaction
    from workflows.rights import PROCESS_OWNER

    with transaction(agency.app.sessions) as tx:
        person = people.find_person(tx, login="kabid1")
        assert person is not None
        people.put_grant(tx, person, PROCESS_OWNER, None, agency.now)
    return agency


def test_one_tab_has_the_pen_and_others_only_read(two: Agency) -> None:
    draft = begin(two)
    app, now = two.app, two.now
    mine, other = two.actor("pengelola"), two.actor("kabid1")

    def hold(who: str, tab: str, act: str, seconds: int = 0) -> pens.PenAnswer:
        actor = mine if who == "mine" else other
        return pens.hold_pen(app, actor, draft.line.id, tab, act, now + seconds * SECOND)

    assert hold("mine", "a", "take").pen.mine
    seen = hold("other", "b", "take")
    assert (seen.pen.mine, seen.pen.holder) == (False, "Tanjung Contoh")
    assert {(one.name, one.mine) for one in seen.present} == {
        ("Tanjung Contoh", False),
        (other.name, True),
    }
    assert (hold("mine", "c", "beat").pen.own, hold("mine", "c", "beat").pen.mine) == (True, False)
    with pytest.raises(ConflictError) as taken:
        save(two, draft, "Dua", 1, login="kabid1", tab="b")
    assert code_of(taken) == "pen_taken"
    assert hold("mine", "a", "beat", 50).pen.mine  # a sign of life keeps it
    assert not hold("other", "b", "take", 100).pen.mine
    free = hold("other", "b", "take", 111)
    assert free.pen.mine and [one.name for one in free.present] == [other.name]


def test_the_pen_is_taken_over_from_who_is_idle_but_not_from_who_draws(two: Agency) -> None:
    draft = begin(two)
    app, other = two.app, two.actor("kabid1")
    pens.hold_pen(app, two.actor("pengelola"), draft.line.id, "a", "take", two.now)
    save(two, draft, "Satu", 1, kind="autosave", tab="a")
    with pytest.raises(ConflictError) as busy:
        pens.hold_pen(app, other, draft.line.id, "b", "take_over", two.now + 10 * SECOND)
    assert code_of(busy) == "pen_taken"
    pens.hold_pen(app, two.actor("pengelola"), draft.line.id, "a", "beat", two.now + 50 * SECOND)
    two.now += 70 * SECOND
    assert pens.hold_pen(app, other, draft.line.id, "b", "take_over", two.now).pen.mine
    with pytest.raises(ConflictError):  # the one who had it cannot write past the new holder
        save(two, draft, "Dua", 2, tab="a")
    assert save(two, draft, "Tiga", 2, login="kabid1", tab="b") == 3
    released = pens.hold_pen(app, other, draft.line.id, "b", "release", two.now)
    assert released.pen.holder == ""


def test_of_two_who_take_the_pen_at_once_one_has_it(two: Agency) -> None:
    draft = begin(two)
    actors = [two.actor("pengelola"), two.actor("kabid1")]

    def attempt(number: int) -> bool:
        return pens.hold_pen(
            two.app, actors[number], draft.line.id, f"tab{number}", "take", two.now
        ).pen.mine

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, range(2))) == [False, True]
