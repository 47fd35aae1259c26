"""docs/reference/pemeriksaan.md lists the rules of the judge as their pages say them.

`WRITE_DOCS=1` writes the page anew instead of comparing.
"""

import os
from pathlib import Path

from web.lint_pages import RulePage, groups

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "pemeriksaan.md"
HEAD = """# Aturan pemeriksaan

Satu pemeriksa menilai setiap gambar SOP: di studio saat menggambar, saat diterbitkan, dan pada
baris perintah dengan `alur lint`. **Kesalahan** menahan penerbitan; **peringatan** minta
dipertimbangkan. Penjelasan dengan contoh salah dan benar ada di aplikasi,
`/studio/aturan/<aturan>`, dan contohnya di `workflows/lint/pages/`.

`alur lint` bekerja tanpa basis data. Yang membutuhkan organisasi atau SOP lain hanya dinilai di
studio: `role_has_holder`, jabatan yang dipegang satu orang pada `four_eyes`, unit yang disebut
tangga pada `ladder_readable`, dan SOP yang saling memanggil pada `executable`. Di layar temuannya
mengikuti bahasa pembaca; `alur lint` berbahasa Indonesia.

Halaman ini ditulis oleh uji otomatis dari berkas-berkas itu.
"""
LEVELS = {"error": "kesalahan", "warning": "peringatan"}


def written() -> str:
    parts = [HEAD]
    for group, pages in groups().items():
        rows = "\n".join(map(row, pages))
        parts.append(
            f"## {group}\n\n| aturan | contoh salahnya | yang diminta |\n|---|---|---|\n{rows}\n"
        )
    return "\n".join(parts)


def row(page: RulePage) -> str:
    return f"| `{page.rule}` | {LEVELS[page.severity]} | **{page.title}.** {page.wants} |"


def test_the_page_lists_the_rules_as_they_are() -> None:
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(written(), "utf-8")
    assert PAGE.read_text("utf-8") == written()
