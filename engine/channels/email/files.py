"""Mail without a mail server: one `.eml` file a message, readable by any mail program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.channels import ChannelError, Message
from engine.channels.email.message import build_mail


@dataclass(frozen=True)
class FileChannel:
    folder: Path
    mail_from: str

    def send(self, message: Message) -> None:
        """Write the file in one piece; the same message written again is the same file."""
        mail = build_mail(message, self.mail_from)
        path = self.folder / f"{message.message_id.partition('@')[0]}.eml"
        part = path.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(mail.content.replace(b"\r\n", b"\n"))
            part.rename(path)
        except OSError as error:
            raise ChannelError(f"{path}: {error.strerror}", permanent=False) from error

    def close(self) -> None:
        """Nothing is held open."""
