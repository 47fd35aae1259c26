"""The words of notices, in the recipient's language; composed once, stored as they were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from workflows.workdays import zone_label


@dataclass(frozen=True)
class About:
    """What a notice is about. `zone`: in which the due moment is told."""

    step: str
    sop: str
    unit: str
    case_id: int
    round: int
    due_at: datetime | None
    zone: str
    performer: str = ""


SUBJECTS = {
    "id": {
        "assigned": "Tugas baru: {step}",
        "reminder": "Pengingat: {step}, tenggat {due_short}",
        "overdue": "Lewat tenggat: {step}",
        "escalation": "Perlu perhatian Anda: {step} lewat tenggat",
    },
    "en": {
        "assigned": "New task: {step}",
        "reminder": "Reminder: {step}, due {due_short}",
        "overdue": "Overdue: {step}",
        "escalation": "Needs your attention: {step} is overdue",
    },
}
BODIES = {
    "id": {
        "assigned": "Yth. {name},\n\nsebuah tugas menunggu Anda: {what}.\n\n{due}",
        "reminder": "Yth. {name},\n\ntugas ini mendekati tenggatnya: {what}.\n\n{due}\n\n"
        "Bila sudah dikerjakan, mohon selesaikan di Alur.",
        "overdue": "Yth. {name},\n\ntugas ini sudah melewati tenggatnya: {what}.\n\n{due}\n\n"
        "Mohon segera diselesaikan. Atasan langsung juga diberi tahu.",
        "escalation": "Yth. {name},\n\ntugas pada unit yang Anda pimpin sudah melewati "
        "tenggatnya: {what}.\n\nPelaksana: {performer}\n{due}",
    },
    "en": {
        "assigned": "Dear {name},\n\na task is waiting for you: {what}.\n\n{due}",
        "reminder": "Dear {name},\n\nthis task is nearing its deadline: {what}.\n\n{due}\n\n"
        "If it is done already, please complete it in Alur.",
        "overdue": "Dear {name},\n\nthis task is past its deadline: {what}.\n\n{due}\n\n"
        "Please complete it soon. Your superior has been told as well.",
        "escalation": "Dear {name},\n\na task in the unit that you lead is past its deadline: "
        "{what}.\n\nPerformer: {performer}\n{due}",
    },
}
WHAT = {
    "id": "“{step}” pada SOP {sop}, {unit}, kasus nomor {case_id}{round}",
    "en": "“{step}” of the SOP {sop}, {unit}, case number {case_id}{round}",
}
ROUND = {"id": ", putaran {round}", "en": ", round {round}"}
DUE = {"id": "Tenggat: {due}", "en": "Due: {due}"}
LINK = {"id": "Buka tugas di Alur", "en": "Open the task in Alur"}
NO_DUE = {"id": "Langkah ini tanpa tenggat.", "en": "This step has no deadline."}


def compose(kind: str, locale: str, name: str, about: About) -> tuple[str, str]:
    """(subject, body) for one recipient; an unknown locale gets Indonesian."""
    language = locale if locale in SUBJECTS else "id"
    again = ROUND[language].format(round=about.round) if about.round > 1 else ""
    words = {
        "name": name,
        "step": about.step,
        "performer": about.performer or "-",
        "what": WHAT[language].format(
            step=about.step, sop=about.sop, unit=about.unit, case_id=about.case_id, round=again
        ),
        "due": NO_DUE[language],
        "due_short": "",
    }
    if about.due_at is not None:
        long = _local(about.due_at, about.zone, "EEEE, d MMMM y, HH.mm", language)
        words["due"] = DUE[language].format(due=long)
        words["due_short"] = _local(about.due_at, about.zone, "d MMM HH.mm", language)
    return SUBJECTS[language][kind].format(**words), BODIES[language][kind].format(**words)


def _local(moment: datetime, zone: str, pattern: str, language: str) -> str:
    text = format_datetime(moment, pattern, tzinfo=ZoneInfo(zone), locale=language)
    return f"{text} {zone_label(zone)}"
