"""What each refusal says, and what to draw instead: code -> sentences.

`%(it)s` is the element as people see it, the other fields are those of the refusal. The codes are
shared out among the rules that speak of them; a code that is nowhere here belongs to
`element_supported` and stands in `instead_elements`.
"""

from collections.abc import Mapping
from typing import Final

from workflows.said import N_

STARTS: Final[Mapping[str, str]] = {
    "no_start_event": N_("%(it)s tidak punya kejadian mulai. Tambahkan satu."),
    "several_start_events": N_(
        "%(it)s adalah kejadian mulai yang berlebih. Sisakan satu kejadian mulai "
        "biasa; kejadian mulai lain harus menunggu pesan atau sinyal yang berbeda, dan subproses "
        "hanya boleh punya satu. Hapus, atau gabungkan alurnya ke kejadian mulai yang pertama."
    ),
}
FLOWS: Final[Mapping[str, str]] = {
    "flow_leads_nowhere": N_("%(it)s tidak menghubungkan dua elemen. Sambungkan kedua ujungnya."),
    "flow_crosses_scope": N_(
        "%(it)s melintasi batas subproses. Akhiri subproses, lalu lanjutkan dari subprosesnya."
    ),
    "flow_into_start": N_(
        "%(it)s masuk ke kejadian yang hanya boleh menjadi awal. Arahkan ke langkah sesudahnya."
    ),
    "flow_after_end": N_("%(it)s keluar dari kejadian selesai. Hapus garis ini."),
    "flow_drawn_twice": N_("%(it)s digambar dua kali. Hapus salah satu."),
    "flow_at_event_subprocess": N_(
        "%(it)s tersambung ke subproses kejadian, yang dimulai oleh "
        "kejadiannya sendiri. Hapus garis ini."
    ),
    "flow_at_compensation": N_(
        "%(it)s adalah alur pada kompensasi, yang dijalankan hanya bila "
        "dibatalkan. Hapus garis alurnya; hubungkan kejadian kompensasi dengan langkah "
        "pembatalannya memakai asosiasi (garis titik-titik)."
    ),
    "flow_at_link": N_(
        "%(it)s adalah sambungan dengan garis alur yang berlebih. Sambungan lempar tidak "
        "punya garis keluar, sambungan tangkap tidak punya garis masuk. Hapus garisnya."
    ),
}
REACH: Final[Mapping[str, str]] = {
    "unreachable": N_(
        "%(it)s tidak dapat dicapai dari kejadian mulai. Tarik garis alur menuju elemen "
        "ini, atau hapus."
    ),
}
DECISIONS: Final[Mapping[str, str]] = {
    "flow_without_condition": N_(
        "%(source)s: jalan%(named)s tidak punya syarat. Isi syaratnya, atau jadikan jalan bawaan."
    ),
    "default_with_condition": N_(
        "%(source)s: syarat pada jalan%(named)s tidak akan diperiksa, karena "
        "jalan ini dipakai bila tidak ada jalan lain. Hapus syaratnya."
    ),
    "default_never_taken": N_(
        "%(source)s: jalan%(named)s tidak punya syarat sehingga selalu ditempuh, "
        "dan jalan bawaan tidak akan pernah dipakai. Isi syaratnya, atau hapus jalan bawaan."
    ),
    "default_flow_unknown": N_(
        "%(it)s menandai jalan bawaan yang bukan garis keluarnya. Tandai ulang "
        "salah satu garis keluarnya."
    ),
    "condition_not_executed": N_(
        "%(source)s: syarat pada jalan%(named)s tidak akan diperiksa di sini. "
        "Hapus syaratnya, atau pakai percabangan eksklusif (X) atau inklusif (O)."
    ),
}
EXPRESSIONS: Final[Mapping[str, str]] = {
    "invalid_expression": N_(
        '%(it)s: isi %(slot)s tidak dapat dibaca%(place)s: "%(text)s". Tulis misalnya: '
        'keputusan == "tanda_tangan".'
    ),
    "invalid_script": N_(
        '%(it)s: skripnya tidak dapat dibaca%(place)s: "%(text)s". Tulis misalnya: '
        "jumlah = harga * banyak."
    ),
    "script_language": N_(
        '%(it)s: skrip berbahasa "%(text)s" tidak dapat dijalankan. Tulis ulang sebagai '
        "penugasan sederhana, misalnya: jumlah = harga * banyak."
    ),
    "expression_language": N_(
        '%(it)s: %(slot)s berbahasa "%(text)s" tidak dapat dibaca. Tulis ungkapannya '
        'langsung, misalnya: keputusan == "tanda_tangan".'
    ),
    "invalid_timer": N_(
        '%(it)s: waktu "%(text)s" tidak menghasilkan saat apa pun. Tulis misalnya P3D, '
        "2026-12-31T16:00, atau R3/PT10M."
    ),
    "timer_cron": N_(
        '%(it)s: jadwal cron "%(text)s" tidak dibaca. Tulis pengulangan ISO 8601, misalnya R/P1D.'
    ),
    "invalid_name": N_(
        '%(it)s: "%(text)s" pada %(slot)s bukan nama variabel. Pakai huruf, angka, dan '
        "garis bawah, diawali huruf."
    ),
    "written_twice": N_('%(it)s: "%(text)s" diisi dua kali pada %(slot)s. Sisakan satu.'),
    "mapping_order": N_(
        '%(it)s: isi "%(text)s" memakai nilai yang baru diisi di pemetaan yang sama; '
        "semua isian dihitung bersamaan. Tulis isinya lengkap tanpa saling mengacu."
    ),
    "mapping_without_target": N_(
        '%(it)s: pemetaan "%(text)s" tidak menyebut variabel tujuannya. Isi '
        "target, atau hapus pemetaannya."
    ),
    "mapping_unclear": N_(
        '%(it)s: pemetaan "%(text)s" memakai skrip atau campuran teks dan ungkapan. '
        "Tulis satu ungkapan saja, atau hitung di tugas skrip."
    ),
}
TIMES: Final[Mapping[str, str]] = {
    "invalid_waktu": N_(
        '%(it)s: waktu "%(text)s" tidak dapat dibaca sebagai satu lama waktu. Tulis '
        'misalnya "60 menit", "2 jam", atau "3 hari kerja".'
    ),
    "waktu_assumed": N_(
        '%(it)s: waktu "%(text)s" dibaca sebagai %(read)s. Tulis lebih jelas bila maksudnya lain.'
    ),
}
FOREIGN: Final[Mapping[str, str]] = {
    "foreign_not_executed": N_(
        "%(it)s: setelan %(text)s mengubah jalannya proses dan tidak dapat "
        "dijalankan di sini. Hapus, dan gambar akibatnya sebagai langkah atau tugas."
    ),
    "foreign_work": N_(
        "%(it)s: %(text)s hanya dapat dijalankan mesin asalnya. Pakai sop:layanan "
        "(fungsi, http, atau luar), atau ganti dengan langkah orang."
    ),
    "foreign_who": N_(
        "%(it)s: penunjukan %(text)s%(quoted)s tidak dipakai. Pelaksana diambil dari jalur, "
        "atau dari kelompok yang namanya ada dalam daftar peran."
    ),
    "foreign_when": N_(
        "%(it)s: %(text)s%(quoted)s tidak dipakai. Tenggat dan urutan kerja diambil dari mutu baku."
    ),
    "foreign_form": N_(
        "%(it)s: formulir %(text)s%(quoted)s tidak dibaca. Simpan formulirnya sebagai berkas "
        ".form di samping berkas BPMN dan sebut namanya."
    ),
    "foreign_not_read": N_(
        "%(it)s: setelan %(text)s tidak dibaca dan tidak berpengaruh. Hapus bila tidak perlu."
    ),
}
# How messages name the places of a drawing where something is computed, and what can be meant.
WORDS: Final[Mapping[str, str]] = {
    "condition": N_("syarat"),
    "script": N_("skrip"),
    "loopCardinality": N_("jumlah perulangan"),
    "loopDataInputRef": N_("daftar perulangan"),
    "collection": N_("daftar perulangan"),
    "inputCollection": N_("daftar perulangan"),
    "inputDataItem": N_("butir perulangan"),
    "loopDataOutputRef": N_("daftar hasil perulangan"),
    "outputDataItem": N_("hasil perulangan"),
    "completionCondition": N_("syarat selesai"),
    "loopCondition": N_("syarat perulangan"),
    "timeDate": N_("tanggal"),
    "timeDuration": N_("lama waktu"),
    "timeCycle": N_("pengulangan waktu"),
    "messagePath": N_("jalur isi pesan"),
    "dataPath": N_("jalur data"),
    "message": N_("pesan"),
    "signal": N_("sinyal"),
    "error": N_("galat"),
    "escalation": N_("eskalasi"),
}
