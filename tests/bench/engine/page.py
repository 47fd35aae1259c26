"""The outcomes as tables in Indonesian, and whether they are what is wanted."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.engine.measuring import Outcome, Point
from tests.bench.engine.models import NEAR
from tests.bench.machine import describe_machine

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "performance.md"
BEGINNING, END = "<!-- hasil make bench -->", "<!-- akhir hasil -->"
TOLERANCE = 1.1  # of ratios of times; sizes are exact
STEP_MODEL = "lurus, 20 langkah"
STEP_LIMIT, GROWTH_LIMIT, SIZE_LIMIT = 2.0, 1.2, 1.1


@dataclass(frozen=True)
class Wanted:
    text: str
    limit: float
    found: float
    tolerance: float = 1.0

    @property
    def met(self) -> bool:
        return self.found <= self.limit * self.tolerance


def wanted(outcomes: Iterable[Outcome]) -> list[Wanted]:
    found = []
    for one in outcomes:
        name, point = one.model.name, one.points[0]
        if name == STEP_MODEL and point.bare is not None:
            text = f"{name}: biaya Alur / SpiffWorkflow polos"
            found.append(Wanted(text, STEP_LIMIT, point.ours / point.bare, TOLERANCE))
        if one.growth is not None and one.size_growth is not None:
            laps = f"putaran {_whole(one.model.far)} / putaran {NEAR}"
            found.append(Wanted(f"{name}: biaya {laps}", GROWTH_LIMIT, one.growth, TOLERANCE))
            found.append(Wanted(f"{name}: ukuran {laps}", SIZE_LIMIT, one.size_growth))
    return found


def report(outcomes: list[Outcome]) -> str:
    return "\n".join(
        [
            f"Mesin: {describe_machine('SpiffWorkflow')}.",
            "",
            "| proses | sesudah | Alur µs | polos µs | stok µs | Alur/polos | Alur/stok "
            "| Alur byte | stok byte |",
            "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
            *(_row(one, point) for one in outcomes for point in one.points),
            "",
            "| yang dituntut | batas | hasil | |",
            "|---|--:|--:|---|",
            *(
                f"| {one.text} | ≤ {_ratio(one.limit)} | {_ratio(one.found)} | {_verdict(one)} |"
                for one in wanted(outcomes)
            ),
        ]
    )


def write_page(text: str) -> None:
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGINNING)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGINNING}\n{text}\n{END}{after}", "utf-8")


def _row(outcome: Outcome, point: Point) -> str:
    bare = _micro(point.bare)
    if point.bare is None and outcome.stalled is not None:
        bare = f"macet di putaran {outcome.stalled}"
    cells = [
        outcome.model.name,
        _whole(point.lap),
        _micro(point.ours),
        bare,
        _micro(point.stock),
        _ratio(point.ours / point.bare) if point.bare else "–",
        _ratio(point.ours / point.stock) if point.stock else "–",
        _whole(point.ours_size),
        _whole(point.stock_size) if point.stock_size is not None else "–",
    ]
    return f"| {' | '.join(cells)} |"


def _verdict(one: Wanted) -> str:
    if one.found <= one.limit:
        return "terpenuhi"
    return "terpenuhi dalam toleransi" if one.met else "**TIDAK TERPENUHI**"


def _micro(value: float | None) -> str:
    return "–" if value is None else _whole(round(value))


def _whole(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _ratio(value: float) -> str:
    return (f"{value:.2f}" if value >= 0.01 else f"{value:.4f}").replace(".", ",")
