"""/kabar/aliran: server-sent events that tell an open page to look again"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack

from flask import Blueprint, request
from werkzeug.wrappers import Response

from engine.app import App
from engine.usecases.live import Ear, Scope, kinds_of, open_ear
from web import serving
from web.opening import call

pages = Blueprint("live", __name__)
SCOPES: dict[str, Scope] = {"tugas": "tugas", "semua": "semua"}
LIFE = 240.0  # seconds; then the page asks again, and its session and rights are read anew
BEAT = 15.0  # seconds; so that whoever has gone is noticed, and no proxy closes the connection
STEP = 1.0  # seconds


@pages.get("/kabar/aliran")
def stream() -> Response:
    app, actor, _ = call()
    scope = SCOPES.get(request.args.get("lingkup", ""), "kabar")
    stack = ExitStack()
    ear = stack.enter_context(open_ear(app, actor, scope))
    if ear is None:
        return Response(status=503, headers={"Retry-After": "60"})
    response = Response(_events(app, ear), mimetype="text/event-stream")
    response.call_on_close(stack.close)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # proxies pass it on at once
    return response


def _events(app: App, ear: Ear) -> Iterator[str]:
    """Runs after the request: it holds no connection, no session and no lock."""
    now = time.monotonic()
    end, beat = now + LIFE * random.uniform(0.8, 1.2), now + BEAT  # no secret
    yield "retry: 3000\n\n"
    while now < end and not (app.live.closed or serving.is_stopping()):
        for kind in kinds_of(ear.wait(STEP)):
            yield f"event: {kind}\ndata: 1\n\n"
            beat = time.monotonic() + BEAT
        now = time.monotonic()
        if now >= beat:
            yield ":\n\n"
            beat = now + BEAT
