"""What channels put around a notice, in the recipient's language."""

from __future__ import annotations

from engine.channels import Entry, Message
from engine.channels.texts import say_moment

QUOTED = 160  # letters of what somebody said that a digest shows
DUE = {"id": "Tenggat: {step}", "en": "Due: {step}"}
FEED = {"id": "Tenggat tugas Alur", "en": "Alur: tasks due"}
FEED_WORDS = {
    "id": "SOP {sop}, {unit}, kasus nomor {case}.\nMengapa tanggal ini? {link}",
    "en": "SOP {sop}, {unit}, case number {case}.\nWhy this date? {link}",
}
WHICH = {"id": "Kasus nomor {case}", "en": "Case number {case}"}
UNTIL = {"id": ", tenggat {due}", "en": ", due {due}"}
YOU = {"id": ". Anda: {called_as}", "en": ". You: {called_as}"}
MORE = {"id": "… dan {count} lagi", "en": "… and {count} more"}
STOP = {
    "id": "Berhenti menerima pemberitahuan lewat {label}",
    "en": "Stop notifications by {label}",
}


def in_language(words: dict[str, str], locale: str) -> str:
    """An unknown locale gets Indonesian."""
    return words.get(locale, words["id"])


def due_title(entry: Entry, locale: str) -> str:
    """The event of a due moment; the same from every notice about the item."""
    return due_words(entry.step, locale) if entry.step else entry.subject


def due_words(step: str, locale: str) -> str:
    return in_language(DUE, locale).format(step=step)


def which(entry: Entry, message: Message) -> str:
    """What tells the entries of a digest apart: case and due moment, in the recipient's zone, and
    as what they get it."""
    if entry.case_id is None:
        return ""
    words = in_language(WHICH, message.locale).format(case=entry.case_id)
    if entry.due_at is not None:
        language = message.locale if message.locale in UNTIL else "id"
        due = say_moment(entry.due_at, message.zone, "EEE, d MMM y, HH.mm", language)
        words += UNTIL[language].format(due=due)
    if entry.called_as:
        words += in_language(YOU, message.locale).format(called_as=entry.called_as)
    return words


def said(entry: Entry) -> str:
    """The beginning of somebody's words, on one line of a digest; "" where there are none."""
    words = " ".join(entry.said.split())
    if len(words) > QUOTED:
        words = words[: QUOTED - 1].rstrip() + "…"
    return f"“{words}”" if words else ""


def plain_text(message: Message, most: int | None = None) -> str:
    """Body and link; of a digest each entry with its own link, at most so many of them."""
    parts = [message.body]
    if len(message.entries) > 1:
        parts += [
            "\n  ".join(filter(None, _lines(entry, message))) for entry in message.entries[:most]
        ]
        if most is not None and len(message.entries) > most:
            rest = len(message.entries) - most
            parts.append(in_language(MORE, message.locale).format(count=rest))
    return "\n\n".join([*parts, f"{message.link_text}: {message.link}"])


def _lines(entry: Entry, message: Message) -> tuple[str, ...]:
    return f"- {entry.subject}", said(entry), which(entry, message), entry.link
