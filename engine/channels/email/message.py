"""A `Message` as an e-mail: text with an HTML twin, threaded per case, due moments as .ics.

Built of the older MIME classes: the newer ones take five times as long, which counts when ten
thousand mails are due at eight o'clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.headerregistry import Address
from email.message import Message as MimePart
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr

from engine.channels import ChannelError, Message
from engine.channels.email.body import html_body, plain_body
from engine.channels.ics import DueMoment, build_calendar
from engine.channels.wording import due_title
from engine.mail_address import MailAddressError, one_line, read_address, read_mailbox

FAULTS = {
    "at_sign": "harus memuat tepat satu @",
    "user": "bagian sebelum @ hanya boleh huruf latin, angka, dan tanda biasa",
    "domain": "bagian setelah @ bukan nama domain",
}
READABLE = Charset("utf-8")
READABLE.body_encoding = QP
# Not folded again: an address that begins on the next line is overlooked by some programs.
WIRE = compat32.clone(linesep="\r\n", max_line_length=None)


@dataclass(frozen=True)
class Mail:
    """`sender`, `recipient`: addresses of the envelope; `content`: all of it, with CRLF."""

    sender: str
    recipient: str
    content: bytes


def build_mail(message: Message, mail_from: str) -> Mail:
    """RFC 5322 message.

    Raises ChannelError for an address that is none: permanent for the recipient's, while a wrong
    sender is a setting, after whose correction the mail can go.
    """
    try:
        recipient = read_address(message.to_name, message.to_address)
    except MailAddressError as error:
        reason = f"alamat penerima {message.to_address!r}: {FAULTS[str(error)]}"
        raise ChannelError(reason, permanent=True) from error
    try:
        sender = read_mailbox(mail_from)
    except MailAddressError as error:
        reason = f"alamat pengirim {mail_from!r} (ALUR_MAIL_FROM): {FAULTS[str(error)]}"
        raise ChannelError(reason, permanent=False) from error
    mail = _parts(message)
    mail["To"], mail["From"] = _mailbox(recipient), _mailbox(sender)
    mail["Subject"] = _in_ascii(one_line(message.subject), "Subject")
    mail["Date"] = format_datetime(message.at)
    mail["Message-ID"] = f"<{message.message_id}>"
    mail["References"] = f"<{message.thread}>"
    mail["In-Reply-To"] = f"<{message.thread}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    if message.unsubscribe:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        if message.unsubscribe.startswith("https:"):  # RFC 8058 asks for it
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return Mail(sender.addr_spec, recipient.addr_spec, mail.as_bytes(policy=WIRE))


def _in_ascii(text: str, header: str) -> str:
    """Folded; other letters become encoded words (RFC 2047), which hold no comma either."""
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, header_name=header).encode()


def _mailbox(address: Address) -> str:
    name = address.display_name
    if name.isascii():
        return formataddr((name, address.addr_spec))
    return f"{_in_ascii(name, 'From')} <{address.addr_spec}>"


def _parts(message: Message) -> MimePart:
    """The text twice, the better one last; the calendar after both, so that no program shows it
    in place of the text."""
    texts = MIMEMultipart("alternative")
    for body, kind in ((plain_body(message), "plain"), (html_body(message), "html")):
        texts.attach(MIMEText(body, kind, READABLE))  # type: ignore[arg-type]  # it takes both
    calendar = _calendar(message)
    if calendar is None:
        return texts
    attached = MIMEText(calendar.decode(), "calendar", "utf-8")
    attached.set_param("method", "PUBLISH")
    attached.add_header("Content-Disposition", "attachment", filename="tenggat.ics")
    whole = MIMEMultipart("mixed")
    whole.attach(texts)
    whole.attach(attached)
    return whole


def _calendar(message: Message) -> bytes | None:
    """The due moments of its items, None when there are none."""
    domain = message.message_id.partition("@")[2]
    moments = [
        DueMoment(
            entry.item_id,
            domain,
            entry.due_at,
            due_title(entry, message.locale),
            entry.body,
            entry.link,
            message.at,
        )
        for entry in message.entries
        if entry.due_at is not None and entry.item_id is not None
    ]
    return build_calendar(moments, method="PUBLISH") if moments else None
