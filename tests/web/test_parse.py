import pytest

from web.parse import local_path, read_answers, read_text


@pytest.mark.parametrize("path", ["/tugas", "/tugas/3?x=1", "/kasus?keadaan=running"])
def test_local_paths_are_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [None, "", "tugas", "//a.example", "https://a.example", "/\\a.example", "/\n/a.example"],
)
def test_others_are_not(path: str | None) -> None:
    assert local_path(path) is None


def test_answers_are_told_from_the_rest_of_the_form() -> None:
    form = {
        "csrf_token": ["x"],
        "isi.catatan": ["baris\r\nlain"],
        "isi.pilihan[]": ["a", "", "b"],
        "isi.ganda": ["1", "2"],
    }
    assert read_answers(form) == {
        "catatan": "baris\nlain",
        "pilihan": ["a", "b"],
        "ganda": "2",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_files_are_read_as_spreadsheets_write_them(encoding: str) -> None:
    assert read_text("Jumat – libur é".encode(encoding)) == "Jumat – libur é"
