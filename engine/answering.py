"""The form of a work item, and answers to it that rows of the database must bear out."""

from __future__ import annotations

from collections.abc import Mapping

from engine.store import work_items
from engine.store.tables import Definition, WorkItem
from engine.store.transaction import Tx
from workflows.errors import InvalidAnswerError
from workflows.forms import Form, check_answers, read_form
from workflows.sop import Kegiatan


def form_of(definition: Definition, kegiatan: Kegiatan) -> Form:
    """The form of that step, an empty one where it has none."""
    if kegiatan.formulir is None:
        return Form("", ())
    return read_form(definition.forms[kegiatan.formulir])


def check_item_answers(
    tx: Tx,
    item: WorkItem,
    form: Form,
    answers: Mapping[str, object],
    variables: Mapping[str, object],
) -> dict[str, object]:
    """As `workflows.forms.check_answers`; files must be documents of the item's own case."""
    values = check_answers(form, answers, variables)
    fields = [one for one in form.questions if one.type == "file" and values.get(one.key)]
    known = work_items.document_ids(tx, item.case_id) if fields else set()
    for field in fields:
        given = values[field.key]
        if isinstance(given, list) and not known.issuperset(given):
            raise InvalidAnswerError(
                "invalid_answer", field=field.key, label=field.label, reason="not_a_document"
            )
    return values
