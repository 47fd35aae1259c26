"""What each refusal says, and what to draw instead: code -> sentences.

`{it}` is the element as people see it, the other fields are those of the refusal. The codes are
shared out among the rules that speak of them; a code that is nowhere here belongs to
`element_supported` and stands in `instead_elements`.
"""

from collections.abc import Mapping
from typing import Final

STARTS: Final[Mapping[str, str]] = {
    "no_start_event": "{it} tidak punya kejadian mulai. Tambahkan satu.",
    "several_start_events": "{it} adalah kejadian mulai yang berlebih. Sisakan satu kejadian mulai "
    "biasa; kejadian mulai lain harus menunggu pesan atau sinyal yang berbeda, dan subproses "
    "hanya boleh punya satu. Hapus, atau gabungkan alurnya ke kejadian mulai yang pertama.",
}
FLOWS: Final[Mapping[str, str]] = {
    "flow_leads_nowhere": "{it} tidak menghubungkan dua elemen. Sambungkan kedua ujungnya.",
    "flow_crosses_scope": "{it} melintasi batas subproses. Akhiri subproses, lalu lanjutkan dari "
    "subprosesnya.",
    "flow_into_start": "{it} masuk ke kejadian yang hanya boleh menjadi awal. Arahkan ke langkah "
    "sesudahnya.",
    "flow_after_end": "{it} keluar dari kejadian selesai. Hapus garis ini.",
    "flow_drawn_twice": "{it} digambar dua kali. Hapus salah satu.",
    "flow_at_event_subprocess": "{it} tersambung ke subproses kejadian, yang dimulai oleh "
    "kejadiannya sendiri. Hapus garis ini.",
    "flow_at_compensation": "{it} adalah alur pada kompensasi, yang dijalankan hanya bila "
    "dibatalkan. Hapus garis alurnya; hubungkan kejadian kompensasi dengan langkah pembatalannya "
    "memakai asosiasi (garis titik-titik).",
    "flow_at_link": "{it} adalah sambungan dengan garis alur yang berlebih. Sambungan lempar tidak "
    "punya garis keluar, sambungan tangkap tidak punya garis masuk. Hapus garisnya.",
}
REACH: Final[Mapping[str, str]] = {
    "unreachable": "{it} tidak dapat dicapai dari kejadian mulai. Tarik garis alur menuju elemen "
    "ini, atau hapus.",
}
DECISIONS: Final[Mapping[str, str]] = {
    "flow_without_condition": "{source}: jalan{named} tidak punya syarat. Isi syaratnya, atau "
    "jadikan jalan bawaan.",
    "default_with_condition": "{source}: syarat pada jalan{named} tidak akan diperiksa, karena "
    "jalan ini dipakai bila tidak ada jalan lain. Hapus syaratnya.",
    "default_never_taken": "{source}: jalan{named} tidak punya syarat sehingga selalu ditempuh, "
    "dan jalan bawaan tidak akan pernah dipakai. Isi syaratnya, atau hapus jalan bawaan.",
    "default_flow_unknown": "{it} menandai jalan bawaan yang bukan garis keluarnya. Tandai ulang "
    "salah satu garis keluarnya.",
    "condition_not_executed": "{source}: syarat pada jalan{named} tidak akan diperiksa di sini. "
    "Hapus syaratnya, atau pakai percabangan eksklusif (X) atau inklusif (O).",
}
EXPRESSIONS: Final[Mapping[str, str]] = {
    "invalid_expression": '{it}: isi {slot} tidak dapat dibaca{place}: "{text}". Tulis misalnya: '
    'keputusan == "tanda_tangan".',
    "invalid_script": '{it}: skripnya tidak dapat dibaca{place}: "{text}". Tulis misalnya: '
    "jumlah = harga * banyak.",
    "script_language": '{it}: skrip berbahasa "{text}" tidak dapat dijalankan. Tulis ulang sebagai '
    "penugasan sederhana, misalnya: jumlah = harga * banyak.",
    "expression_language": '{it}: {slot} berbahasa "{text}" tidak dapat dibaca. Tulis ungkapannya '
    'langsung, misalnya: keputusan == "tanda_tangan".',
    "invalid_timer": '{it}: waktu "{text}" tidak menghasilkan saat apa pun. Tulis misalnya P3D, '
    "2026-12-31T16:00, atau R3/PT10M.",
    "timer_cron": '{it}: jadwal cron "{text}" tidak dibaca. Tulis pengulangan ISO 8601, misalnya '
    "R/P1D.",
    "invalid_name": '{it}: "{text}" pada {slot} bukan nama variabel. Pakai huruf, angka, dan '
    "garis bawah, diawali huruf.",
    "written_twice": '{it}: "{text}" diisi dua kali pada {slot}. Sisakan satu.',
    "mapping_order": '{it}: isi "{text}" memakai nilai yang baru diisi di pemetaan yang sama; '
    "semua isian dihitung bersamaan. Tulis isinya lengkap tanpa saling mengacu.",
    "mapping_without_target": '{it}: pemetaan "{text}" tidak menyebut variabel tujuannya. Isi '
    "target, atau hapus pemetaannya.",
    "mapping_unclear": '{it}: pemetaan "{text}" memakai skrip atau campuran teks dan ungkapan. '
    "Tulis satu ungkapan saja, atau hitung di tugas skrip.",
}
TIMES: Final[Mapping[str, str]] = {
    "invalid_waktu": '{it}: waktu "{text}" tidak dapat dibaca sebagai satu lama waktu. Tulis '
    'misalnya "60 menit", "2 jam", atau "3 hari kerja".',
    "waktu_assumed": '{it}: waktu "{text}" dibaca sebagai {read}. Tulis lebih jelas bila maksudnya '
    "lain.",
}
FOREIGN: Final[Mapping[str, str]] = {
    "foreign_not_executed": "{it}: setelan {text} mengubah jalannya proses dan tidak dapat "
    "dijalankan di sini. Hapus, dan gambar akibatnya sebagai langkah atau tugas.",
    "foreign_work": "{it}: {text} hanya dapat dijalankan mesin asalnya. Pakai sop:layanan "
    "(fungsi, http, atau luar), atau ganti dengan langkah orang.",
    "foreign_who": "{it}: penunjukan {text}{quoted} tidak dipakai. Pelaksana diambil dari jalur, "
    "atau dari kelompok yang namanya ada dalam daftar peran.",
    "foreign_when": "{it}: {text}{quoted} tidak dipakai. Tenggat dan urutan kerja diambil dari "
    "mutu baku.",
    "foreign_form": "{it}: formulir {text}{quoted} tidak dibaca. Simpan formulirnya sebagai berkas "
    ".form di samping berkas BPMN dan sebut namanya.",
    "foreign_not_read": "{it}: setelan {text} tidak dibaca dan tidak berpengaruh. Hapus bila tidak "
    "perlu.",
}
# How messages name the places of a drawing where something is computed, and what can be meant.
WORDS: Final[Mapping[str, str]] = {
    "condition": "syarat",
    "script": "skrip",
    "loopCardinality": "jumlah perulangan",
    "loopDataInputRef": "daftar perulangan",
    "collection": "daftar perulangan",
    "inputCollection": "daftar perulangan",
    "inputDataItem": "butir perulangan",
    "loopDataOutputRef": "daftar hasil perulangan",
    "outputDataItem": "hasil perulangan",
    "completionCondition": "syarat selesai",
    "loopCondition": "syarat perulangan",
    "timeDate": "tanggal",
    "timeDuration": "lama waktu",
    "timeCycle": "pengulangan waktu",
    "messagePath": "jalur isi pesan",
    "dataPath": "jalur data",
    "message": "pesan",
    "signal": "sinyal",
    "error": "galat",
    "escalation": "eskalasi",
}
