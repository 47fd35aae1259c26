"""The words of what people do with each other's work: handing over, asking, mentioning, leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from babel.dates import format_date

from engine.channels.news_texts import BODIES, LABELS, NO_ITEMS, SUBJECTS
from engine.channels.texts import About, Words, say_due, say_moment, say_person, say_what
from workflows.disposisi import say_instructions, say_urgency
from workflows.rights import Capacity

# What is told -> the kind of notice that it is, for which people choose channels.
KIND_OF: Final = {
    "delegated": "delegated",
    "recalled": "delegated",
    "handed_back": "delegated",
    "reassigned": "reassigned",
    "taken": "reassigned",
    "returned": "returned",
    "consulted": "consulted",
    "question_withdrawn": "consulted",
    "answered": "answered",
    "mentioned": "mentioned",
    "watched_done": "watched",
    "watched_late": "watched",
    "watched_end": "watched",
    "watched_cancelled": "watched",
    "leave_planned": "leave",
    "leave_noted": "leave",
    "leave_changed": "leave",
    "leave_cancelled": "leave",
    "leave_handed_on": "leave",
    "leave_shortened": "leave",
    "leave_relayed": "leave",
    "leave_began": "leave",
    "leave_ended": "leave",
    "draft_submitted": "sop",
    "draft_returned": "sop",
    "draft_approved": "sop",
    "draft_taken_back": "sop",
    "sop_published": "sop",
    "sop_review": "sop",
}
SAID = ("consulted", "answered", "mentioned")  # kinds that are about somebody's words
_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class News:
    """What is told. `what`: a key of KIND_OF; `by`: who did it, and as what; `note`: what they
    said; `other`: somebody else it is about; `items`: names and due moments of what waits."""

    what: str
    by: str = ""
    acted_as: Capacity | None = None
    note: str = ""
    other: str = ""
    instructions: tuple[str, ...] = ()
    urgency: str = "biasa"
    since: date | None = None
    until: date | None = None
    scope: tuple[str, ...] = ()
    items: tuple[tuple[str, datetime | None], ...] = ()
    more: int = 0
    count: int = 0


def compose_news(
    news: News, locale: str, name: str, zone: str, about: About | None = None
) -> Words:
    """Subject and body for one recipient, who is called `name`; an unknown locale reads
    Indonesian. `about`: the item, or with an empty step the case as a whole."""
    language = locale if locale in SUBJECTS else "id"
    slots = _slots(news, language, name, zone)
    if about is not None:
        slots |= {
            "step": about.step or about.sop,
            "sop": about.sop,
            "unit": about.unit,
            "case_id": str(about.case_id),
            "what": say_what(about, language),
            "due": say_due(about, language) if about.step else "",
        }
    subject = SUBJECTS[language][news.what].format(**slots)
    body = BODIES[language][news.what].format(**slots)
    if news.urgency != "biasa":
        subject = f"[{say_urgency(news.urgency, language)}] {subject}"
    return subject, _GAP.sub("\n\n", body).strip()


def words_in(kind: str, body: str) -> str:
    """What somebody has said, from a body that `compose_news` has made: of these kinds it comes
    last, after the greeting and what it is about. Else ""."""
    parts = body.split("\n\n", 2)
    return parts[2] if kind in SAID and len(parts) > 2 else ""


def _slots(news: News, language: str, name: str, zone: str) -> dict[str, str]:
    labels = LABELS[language]
    return {
        "name": name,
        "by": say_person(news.by, news.acted_as, language),
        "note": news.note,
        "note_line": labels["note"].format(note=news.note) if news.note else "",
        "asked": labels["asked"].format(asked=say_instructions(news.instructions, language))
        if news.instructions
        else "",
        "other": news.other,
        "since": _day(news.since, language),
        "until": _day(news.until, language),
        "days": _days(news, language),
        "scope": labels["scope"].format(scope=", ".join(news.scope)) if news.scope else "",
        "items": _list(news, language, zone),
        "count": str(news.count),
    }


def _list(news: News, language: str, zone: str) -> str:
    if not news.items:
        return NO_ITEMS[language]
    labels = LABELS[language]
    lines = []
    for name, due_at in news.items:
        due = say_moment(due_at, zone, "d MMM y, HH.mm", language) if due_at else labels["no_due"]
        lines.append(f"- {name} ({due})")
    if news.more:
        lines.append(labels["more"].format(more=news.more))
    return "\n".join(lines)


def _days(news: News, language: str) -> str:
    labels = LABELS[language]
    template = labels["day" if news.since == news.until else "days"]
    return template.format(since=_day(news.since, language), until=_day(news.until, language))


def _day(day: date | None, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language) if day else "-"
