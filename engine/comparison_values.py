"""What a comparison of two versions gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.compare import Comparison


@dataclass(frozen=True)
class SideLine:
    """One side that can be chosen: `name` is what its address calls it; `kind`: version, revision,
    draft; `number` that of the version or revision."""

    name: str
    kind: str
    number: int
    at: datetime


@dataclass(frozen=True)
class ComparisonDetail:
    """`name`: of the SOP; `choices`: the sides that there are."""

    name: str
    before: SideLine
    after: SideLine
    before_xml: str
    after_xml: str
    comparison: Comparison
    choices: tuple[SideLine, ...]
