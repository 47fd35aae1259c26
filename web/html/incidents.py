"""/insiden: what has stopped because of an error, in all cases"""

from __future__ import annotations

from flask import Blueprint, render_template

from engine.usecases import trace
from web.opening import call

pages = Blueprint("incidents", __name__)


@pages.get("/insiden")
def index() -> str:
    return render_template("incidents.html", incidents=trace.list_incidents(*call()))
