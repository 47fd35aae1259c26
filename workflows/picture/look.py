"""Colours. They stand as attributes for paper and for what knows no CSS; on a dark screen the
style takes their place. Nothing is told by colour alone: what is done has a tick, what is active
a thick border, and what two versions do not share a plus, a minus or a triangle.
"""

from typing import Final

INK: Final = "#17211e"
GROUND: Final = "#fff"
FRAME: Final = "#73807b"
DONE: Final = ("#eceff0", "#66736e")
ACTIVE: Final = ("#cfe8e2", "#0b5a50")
ADDED: Final = ("#dcefe0", "#1b6b34")
REMOVED: Final = ("#f8e0de", "#a3261c")
CHANGED: Final = ("#fbeccb", "#8a5a00")
CALLOUT: Final = ("#0b5a50", "#fff")

# Class -> declarations on a dark screen. `a`: shapes, `i`: lines and outlined signs, `k`: what is
# filled with ink, `t`: texts, `p`: pools and lanes, `d`: done, `c`: active, `n`: added, `r`:
# removed, `m`: changed, `l`: lines of these, `y`, `z`, `v`: their signs, `b`: the callout.
_DARK: Final = (
    ("g", "fill:#18211e"),
    ("a", "fill:#18211e;stroke:#e7eeeb"),
    ("i", "stroke:#e7eeeb"),
    ("k", "fill:#e7eeeb"),
    ("t", "fill:#e7eeeb"),
    ("h", "stroke:#18211e"),
    ("p", "stroke:#7b8a85"),
    ("d", "fill:#2f3c38;stroke:#a6b5af"),
    ("c", "fill:#1c3631;stroke:#7ad0bf"),
    ("n", "fill:#17351f;stroke:#7fd694"),
    ("r", "fill:#43201d;stroke:#f3a199"),
    ("m", "fill:#3a2c0c;stroke:#edbf5c"),
    ("l", "fill:none"),
    ("y", "fill:#7fd694"),
    ("z", "fill:#f3a199"),
    ("v", "fill:#edbf5c"),
    ("b", "fill:#7ad0bf"),
    ("w", "fill:#06231e"),
)


def style(prefix: str) -> str:
    rules = "".join(f"#{prefix} .{name}{{{text}}}" for name, text in _DARK)
    return f"@media screen and (prefers-color-scheme:dark){{{rules}}}"
