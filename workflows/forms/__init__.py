"""Forms: form-js schemas as values, and the check of a person's answers against them."""

from workflows.forms.answers import check_answers, hidden_fields, hidden_places, read_values
from workflows.forms.form import Field, Form, Option, questions_of
from workflows.forms.rows import spread_rows
from workflows.forms.schema import read_form
from workflows.forms.unfit import UnfitAnswerError

__all__ = [
    "Field",
    "Form",
    "Option",
    "UnfitAnswerError",
    "check_answers",
    "hidden_fields",
    "hidden_places",
    "questions_of",
    "read_form",
    "read_values",
    "spread_rows",
]
