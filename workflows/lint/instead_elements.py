"""What the refusals of `element_supported` say, and what to draw instead."""

from collections.abc import Mapping
from typing import Final

from workflows.said import N_

_SCOPE: Final = N_("Pakai subproses biasa, atau gambar langkahnya langsung")
_TOGETHER: Final = N_("Gambar seluruh alur dalam satu pool dengan jalur untuk tiap pelaksana")
_PLAIN: Final = N_("Pakai tonggak biasa tanpa lambang")

# Kind of element -> (what it is, what to draw instead).
KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "transaction": (N_("Transaksi"), N_("Pakai subproses biasa dengan kejadian kompensasi")),
    "adHocSubProcess": (N_("Subproses ad-hoc"), _SCOPE),
    "complexGateway": (
        N_("Percabangan kompleks"),
        N_("Pakai percabangan eksklusif (X), inklusif (O), atau paralel (+)"),
    ),
    "implicitThrowEvent": (N_("Kejadian tersirat"), _PLAIN),
    "event": (N_("Kejadian tanpa jenis"), _PLAIN),
    "choreography": (N_("Koreografi"), _TOGETHER),
    "globalChoreographyTask": (N_("Koreografi"), _TOGETHER),
    "choreographyTask": (N_("Tugas koreografi"), _TOGETHER),
    "subChoreography": (N_("Koreografi"), _TOGETHER),
    "callChoreography": (N_("Koreografi"), _TOGETHER),
    "complexBehaviorDefinition": (
        N_("Kejadian pada perulangan"), N_("Pakai syarat selesai (completionCondition)")
    ),
}  # fmt: skip
UNKNOWN_KIND: Final = (N_("Elemen %(kind)s"), N_("Hapus elemen ini"))

# Kind of event -> what to do with it where it cannot be carried out.
EVENTS: Final[Mapping[str, str]] = {
    "none": N_("Pilih apa yang ditunggu: pesan, sinyal, pewaktu, atau syarat"),
    "timer": N_("Jadwalkan permulaannya di luar: mulai kasus dengan perintah atau lewat pesan"),
    "conditional": N_("Pakai kejadian mulai biasa, lalu kejadian tunggu bersyarat sesudahnya"),
    "error": N_(
        "Pakai kejadian galat hanya di tepi langkah, sebagai awal subproses kejadian, atau "
        "sebagai kejadian selesai"
    ),
    "escalation": N_(
        "Pakai kejadian eskalasi di tepi langkah atau sebagai awal subproses kejadian"
    ),
    "compensation": N_(
        "Pakai kompensasi di tepi langkah, sebagai tonggak, atau di kejadian selesai"
    ),
    "link": N_("Pakai sambungan hanya di tengah alur"),
    "terminate": N_("Pindahkan ke kejadian selesai"),
    "cancelEventDefinition": N_("Pakai kejadian galat atau kompensasi pada subproses biasa"),
}
UNKNOWN_EVENT: Final = N_("Pakai kejadian biasa tanpa lambang")
EVENT_NAMES: Final[Mapping[str, str]] = {
    "none": N_("tidak menunggu apa pun"),
    "message": N_("memakai pesan"),
    "signal": N_("memakai sinyal"),
    "timer": N_("memakai pewaktu"),
    "error": N_("memakai galat"),
    "escalation": N_("memakai eskalasi"),
    "conditional": N_("memakai syarat"),
    "link": N_("memakai sambungan"),
    "compensation": N_("memakai kompensasi"),
    "terminate": N_("menghentikan seluruh proses"),
    "cancelEventDefinition": N_("memakai pembatalan transaksi"),
}

ELEMENTS: Final[Mapping[str, str]] = {
    "element_not_executed": N_('%(what)s ("%(label)s") belum dapat dijalankan. %(instead)s.'),
    "element_misplaced": N_(
        '%(kind)s pada "%(label)s" tidak dapat berlaku di tempat itu. Pindahkan ke '
        "tempatnya, atau hapus."
    ),
    "event_not_executed": N_("%(it)s %(what)s dan belum dapat dijalankan begitu. %(instead)s."),
    "event_several": N_(
        "%(it)s menunggu atau mengirim beberapa hal sekaligus. Pakai satu lambang untuk "
        "setiap kejadian; bila harus memilih, pakai percabangan berdasarkan kejadian."
    ),
    "attribute_misplaced": N_(
        "%(it)s memakai %(attribute)s yang tidak berlaku di sana. Hapus, atau "
        "pindahkan ke elemen yang tepat."
    ),
    "attribute_unknown": N_(
        "%(it)s memuat %(attribute)s yang tidak dikenal dan tidak berpengaruh. Hapus bila tidak "
        "perlu."
    ),
    "extension_required": N_(
        'Berkas mewajibkan perluasan "%(text)s" dipahami, padahal tidak. '
        "Simpan ulang tanpa perluasan itu."
    ),
    "missing_id": N_("Ada %(kind)s tanpa id. Simpan ulang dari penyunting, atau beri id."),
    "plain_task_is_manual": N_(
        "%(it)s tidak berjenis; dikerjakan sebagai langkah orang. Pilih langkah "
        "orang (user task) agar jelas."
    ),
    "quantity": N_(
        "%(it)s memakai jumlah token (%(attribute)s) selain 1. Kembalikan ke 1; untuk beberapa "
        "pengerjaan pakai langkah berulang."
    ),
    "boundary_not_attached": N_(
        "%(it)s tidak menempel pada langkah, tugas, atau subproses. Tempelkan ke elemen itu."
    ),
    "boundary_on_compensation": N_(
        "%(it)s adalah langkah pembatalan dan tidak boleh punya kejadian "
        "tepi. Hapus kejadian tepinya, atau bungkus langkahnya dalam subproses."
    ),
    # loops
    "loop_several": N_("%(it)s punya lebih dari satu perulangan. Sisakan satu."),
    "loop_incomplete": N_(
        "%(it)s berulang tanpa daftar atau jumlah yang jelas. Isi tepat satu: daftar "
        "yang diulang (loopDataInputRef) atau jumlahnya (loopCardinality)."
    ),
    "loop_maximum": N_(
        '%(it)s: batas perulangan "%(text)s" bukan bilangan bulat lebih dari nol (paling '
        "banyak sembilan angka). Perbaiki angkanya."
    ),
    "loop_at_event_subprocess": N_(
        "%(it)s adalah subproses kejadian, yang dimulai oleh kejadiannya dan "
        "tidak dapat diulang. Masukkan perulangannya ke dalam subproses itu."
    ),
    "loop_result_lost": N_(
        '%(it)s berulang tanpa daftar hasil, jadi yang ditulis "%(text)s" pada tiap '
        "perulangan menimpa yang sebelumnya; hanya nilai terakhir yang tersisa. Isi nama daftarnya "
        "(loopDataOutputRef) bila semuanya diperlukan."
    ),
    "loop_without_end": N_(
        "%(it)s berulang tanpa syarat dan tanpa batas. Isi syaratnya "
        "(loopCondition) atau batasnya (loopMaximum)."
    ),
    "loop_behavior": N_(
        "%(it)s: kejadian pada perulangan (%(behavior)s) belum dapat dijalankan. "
        "Kembalikan perilaku perulangan ke All."
    ),
    "loop_output_unnamed": N_(
        "%(it)s: hasil tiap perulangan disebut, tetapi daftar hasilnya tidak. "
        "Isi nama daftarnya (loopDataOutputRef)."
    ),
    # timers
    "timer_without_moment": N_(
        "%(it)s tidak menyebut waktunya. Isi tepat satu: lama waktu (misalnya "
        'P3D), tanggal, atau sop:waktu (misalnya "3 hari kerja").'
    ),
    "timer_several": N_("%(it)s punya lebih dari satu waktu. Sisakan satu."),
    "timer_cycle": N_(
        '%(it)s memakai pewaktu berulang "%(text)s", padahal hanya dilewati satu kali. '
        "Pakai lama waktu (misalnya P3D) atau tanggal."
    ),
    # events
    "error_goes_on": N_(
        "%(it)s menangkap galat tanpa menghentikan; galat selalu menghentikan. "
        "Jadikan kejadian yang menghentikan (garis utuh), atau pakai eskalasi."
    ),
    "event_mapping": N_(
        "%(it)s memetakan data di kejadian yang tidak menerima apa pun. Pindahkan "
        "pemetaannya ke tugas skrip."
    ),
    "reference_missing": N_(
        "%(it)s tidak menyebut %(kind)s yang dimaksud (%(reference)s). Pilih atau buat namanya."
    ),
    "reference_unknown": N_(
        '%(it)s menunjuk %(reference)s "%(text)s" yang tidak ada. Pilih yang ada.'
    ),
    "name_is_expression": N_('%(it)s: nama "%(text)s" berupa ungkapan. Tulis nama yang tetap.'),
    "keys_of_start": N_(
        "%(it)s: pesan ini memulai kasus baru, yang belum punya apa pun untuk "
        "dicocokkan. Hapus kuncinya."
    ),
    "keys_of_signal": N_(
        "%(it)s: sinyal sampai ke semua kasus, jadi tidak punya kunci. Hapus kuncinya, "
        "atau pakai pesan."
    ),
    "correlation_unclear": N_(
        "%(it)s: kunci %(property)s tidak punya isi yang jelas. Isi jalurnya, atau pakai sop:kunci."
    ),
    "receive_starts_process": N_(
        "%(it)s memulai proses dengan menerima pesan. Pakai kejadian mulai dengan pesan."
    ),
    "message_unnamed": N_(
        "%(it)s mengisi sop:kunci atau sop:isi untuk sebuah pesan, tetapi tidak "
        "menyebut pesannya. Pilih pesannya, atau pindahkan isinya ke dalam sop:layanan."
    ),
    "send_nothing": N_(
        "%(it)s tidak menyebut apa yang dikirim. Pilih pesannya, isi sop:layanan, atau "
        "ganti dengan langkah orang."
    ),
    # links and compensation
    "link_unnamed": N_("%(it)s: sambungan tidak bernama. Beri nama yang sama di kedua ujungnya."),
    "link_several": N_("%(it)s: ada sambungan tangkap lain dengan nama yang sama. Sisakan satu."),
    "link_without_source": N_(
        '%(it)s: tidak ada sambungan lempar bernama "%(text)s" di lingkup ini. '
        "Tarik garis alur langsung, atau tambahkan pasangannya."
    ),
    "link_without_target": N_(
        '%(it)s: tidak ada sambungan tangkap bernama "%(text)s" di lingkup ini. '
        "Tarik garis alur langsung ke tujuannya, atau tambahkan pasangannya."
    ),
    "compensation_without_handler": N_(
        "%(it)s tidak terhubung dengan tepat satu langkah pembatalan. "
        "Hubungkan dengan satu langkah kompensasi di lingkup yang sama memakai asosiasi."
    ),
    "compensation_unused": N_(
        "%(it)s adalah langkah pembatalan yang tidak dipakai. Hubungkan dengan "
        "kejadian kompensasi di tepi langkah yang dibatalkan, atau hapus."
    ),
    "compensation_of_loop": N_(
        "%(it)s: pembatalan langkah yang berulang belum dapat dijalankan. "
        "Masukkan pembatalannya ke dalam subproses yang berulang itu."
    ),
    "compensation_of_nothing": N_(
        '%(it)s membatalkan "%(text)s" yang tidak punya kejadian kompensasi di '
        "lingkup ini. Pilih langkah yang punya, atau kosongkan untuk membatalkan semuanya."
    ),
    "compensation_without_waiting": N_(
        '%(it)s tidak menunggu pembatalan selesai. Hilangkan waitForCompletion="false".'
    ),
    # event-based gateways
    "event_gateway_starts": N_(
        "%(it)s memulai proses. Pakai beberapa kejadian mulai dengan pesan."
    ),
    "event_gateway_parallel": N_(
        "%(it)s menunggu semua kejadian. Pakai percabangan paralel (+) dengan "
        "satu kejadian tunggu di tiap cabang."
    ),
    "event_gateway_empty": N_(
        "%(it)s tidak diikuti kejadian apa pun. Gambar kejadian tunggu sesudahnya."
    ),
    "event_gateway_target": N_(
        "%(it)s berdiri di belakang percabangan berdasarkan kejadian, tetapi "
        "bukan kejadian tunggu (pesan, sinyal, pewaktu, syarat) atau tugas terima. Sisipkan "
        "kejadian tunggu di antaranya."
    ),
    "event_gateway_boundary": N_(
        "%(it)s berdiri di belakang percabangan berdasarkan kejadian, jadi "
        "tidak boleh punya kejadian tepi. Pakai kejadian tunggu saja."
    ),
    "event_gateway_shared": N_(
        "%(it)s berdiri di belakang percabangan berdasarkan kejadian dan dicapai "
        "juga dari tempat lain. Gambar kejadian tunggu tersendiri untuk tiap percabangan."
    ),
    # calls
    "call_without_process": N_("%(it)s tidak menyebut proses yang dipanggil. Isi kunci prosesnya."),
    "call_expression": N_(
        '%(it)s memilih proses dengan ungkapan "%(text)s". Sebut satu proses; bila '
        "berbeda-beda, pakai percabangan dengan satu pemanggilan di tiap jalan."
    ),
    "call_of_itself": N_(
        "%(it)s memanggil prosesnya sendiri. Pakai percabangan yang kembali ke awal."
    ),
    "call_of_version": N_(
        '%(it)s memanggil versi tertentu ("%(text)s"). Yang dipanggil selalu versi '
        "terbaru saat pemanggilan dimulai; hapus pengikatannya."
    ),
    "call_hands_nothing": N_(
        "%(it)s tidak memetakan variabel, jadi proses yang dipanggil tidak "
        "menerima dan tidak mengembalikan apa pun, seperti di mesin asal berkas ini. Petakan "
        "variabelnya bila perlu."
    ),
    "call_copies_all": N_(
        "%(it)s menyalin semua variabel hanya ke satu arah. Petakan variabelnya satu "
        "per satu, atau biarkan dipakai bersama di kedua arah."
    ),
    "mapping_all": N_("%(it)s mengirim semua variabel. Sebut variabelnya satu per satu."),
    "mapping_local": N_(
        "%(it)s memetakan variabel setempat saja (local). Sebut variabelnya satu per satu."
    ),
    "data_assignment": N_(
        "%(it)s menghitung data lewat asosiasi data (%(kind)s). Hitung di tugas skrip, "
        "atau pakai sop:masuk dan sop:keluar."
    ),
    # work, decisions and scripts
    "work_missing": N_(
        "%(it)s tidak menyebut pekerjaannya. Isi sop:layanan (fungsi, http, atau luar), "
        "atau ganti dengan langkah orang (user task) di jalur pelaksananya."
    ),
    "work_several": N_("%(it)s menyebut lebih dari satu pekerjaan. Sisakan satu."),
    "work_and_message": N_("%(it)s menyebut pesan dan pekerjaan sekaligus. Sisakan satu."),
    "work_kind": N_(
        '%(it)s: jenis layanan "%(text)s" tidak dikenal. Pilih fungsi, http, atau luar.'
    ),
    "work_unnamed": N_("%(it)s: pekerjaannya tidak bernama. Isi nama fungsi atau topiknya."),
    "work_without_url": N_("%(it)s: permintaan http tanpa alamat. Tambahkan sop:isi bernama url."),
    "work_field": N_(
        '%(it)s: isian "%(text)s" tidak dikenal permintaan http. Pakai method, url, body, '
        "atau header.<nama>."
    ),
    "work_retries": N_(
        '%(it)s: banyaknya percobaan "%(text)s" harus bilangan 1 sampai %(maximum)s. Perbaiki '
        "angkanya."
    ),
    "decision_unnamed": N_(
        "%(it)s tidak menyebut keputusan DMN yang dipakai. Isi sop:keputusan, atau "
        "ganti dengan langkah orang."
    ),
    "decision_several": N_("%(it)s menyebut lebih dari satu keputusan. Sisakan satu."),
    "decision_without_result": N_(
        "%(it)s tidak menyebut variabel untuk hasil keputusan. Isi sop:hasil."
    ),
    "decision_shape": N_(
        '%(it)s: bentuk hasil "%(text)s" tidak dikenal. Pilih singleEntry, singleResult, '
        "collectEntries, atau resultList."
    ),
    "decision_of_version": N_(
        '%(it)s memakai versi keputusan tertentu ("%(text)s"). Yang dipakai selalu '
        "keputusan yang dipasang bersama proses ini; hapus pengikatannya."
    ),
    "script_missing": N_(
        "%(it)s tidak berisi skrip. Tulis skripnya, misalnya: jumlah = harga * banyak."
    ),
    "script_without_result": N_(
        "%(it)s tidak menyebut variabel untuk hasilnya. Isi nama variabelnya."
    ),
}
