"""The names in a BPMN file that mean something to us: kinds of flow nodes, and our own extensions.

`sop.moddle.json` describes the same extension names to the editor; a test compares the two.
"""

from collections.abc import Mapping
from typing import Final

STEP_TAGS: Final = frozenset({"userTask", "manualTask"})
SCOPE_TAGS: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITY_TAGS: Final = STEP_TAGS | SCOPE_TAGS | {
    "task", "serviceTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask",
    "callActivity",
}  # fmt: skip
GATEWAY_TAGS: Final = frozenset(
    {
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "complexGateway",
        "eventBasedGateway",
    }
)
EVENT_TAGS: Final = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "implicitThrowEvent",
        "event",
    }
)
NODE_TAGS: Final = ACTIVITY_TAGS | GATEWAY_TAGS | EVENT_TAGS | {
    "choreographyTask", "subChoreography", "callChoreography",
}  # fmt: skip

IDENTITAS_ATTRIBUTES: Final = (
    "nomor",
    "tanggalPembuatan",
    "tanggalRevisi",
    "tanggalEfektif",
    "disahkanOleh",
    "unit",
    "jumlahWaktu",
)
IDENTITAS_ROWS: Final = (
    "dasarHukum",
    "kualifikasiPelaksana",
    "keterkaitan",
    "peralatan",
    "peringatan",
    "pencatatan",
)
# Element of ours -> its attributes and its repeatable rows of text.
ELEMENTS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "identitas": (IDENTITAS_ATTRIBUTES, IDENTITAS_ROWS),
    "dataAwal": (("nama", "sumber", "jenis"), ()),
    "mutuBaku": (("waktu", "tanpaWaktu", "alasan"), ("kelengkapan", "output")),
}
# BPMN element -> our attributes on it.
ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    "lane": ("pelaksana",),
    "userTask": ("nomor", "formulir", "unit"),
    "manualTask": ("nomor", "formulir", "unit"),
}
