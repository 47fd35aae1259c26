"""`python -m tests.bench.notices.sink PORT FILE`: a mail server of its own that writes one line a
message: when it came, its Message-ID, and how many work items it links to."""

import re
import sys
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]+)>", re.IGNORECASE | re.MULTILINE)
ITEM = re.compile(rb"/tugas/=?\r?\n?(\d+)")


class Sink:
    def __init__(self, path: Path) -> None:
        self.file = path.open("a", buffering=1, encoding="utf-8")

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        found = MESSAGE_ID.search(content)
        items = len(set(ITEM.findall(content)))
        name = found[1].decode() if found else "-"
        self.file.write(f"{time.time():.3f}\t{name}\t{items}\n")
        return "250 OK"


def main(port: int, path: Path) -> None:
    controller = Controller(Sink(path), hostname="127.0.0.1", port=port)
    controller.start()
    sys.stdin.read()  # until whoever started it goes
    controller.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
