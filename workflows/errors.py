"""The errors of Alur: a code and its fields, never a sentence.

The faces turn a code into a sentence in the reader's language and into a status.
"""


class SopError(Exception):
    """Something a person can act on.

    `code` is a stable snake_case word; `fields` are JSON values that say which element, field
    or text is meant.
    """

    def __init__(self, code: str, /, **fields: object) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields = fields

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.code} ({details})" if details else self.code

    def __reduce__(self) -> tuple[object, ...]:
        # The default would call the class with (code, fields) and fail on the keyword arguments.
        return _rebuild, (type(self), self.code, self.fields)


class InvalidSopError(SopError):
    """A BPMN file that Alur refuses. Fields: element, name, line, findings."""


class InvalidAnswerError(SopError):
    """A form answer that does not fit its field. Fields: field, reason, label."""


class InvalidTimeError(SopError):
    """A duration, calendar, zone or moment that cannot be used. Fields: text, reason."""


def _rebuild(kind: type[SopError], code: str, fields: dict[str, object]) -> SopError:
    return kind(code, **fields)
