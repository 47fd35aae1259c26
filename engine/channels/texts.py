"""The words of notices, in the recipient's language; composed once, stored as they were sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from workflows.rights import SUBSTITUTE, TITLES, Capacity
from workflows.workdays import zone_label

Words = tuple[str, str]  # subject, body


@dataclass(frozen=True)
class About:
    """What a notice is about. `zone`: in which its moments are told.

    `late`: how many earlier reminders it stands for; `before`: the due moment until now; `reason`:
    why that has moved, or why its reader had put reminders off.
    """

    step: str
    sop: str
    unit: str
    case_id: int
    round: int
    due_at: datetime | None
    zone: str
    performer: str = ""
    late: int = 0
    before: datetime | None = None
    reason: str = ""


SUBJECTS = {
    "id": {
        "assigned": "Tugas baru: {step}",
        "reminder": "Pengingat: {step}, tenggat {due_short}",
        "overdue": "Lewat tenggat: {step}",
        "escalation": "Perlu perhatian Anda: {step} lewat tenggat",
        "due_moved": "Tenggat berubah: {step}, kini {due_short}",
        "snoozed": "Pengingat yang Anda tunda: {step}",
    },
    "en": {
        "assigned": "New task: {step}",
        "reminder": "Reminder: {step}, due {due_short}",
        "overdue": "Overdue: {step}",
        "escalation": "Needs your attention: {step} is overdue",
        "due_moved": "Due date moved: {step}, now {due_short}",
        "snoozed": "The reminder that you put off: {step}",
    },
}
BODIES = {
    "id": {
        "assigned": "Yth. {name},\n\nsebuah tugas menunggu Anda: {what}.\n\n{due}",
        "reminder": "Yth. {name},\n\ntugas ini mendekati tenggatnya: {what}.\n\n{due}\n\n"
        "Bila sudah dikerjakan, mohon selesaikan di Alur.",
        "overdue": "Yth. {name},\n\ntugas ini sudah melewati tenggatnya: {what}.\n\n{due}\n\n"
        "Mohon segera diselesaikan.",
        "escalation": "Yth. {name},\n\nsebuah tugas sudah melewati tenggatnya: {what}.\n\n"
        "Pelaksana: {performer}\n{due}",
        "due_moved": "Yth. {name},\n\ntenggat tugas ini berubah karena kalender kerjanya berubah: "
        "{what}.\n\nSemula: {before}\n{due}\n\nAlasan: {reason}",
        "snoozed": "Yth. {name},\n\nAnda meminta diingatkan lagi sekarang tentang tugas ini: "
        "{what}.\n\n{due}\nAlasan Anda menunda: {reason}",
    },
    "en": {
        "assigned": "Dear {name},\n\na task is waiting for you: {what}.\n\n{due}",
        "reminder": "Dear {name},\n\nthis task is nearing its deadline: {what}.\n\n{due}\n\n"
        "If it is done already, please complete it in Alur.",
        "overdue": "Dear {name},\n\nthis task is past its deadline: {what}.\n\n{due}\n\n"
        "Please complete it soon.",
        "escalation": "Dear {name},\n\na task is past its deadline: {what}.\n\n"
        "Performer: {performer}\n{due}",
        "due_moved": "Dear {name},\n\nthe deadline of this task has moved because its working "
        "calendar has changed: {what}.\n\nBefore: {before}\n{due}\n\nReason: {reason}",
        "snoozed": "Dear {name},\n\nyou asked to be reminded now of this task: {what}.\n\n{due}\n"
        "Why you put it off: {reason}",
    },
}
WHAT = {
    "id": "“{step}” pada SOP {sop}, {unit}, kasus nomor {case_id}{round}",
    "en": "“{step}” of the SOP {sop}, {unit}, case number {case_id}{round}",
}
WHICH_CASE = {
    "id": "SOP {sop}, {unit}, kasus nomor {case_id}",
    "en": "the SOP {sop}, {unit}, case number {case_id}",
}
ROUND = {"id": ", putaran {round}", "en": ", round {round}"}
DUE = {"id": "Tenggat: {due}", "en": "Due: {due}"}
LINK = {"id": "Buka tugas di Alur", "en": "Open the task in Alur"}
LINK_ELSE = {"id": "Buka di Alur", "en": "Open in Alur"}
LINK_ALL = {"id": "Buka kotak masuk di Alur", "en": "Open your inbox in Alur"}
NO_DUE = {"id": "Langkah ini tanpa tenggat.", "en": "This step has no deadline."}
LATE = {
    "id": "Pesan ini sekaligus mewakili {late} pengingat sebelumnya yang belum sempat dikirim.",
    "en": "This message also stands for {late} earlier reminder(s) that could not be sent in time.",
}
LATE_SUBJECT = {  # a digest shows subjects only
    "id": "{subject} (mewakili {late} pengingat sebelumnya)",
    "en": "{subject} (stands for {late} earlier)",
}
DIGEST = {
    "id": (
        "{count} pemberitahuan: {kinds}",
        "Yth. {name},\n\nada {count} hal untuk Anda: {kinds}.",
    ),
    "en": (
        "{count} notices: {kinds}",
        "Dear {name},\n\nthere are {count} things for you: {kinds}.",
    ),
}
KINDS = {
    "id": {
        "reassigned": "ditugaskan",
        "returned": "dikembalikan",
        "delegated": "diserahkan",
        "consulted": "pertanyaan",
        "answered": "jawaban",
        "mentioned": "komentar",
        "leave": "cuti",
        "sop": "SOP",
        "watched": "kasus yang dipantau",
        "escalation": "perlu perhatian",
        "overdue": "lewat tenggat",
        "reminder": "pengingat",
        "snoozed": "pengingat yang ditunda",
        "due_moved": "tenggat berubah",
        "assigned": "tugas baru",
    },
    "en": {
        "reassigned": "assigned",
        "returned": "given back",
        "delegated": "handed over",
        "consulted": "question",
        "answered": "answer",
        "mentioned": "comment",
        "leave": "leave",
        "sop": "SOP",
        "watched": "watched case",
        "escalation": "needs attention",
        "overdue": "overdue",
        "reminder": "reminder",
        "snoozed": "put off",
        "due_moved": "due date moved",
        "assigned": "new task",
    },
}


CAPACITIES = {
    "id": {SUBSTITUTE: "{name} (sebagai pengganti {for_name}, {jabatan})"},
    "en": {SUBSTITUTE: "{name} (standing in for {for_name}, {jabatan})"},
}


def say_person(name: str, capacity: Capacity | None, language: str) -> str:
    """Their name, with what they act as where they are not appointed to it for good:
    “Cempaka Contoh (Plt. Kepala Badan)”."""
    if capacity is None:
        return name
    if capacity.kind in TITLES:
        return f"{name} ({TITLES[capacity.kind]} {capacity.jabatan})"
    template = CAPACITIES.get(language, CAPACITIES["id"]).get(capacity.kind, "{name}")
    return template.format(name=name, for_name=capacity.for_name, jabatan=capacity.jabatan)


def called_as(name: str, body: str) -> str:
    """What `say_person` has added to that name in the greeting of a body: “Plt. Kepala Badan”."""
    greeting = body.partition("\n\n")[0]
    _, found, rest = greeting.partition(f"{name} (")
    return rest.rpartition(")")[0] if found else ""


def compose(kind: str, locale: str, name: str, about: About, own: Words = ("", "")) -> Words:
    """Subject and body for one recipient; an unknown locale gets Indonesian.

    `own`: the words of a ladder's rung, each in place of the shipped one unless it is empty.
    """
    language = locale if locale in SUBJECTS else "id"
    words = _shipped_words(language, name, about)
    subject = SUBJECTS[language][kind].format(**words)
    body = BODIES[language][kind].format(**words)
    if any(own):
        slots = _slots(language, name, about)
        subject, body = (
            text.format(**slots) or shipped  # read_ladder lets through these names only
            for text, shipped in zip(own, (subject, body), strict=True)
        )
    if about.late:
        body += "\n\n" + LATE[language].format(late=about.late)
        subject = LATE_SUBJECT[language].format(subject=subject, late=about.late)
    return subject, body


def compose_digest(locale: str, name: str, kinds: Sequence[str]) -> Words:
    """Subject and body of one message that tells of several notices, of these kinds; a channel
    lists them itself."""
    language = locale if locale in DIGEST else "id"
    counts = Counter(kinds)
    counted = ", ".join(
        f"{counts[kind]} {word}" for kind, word in KINDS[language].items() if counts[kind]
    )
    subject, body = DIGEST[language]
    return subject.format(count=len(kinds), kinds=counted), body.format(
        count=len(kinds), kinds=counted, name=name
    )


def _shipped_words(language: str, name: str, about: About) -> dict[str, str]:
    words = {
        "name": name,
        "step": about.step,
        "performer": about.performer or "-",
        "what": say_what(about, language),
        "due": say_due(about, language),
        "due_short": "-",
        "before": _long(about.before, about.zone, language) if about.before else "-",
        "reason": about.reason or "-",
    }
    if about.due_at is not None:
        words["due_short"] = say_moment(about.due_at, about.zone, "d MMM HH.mm", language)
    return words


def say_what(about: About, language: str) -> str:
    """Which step of which case; with an empty step the case as a whole."""
    again = ROUND[language].format(round=about.round) if about.round > 1 else ""
    template = WHAT[language] if about.step else WHICH_CASE[language]
    return template.format(
        step=about.step, sop=about.sop, unit=about.unit, case_id=about.case_id, round=again
    )


def say_due(about: About, language: str) -> str:
    """“Tenggat: …”, or that there is none."""
    if about.due_at is None:
        return NO_DUE[language]
    return DUE[language].format(due=_long(about.due_at, about.zone, language))


def _slots(language: str, name: str, about: About) -> dict[str, str]:
    """What a ladder's own words may name."""
    return {
        "nama": name,
        "langkah": about.step,
        "sop": about.sop,
        "unit": about.unit,
        "tenggat": _long(about.due_at, about.zone, language) if about.due_at else "-",
        "pelaksana": about.performer or "-",
        "kasus": str(about.case_id),
    }


def _long(moment: datetime, zone: str, language: str) -> str:
    return say_moment(moment, zone, "EEEE, d MMMM y, HH.mm", language)


def say_moment(moment: datetime, zone: str, pattern: str, language: str) -> str:
    """On the wall clock of the zone, with its name; `pattern`: as of babel."""
    text = format_datetime(moment, pattern, tzinfo=ZoneInfo(zone), locale=language)
    return f"{text} {zone_label(zone)}"
