"""A diagram that is too wide for one sheet: everything is seen whole on one of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2
import pytest

from engine.documents.pieces import cut
from engine.documents.typeset import typeset

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="90" viewBox="0 0 3000 90" '
    'font-family="Arial"><text x="10" y="50">Mulai</text><text x="2900" y="50">Akhir</text></svg>'
)


def test_what_fits_stays_on_one_sheet() -> None:
    assert cut(700, 773, 40, 100) == [[(0, 700)]]
    assert cut(773, 773, 40, 100) == [[(0, 773)]]


@pytest.mark.parametrize("head", [0.0, 40.0])
@pytest.mark.parametrize("wide", [774.0, 1500.0, 20_000.0])
def test_every_step_is_whole_on_some_sheet(wide: float, head: float) -> None:
    sheets = cut(wide, 773, head, 100)
    assert all(sum(part for _, part in sheet) <= 773 for sheet in sheets)
    assert all(sheet[0] == (0, head) for sheet in sheets[1:] if head)
    seen = [(start, start + part) for start, part in (sheet[-1] for sheet in sheets)]
    assert seen[-1][1] == wide
    for left in range(0, int(wide) - 100, 7):
        assert any(start <= left and left + 100 <= end for start, end in seen), left


def test_each_piece_becomes_a_page() -> None:
    sheets = cut(2250, 1122, 30, 100)
    data = {
        "svg": SVG, "width": 2250, "height": 67, "paper": "a3", "sheets": sheets,
        "name": "Menyusun", "foot": "Versi 1",
    }  # fmt: skip
    made = pypdfium2.PdfDocument(typeset("diagram", data, "id", datetime(2026, 11, 22, tzinfo=UTC)))
    texts = [page.get_textpage().get_text_bounded() for page in made]
    assert len(texts) == len(sheets) == 3
    assert "Halaman 3 dari 3" in texts[2] and "Versi 1" in texts[0]
