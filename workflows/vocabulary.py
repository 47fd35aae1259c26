"""The names in a BPMN file that mean something to us: kinds of flow nodes, and our own extensions.

`sop.moddle.json` describes the same extension names to the editor; a test compares the two.
"""

from collections.abc import Mapping
from typing import Final

# What a person does; a box without a symbol is a step as well.
STEP_TAGS: Final = frozenset({"task", "userTask", "manualTask"})
SCOPE_TAGS: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITY_TAGS: Final = STEP_TAGS | SCOPE_TAGS | {
    "serviceTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask",
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
_PAIR: Final = ("nama", "nilai")
# Element of ours -> its attributes and what may repeat in it: rows of text, or elements of ours.
ELEMENTS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "identitas": (IDENTITAS_ATTRIBUTES, IDENTITAS_ROWS),
    "dataAwal": (("nama", "sumber", "jenis"), ()),
    "mutuBaku": (("waktu", "tanpaWaktu", "alasan", "acuan"), ("kelengkapan", "output")),
    "tangga": (("berisiko",), ("anakTangga",)),
    "anakTangga": (
        (
            "kunci", "jenis", "bagian", "sebelum", "sesudah", "hari", "satuan", "pukul",
            "kepada", "saluran", "perihal", "setiapJam",
        ),
        (),
    ),
    "layanan": (("jenis", "nama", "percobaan", "hasil"), ("isi",)),
    "isi": (_PAIR, ()),
    "kunci": (_PAIR, ()),
    "masuk": (_PAIR, ()),
    "keluar": (_PAIR, ()),
}  # fmt: skip
_EVENTS: Final = (
    "startEvent",
    "endEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "boundaryEvent",
)
_STEPS: Final = ("task", "userTask", "manualTask")
_ACTIVITIES: Final = (
    *_STEPS, "serviceTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask",
    "callActivity", "subProcess",
)  # fmt: skip
# Element of ours -> the BPMN elements whose extension it may be.
PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "identitas": ("process",),
    "dataAwal": ("process",),
    "mutuBaku": _STEPS,
    "tangga": ("process", *_STEPS),
    "anakTangga": (),
    "layanan": ("serviceTask", "sendTask", "businessRuleTask"),
    "isi": (
        "messageEventDefinition", "signalEventDefinition", "sendTask", "receiveTask", *_EVENTS,
    ),
    "kunci": ("messageEventDefinition", "sendTask", "receiveTask", *_EVENTS),
    "masuk": _ACTIVITIES,
    "keluar": _ACTIVITIES,
}  # fmt: skip
# BPMN element -> our attributes on it.
ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    "lane": ("pelaksana",),
    **dict.fromkeys(_STEPS, ("nomor", "formulir", "unit", "bedaOrang", "strategis")),
    "timerEventDefinition": ("waktu",),
    "businessRuleTask": ("keputusan", "hasil"),
    "errorEventDefinition": ("kode", "pesan"),
    "escalationEventDefinition": ("kode",),
}
