"""Which pieces of line in one channel or gutter lie beside one another, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflows.layout.routes import Segment

_COVERED = 10  # what two lines on one another are worth in crossings


@dataclass(frozen=True)
class _Group:
    """Pieces that are drawn as one: all come from, or all go to, the same node."""

    segments: tuple[Segment, ...]
    low: int
    high: int
    lefts: frozenset[int]
    rights: frozenset[int]

    def meets(self, other: _Group) -> bool:
        return self.low <= other.high and other.low <= self.high


def arrange_channel(segments: Sequence[Segment]) -> int:
    """Gives each its track from the left and returns how many tracks there are."""
    groups = _groups(segments)
    scores = [0] * len(groups)
    for number, one in enumerate(groups):
        for other_number in range(number + 1, len(groups)):
            other = groups[other_number]
            if one.meets(other):
                worse = _cost(one, other) - _cost(other, one)
                scores[number] += worse
                scores[other_number] -= worse
    order = sorted(range(len(groups)), key=lambda number: scores[number])
    return _stack([groups[number] for number in order])


def arrange_gutter(segments: Sequence[Segment]) -> int:
    """The same from the top; short pieces first, so that long ones go around them."""
    groups = [_group(same) for same in _by(segments, "target")]
    return _stack(sorted(groups, key=lambda group: group.low - group.high))


def _groups(segments: Sequence[Segment]) -> list[_Group]:
    fans = [same for same in _by(segments, "source") if len(same) > 1]
    inside = {id(one) for fan in fans for one in fan}
    rest = [one for one in segments if id(one) not in inside]
    return [_group(same) for same in [*fans, *_by(rest, "target")]]


def _by(segments: Iterable[Segment], end: str) -> list[list[Segment]]:
    found: dict[str, list[Segment]] = {}
    for segment in segments:
        found.setdefault(getattr(segment, end), []).append(segment)
    return [*found.values()]


def _group(segments: Sequence[Segment]) -> _Group:
    return _Group(
        tuple(segments),
        min(one.low for one in segments),
        max(one.high for one in segments),
        frozenset[int]().union(*(one.lefts for one in segments)),
        frozenset[int]().union(*(one.rights for one in segments)),
    )


def _cost(left: _Group, right: _Group) -> int:
    """What it costs that one lies left of the other."""
    covered = len(left.rights & right.lefts)
    through = sum(right.low < strip < right.high for strip in left.rights)
    through += sum(left.low < strip < left.high for strip in right.lefts)
    return _COVERED * covered + through


def _stack(groups: Sequence[_Group]) -> int:
    """Each on the first track beyond all before it that it meets."""
    placed: list[tuple[_Group, int]] = []
    for group in groups:
        track = max((t + 1 for other, t in placed if group.meets(other)), default=0)
        placed.append((group, track))
        for segment in group.segments:
            segment.track = track
    return max((track + 1 for _, track in placed), default=0)
