"""A `Message` as an e-mail: plain text with an HTML twin, threaded per case."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from engine.channels import ChannelError, Message
from engine.mail_address import MailAddressError, one_line, read_address, read_mailbox

STYLE = "font:16px/1.5 system-ui,sans-serif;color:#1c2430;max-width:36rem"
BUTTON = (
    "display:inline-block;padding:12px 20px;border-radius:6px;background:#0b5f5a;"
    "color:#fff;text-decoration:none;font-weight:600"
)
FAULTS = {
    "at_sign": "harus memuat tepat satu @",
    "user": "bagian sebelum @ hanya boleh huruf latin, angka, dan tanda biasa",
    "domain": "bagian setelah @ bukan nama domain",
}


def build_mail(message: Message, mail_from: str) -> EmailMessage:
    """RFC 5322 message.

    Raises ChannelError for an address that is none: permanent for the recipient's, while a wrong
    sender is a setting, after whose correction the mail can go.
    """
    mail = EmailMessage()
    try:
        mail["To"] = read_address(message.to_name, message.to_address)
    except MailAddressError as error:
        reason = f"alamat penerima {message.to_address!r}: {FAULTS[str(error)]}"
        raise ChannelError(reason, permanent=True) from error
    try:
        mail["From"] = read_mailbox(mail_from)
    except MailAddressError as error:
        reason = f"alamat pengirim {mail_from!r} (ALUR_MAIL_FROM): {FAULTS[str(error)]}"
        raise ChannelError(reason, permanent=False) from error
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = format_datetime(message.at)
    mail["Message-ID"] = f"<{message.message_id}>"
    mail["References"] = f"<{message.thread}>"
    mail["In-Reply-To"] = f"<{message.thread}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    mail.set_content(f"{message.body}\n\n{message.link_text}: {message.link}\n")
    mail.add_alternative(_html(message), subtype="html")
    return mail


def _html(message: Message) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in message.body.split("\n\n"))
    paragraphs = paragraphs.replace("\n", "<br>")
    link = escape(message.link, quote=True)
    return (
        f'<!doctype html><meta charset="utf-8"><body style="{STYLE}">{paragraphs}'
        f'<p><a href="{link}" style="{BUTTON}">{escape(message.link_text)}</a></p>'
        f'<p style="font-size:14px;color:#5a6472">{link}</p></body>'
    )
