"""Errors carry a code and fields, through processes too."""

import pickle

import pytest

from workflows.errors import InvalidAnswerError, InvalidSopError, InvalidTimeError, SopError


@pytest.mark.parametrize("kind", [SopError, InvalidSopError, InvalidAnswerError, InvalidTimeError])
def test_code_and_fields_survive_pickling(kind: type[SopError]) -> None:
    error = pickle.loads(pickle.dumps(kind("some_code", element="Task_1", code="A")))
    assert type(error) is kind
    assert (error.code, error.fields) == ("some_code", {"element": "Task_1", "code": "A"})


def test_the_text_is_for_logs() -> None:
    assert str(SopError("no_process")) == "no_process"
    assert str(SopError("wrong_type", field="jumlah")) == "wrong_type (field='jumlah')"
