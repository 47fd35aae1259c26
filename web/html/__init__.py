"""The pages. Each view parses, calls one use case and renders."""

from __future__ import annotations

from flask import Flask

from web.html import (
    calendars,
    case_operations,
    cases,
    documents,
    feeds,
    health,
    incidents,
    item_time,
    ladders,
    language,
    login,
    notices,
    preferences,
    sops,
    work_items,
)


def init_app(flask: Flask) -> None:
    for module in (
        work_items,
        item_time,
        cases,
        case_operations,
        incidents,
        sops,
        documents,
        notices,
        preferences,
        calendars,
        ladders,
        language,
        login,
        feeds,
        health,
    ):
        flask.register_blueprint(module.pages)
