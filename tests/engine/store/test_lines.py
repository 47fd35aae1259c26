"""What is read of definitions once per process."""

from __future__ import annotations

import pytest

from engine.store import lines
from engine.store.tables import Definition
from tests.engine.usecases.conftest import SOP


def test_of_the_sops_that_were_read_only_the_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_SOPS", 3)
    xml = (SOP / f"{SOP.name}.bpmn").read_bytes()
    rows = [Definition(hash=f"uji-{number}", xml=xml) for number in range(6)]
    first = [lines.sop_of(row) for row in rows]
    assert lines.sop_of(rows[5]) is first[5]
    assert lines.sop_of(rows[0]) is not first[0]
    assert lines.sop_of(rows[0]) == first[0]
