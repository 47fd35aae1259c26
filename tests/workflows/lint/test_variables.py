"""What conditions read has been filled in before, and is among the choices of the form."""

import pytest

from tests.workflows.lint.drawings import chain, decision, drawing, found, step

LOOP = (
    "<bpmn:multiInstanceLoopCharacteristics>{}<bpmn:loopCardinality>3</bpmn:loopCardinality>"
    "{}</bpmn:multiInstanceLoopCharacteristics>"
)
WORK = (
    '<bpmn:serviceTask id="tarik" name="Menarik"><bpmn:extensionElements><sop:layanan jenis="luar" '
    'nama="tarik"{}/></bpmn:extensionElements></bpmn:serviceTask>'
)
SCRIPT = (
    '<bpmn:scriptTask id="hitung" name="Hitung"><bpmn:script>{}</bpmn:script></bpmn:scriptTask>'
)


def decided(condition: str, *between: str, names: tuple[str, ...] = (), **given: str) -> str:
    asked = step("satu", formulir="putusan.form", **given)
    way = chain("awal", "satu", *names, "pilih")
    return drawing(asked, *between, decision(condition), way)


@pytest.mark.parametrize(
    "condition",
    ['putusan == "setuju"', '=putusan = "setuju"', "exists(pagu) and pagu == 3", "putusan != null"],
)
def test_what_the_form_asks_for_may_be_read(condition: str) -> None:
    assert found(decided(condition), "variable_given") == []


def test_what_the_form_before_lacks_is_an_error_that_names_the_near_one() -> None:
    (one,) = found(decided('putusann == "setuju"'), "variable_given")
    assert (one.severity, one.element) == ("error", "pilih_akhir")
    assert 'Mungkin maksudnya "putusan"' in one.message and "Memeriksa satu" in one.message


def test_without_any_form_it_may_come_from_outside() -> None:
    way = chain("awal", "satu", "pilih")
    (one,) = found(drawing(step("satu"), decision("pagu"), way), "variable_given")
    assert one.severity == "warning"
    declared = drawing(step("satu"), decision("pagu"), way, outside="pagu")
    assert found(declared, "variable_given") == []


def test_what_is_filled_in_only_afterwards_is_too_late() -> None:
    late = step("dua", formulir="putusan.form")
    way = chain("awal", "satu", "pilih") + chain("dua", "akhir")
    asking = decision('putusan == "setuju"').replace('targetRef="akhir"', 'targetRef="dua"')
    xml = drawing(step("satu"), asking, late, way)
    (one,) = found(xml, "variable_given")
    assert one.severity == "warning" and "baru diisi pada Langkah" in one.message


def test_what_iterations_gather_is_known_as_their_list() -> None:
    output = "<bpmn:loopDataOutputRef>semua</bpmn:loopDataOutputRef>"
    item = '<bpmn:outputDataItem id="butir"/>'
    gathers = LOOP.format("", "").replace("<bpmn:loopCard", f"{output}{item}<bpmn:loopCard")
    xml = decided('putusan == "setuju"', inner=gathers)
    (one,) = found(xml, "variable_given")
    assert 'terkumpul dalam "semua"' in one.message
    assert found(decided("len(semua) == 3", inner=gathers), "variable_given") == []


@pytest.mark.parametrize(
    ("between", "name"),
    [
        (WORK.format(' hasil="jawaban"'), "tarik"),
        (WORK.format(""), "tarik"),  # may bring anything
        (SCRIPT.format("jawaban = 1"), "hitung"),
    ],
)
def test_services_and_scripts_give_variables_too(between: str, name: str) -> None:
    assert found(decided("jawaban == 1", between, names=(name,)), "variable_given") == []


def test_what_a_script_reads_must_be_there() -> None:
    xml = decided("jumlah == 1", SCRIPT.format("jumlah = harga * 2"), names=("hitung",))
    (one,) = found(xml, "variable_given")
    assert one.element == "hitung" and '"harga"' in one.message


def test_an_acuan_is_filled_in_before_its_step() -> None:
    date = '{"components": [{"type": "datetime", "key": "rapat"}]}'
    forms = {"rapat.form": date}
    first, anchored = step("satu", formulir="rapat.form"), step("dua", "H-3 rapat", acuan="rapat")
    xml = drawing(first, anchored, chain("awal", "satu", "dua", "akhir"))
    assert found(xml, "variable_given", forms) == []
    xml = drawing(first, anchored, chain("awal", "dua", "satu", "akhir"))
    assert [one.element for one in found(xml, "variable_given", forms)] == ["dua"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ('putusan == "disetujui"', 'Mungkin maksudnya "setuju"'),
        ('=putusan = "Ditolak"', 'Mungkin maksudnya "tolak"'),
        ("${putusan == 'x'}", '"setuju", "tolak"'),
        ('putusan in ["setuju", "entah"]', '"entah"'),
        ("putusan == 3", '"3"'),
    ],
)
def test_a_choice_that_is_not_offered_is_an_error(condition: str, said: str) -> None:
    (one,) = found(decided(condition), "choice_exists")
    assert (one.severity, one.element) == ("error", "pilih_akhir")
    assert said in one.message


@pytest.mark.parametrize(
    "condition", ['putusan == "setuju"', 'putusan == ""', 'upper(putusan) == "X"', '"x" == "y"']
)
def test_what_may_be_so_is_left_alone(condition: str) -> None:
    assert found(decided(condition), "choice_exists") == []


def test_checkboxes_and_lists_are_compared_as_what_they_are() -> None:
    several = '"values": [{"label": "A", "value": "a"}]'
    form = (
        '{"components": [{"type": "checkbox", "key": "lengkap"}, '
        f'{{"type": "checklist", "key": "isi", {several}}}]}}'
    )
    forms = {"putusan.form": form}
    wrong = {'lengkap == "ya"': "lengkap == true", 'isi == "a"': '"a" in isi', '"b" in isi': '"b"'}
    for condition, said in wrong.items():
        (one,) = found(decided(condition), "choice_exists", forms)
        assert said in one.message
    for condition in ("lengkap == true", '"a" in isi'):
        assert found(decided(condition), "choice_exists", forms) == []


def test_a_variable_that_a_script_may_have_changed_is_not_judged() -> None:
    xml = decided('putusan == "lain"', SCRIPT.format('putusan = "lain"'), names=("hitung",))
    assert found(xml, "choice_exists") == []
