"""The shipped SOP with something else in the place of the Forum SKPD's milestone."""

from __future__ import annotations

import re

_FORUM = re.compile(rb'<bpmn:intermediateThrowEvent id="kesepakatan_forum".*?</bpmn:intermediate'
                    rb"ThrowEvent>", re.DOTALL)  # fmt: skip
_FLOWS = "<bpmn:incoming>ke_forum</bpmn:incoming><bpmn:outgoing>ke_penyempurnaan</bpmn:outgoing>"
NAME = "Kesepakatan forum"


def with_job(xml: bytes, topic: str, node: str = "kesepakatan_forum") -> bytes:
    """A service task that an external worker does."""
    work = f'<sop:layanan jenis="luar" nama="{topic}" percobaan="1"/>'
    task = (
        f'<bpmn:serviceTask id="{node}" name="{NAME}">'
        f"<bpmn:extensionElements>{work}</bpmn:extensionElements>{_FLOWS}</bpmn:serviceTask>"
    )
    return _put(xml, task, node)


def with_message(xml: bytes, name: str) -> bytes:
    """A receive task that waits for a message without keys."""
    task = f'<bpmn:receiveTask id="kesepakatan_forum" name="{NAME}" messageRef="pesan">{_FLOWS}'
    made = _put(xml, f"{task}</bpmn:receiveTask>", "kesepakatan_forum")
    message = f'<bpmn:message id="pesan" name="{name}"/><bpmn:process '.encode()
    return made.replace(b"<bpmn:process ", message, 1)


def _put(xml: bytes, element: str, node: str) -> bytes:
    changed, count = _FORUM.subn(element.encode(), xml)
    assert count == 1
    for text in (">%s<", 'Ref="%s"', 'bpmnElement="%s"'):
        changed = changed.replace((text % "kesepakatan_forum").encode(), (text % node).encode())
    return changed


def with_call(xml: bytes, key: str) -> bytes:
    """A call of another SOP."""
    task = (
        f'<bpmn:callActivity id="kesepakatan_forum" name="{NAME}" calledElement="{key}">'
        f"{_FLOWS}</bpmn:callActivity>"
    )
    return _put(xml, task, "kesepakatan_forum")
