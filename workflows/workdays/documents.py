"""A calendar as a document, as it is stored and edited, and the Calendar that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.workdays.calendar import Calendar
from workflows.workdays.indonesia import default_calendar


def read_calendar(document: Mapping[str, Any], zone: str | None = None) -> Calendar:
    return default_calendar(zone or document["zone"])
