"""POST /messages and /signals"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from engine.exchange_values import Sent
from engine.usecases import messages, signals
from web.api.operation import Caller, operation
from web.api.shape import NAME, RECORD, given

Record = dict[str, Any]
KEYS = "Kunci korelasi: teks, bilangan atau ya/tidak. Kunci “case” menyebut nomor kasus."
UNIT = "Kode unit; di sana sebuah SOP boleh dimulai karena kiriman ini."
MESSAGE_ID = "Id kiriman; yang sama tidak dikirim dua kali, jawabannya yang pertama."


@dataclass(frozen=True)
class SignalBody:
    name: Annotated[str, given(NAME, "Nama seperti pada diagram.")]
    payload: Annotated[Record, given(RECORD, "Isi yang dibawa.")] = field(default_factory=dict)
    unit: Annotated[str | None, given(NAME, UNIT)] = None
    message_id: Annotated[str | None, given(NAME, MESSAGE_ID)] = None


@dataclass(frozen=True)
class MessageBody(SignalBody):
    keys: Annotated[Record, given(RECORD, KEYS)] = field(default_factory=dict)


@operation(
    "/messages",
    MessageBody,
    Sent,
    "Mengirim pesan kepada satu kasus yang menunggunya",
    errors=("invalid_payload", "unit_not_found", "message_ambiguous", "message_start_ambiguous"),
)
def send_message(caller: Caller, body: MessageBody) -> Sent:
    return messages.send_message(
        caller.app,
        caller.client.actor,
        body.name,
        body.keys,
        body.payload,
        caller.now,
        message_id=body.message_id,
        unit=body.unit,
    )


@operation(
    "/signals",
    SignalBody,
    Sent,
    "Mengirim sinyal kepada semua kasus yang kini menunggunya",
    errors=("invalid_payload", "unit_not_found"),
)
def send_signal(caller: Caller, body: SignalBody) -> Sent:
    return signals.send_signal(
        caller.app,
        caller.client.actor,
        body.name,
        body.payload,
        caller.now,
        message_id=body.message_id,
        unit=body.unit,
    )
