"""What to draw instead of what is not carried out yet: kind -> (what it is, what to do)."""

from collections.abc import Mapping
from typing import Final

_PERSON: Final = "Ganti dengan langkah orang (user task) di jalur pelaksananya"
_DECISION: Final = "Pakai percabangan eksklusif (X) atau paralel (+)"
_SCOPE: Final = "Pakai subproses biasa, atau gambar langkahnya langsung"
_TOGETHER: Final = "Gambar seluruh alur dalam satu pool dengan jalur untuk tiap pelaksana"

INSTEAD: Final[Mapping[str, tuple[str, str]]] = {
    "task": ("Tugas tanpa jenis", _PERSON),
    "serviceTask": ("Tugas layanan", _PERSON),
    "scriptTask": ("Tugas skrip", _PERSON),
    "sendTask": ("Tugas kirim", _PERSON),
    "receiveTask": ("Tugas terima", _PERSON),
    "businessRuleTask": ("Tugas aturan", _PERSON),
    "callActivity": ("Pemanggilan proses lain", _SCOPE),
    "transaction": ("Transaksi", _SCOPE),
    "adHocSubProcess": ("Subproses ad-hoc", _SCOPE),
    "eventSubProcess": ("Subproses kejadian", "Pakai pewaktu di tepi langkah, atau gambar alurnya"),
    "compensation": ("Kompensasi", "Gambar langkah pembatalannya sebagai alur biasa"),
    "quantity": ("Jumlah token awal atau akhir", "Kembalikan ke nilai 1"),
    "standardLoopCharacteristics": (
        "Perulangan baku",
        "Pakai percabangan yang kembali ke langkah ini",
    ),
    "multiInstanceLoopCharacteristics": (
        "Perulangan pada subproses",
        "Jadikan langkah di dalamnya yang berulang",
    ),
    "loopBehavior": ("Kejadian pada perulangan", "Kembalikan perilaku perulangan ke All"),
    "inclusiveGateway": ("Percabangan inklusif", _DECISION),
    "complexGateway": ("Percabangan kompleks", _DECISION),
    "eventBasedGateway": ("Percabangan berdasarkan kejadian", _DECISION),
    "implicitThrowEvent": ("Kejadian tersirat", "Pakai tonggak biasa"),
    "event": ("Kejadian tanpa jenis", "Pakai tonggak biasa"),
    "messageFlow": ("Alur pesan", _TOGETHER),
    "conversation": ("Percakapan", _TOGETHER),
    "subConversation": ("Percakapan", _TOGETHER),
    "callConversation": ("Percakapan", _TOGETHER),
    "choreography": ("Koreografi", _TOGETHER),
    "choreographyTask": ("Tugas koreografi", _TOGETHER),
    "subChoreography": ("Koreografi", _TOGETHER),
    "callChoreography": ("Koreografi", _TOGETHER),
    "ioSpecification": ("Spesifikasi data langkah", "Hapus; isian diambil dari formulir"),
    "resourceRole": ("Penunjukan pelaksana", "Hapus; pelaksana diambil dari jalur"),
    "performer": ("Penunjukan pelaksana", "Hapus; pelaksana diambil dari jalur"),
    "humanPerformer": ("Penunjukan pelaksana", "Hapus; pelaksana diambil dari jalur"),
    "potentialOwner": ("Penunjukan pelaksana", "Hapus; pelaksana diambil dari jalur"),
}

_PLAIN: Final = "Pakai kejadian biasa tanpa lambang"
INSTEAD_OF_EVENT: Final[Mapping[str, str]] = {
    "messageEventDefinition": "memakai pesan, yang belum dapat dijalankan. "
    "Pakai langkah orang yang mengirim atau mencatat surat.",
    "signalEventDefinition": f"memakai sinyal, yang belum dapat dijalankan. {_PLAIN}.",
    "timerEventDefinition": "memakai pewaktu di tempat yang belum didukung. "
    "Pakai pewaktu di tengah alur atau di tepi langkah.",
    "linkEventDefinition": "memakai sambungan, yang belum dapat dijalankan. "
    "Tarik garis alur langsung ke tujuannya.",
    "compensateEventDefinition": "memakai kompensasi, yang belum dapat dijalankan. "
    "Gambar langkah pembatalannya sebagai alur biasa.",
    "errorEventDefinition": "memakai galat, yang belum dapat dijalankan. "
    "Pakai percabangan sesudah langkahnya.",
    "escalationEventDefinition": "memakai eskalasi, yang belum dapat dijalankan. "
    "Pengingat ke atasan berjalan sendiri dari mutu baku.",
    "conditionalEventDefinition": "memakai syarat, yang belum dapat dijalankan. "
    "Pakai percabangan eksklusif.",
    "cancelEventDefinition": f"memakai pembatalan, yang belum dapat dijalankan. {_PLAIN}.",
    "terminateEventDefinition": "hanya boleh mengakhiri proses di kejadian selesai. "
    "Pindahkan ke kejadian selesai.",
    "": f"memakai kejadian yang belum dapat dijalankan. {_PLAIN}.",
}
