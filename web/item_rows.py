"""The buttons of a table's rows, for browsers without a script: each gives the answers back with
one row more or less."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.forms import Form, UnfitAnswerError, spread_rows


def press_button(form: Form, answers: Mapping[str, object], button: str) -> dict[str, object]:
    """`button`: "tambah:key", "tempel:key" or "hapus:key:place"; any other changes nothing. What
    was pasted becomes rows in any case."""
    act, _, rest = button.partition(":")
    key, _, place = rest.partition(":")
    spread = dict(answers)
    for field in form.questions:
        if field.type != "table":
            continue
        try:
            rows: list[object] = list(spread_rows(field, answers.get(field.key)))
        except UnfitAnswerError:  # too much was pasted: it stays where it is, to be told about
            continue
        if field.key == key and act == "tambah" and len(rows) < field.max_rows:
            rows.append({})
        if field.key == key and act == "hapus" and place.isdecimal() and int(place) < len(rows):
            del rows[int(place)]
        spread[field.key] = rows
    return spread
