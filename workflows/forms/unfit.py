"""Why one answer does not fit: caught where answers are checked, never seen outside."""


class UnfitAnswerError(Exception):
    """`reason` is a code, `fields` are what its sentence needs."""

    def __init__(self, reason: str, **fields: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields = fields
