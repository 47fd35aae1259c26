"""The text of a mail, plain and as HTML."""

from __future__ import annotations

from html import escape

from engine.channels import Entry, Message
from engine.channels.wording import STOP, in_language, plain_text, said, which

STYLE = "font:16px/1.5 system-ui,sans-serif;color:#1c2430;max-width:36rem"
BUTTON = (
    "display:inline-block;padding:12px 20px;border-radius:6px;background:#0b5f5a;"
    "color:#fff;text-decoration:none;font-weight:600"
)
SMALL = "font-size:14px;color:#5a6472"
LABEL = {"id": "surel", "en": "e-mail"}


def plain_body(message: Message) -> str:
    if not message.unsubscribe:
        return f"{plain_text(message)}\n"
    return f"{plain_text(message)}\n\n-- \n{_stop_words(message)}: {message.unsubscribe}\n"


def _stop_words(message: Message) -> str:
    return in_language(STOP, message.locale).format(label=in_language(LABEL, message.locale))


def html_body(message: Message) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in message.body.split("\n\n"))
    paragraphs = paragraphs.replace("\n", "<br>")
    link = escape(message.link, quote=True)
    return (
        f'<!doctype html><meta charset="utf-8"><body style="{STYLE}">{paragraphs}{_list(message)}'
        f'<p><a href="{link}" style="{BUTTON}">{escape(message.link_text)}</a></p>'
        f'<p style="{SMALL}">{link}</p>{_foot(message)}</body>'
    )


def _list(message: Message) -> str:
    """The entries of a digest, each a link to its item."""
    if len(message.entries) < 2:
        return ""
    rows = "".join(
        f'<li style="margin:0 0 8px"><a href="{escape(entry.link, quote=True)}">'
        f"{escape(entry.subject)}</a>{_below(entry, message)}</li>"
        for entry in message.entries
    )
    return f"<ul>{rows}</ul>"


def _below(entry: Entry, message: Message) -> str:
    words, where = escape(said(entry)), escape(which(entry, message))
    quote = f"<br>{words}" if words else ""
    return f'{quote}<br><span style="{SMALL}">{where}</span>' if where else quote


def _foot(message: Message) -> str:
    if not message.unsubscribe:
        return ""
    link = escape(message.unsubscribe, quote=True)
    return f'<p style="{SMALL}"><a href="{link}">{escape(_stop_words(message))}</a></p>'
