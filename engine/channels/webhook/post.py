"""The POST of a webhook: signed JSON, no redirects, and what the answer means."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from standardwebhooks import Webhook
from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from engine.channels import ChannelError, Entry, Message

TIMEOUT = Timeout(connect=5.0, read=15.0)  # seconds
AGAIN = (408, 425, 429)  # of 4xx: the same request may fare better later
AWAY = (429, 502, 503, 504)  # the next message would be answered alike
SHOWN = 200  # bytes of an answer that explain a failure


@dataclass
class WebhookChannel:
    """`secret`: `whsec_` and the key in base64."""

    url: str
    secret: str

    def __post_init__(self) -> None:
        self._pool = PoolManager(num_pools=1, timeout=TIMEOUT, retries=False)

    def send(self, message: Message) -> None:
        """Raises ChannelError; a 4xx that will stay is permanent, a redirect is not followed."""
        body = json.dumps(payload(message), ensure_ascii=False, separators=(",", ":"))
        moment = (message.sent_at or message.at).astimezone(UTC)  # the library takes it for UTC
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Alur",
            "webhook-id": message.message_id,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": Webhook(self.secret).sign(message.message_id, moment, body),
        }
        try:
            response = self._pool.request(
                "POST",
                self.url,
                body=body.encode(),
                headers=headers,
                redirect=False,
                preload_content=False,
            )
            try:
                _judge(response)
            finally:
                response.close()
        except (HTTPError, OSError) as error:
            reason = f"{type(error).__name__}: {error}"[:SHOWN]
            raise ChannelError(reason, permanent=False, unreachable=True) from error

    def close(self) -> None:
        self._pool.clear()


def payload(message: Message) -> dict[str, object]:
    """What is told; `docs/howto/pemberitahuan.md` describes it for whoever receives it."""
    return {
        "type": "alur.notice",
        "timestamp": message.at.astimezone(UTC).isoformat(),
        "data": {
            "id": message.message_id,
            "to": {"login": message.to_login, "name": message.to_name},
            "locale": message.locale,
            "zone": message.zone,
            "subject": message.subject,
            "body": message.body,
            "link": message.link,
            "notices": [_entry(entry) for entry in message.entries],
        },
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "item": entry.item_id,
        "case": entry.case_id,
        "step": entry.step,
        "subject": entry.subject,
        "body": entry.body,
        "link": entry.link,
        "due_at": _moment(entry.due_at),
        "available_at": _moment(entry.available_at),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _judge(response: BaseHTTPResponse) -> None:
    status = response.status
    if 200 <= status < 300:
        return
    said = response.read1(SHOWN, decode_content=False).decode("utf-8", "replace")
    reason = f"HTTP {status} {' '.join(said.split())}".strip()
    permanent = 400 <= status < 500 and status not in AGAIN
    raise ChannelError(reason, permanent=permanent, unreachable=status in AWAY)
