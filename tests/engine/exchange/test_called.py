"""Steps of a called process: read by its own definition, pinned when the call began."""

from __future__ import annotations

from engine.usecases import cases, people, upkeep, work_items
from workflows.rights import OPERATOR


def inner(sketch, name: str = "Memeriksa berkas", form: bool = False) -> bytes:
    task = sketch.person_task("periksa").replace('name="Tugas periksa"', f'name="{name}"')
    return sketch.draw(
        "pemeriksaan",
        sketch.event("start", "mulai"),
        task,
        sketch.person_task("catat"),
        sketch.event("end", "selesai"),
        flows="mulai>periksa periksa>catat catat>selesai",
        people="periksa catat",
    )


def outer(sketch) -> bytes:
    return sketch.draw(
        "induk",
        sketch.event("start", "mulai"),
        sketch.person_task("buka"),
        '<bpmn:callActivity id="panggil" name="Periksa" calledElement="pemeriksaan" />',
        sketch.person_task("tutup"),
        sketch.event("end", "selesai"),
        flows="mulai>buka buka>panggil panggil>tutup tutup>selesai",
        people="buka tutup",
    )


def test_items_of_a_called_process_are_work_like_any_other(house, sketch) -> None:
    house.deploy(inner(sketch))
    house.deploy(outer(sketch))
    case_id = house.start("induk")
    house.complete()
    (line,) = house.inbox()
    assert (line.node, line.name, line.sop_name) == (
        "periksa",
        "Memeriksa berkas",
        "SOP pemeriksaan",
    )
    actor = people.load_actor(house.app, "sekretaris", house.now)
    detail = work_items.read_work_item(house.app, actor, line.id, house.now)
    assert detail.waktu == "30 menit"
    assert detail.line.due_at is not None
    assert [step.name for step in house.case(case_id).line.open_steps] == ["Memeriksa berkas"]

    # a newer version of the called process changes nothing for a call that is under way
    house.deploy(inner(sketch, name="Memeriksa ulang"))
    house.complete()
    assert [one.name for one in house.inbox()] == ["Tugas catat"]
    house.complete()
    assert [one.node for one in house.inbox()] == ["tutup"]
    house.complete()
    assert house.state(case_id) == ("completed", ())
    steps = cases.list_steps(house.app, OPERATOR, case_id, house.now)
    assert [step.name for step in steps] == [
        "Tugas buka",
        "Memeriksa berkas",
        "Tugas catat",
        "Tugas tutup",
    ]
    told = [event.step_name for event in house.case(case_id).history if event.step_name]
    assert "Memeriksa berkas" in told
    assert all(check.ok for check in upkeep.check_health(house.app, house.now))


def test_the_next_call_begins_with_the_newest_version(house, sketch) -> None:
    house.deploy(inner(sketch))
    house.deploy(outer(sketch))
    house.deploy(inner(sketch, name="Memeriksa ulang"))
    house.start("induk")
    house.complete()
    assert [one.name for one in house.inbox()] == ["Memeriksa ulang"]


def test_a_reminder_knows_the_called_step(house, sketch) -> None:
    from engine.usecases import reminders

    house.deploy(inner(sketch))
    house.deploy(outer(sketch))
    house.start("induk")
    house.complete()
    house.wait(minutes=29)
    item_ids = reminders.due_item_ids(house.app, house.now)
    assert reminders.raise_notices(house.app, item_ids, house.now) > 0


def test_a_process_that_is_not_deployed_is_an_incident(house, sketch) -> None:
    house.deploy(outer(sketch))
    case_id = house.start("induk")
    house.complete()
    assert house.state(case_id)[0] == "incident"
    house.deploy(inner(sketch))
    cases.retry_case(house.app, OPERATOR, case_id, {}, house.now)
    assert [one.name for one in house.inbox()] == ["Memeriksa berkas"]
