"""The pages. Each view parses, calls one use case and renders."""

from __future__ import annotations

from flask import Flask

from web.html import (
    case_operations,
    cases,
    documents,
    health,
    incidents,
    language,
    login,
    notices,
    sops,
    work_items,
)


def init_app(flask: Flask) -> None:
    for module in (
        work_items,
        cases,
        case_operations,
        incidents,
        sops,
        documents,
        notices,
        language,
        login,
        health,
    ):
        flask.register_blueprint(module.pages)
