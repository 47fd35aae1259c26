"""What is wrong with a trial or a recorded run; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

TRIALS: Mapping[str, str] = {
    "trial_not_found": N_("Percobaan itu tidak ada, atau milik orang lain."),
    "trial_changed": N_(
        "Tindakan ini tidak dimainkan, karena percobaannya sudah dilanjutkan di jendela lain. Di "
        "bawah ini keadaannya sekarang; lanjutkan dari sini."
    ),
    "trial_nothing_to_undo": N_("Tidak ada tindakan yang dapat diurungkan. Muat ulang halaman."),
    "trial_not_begun": N_("Percobaan ini belum dimulai. Mulai percobaan baru."),
    "trial_step_not_open": N_(
        "Langkah “%(name)s” tidak sedang terbuka, jadi tidak dapat dikerjakan."
    ),
    "trial_nothing_waits": N_("Tidak ada yang menunggu “%(name)s” pada saat ini."),
    "trial_clock_back": N_("Jam percobaan hanya dapat maju. Untuk mundur, urungkan tindakan."),
    "trial_too_busy": N_(
        "Terlalu banyak yang terjadi sampai saat itu (lebih dari %(most)s kejadian). Majukan jam "
        "sedikit demi sedikit; periksa juga pewaktu yang berulang."
    ),
    "trial_too_slow": N_(
        "Percobaan ini memakan waktu lebih dari %(seconds)s detik, jadi dihentikan. Urungkan "
        "beberapa tindakan, atau mulai percobaan baru yang lebih pendek."
    ),
    "trial_moment_wrong": N_(
        "Tanggal atau jamnya tidak terbaca. Pilih tanggal dari 2000 sampai 2199."
    ),
    "trial_data_not_json": N_(
        'Data itu bukan objek JSON. Contoh: {"tahun": 2027, "mendesak": true}.'
    ),
    "script_too_long": N_(
        "Satu percobaan paling banyak %(most)s tindakan. Simpan sebagai rekaman, lalu mulai "
        "percobaan baru."
    ),
    "script_broken": N_("Catatan percobaan rusak pada tindakan %(act)s. Mulai percobaan baru."),
    "run_not_found": N_("Rekaman itu tidak ada, atau sudah diakhiri."),
    "run_exists": N_("Sudah ada rekaman bernama “%(name)s”. Pilih nama lain."),
    "invalid_run_name": N_("Beri nama rekaman, paling banyak %(limit)s huruf."),
    "too_many_runs": N_(
        "Satu SOP paling banyak punya %(most)s rekaman. Akhiri dahulu yang tidak perlu."
    ),
    "run_reason_missing": N_("Tulis mengapa rekaman ini diakhiri."),
    "run_breaks_off": N_(
        "Rekaman “%(name)s” tidak dapat direkam ulang, karena tindakan %(act)s tidak dapat "
        "dilakukan pada rancangan ini. Coba jalankan dari awal, simpan sebagai rekaman baru, lalu "
        "akhiri rekaman ini."
    ),
    "runs_unchecked": N_(
        "Rekaman “%(name)s” belum diuji terhadap rancangan ini. Uji semua rekaman, lalu terbitkan."
    ),
    "runs_failed": N_(
        "Rekaman “%(name)s” berbeda pada tindakan %(act)s. Perbaiki rancangan, atau rekam ulang "
        "bila perubahan itu memang dimaksud; lalu terbitkan."
    ),
}
