"""One chat message by apprise, which knows the gateways; it says no more than that it failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.channels import ChannelError, Message
from engine.channels.wording import plain_text

if TYPE_CHECKING:
    from apprise import Apprise, AppriseResult

PLACE = "{address}"
SECONDS = 30  # for one message; each wait for the network is bounded by apprise to 4 s
LISTED = 20  # of a digest: what fits into the 4096 letters that most gateways carry
SHOWN = 300  # letters of a reason


@dataclass
class ChatChannel:
    """`url`: of apprise (https://appriseit.com), with `{address}` where the recipient stands."""

    url: str

    def send(self, message: Message) -> None:
        """Raises ChannelError, never permanent: gateways are as many as their answers, and
        apprise tells a refusal from an outage in words only."""
        result = self._open(message.to_address).notify(
            body=plain_text(message, LISTED), title=message.subject, body_format="text"
        )
        if not result:
            raise _failure(result)

    def close(self) -> None:
        """Nothing is held open."""

    def _open(self, address: str) -> Apprise:
        from apprise import Apprise, AppriseAsset  # a fifth of a second that few processes need

        asset = AppriseAsset(app_id="Alur", async_mode=False, service_timeout=SECONDS)
        gateway = Apprise(asset=asset)
        if not gateway.add(self.url.replace(PLACE, address)):
            reason = "apprise tidak mengenal alamat gerbang itu (ALUR_CHAT_URL)"
            raise ChannelError(reason, permanent=False, unreachable=True)
        return gateway


def _failure(result: AppriseResult) -> ChannelError:
    lines = [entry.message for entry in result.logs() if entry.level in ("WARNING", "ERROR")]
    reason = " ".join(lines)[:SHOWN] or result.status.name
    away = result.status.name == "TIMEOUT" or "onnection error" in reason
    return ChannelError(reason, permanent=False, unreachable=away)
