"""What has been typed and not been sent, as use cases give it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DraftLine:
    """What has been typed into the form of an item and not been sent: raw answers, as they came.

    `revision` counts its changes; `by`: who saved it last, `mine`: its reader.
    """

    revision: int
    saved_at: datetime
    by: str
    mine: bool
    answers: Mapping[str, object]
    checked: tuple[int, ...]

    @property
    def filled(self) -> bool:
        """An emptied draft keeps its revision, and nothing else."""
        return bool(self.answers or self.checked)
