"""What is wrong with a saved filter; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

INBOXES: Mapping[str, str] = {
    "filter_name": N_("Beri nama saringan ini, paling panjang %(most)s huruf."),
    "too_many_filters": N_(
        "Anda sudah menyimpan %(most)s saringan. Hapus yang tidak dipakai dahulu."
    ),
    "filter_name_taken": N_("Anda sudah punya saringan bernama “%(name)s”. Pilih nama lain."),
    "filter_not_found": N_("Saringan itu tidak ada, atau bukan milik Anda."),
    "filter_share_not_allowed": N_(
        "Anda hanya dapat membagikan saringan kepada unit Anda sendiri, bukan kepada %(unit)s."
    ),
}
