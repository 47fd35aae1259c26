from datetime import timedelta

from sqlalchemy import text as sql

from engine.usecases import notices, reminders, work_items
from tests.web.conftest import KEY, Site


def test_a_case_is_started_from_the_page(site: Site) -> None:
    visitor = site.visitor("kasubbag")
    assert "Badan Perencanaan Pembangunan Daerah" in visitor.get("/kasus/baru").text
    answer = visitor.post("/kasus/baru", {"sop": KEY, "unit": "BAPPEDA"})
    assert answer.status_code == 303
    page = visitor.get(answer.location).text
    assert "Memprakarsai penyusunan Renja" in page
    assert "SOP dimulai" in page


def test_what_cannot_be_started_is_said_on_the_form(site: Site) -> None:
    answer = site.visitor("kasubbag").post("/kasus/baru", {"sop": KEY, "unit": "TIDAK-ADA"})
    assert answer.status_code == 404
    assert "tidak ada." in answer.text
    answer = site.visitor("kasubbag").post("/kasus/baru", {"sop": "tidak-ada", "unit": "BAPPEDA"})
    assert answer.status_code == 404


def test_the_table_holds_each_step_against_its_standard(site: Site) -> None:
    site.reach_decision()
    site.now += timedelta(minutes=30)
    page = site.visitor("sekda").get("/kasus/1").text
    table = page.partition("Langkah terhadap mutu baku")[2]
    assert table.count('<th scope="row">') == 8
    assert "tanpa waktu" in page
    assert 'data-current="' in page and 'data-diagram="/kasus/1/diagram.bpmn"' in page
    assert "Terlambat" in page
    assert 'src="/kasus/1/diagram.svg"' in page.partition("<noscript>")[2]


def test_the_case_names_who_holds_each_open_step(site: Site) -> None:
    site.start()
    site.do("kasubbag")
    item = site.first("kabid1").id
    work_items.claim_work_item(site.app, site.actor("kabid1"), item, site.now)
    page = site.visitor("kepala").get("/kasus/1").text
    running = page.partition("Sedang berjalan")[2].partition("Diagram")[0]
    assert "Dikerjakan Mawar Contoh" in running and "Bidang Ekonomi" in running
    assert running.count("Belum diambil") == 2 and "Bidang Sosial Budaya" in running
    assert "Menyusun rencana kerja bidang × 3" in site.visitor("kepala").get("/kasus").text


def test_the_late_cases_are_a_list_of_their_own(site: Site) -> None:
    site.start()
    assert "Kasus 1" not in site.visitor("kepala").get("/kasus?keadaan=late").text
    site.now += timedelta(days=2)
    page = site.visitor("kepala").get("/kasus?keadaan=late").text
    assert "Kasus 1" in page and "Kasubbag Rencana Kerja dan Monev" in page


def test_a_case_that_stopped_says_why_in_plain_words(site: Site) -> None:
    case = site.start()
    with site.app.database.begin() as link:
        link.execute(sql("UPDATE \"case\" SET state = 'incident'"))
        link.execute(
            sql(
                "INSERT INTO incident"
                " (case_id, token, node, node_name, reason, fields, opened_at)"
                " VALUES (:case, 't', 'k', 'Sudah sempurna?', 'no_flow_holds', '{}', :at)"
            ),
            {"case": case, "at": site.now},
        )
    page = site.visitor("kepala").get(f"/kasus/{case}").text
    assert "Alur terhenti karena kesalahan." in page
    assert "Sudah sempurna?: Tidak ada cabang yang syaratnya terpenuhi." in page
    assert "no_flow_holds" not in page


def test_roles_are_named_in_the_readers_language(site: Site) -> None:
    site.start()
    visitor = site.visitor("kepala")
    visitor.post("/bahasa", {"bahasa": "en", "next": "/kasus"})
    for path in ("/kasus", "/kasus/1", f"/tugas/{site.first('kasubbag').id}", f"/sop/{KEY}"):
        assert "Head of the Work Plan and Monitoring Subdivision" in visitor.get(path).text


def test_the_list_is_filtered_by_state(site: Site) -> None:
    site.reach_decision()
    visitor = site.visitor("kepala")
    assert "Kasus 1" in visitor.get("/kasus?keadaan=running").text
    site.do("kepala", {"keputusan": "tanda_tangan"})
    assert "Kasus 1" not in visitor.get("/kasus?keadaan=running").text
    assert "Kasus 1" in visitor.get("/kasus?keadaan=completed").text
    assert visitor.get("/kasus?keadaan=apa-saja").status_code == 200


def test_the_diagram_is_sent_as_xml(site: Site) -> None:
    site.start()
    visitor = site.visitor("kepala")
    for path in ("/kasus/1/diagram.bpmn", f"/sop/{KEY}/1.bpmn"):
        answer = visitor.get(path)
        assert answer.mimetype == "application/xml"
        assert b"<bpmn:definitions" in answer.data or b"<definitions" in answer.data


def test_the_sop_page_is_the_sheet(site: Site) -> None:
    visitor = site.visitor("kabid1")
    assert "Menyusun Rencana Kerja" in visitor.get("/sop").text
    page = visitor.get(f"/sop/{KEY}").text
    for text in ("Undang-undang Nomor 25 Tahun 2004", "230 menit", "Nota Dinas", "Kepala Badan"):
        assert text in page


def test_notices_are_shown_counted_and_marked(site: Site) -> None:
    site.start()
    visitor = site.visitor("kasubbag")
    assert 'class="count"' in visitor.get("/tugas").text
    mine = notices.list_notices(site.app, site.actor("kasubbag"))
    answer = visitor.post(f"/pemberitahuan/{mine[0].id}", {"tugas": str(mine[0].item)})
    assert answer.location == f"/tugas/{mine[0].item}"
    assert 'class="count"' not in visitor.get("/tugas").text
    site.start()
    assert 'class="count"' in visitor.get("/tugas").text
    assert visitor.post("/pemberitahuan/dibaca").status_code == 303
    assert 'class="count"' not in visitor.get("/tugas").text


def test_the_outbox_is_for_those_who_oversee(site: Site) -> None:
    site.start()
    site.now += timedelta(minutes=61)
    reminders.raise_notices(site.app, reminders.due_item_ids(site.app, site.now), site.now)
    page = site.visitor("kepala").get("/kotak-keluar")
    assert page.status_code == 200
    assert "Menunggu" in page.text
    answer = site.visitor("kasubbag").get("/kotak-keluar")
    assert answer.status_code == 403
    assert "Tidak perlu lagi" not in page.text
    site.do("kasubbag")
    page = site.visitor("kepala").get("/kotak-keluar").text
    assert "Tidak perlu lagi" in page and "work_item_done" not in page
    assert "/kotak-keluar" not in site.visitor("kasubbag").get("/tugas").text


def test_only_who_may_start_an_sop_is_offered_it_on_the_list(site: Site) -> None:
    assert "Mulai SOP" in site.visitor("kasubbag").get("/kasus").text
    for login in ("sekda", "auditor"):
        assert "Mulai SOP" not in site.visitor(login).get("/kasus").text
    form = site.visitor("kasubbag").get("/kasus/baru").text
    assert 'type="hidden" name="unit"' in form  # of one unit there is nothing to choose
