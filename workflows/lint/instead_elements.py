"""What the refusals of `element_supported` say, and what to draw instead."""

from collections.abc import Mapping
from typing import Final

_SCOPE: Final = "Pakai subproses biasa, atau gambar langkahnya langsung"
_TOGETHER: Final = "Gambar seluruh alur dalam satu pool dengan jalur untuk tiap pelaksana"
_PLAIN: Final = "Pakai tonggak biasa tanpa lambang"

# Kind of element -> (what it is, what to draw instead).
KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "transaction": ("Transaksi", "Pakai subproses biasa dengan kejadian kompensasi"),
    "adHocSubProcess": ("Subproses ad-hoc", _SCOPE),
    "complexGateway": (
        "Percabangan kompleks", "Pakai percabangan eksklusif (X), inklusif (O), atau paralel (+)"
    ),
    "implicitThrowEvent": ("Kejadian tersirat", _PLAIN),
    "event": ("Kejadian tanpa jenis", _PLAIN),
    "choreography": ("Koreografi", _TOGETHER),
    "globalChoreographyTask": ("Koreografi", _TOGETHER),
    "choreographyTask": ("Tugas koreografi", _TOGETHER),
    "subChoreography": ("Koreografi", _TOGETHER),
    "callChoreography": ("Koreografi", _TOGETHER),
    "complexBehaviorDefinition": (
        "Kejadian pada perulangan", "Pakai syarat selesai (completionCondition)"
    ),
}  # fmt: skip
UNKNOWN_KIND: Final = ("Elemen {kind}", "Hapus elemen ini")

# Kind of event -> what to do with it where it cannot be carried out.
EVENTS: Final[Mapping[str, str]] = {
    "none": "Pilih apa yang ditunggu: pesan, sinyal, pewaktu, atau syarat",
    "timer": "Jadwalkan permulaannya di luar: mulai kasus dengan perintah atau lewat pesan",
    "conditional": "Pakai kejadian mulai biasa, lalu kejadian tunggu bersyarat sesudahnya",
    "error": "Pakai kejadian galat hanya di tepi langkah, sebagai awal subproses kejadian, atau "
    "sebagai kejadian selesai",
    "escalation": "Pakai kejadian eskalasi di tepi langkah atau sebagai awal subproses kejadian",
    "compensation": "Pakai kompensasi di tepi langkah, sebagai tonggak, atau di kejadian selesai",
    "link": "Pakai sambungan hanya di tengah alur",
    "terminate": "Pindahkan ke kejadian selesai",
    "cancelEventDefinition": "Pakai kejadian galat atau kompensasi pada subproses biasa",
}
UNKNOWN_EVENT: Final = "Pakai kejadian biasa tanpa lambang"
EVENT_NAMES: Final[Mapping[str, str]] = {
    "none": "tidak menunggu apa pun",
    "message": "memakai pesan",
    "signal": "memakai sinyal",
    "timer": "memakai pewaktu",
    "error": "memakai galat",
    "escalation": "memakai eskalasi",
    "conditional": "memakai syarat",
    "link": "memakai sambungan",
    "compensation": "memakai kompensasi",
    "terminate": "menghentikan seluruh proses",
    "cancelEventDefinition": "memakai pembatalan transaksi",
}

ELEMENTS: Final[Mapping[str, str]] = {
    "element_not_executed": '{what} ("{label}") belum dapat dijalankan. {instead}.',
    "element_misplaced": '{kind} pada "{label}" tidak dapat berlaku di tempat itu. Pindahkan ke '
    "tempatnya, atau hapus.",
    "event_not_executed": "{it} {what} dan belum dapat dijalankan begitu. {instead}.",
    "event_several": "{it} menunggu atau mengirim beberapa hal sekaligus. Pakai satu lambang untuk "
    "setiap kejadian; bila harus memilih, pakai percabangan berdasarkan kejadian.",
    "attribute_misplaced": "{it} memakai {attribute} yang tidak berlaku di sana. Hapus, atau "
    "pindahkan ke elemen yang tepat.",
    "attribute_unknown": "{it} memuat {attribute} yang tidak dikenal dan tidak berpengaruh. "
    "Hapus bila tidak perlu.",
    "extension_required": 'Berkas mewajibkan perluasan "{text}" dipahami, padahal tidak. '
    "Simpan ulang tanpa perluasan itu.",
    "missing_id": "Ada {kind} tanpa id. Simpan ulang dari penyunting, atau beri id.",
    "plain_task_is_manual": "{it} tidak berjenis; dikerjakan sebagai langkah orang. Pilih langkah "
    "orang (user task) agar jelas.",
    "quantity": "{it} memakai jumlah token ({attribute}) selain 1. Kembalikan ke 1; untuk beberapa "
    "pengerjaan pakai langkah berulang.",
    "boundary_not_attached": "{it} tidak menempel pada langkah, tugas, atau subproses. Tempelkan "
    "ke elemen itu.",
    "boundary_on_compensation": "{it} adalah langkah pembatalan dan tidak boleh punya kejadian "
    "tepi. Hapus kejadian tepinya, atau bungkus langkahnya dalam subproses.",
    # loops
    "loop_several": "{it} punya lebih dari satu perulangan. Sisakan satu.",
    "loop_incomplete": "{it} berulang tanpa daftar atau jumlah yang jelas. Isi tepat satu: daftar "
    "yang diulang (loopDataInputRef) atau jumlahnya (loopCardinality).",
    "loop_maximum": '{it}: batas perulangan "{text}" bukan bilangan bulat lebih dari nol (paling '
    "banyak sembilan angka). Perbaiki angkanya.",
    "loop_at_event_subprocess": "{it} adalah subproses kejadian, yang dimulai oleh kejadiannya dan "
    "tidak dapat diulang. Masukkan perulangannya ke dalam subproses itu.",
    "loop_result_lost": '{it} berulang tanpa daftar hasil, jadi yang ditulis "{text}" pada tiap '
    "perulangan menimpa yang sebelumnya; hanya nilai terakhir yang tersisa. Isi nama daftarnya "
    "(loopDataOutputRef) bila semuanya diperlukan.",
    "loop_without_end": "{it} berulang tanpa syarat dan tanpa batas. Isi syaratnya "
    "(loopCondition) atau batasnya (loopMaximum).",
    "loop_behavior": "{it}: kejadian pada perulangan ({behavior}) belum dapat dijalankan. "
    "Kembalikan perilaku perulangan ke All.",
    "loop_output_unnamed": "{it}: hasil tiap perulangan disebut, tetapi daftar hasilnya tidak. "
    "Isi nama daftarnya (loopDataOutputRef).",
    # timers
    "timer_without_moment": "{it} tidak menyebut waktunya. Isi tepat satu: lama waktu (misalnya "
    'P3D), tanggal, atau sop:waktu (misalnya "3 hari kerja").',
    "timer_several": "{it} punya lebih dari satu waktu. Sisakan satu.",
    "timer_cycle": '{it} memakai pewaktu berulang "{text}", padahal hanya dilewati satu kali. '
    "Pakai lama waktu (misalnya P3D) atau tanggal.",
    # events
    "error_goes_on": "{it} menangkap galat tanpa menghentikan; galat selalu menghentikan. "
    "Jadikan kejadian yang menghentikan (garis utuh), atau pakai eskalasi.",
    "event_mapping": "{it} memetakan data di kejadian yang tidak menerima apa pun. Pindahkan "
    "pemetaannya ke tugas skrip.",
    "reference_missing": "{it} tidak menyebut {kind} yang dimaksud ({reference}). Pilih atau buat "
    "namanya.",
    "reference_unknown": '{it} menunjuk {reference} "{text}" yang tidak ada. Pilih yang ada.',
    "name_is_expression": '{it}: nama "{text}" berupa ungkapan. Tulis nama yang tetap.',
    "keys_of_start": "{it}: pesan ini memulai kasus baru, yang belum punya apa pun untuk "
    "dicocokkan. Hapus kuncinya.",
    "keys_of_signal": "{it}: sinyal sampai ke semua kasus, jadi tidak punya kunci. Hapus kuncinya, "
    "atau pakai pesan.",
    "correlation_unclear": "{it}: kunci {property} tidak punya isi yang jelas. Isi jalurnya, atau "
    "pakai sop:kunci.",
    "receive_starts_process": "{it} memulai proses dengan menerima pesan. Pakai kejadian mulai "
    "dengan pesan.",
    "message_unnamed": "{it} mengisi sop:kunci atau sop:isi untuk sebuah pesan, tetapi tidak "
    "menyebut pesannya. Pilih pesannya, atau pindahkan isinya ke dalam sop:layanan.",
    "send_nothing": "{it} tidak menyebut apa yang dikirim. Pilih pesannya, isi sop:layanan, atau "
    "ganti dengan langkah orang.",
    # links and compensation
    "link_unnamed": "{it}: sambungan tidak bernama. Beri nama yang sama di kedua ujungnya.",
    "link_several": "{it}: ada sambungan tangkap lain dengan nama yang sama. Sisakan satu.",
    "link_without_source": '{it}: tidak ada sambungan lempar bernama "{text}" di lingkup ini. '
    "Tarik garis alur langsung, atau tambahkan pasangannya.",
    "link_without_target": '{it}: tidak ada sambungan tangkap bernama "{text}" di lingkup ini. '
    "Tarik garis alur langsung ke tujuannya, atau tambahkan pasangannya.",
    "compensation_without_handler": "{it} tidak terhubung dengan tepat satu langkah pembatalan. "
    "Hubungkan dengan satu langkah kompensasi di lingkup yang sama memakai asosiasi.",
    "compensation_unused": "{it} adalah langkah pembatalan yang tidak dipakai. Hubungkan dengan "
    "kejadian kompensasi di tepi langkah yang dibatalkan, atau hapus.",
    "compensation_of_loop": "{it}: pembatalan langkah yang berulang belum dapat dijalankan. "
    "Masukkan pembatalannya ke dalam subproses yang berulang itu.",
    "compensation_of_nothing": '{it} membatalkan "{text}" yang tidak punya kejadian kompensasi di '
    "lingkup ini. Pilih langkah yang punya, atau kosongkan untuk membatalkan semuanya.",
    "compensation_without_waiting": "{it} tidak menunggu pembatalan selesai. Hilangkan "
    'waitForCompletion="false".',
    # event-based gateways
    "event_gateway_starts": "{it} memulai proses. Pakai beberapa kejadian mulai dengan pesan.",
    "event_gateway_parallel": "{it} menunggu semua kejadian. Pakai percabangan paralel (+) dengan "
    "satu kejadian tunggu di tiap cabang.",
    "event_gateway_empty": "{it} tidak diikuti kejadian apa pun. Gambar kejadian tunggu "
    "sesudahnya.",
    "event_gateway_target": "{it} berdiri di belakang percabangan berdasarkan kejadian, tetapi "
    "bukan kejadian tunggu (pesan, sinyal, pewaktu, syarat) atau tugas terima. Sisipkan kejadian "
    "tunggu di antaranya.",
    "event_gateway_boundary": "{it} berdiri di belakang percabangan berdasarkan kejadian, jadi "
    "tidak boleh punya kejadian tepi. Pakai kejadian tunggu saja.",
    "event_gateway_shared": "{it} berdiri di belakang percabangan berdasarkan kejadian dan dicapai "
    "juga dari tempat lain. Gambar kejadian tunggu tersendiri untuk tiap percabangan.",
    # calls
    "call_without_process": "{it} tidak menyebut proses yang dipanggil. Isi kunci prosesnya.",
    "call_expression": '{it} memilih proses dengan ungkapan "{text}". Sebut satu proses; bila '
    "berbeda-beda, pakai percabangan dengan satu pemanggilan di tiap jalan.",
    "call_of_itself": "{it} memanggil prosesnya sendiri. Pakai percabangan yang kembali ke awal.",
    "call_of_version": '{it} memanggil versi tertentu ("{text}"). Yang dipanggil selalu versi '
    "terbaru saat pemanggilan dimulai; hapus pengikatannya.",
    "call_hands_nothing": "{it} tidak memetakan variabel, jadi proses yang dipanggil tidak "
    "menerima dan tidak mengembalikan apa pun, seperti di mesin asal berkas ini. Petakan "
    "variabelnya bila perlu.",
    "call_copies_all": "{it} menyalin semua variabel hanya ke satu arah. Petakan variabelnya satu "
    "per satu, atau biarkan dipakai bersama di kedua arah.",
    "mapping_all": "{it} mengirim semua variabel. Sebut variabelnya satu per satu.",
    "mapping_local": "{it} memetakan variabel setempat saja (local). Sebut variabelnya satu per "
    "satu.",
    "data_assignment": "{it} menghitung data lewat asosiasi data ({kind}). Hitung di tugas skrip, "
    "atau pakai sop:masuk dan sop:keluar.",
    # work, decisions and scripts
    "work_missing": "{it} tidak menyebut pekerjaannya. Isi sop:layanan (fungsi, http, atau luar), "
    "atau ganti dengan langkah orang (user task) di jalur pelaksananya.",
    "work_several": "{it} menyebut lebih dari satu pekerjaan. Sisakan satu.",
    "work_and_message": "{it} menyebut pesan dan pekerjaan sekaligus. Sisakan satu.",
    "work_kind": '{it}: jenis layanan "{text}" tidak dikenal. Pilih fungsi, http, atau luar.',
    "work_unnamed": "{it}: pekerjaannya tidak bernama. Isi nama fungsi atau topiknya.",
    "work_without_url": "{it}: permintaan http tanpa alamat. Tambahkan sop:isi bernama url.",
    "work_field": '{it}: isian "{text}" tidak dikenal permintaan http. Pakai method, url, body, '
    "atau header.<nama>.",
    "work_retries": '{it}: banyaknya percobaan "{text}" harus bilangan 1 sampai {maximum}. '
    "Perbaiki angkanya.",
    "decision_unnamed": "{it} tidak menyebut keputusan DMN yang dipakai. Isi sop:keputusan, atau "
    "ganti dengan langkah orang.",
    "decision_several": "{it} menyebut lebih dari satu keputusan. Sisakan satu.",
    "decision_without_result": "{it} tidak menyebut variabel untuk hasil keputusan. Isi sop:hasil.",
    "decision_shape": '{it}: bentuk hasil "{text}" tidak dikenal. Pilih singleEntry, singleResult, '
    "collectEntries, atau resultList.",
    "decision_of_version": '{it} memakai versi keputusan tertentu ("{text}"). Yang dipakai selalu '
    "keputusan yang dipasang bersama proses ini; hapus pengikatannya.",
    "script_missing": "{it} tidak berisi skrip. Tulis skripnya, misalnya: jumlah = harga * banyak.",
    "script_without_result": "{it} tidak menyebut variabel untuk hasilnya. Isi nama variabelnya.",
}
