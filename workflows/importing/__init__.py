"""Files from other tools: unpacked within limits, looked through, and made ready for a draft."""

from workflows.importing.package import MAX_UPLOAD, Package, pack, unpack
from workflows.importing.prepare import assign_roles, choose_process, lay_out_anew
from workflows.importing.report import LaneLine, ProcessLine, Report, examine

__all__ = [
    "MAX_UPLOAD",
    "LaneLine",
    "Package",
    "ProcessLine",
    "Report",
    "assign_roles",
    "choose_process",
    "examine",
    "lay_out_anew",
    "pack",
    "unpack",
]
