"""From draft to version: submitted, approved by somebody else, published, in force on its day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from engine.errors import ConflictError, NotAllowedError
from engine.foreseeing import foresee_migration
from engine.usecases import (
    approvals,
    cases,
    definitions,
    migration,
    notices,
    pens,
    processes,
    publishing,
    sop_drafts,
)
from tests.engine.usecases.conftest import KEY, Agency
from workflows.errors import InvalidAnswerError, InvalidSopError, SopError
from workflows.rights import OPERATOR

DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)


class Studio:
    """The draft of the shipped SOP, on its way."""

    def __init__(self, agency: Agency) -> None:
        self.agency, self.app = agency, agency.app
        self.owner = agency.actor("pengelola")
        made = sop_drafts.create_draft_from_version(self.app, self.owner, KEY, None, agency.now)
        self.id = made.line.id

    def read(self) -> sop_drafts.SopDraftDetail:
        return sop_drafts.read_sop_draft(self.app, self.owner, self.id, self.agency.now)

    def draw(
        self, before: str = 'name="Sekretaris"', after: str = 'name="Sekretaris Badan"'
    ) -> None:
        now = self.read()
        assert before in now.xml
        sop_drafts.save_sop_draft(
            self.app,
            self.owner,
            self.id,
            now.xml.replace(before, after).encode(),
            now.forms,
            self.agency.now,
            revision=now.line.revision,
        )

    def submit(self) -> None:
        approvals.submit_draft(self.app, self.owner, self.id, "Nama jalur", self.agency.now)

    def approve(self, login: str = "kepala") -> None:
        actor = self.agency.actor(login)
        approvals.approve_draft(self.app, actor, self.id, self.agency.now)

    def publish(self, on: date = TODAY, accept: bool = True) -> int:
        made = publishing.publish_draft(
            self.app, self.owner, self.id, on, self.agency.now, accept_warnings=accept
        )
        return made.version

    def approved(self) -> Studio:
        self.draw()
        self.submit()
        self.approve()
        return self

    def subjects(self, login: str) -> list[str]:
        return [one.subject for one in notices.list_notices(self.app, self.agency.actor(login))]


@pytest.fixture
def studio(agency: Agency) -> Studio:
    return Studio(agency)


def code_of(act: object, *values: object, **options: object) -> str:
    assert callable(act)
    with pytest.raises(SopError) as error:
        act(*values, **options)
    return error.value.code


def test_a_draft_becomes_a_version_that_says_who_let_it_go(studio: Studio) -> None:
    studio.approved()
    plan = publishing.plan_publishing(studio.app, studio.owner, studio.id, studio.agency.now)
    assert plan.errors == () and plan.asks
    assert "revision_date_missing" in plan.cautions
    assert plan.draft.acts == {"take_back", "publish"}
    assert code_of(studio.publish, accept=False) == "sop_warnings"
    assert studio.publish() == 2
    made = definitions.read_definition(studio.app, KEY)
    assert made.line.effective_on == TODAY and "Sekretaris Badan" in made.xml
    assert studio.read().line.state == "published"
    assert studio.read().published_version == 2


def test_errors_of_the_judge_stop_a_draft_from_going_on(studio: Studio) -> None:
    studio.draw('sop:pelaksana="sekretaris"', 'sop:pelaksana="entah"')
    with pytest.raises(InvalidSopError) as error:
        studio.submit()
    assert error.value.code == "sop_has_errors"
    assert error.value.fields["element"] == "jalur_sekretaris"
    assert studio.read().line.state == "draft"


def test_who_drew_or_submitted_does_not_approve(studio: Studio) -> None:
    studio.draw()
    assert code_of(studio.approve) == "sop_draft_not_submitted"
    studio.submit()
    assert code_of(studio.approve, "pengelola") == "four_eyes_draft"
    assert studio.read().why_not == {"approve": "four_eyes_draft", "return": "four_eyes_draft"}
    assert code_of(studio.approve, "kasubbag") == "right_missing"
    assert code_of(studio.approve, "kadis") == "right_missing"  # oversees another agency
    assert code_of(studio.publish) == "sop_draft_submitted"
    studio.approve("sekda")  # oversees all
    assert studio.read().approved.by == "Anggrek Contoh"


def test_nobody_draws_at_what_is_on_its_way_and_taking_back_voids(studio: Studio) -> None:
    studio.approved()
    assert code_of(studio.draw, "Sekretaris Badan", "Sekban") == "sop_draft_approved"
    held = pens.hold_pen(studio.app, studio.owner, studio.id, "t", "take", studio.agency.now)
    assert held.pen.holder == ""
    approvals.take_back_draft(studio.app, studio.owner, studio.id, studio.agency.now)
    now = studio.read()
    assert (now.line.state, now.approved, now.submitted) == ("draft", None, None)
    assert studio.subjects("kepala")[0].startswith("Pengesahan gugur")
    assert code_of(studio.publish) == "sop_draft_not_submitted"


def test_a_returned_draft_says_why(studio: Studio) -> None:
    studio.draw()
    studio.submit()
    app, kepala, now = studio.app, studio.agency.actor("kepala"), studio.agency.now
    assert studio.subjects("kepala") == ["Rancangan menunggu pengesahan: Menyusun Rencana Kerja"]
    assert studio.subjects("pengelola") == studio.subjects("kasubbag") == []
    assert code_of(approvals.return_draft, app, kepala, studio.id, " ", now) == "reason_missing"
    approvals.return_draft(app, kepala, studio.id, "Waktunya keliru", now)
    assert studio.read().returned == "Waktunya keliru"
    assert studio.subjects("pengelola") == ["Rancangan dikembalikan: Menyusun Rencana Kerja"]
    assert notices.list_notices(app, studio.owner)[0].path == f"/studio/{studio.id}/terbit"
    studio.submit()
    assert studio.read().returned == ""


def test_of_two_who_publish_at_once_one_does(studio: Studio) -> None:
    studio.approved()

    def attempt(_: int) -> str:
        try:
            return str(studio.publish())
        except ConflictError as error:
            return error.code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, range(2))) == ["2", "sop_draft_published"]
    assert [line.version for line in definitions.list_definitions(studio.app)] == [2]


def test_approving_what_has_been_taken_back_meanwhile_is_refused(studio: Studio) -> None:
    studio.draw()
    studio.submit()
    seen = studio.read().line.revision
    approvals.take_back_draft(studio.app, studio.owner, studio.id, studio.agency.now)
    studio.draw("Sekretaris Badan", "Sekban")
    studio.submit()
    kepala = studio.agency.actor("kepala")
    late = (studio.app, kepala, studio.id, studio.agency.now)
    assert code_of(approvals.approve_draft, *late, revision=seen) == "sop_draft_changed"


def test_a_version_that_is_published_stays_as_it_is(studio: Studio) -> None:
    studio.approved().publish()
    before = definitions.read_definition(studio.app, KEY, 2)
    app, owner, draft, now = studio.app, studio.owner, studio.id, studio.agency.now
    kepala = studio.agency.actor("kepala")
    for act in (
        lambda: studio.draw("Sekretaris Badan", "Sekban"),
        lambda: sop_drafts.rename_sop_draft(app, owner, draft, "Lain", now),
        lambda: sop_drafts.restore_revision(app, owner, draft, 1, 2, now),
        lambda: sop_drafts.discard_sop_draft(app, owner, draft, now),
        studio.submit,
        lambda: approvals.take_back_draft(app, owner, draft, now),
        lambda: approvals.approve_draft(app, kepala, draft, now),
        lambda: approvals.return_draft(app, kepala, draft, "Salah", now),
        studio.publish,
    ):
        assert code_of(act) == "sop_draft_published"
    following = Studio(studio.agency)
    following.draw("Sekretaris Badan", "Sekban")
    following.submit()
    following.approve()
    assert following.publish() == 3
    assert definitions.read_definition(studio.app, KEY, 2) == before


def test_an_unchanged_draft_is_not_published(studio: Studio) -> None:
    studio.submit()
    studio.approve()
    assert code_of(studio.publish) == "sop_same_content"


def test_a_version_counts_from_its_day_on(studio: Studio) -> None:
    agency = studio.agency
    studio.approved()
    for day in (TODAY - DAY, date.max):
        assert code_of(studio.publish, day) == "invalid_effective_date"
    studio.publish(TODAY + 2 * DAY)
    first = agency.start()
    agency.now += 2 * DAY
    second = agency.start()
    found = {one.id: one.version for one in cases.list_cases(agency.app, OPERATOR, agency.now)}
    assert (found[first], found[second]) == (1, 2)


def test_a_version_that_takes_effect_first_overtakes_what_was_to_come(studio: Studio) -> None:
    app, owner, now = studio.app, studio.owner, studio.agency.now
    studio.approved().publish(TODAY + 9 * DAY)
    studio.id = sop_drafts.create_draft_from_version(app, owner, KEY, None, now).line.id
    studio.draw("Sekretaris Badan", "Sekban")
    studio.submit()
    studio.approve()
    for day, doubtful in ((9, True), (10, False)):
        plan = publishing.plan_publishing(app, owner, studio.id, now, TODAY + day * DAY)
        assert ("newest_overtaken" in plan.cautions) is doubtful
    studio.publish(TODAY + 9 * DAY)
    for when in (now, now + 9 * DAY):
        found = processes.read_process(app, owner, KEY, when)
        states = {one.version: one.state for one in found.versions}
        assert states[2] == "past" and states[3] == ("coming" if when == now else "in_force")
        assert found.line.coming == (3 if when == now else None)


def test_a_new_version_of_a_retired_sop_does_not_put_it_in_use_again(studio: Studio) -> None:
    app, owner, now = studio.app, studio.owner, studio.agency.now
    studio.approved()
    processes.retire_sop(app, owner, KEY, "Diganti", now)
    assert "retired" in publishing.plan_publishing(app, owner, studio.id, now).cautions
    assert code_of(studio.publish, accept=False) == "sop_warnings"
    studio.publish()
    assert code_of(studio.agency.start) == "sop_retired"


def test_nobody_is_asked_by_mail_to_approve_what_does_not_wait_any_more(studio: Studio) -> None:
    def mails() -> list[tuple[str, str]]:
        found = notices.list_mails(studio.app, OPERATOR)
        return sorted((one.to.partition("@")[0], one.subject.partition(":")[0]) for one in found)

    asked = [(one, "Rancangan menunggu pengesahan") for one in ("kepala", "sekda", "sekretaris")]
    studio.draw()
    studio.submit()
    assert mails() == asked
    approvals.take_back_draft(studio.app, studio.owner, studio.id, studio.agency.now)
    assert mails() == []
    studio.submit()
    assert mails() == asked
    studio.approve()
    assert mails() == [("pengelola", "Rancangan disahkan")]
    studio.publish()
    assert ("kepala", "SOP diterbitkan") in mails()


def test_an_old_version_comes_back_by_way_of_a_draft(studio: Studio) -> None:
    studio.approved().publish()
    back = sop_drafts.create_draft_from_version(
        studio.app, studio.owner, KEY, 1, studio.agency.now, note="Kembali ke versi 1"
    )
    studio.id = back.line.id
    assert back.note == "Kembali ke versi 1"
    plan = publishing.plan_publishing(studio.app, studio.owner, studio.id, studio.agency.now)
    assert "base_moved" not in plan.cautions
    studio.submit()
    studio.approve()
    assert studio.publish() == 3
    one = definitions.read_definition(studio.app, KEY, 1)
    three = definitions.read_definition(studio.app, KEY, 3)
    assert (one.line.hash, one.xml) == (three.line.hash, three.xml)


def test_running_cases_stay_or_move_after_a_look_ahead(studio: Studio) -> None:
    case_id, now = studio.agency.start(), studio.agency.now
    studio.approved()
    ahead = foresee_migration(studio.app, studio.owner, studio.id, now)
    assert [(one.case_id, one.outcome) for one in ahead] == [(case_id, "movable")]
    assert [one.version for one in definitions.list_definitions(studio.app)] == [1]
    assert studio.read().line.state == "approved"
    studio.publish()
    plan = publishing.plan_publishing(studio.app, studio.owner, studio.id, now)
    assert [(one.version, one.cases) for one in plan.running] == [(1, 1)]
    done = migration.migrate_cases(studio.app, studio.owner, KEY, 2, now)
    assert [(one.case_id, one.outcome) for one in done] == [(case_id, "moved")]


def test_staff_cannot_send_a_draft_on(studio: Studio) -> None:
    kasubbag, now = studio.agency.actor("kasubbag"), studio.agency.now
    for act in (approvals.take_back_draft, approvals.approve_draft):
        with pytest.raises(NotAllowedError):
            act(studio.app, kasubbag, studio.id, now)
    with pytest.raises(NotAllowedError):
        publishing.plan_publishing(studio.app, kasubbag, studio.id, now)
    with pytest.raises(InvalidAnswerError):
        approvals.submit_draft(studio.app, studio.owner, studio.id, "", now)
