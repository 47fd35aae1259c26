"""When an item is due and at risk, who hears of it when, and whose time was used.

Pure: the calendar, the moments and the pauses are handed in, nothing here reads a clock.
"""

from workflows.deadlines.due import at_risk_at, due_at, explain_due, share_at, standard_of
from workflows.deadlines.ladder import (
    DEFAULT_LADDER,
    DayBefore,
    Ladder,
    Offset,
    Rung,
    Share,
    When,
)
from workflows.deadlines.ladder_document import KINDS, PLACEHOLDERS, read_ladder, write_ladder
from workflows.deadlines.ladder_drawing import (
    DrawnLadder,
    attribute_at_fault,
    draw_ladder,
    read_drawn,
)
from workflows.deadlines.ledger import Interruption, Stay, Use, usage
from workflows.deadlines.moments import (
    DueRung,
    RungAt,
    due_rungs,
    next_look,
    next_moment,
    rungs_with_moments,
)
from workflows.deadlines.sending import Quiet, send_at
from workflows.deadlines.stretches import Stretch, gaps, joined, paused_time, shift, without

__all__ = [
    "DEFAULT_LADDER",
    "KINDS",
    "PLACEHOLDERS",
    "DayBefore",
    "DrawnLadder",
    "DueRung",
    "Interruption",
    "Ladder",
    "Offset",
    "Quiet",
    "Rung",
    "RungAt",
    "Share",
    "Stay",
    "Stretch",
    "Use",
    "When",
    "at_risk_at",
    "attribute_at_fault",
    "draw_ladder",
    "due_at",
    "due_rungs",
    "explain_due",
    "gaps",
    "joined",
    "next_look",
    "next_moment",
    "paused_time",
    "read_drawn",
    "read_ladder",
    "rungs_with_moments",
    "send_at",
    "share_at",
    "shift",
    "standard_of",
    "usage",
    "without",
    "write_ladder",
]
