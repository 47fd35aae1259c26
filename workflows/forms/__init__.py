"""Forms: form-js schemas as values, and the check of a person's answers against them."""

from workflows.forms.answers import check_answers, hidden_fields
from workflows.forms.form import Field, Form, Option
from workflows.forms.schema import read_form

__all__ = ["Field", "Form", "Option", "check_answers", "hidden_fields", "read_form"]
