"""What the measurement of notices counts; its figures come by `make bench`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.bench.notices.__main__ import is_met, row_of
from tests.bench.notices.house import Scene

MOMENT = datetime(2026, 11, 23, 1, tzinfo=UTC)
SCENE = Scene("tiga tugas", items=3, people=2, seconds=60)


def row(tmp_path: Path, *lines: tuple[float, str, int], waiting: int = 0) -> list[str]:
    path = tmp_path / "mails"
    texts = [f"{MOMENT.timestamp() + after}\t{name}\t{items}\n" for after, name, items in lines]
    path.write_text("".join(texts), "utf-8")
    return row_of(SCENE, MOMENT, 3, waiting, path)


def test_each_once_and_in_time_is_met(tmp_path: Path) -> None:
    found = row(tmp_path, (2.0, "a", 2), (3.5, "b", 1))
    assert found == ["tiga tugas", "3", "2", "2", "0", "0", "2.0 s", "3.5 s"]
    assert is_met(SCENE, found)


def test_what_is_lost_late_or_sent_twice_is_told(tmp_path: Path) -> None:
    assert not is_met(SCENE, row(tmp_path, (2.0, "a", 2)))
    assert not is_met(SCENE, row(tmp_path, (2.0, "a", 2), (3.0, "a", 2), (3.0, "b", 1)))
    assert not is_met(SCENE, row(tmp_path, (2.0, "a", 2), (61.0, "b", 1)))
    assert not is_met(SCENE, row(tmp_path, (2.0, "a", 2), (3.0, "b", 1), waiting=1))
