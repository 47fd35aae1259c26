"""The answer to a table: rows that were typed, or pasted from a spreadsheet."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from workflows.forms.form import Field
from workflows.forms.readers import read_answer
from workflows.forms.unfit import UnfitAnswerError
from workflows.storable import is_storable

MOST_PASTED: Final = 2_000  # rows that are looked at before the table's own limit refuses them
Row = Mapping[str, object]


class RowsError(Exception):
    """Cells that do not fit: (place of the row counted from 0, key of the column, misfit)."""

    def __init__(self, cells: Sequence[tuple[int, str, UnfitAnswerError]]) -> None:
        super().__init__("rows")
        self.cells = cells


def spread_rows(field: Field, answer: object) -> list[Row]:
    """The rows of a raw answer as records of raw cells. A text among them is what was copied from a
    spreadsheet: cells between tabs, one line a row, in the order of the columns.

    Raises UnfitAnswerError: not_rows, too_many_rows (limit).
    """
    if answer is None or answer == "":
        return []
    given = answer if isinstance(answer, list | tuple) else [answer]
    rows: list[Row] = []
    for one in given:
        if isinstance(one, str):
            rows.extend(_pasted(field, one))
        elif isinstance(one, Mapping) and all(isinstance(key, str) for key in one):
            rows.append(one)
        elif one is not None:
            raise UnfitAnswerError("not_rows")
    if len(rows) > MOST_PASTED:
        raise UnfitAnswerError("too_many_rows", limit=field.max_rows)
    return rows


def read_rows(field: Field, answer: object) -> list[dict[str, object]]:
    """The typed rows; one in which nothing stands is none.

    Raises RowsError for its cells; UnfitAnswerError: not_rows, too_many_rows, too_few_rows (limit).
    """
    cells: list[tuple[int, str, UnfitAnswerError]] = []
    rows: list[dict[str, object]] = []
    for place, given in enumerate(spread_rows(field, answer)):
        row: dict[str, object] = {}
        wrong: list[tuple[int, str, UnfitAnswerError]] = []
        for column in field.fields:
            try:
                row[column.key] = read_answer(column, given.get(column.key))
            except UnfitAnswerError as misfit:
                row[column.key] = None
                wrong.append((place, column.key, misfit))
        if not wrong and not any(_is_filled(value) for value in row.values()):
            continue
        if given.keys() - row.keys():
            raise UnfitAnswerError("not_rows")
        faulty = {key for _, key, _ in wrong}
        wrong += [
            (place, column.key, UnfitAnswerError("required"))
            for column in field.fields
            if column.required and column.key not in faulty and not _is_filled(row[column.key])
        ]
        cells += wrong
        rows.append(row)
    if len(rows) > field.max_rows:
        raise UnfitAnswerError("too_many_rows", limit=field.max_rows)
    if cells:
        raise RowsError(cells)
    if rows and len(rows) < field.min_rows:
        raise UnfitAnswerError("too_few_rows", limit=field.min_rows)
    return rows


def _is_filled(value: object) -> bool:
    return value is not None and value is not False and value != []


def _pasted(field: Field, text: str) -> list[Row]:
    """Lines as spreadsheets copy them: a cell with a line break in it stands in quotes. A first
    line that repeats the names of the columns is left out."""
    if not is_storable(text):
        raise UnfitAnswerError("not_text")
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        lines = list(csv.reader(io.StringIO(plain), dialect="excel-tab"))
    except csv.Error as error:  # one enormous cell
        raise UnfitAnswerError("not_rows") from error
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if lines and _are_names(field, lines[0]):
        lines = lines[1:]
    if any(len(line) > len(field.fields) and any(line[len(field.fields) :]) for line in lines):
        raise UnfitAnswerError("too_many_columns", limit=len(field.fields))
    return [
        {column.key: _cell(column, cell) for column, cell in zip(field.fields, line, strict=False)}
        for line in lines
    ]


def _are_names(field: Field, line: Sequence[str]) -> bool:
    names = [column.label.casefold() for column in field.fields]
    return [cell.strip().casefold() for cell in line][: len(names)] == names[: len(line)]


def _cell(column: Field, cell: str) -> str:
    """A choice may be written as people see it; a field of one line takes no line breaks."""
    lines = (line.strip() for line in cell.strip().splitlines())
    text = cell.strip() if column.type == "textarea" else " ".join(filter(None, lines))
    for option in column.options:
        if text.casefold() in (option.label.casefold(), option.value.casefold()):
            return option.value
    return text
