"""Rows turned into the texts of a print: in the reader's language, moments in the unit's zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from engine.documents.words import KINDS, LABELS, language_of, say_capacity
from engine.event_words import say_event
from engine.incident_sentences import explain_failure, explain_incident
from engine.store import people
from engine.store.handovers import CommentRow, HandoverRow
from engine.store.lines import capacity_from
from engine.store.printing import jabatan_of
from engine.store.tables import Unit
from engine.store.transaction import Tx
from engine.values import DocumentLine, EventLine
from workflows.disposisi import INSTRUCTIONS, URGENCIES, say_urgency
from workflows.rights import Actor, Capacity
from workflows.workdays import to_local, zone_label

Texts = dict[str, Any]
TICKED, OPEN = "\N{BALLOT BOX WITH CHECK}", "\N{BALLOT BOX}"


@dataclass(frozen=True)
class Reader:
    """For whom is printed."""

    language: str
    zone: str

    @classmethod
    def of(cls, actor: Actor, zone: str) -> Reader:
        return cls(language_of(actor.locale), zone)

    @property
    def label(self) -> dict[str, str]:
        return dict(LABELS[self.language])

    def day(self, moment: datetime | None) -> str:
        """`23 November 2026`"""
        if moment is None:
            return ""
        local = to_local(self.zone, moment).date()
        return format_date(local, "d MMMM y", locale=self.language)

    def moment(self, moment: datetime | None) -> str:
        """`23 Nov 2026 09.30 WIB`"""
        if moment is None:
            return ""
        local = to_local(self.zone, moment)
        day = format_date(local.date(), "d MMM y", locale=self.language)
        clock = local.strftime("%H.%M" if self.language == "id" else "%H:%M")
        return f"{day} {clock} {zone_label(self.zone)}"

    def size(self, size: int) -> str:
        if size < 2**20:
            return f"{max(1, round(size / 2**10))} KB"
        return f"{format_decimal(round(size / 2**20, 1), locale=self.language)} MB"

    def person(self, name: str | None, capacity: Capacity | None, absent: str = "") -> str:
        """`Ani Contoh, Plt. Kepala Badan`; `absent`: what stands where nobody is named."""
        told = say_capacity(capacity, self.language)
        return ", ".join(filter(None, (name or absent, told)))


def page_of(tx: Tx, unit: Unit, reader: Reader, now: datetime, *, formal: bool = True) -> Texts:
    """Letterhead and footer. `formal`: the page looks like an official document, so it has to say
    what it is not."""
    agency = people.agency_of(tx, unit) or unit
    region = people.unit_by_id(tx, unit.ancestors[0])
    notes = [reader.label["no_signature"], *([reader.label["house_layout"]] if formal else [])]
    return {
        "head": {
            "region": region.name if region.id != agency.id else "",
            "agency": agency.name,
            "part": unit.name if unit.id != agency.id else "",
        },
        "printed_at": reader.moment(now),
        "footnotes": notes,
    }


def handover_texts(
    tx: Tx, rows: Sequence[HandoverRow], reader: Reader, now: datetime
) -> list[Texts]:
    day = to_local(reader.zone, now).date()
    named = [one for row, _, _ in rows for one in (row.from_id, row.to_id)]
    held = jabatan_of(tx, named, day)
    return [
        {
            "at": reader.moment(row.at),
            "kind": KINDS[reader.language].get(row.kind, row.kind),
            "giver": reader.person(giver, capacity_from(row.acted_as))
            if row.acted_as
            else ", ".join(filter(None, (giver, held.get(row.from_id or 0)))),
            "receiver": ", ".join(filter(None, (receiver, held.get(row.to_id or 0)))),
            "instructions": _boxes(row.instructions, reader.language) if row.instructions else [],
            "urgency": say_urgency(row.urgency, reader.language) if row.instructions else "",
            "note": row.note,
        }
        for row, giver, receiver in rows
    ]


def _boxes(ticked: Sequence[str], language: str) -> list[Texts]:
    """Every instruction that there is, the ticked ones with a mark."""
    return [
        {"mark": TICKED if code in ticked else OPEN, "text": words.get(language, code)}
        for code, words in INSTRUCTIONS.items()
    ]


def blank_texts(language: str) -> dict[str, list[Texts]]:
    """The boxes of a sheet that is filled in by hand."""
    urgent = [{"mark": OPEN, "text": say_urgency(code, language)} for code in URGENCIES]
    return {"blank": _boxes((), language), "urgencies": urgent}


def document_texts(lines: Iterable[DocumentLine], reader: Reader) -> list[Texts]:
    return [
        {
            "name": line.name,
            "version": f"v{line.version}",
            "size": reader.size(line.size),
            "sha256": line.sha256,
            "by": reader.person(line.uploaded_by, line.capacity),
            "at": reader.moment(line.uploaded_at),
        }
        for line in lines
    ]


def comment_texts(rows: Iterable[CommentRow], steps: dict[int, str], reader: Reader) -> list[Texts]:
    """`steps`: names of the steps by item id."""
    return [
        {
            "by": reader.person(person.name, capacity_from(row.acted_as)),
            "at": reader.moment(row.at),
            "step": steps.get(row.work_item_id or 0, ""),
            "body": row.body,
        }
        for row, person in rows
    ]


def return_texts(history: Iterable[EventLine], until: datetime, reader: Reader) -> list[Texts]:
    """What decisions said with which a step was opened again."""
    return [
        {
            "note": event.note,
            "by": reader.person(event.actor, event.acted_as),
            "at": reader.moment(event.at),
        }
        for event in history
        if event.kind == "item_completed" and event.note and event.at <= until
    ]


def history_texts(history: Iterable[EventLine], reader: Reader) -> list[Texts]:
    return [
        {
            "at": reader.moment(event.at),
            "by": reader.person(event.actor, event.acted_as, reader.label["by_system"]),
            "what": "\n".join(
                filter(None, (say_event(event.kind, reader.language), event.step_name))
            ),
            "note": _event_note(event, reader.label),
        }
        for event in history
    ]


def _event_note(event: EventLine, label: Mapping[str, str]) -> str:
    if event.kind == "incident":
        return explain_incident(event.note, event.fields)
    if event.kind == "job_failed":
        return explain_failure(event.note)
    changes = [f"{one.name}: {one.before} → {one.after}" for one in event.changes]
    moved = f"→ {event.target}" if event.target else ""
    decided = (f"{one.label}: {_choice(one.answer, label)}" for one in event.decided)
    return "\n".join(filter(None, (*decided, event.note, moved, *changes)))


def _choice(answer: str | bool, label: Mapping[str, str]) -> str:
    return answer if isinstance(answer, str) else label["yes" if answer else "no"]
