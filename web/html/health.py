"""/healthz: the process lives; /readyz: it can serve"""

from __future__ import annotations

from flask import Blueprint

from engine.errors import UnavailableError
from engine.usecases import upkeep
from web.auth import public
from web.opening import opening

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@public
def live() -> dict[str, str]:
    return {"status": "ok"}


@pages.get("/readyz")
@public
def ready() -> tuple[dict[str, str], int]:
    try:
        upkeep.ping(opening().get())
    except UnavailableError as error:
        return {"status": "unavailable", "code": error.code}, 503
    return {"status": "ok"}, 200
