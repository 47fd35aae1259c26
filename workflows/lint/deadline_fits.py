"""The times of the steps fit into each other and into the timeline.

Right: "H-5 hari kerja", then "H-2 hari kerja" before the same event; "7 hari kerja dalam Maret".
Warned: a step that is due before one that comes earlier; more work between two dates than there
are days; "40 hari kerja dalam Maret"; one step that takes longer than the stated total; a timer
that breaks a step off before it is due; an acuan that no field with a date fills in.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from workflows.drawing import Step
from workflows.jadwal import Jendela, Relatif
from workflows.lint import spans
from workflows.lint.finding import Draft, Problem, call, cut
from workflows.lint.spans import Measure
from workflows.mutu_baku import Waktu
from workflows.said import N_, Said

# Of steps with one acuan: each is held against each, and that walks through the drawing.
_MOST, _LEAST, _STEPS = 100, 10, 30_000
_DATES = frozenset({"date", "datetime"})
_REVERSED = N_(
    "%(it)s jatuh tempo %(later)s, padahal %(first)s yang mendahuluinya baru jatuh tempo "
    "%(earlier)s. Tukar atau perbaiki waktunya."
)
_TOO_CLOSE = N_(
    "%(it)s jatuh tempo %(later)s, dan %(first)s %(earlier)s, padahal langkah di antaranya "
    "memerlukan waktu lebih lama. Perpendek waktunya, atau geser jatuh temponya."
)


def check(draft: Draft) -> Iterator[Problem]:
    for one in _problems(draft):
        yield one._replace(severity="warning")


def _problems(draft: Draft) -> Iterator[Problem]:
    plain: dict[str, Waktu] = {}
    anchored: dict[str, list[tuple[Step, Relatif]]] = {}
    for step in draft.drawing.steps:
        written = step.mutu_baku
        if written is None or written.tanpa_waktu:
            continue
        waktu, jadwal = spans.read(written.waktu)
        if waktu is not None:
            plain[step.node.id] = waktu
        if isinstance(jadwal, Relatif) and written.acuan:
            anchored.setdefault(written.acuan, []).append((step, jadwal))
        if isinstance(jadwal, Jendela) and waktu is not None:
            yield from _in_window(step, waktu, jadwal)
    if not draft.is_clear:
        return
    yield from _against_total(draft, plain)
    yield from _timers(draft, plain)
    for acuan, steps in anchored.items():
        yield from _not_a_date(draft, acuan, steps[0][0])
        yield from _in_order(draft, steps, plain)


def _in_window(step: Step, waktu: Waktu, jendela: Jendela) -> Iterator[Problem]:
    if spans.least(waktu, "hari") > spans.longest_window(jendela):
        yield Problem(
            step.node.id,
            Said(
                "%(it)s: %(waktu)s tidak akan muat dalam waktu yang disebut (%(window)s). "
                "Perpendek waktunya, atau perpanjang masanya.",
                it=call(step.node),
                waktu=waktu,
                window=Jendela(jendela.first_month, jendela.last_month),
            ),
        )


def _in_order(
    draft: Draft, steps: list[tuple[Step, Relatif]], plain: Mapping[str, Waktu]
) -> Iterator[Problem]:
    """Of steps with one acuan, each two of which one comes before the other."""
    ways = draft.variables.ways
    steps = steps[: min(_MOST, max(_LEAST, _STEPS // len(ways.nodes)))]
    for first, earlier in steps:
        there = first.node.id
        needed: dict[Measure, Mapping[str, Fraction]] = {}
        for then, later in steps:
            here = then.node.id
            if here == there or there not in ways.before(here) or here in ways.before(there):
                continue
            measure, gap = _gap(earlier, later)
            if measure not in needed:
                takes = {name: spans.least(waktu, measure) for name, waktu in plain.items()}
                needed[measure] = spans.shortest([there], ways.ahead, takes)
            both = {
                "it": call(then.node),
                "later": later,
                "first": call(first.node),
                "earlier": earlier,
            }
            if gap < 0:
                yield Problem(here, Said(_REVERSED, **both))
            elif needed[measure].get(here, 0) > gap:
                yield Problem(here, Said(_TOO_CLOSE, **both))


def _gap(earlier: Relatif, later: Relatif) -> tuple[Measure, Fraction]:
    """How much time there is at most between the two: in their own unit, else in days."""
    unit = earlier.waktu.unit
    if unit == later.waktu.unit and unit in ("menit", "hari_kerja"):
        exact = spans.offset(later, exact=True)[1] - spans.offset(earlier, exact=True)[0]
        return unit, exact
    same = unit == later.waktu.unit
    if same and spans.offset(later, exact=True) < spans.offset(earlier, exact=True):
        return "hari", Fraction(-1)
    return "hari", spans.offset(later, exact=False)[1] - spans.offset(earlier, exact=False)[0]


def _against_total(draft: Draft, plain: Mapping[str, Waktu]) -> Iterator[Problem]:
    """Only where units differ; of one unit `sum_matches` counts exactly."""
    block = draft.drawing.identitas
    text = "" if block is None else (block.get("jumlahWaktu") or "").strip()
    total, _ = spans.read(text)
    if total is None or all(waktu.unit == total.unit for waktu in plain.values()):
        return
    measure: Measure = total.unit if total.unit in ("menit", "hari_kerja") else "hari"
    limit = total.maximum if measure == total.unit else spans.most(total)
    takes = {name: spans.least(waktu, measure) for name, waktu in plain.items()}
    for name, amount in takes.items():
        if amount > limit:
            node = draft.drawing.nodes[name]
            yield Problem(
                name,
                Said(
                    "%(it)s memerlukan %(waktu)s, lebih lama dari jumlah waktu seluruh SOP "
                    '"%(total)s". Perbaiki salah satunya.',
                    it=call(node),
                    waktu=plain[name],
                    total=cut(text),
                ),
            )
            return
    ways = draft.variables.ways
    starts = [one.id for one in ways.nodes.values() if one.kind == "startEvent"]
    needed = spans.shortest(starts, ways.ahead, takes)
    ends = [needed[one.id] for one in ways.nodes.values() if not one.outgoing and one.id in needed]
    if ends and min(ends) > limit:
        yield Problem(
            draft.drawing.key,
            Said(
                "Langkah-langkah di jalan terpendek memerlukan waktu lebih lama dari jumlah waktu "
                'yang tertulis, "%(total)s". Perbaiki salah satunya.',
                total=cut(text),
            ),
        )


def _timers(draft: Draft, plain: Mapping[str, Waktu]) -> Iterator[Problem]:
    for node in draft.variables.ways.nodes.values():
        timer = node.trigger.timer if node.trigger else None
        waktu = plain.get(node.attached_to or "")
        if timer is None or timer.kind != "waktu" or waktu is None or not node.interrupting:
            continue
        limit, _ = spans.read(timer.text)
        if limit is not None and spans.is_shorter(limit, waktu):
            host = draft.drawing.nodes[node.attached_to or ""]
            yield Problem(
                node.id,
                Said(
                    "%(it)s menghentikan %(host)s setelah %(limit)s, padahal waktunya %(waktu)s. "
                    "Perpanjang pewaktunya, atau buat tidak menghentikan.",
                    it=call(draft.drawing.nodes[node.id]),
                    host=call(host),
                    limit=limit,
                    waktu=waktu,
                ),
            )


def _not_a_date(draft: Draft, acuan: str, step: Step) -> Iterator[Problem]:
    given = draft.variables.given.get(acuan, ())
    if given and all(one.field is not None and one.field.type not in _DATES for one in given):
        yield Problem(
            step.node.id,
            Said(
                '%(it)s: acuan "%(acuan)s" bukan isian tanggal, jadi tenggatnya tidak dapat '
                "dihitung. Pakai isian tanggal.",
                it=call(step.node),
                acuan=cut(acuan),
            ),
        )
