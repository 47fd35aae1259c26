"""A picture that is too wide for one sheet, as pieces for several."""

from __future__ import annotations

Piece = tuple[float, float]  # where it begins in the picture, and how wide it is


def cut(wide: float, room: float, head: float, overlap: float) -> list[list[Piece]]:
    """Sheet by sheet, what stands side by side on it. Each after the first repeats the `head`, the
    names of lanes, and so much of what came before it that nothing is only ever seen in halves."""
    sheets: list[list[Piece]] = [[(0.0, min(wide, room))]]
    end = room
    while end < wide:
        start = end - overlap
        end = start + room - head
        names = [(0.0, head)] if head else []
        sheets.append([*names, (start, min(wide, end) - start)])
    return sheets
