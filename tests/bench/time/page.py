"""The outcome as tables in Indonesian, and whether it is what is wanted."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.bench.time.measuring import Outcome, Rate
from workflows.mutu_baku import Unit

LEAST_PER_SECOND, MOST_GROWTH = 200_000, 1.2
TOLERANCE = 1.1  # of ratios of times, on a machine that others use too


@dataclass(frozen=True)
class Wanted:
    text: str
    limit: str
    found: str
    met: bool


def wanted(outcome: Outcome) -> list[Wanted]:
    slowest = min(outcome.rates, key=lambda rate: rate.add)
    found = [
        Wanted(
            f"tenggat per detik, paling lambat ({slowest.waktu})",
            f"≥ {_whole(LEAST_PER_SECOND)}",
            _whole(slowest.add),
            slowest.add >= LEAST_PER_SECOND,
        )
    ]
    for unit, rates in by_unit(outcome.rates).items():
        growth = growth_of(rates)
        found.append(
            Wanted(
                f"{_name(unit)}: biaya {rates[-1].waktu} / {near(rates).waktu}",
                f"≤ {_ratio(MOST_GROWTH)}",
                _ratio(growth),
                growth <= MOST_GROWTH * TOLERANCE,
            )
        )
    return found


def by_unit(rates: Iterable[Rate]) -> dict[Unit, list[Rate]]:
    found: dict[Unit, list[Rate]] = {}
    for rate in rates:
        found.setdefault(rate.unit, []).append(rate)
    return found


def near(rates: list[Rate]) -> Rate:
    """The shortest whole amount: a part of a day is counted another way."""
    return next(rate for rate in rates if rate.waktu.maximum.denominator == 1)


def growth_of(rates: list[Rate]) -> float:
    return near(rates).add / rates[-1].add


def report(outcome: Outcome) -> str:
    return "\n".join(
        [
            "| satuan | lama | tambah /detik | kurang /detik | biaya terhadap yang terdekat |",
            "|---|--:|--:|--:|--:|",
            *(_row(rate, rates) for rates in by_unit(outcome.rates).values() for rate in rates),
            "",
            f"Waktu kerja di antara dua saat dalam sepuluh tahun: {_whole(outcome.between)} per "
            f"detik. Penjelasan 20 hari kerja: {_whole(outcome.explain)} per detik. Hitungan "
            f"pertama sejauh sepuluh tahun pada kalender baru: {outcome.first * 1000:.0f} ms.",
            "",
            "| yang dituntut | batas | hasil | |",
            "|---|--:|--:|---|",
            *(
                f"| {one.text} | {one.limit} | {one.found} | "
                f"{'terpenuhi' if one.met else '**TIDAK TERPENUHI**'} |"
                for one in wanted(outcome)
            ),
        ]
    )


def _row(rate: Rate, rates: list[Rate]) -> str:
    ratio = _ratio(near(rates).add / rate.add)
    cells = [_name(rate.unit), str(rate.waktu), _whole(rate.add), _whole(rate.subtract), ratio]
    return f"| {' | '.join(cells)} |"


def _name(unit: Unit) -> str:
    return unit.replace("_", " ")


def _whole(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def _ratio(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
