"""What happened, as the history of a case and its dossier tell it: (Indonesian, English)."""

from __future__ import annotations

EVENTS = {
    "case_started": ("SOP dimulai", "SOP started"),
    "case_completed": ("SOP selesai", "SOP finished"),
    "item_claimed": ("Tugas diambil", "Task taken"),
    "item_released": ("Tugas dilepaskan", "Task released"),
    "item_withdrawn": ("Tugas ditarik", "Task withdrawn"),
    "item_completed": ("Tugas diselesaikan", "Task completed"),
    "document_attached": ("Dokumen dilampirkan", "Document attached"),
    "reminder_raised": ("Pengingat dikirim", "Reminder sent"),
    "overdue_raised": ("Keterlambatan dikabarkan", "Lateness announced"),
    "escalation_raised": (
        "Keterlambatan dilaporkan kepada atasan",
        "Lateness reported to the superior",
    ),
    "timers_fired": ("Pewaktu menjalankan alur", "A timer moved the flow"),
    "case_retried": ("Alur dilanjutkan oleh administrator", "Resumed by an administrator"),
    "incident": ("Alur terhenti karena kesalahan", "The flow stopped because of an error"),
    "message_sent": ("Pesan dikirim", "Message sent"),
    "message_received": ("Pesan diterima", "Message received"),
    "signal_sent": ("Sinyal dikirim", "Signal sent"),
    "signal_received": ("Sinyal diterima", "Signal received"),
    "job_done": ("Pekerjaan otomatis selesai", "Automatic work done"),
    "job_error": ("Pekerjaan otomatis berakhir dengan galat", "Automatic work ended with an error"),
    "job_failed": ("Pekerjaan otomatis gagal", "Automatic work failed"),
    "case_suspended": ("Kasus ditangguhkan", "Case suspended"),
    "case_resumed": ("Kasus dilanjutkan", "Case resumed"),
    "case_cancelled": ("Kasus dibatalkan", "Case cancelled"),
    "case_migrated": (
        "Kasus dipindahkan ke versi SOP yang lain",
        "Case moved to another version of the SOP",
    ),
    "node_skipped": ("Langkah dilewati oleh administrator", "Step skipped by an administrator"),
    "token_moved": ("Alur dipindahkan oleh administrator", "Flow moved by an administrator"),
    "data_corrected": ("Data kasus diperbaiki", "Case data corrected"),
    "item_delegated": ("Tugas diserahkan untuk disiapkan", "Task handed over to be prepared"),
    "item_recalled": ("Tugas ditarik kembali", "Task taken back"),
    "item_handed_back": ("Tugas yang disiapkan dikembalikan", "Prepared task given back"),
    "item_reassigned": ("Tugas ditugaskan", "Task assigned"),
    "item_returned": ("Tugas dikembalikan", "Task given back"),
    "question_asked": ("Pertanyaan kepada rekan", "Question to a colleague"),
    "question_answered": ("Pertanyaan dijawab", "Question answered"),
    "question_withdrawn": ("Pertanyaan ditarik", "Question withdrawn"),
    "comment_added": ("Komentar", "Comment"),
    "watch_begun": ("Mulai memantau", "Began to watch"),
    "watch_ended": ("Berhenti memantau", "Stopped watching"),
    "item_paused": ("Tugas dijeda", "Task paused"),
    "item_resumed": ("Tugas dilanjutkan", "Task resumed"),
    "pause_ended": ("Jeda berakhir", "Pause ended"),
    "item_snoozed": ("Pengingat ditunda", "Reminders put off"),
    "due_moved": ("Tenggat bergeser", "Due date moved"),
    "sop_run_recorded": ("Percobaan direkam", "Trial kept as a recorded run"),
    "sop_run_ended": ("Rekaman percobaan diakhiri", "Recorded run ended"),
    "sop_draft_created": ("Rancangan SOP dimulai", "Draft of an SOP begun"),
    "sop_draft_saved": ("Rancangan SOP disimpan", "Draft of an SOP saved"),
    "sop_draft_restored": (
        "Revisi lama rancangan dipakai lagi",
        "Old revision of a draft restored",
    ),
    "sop_draft_renamed": ("Rancangan SOP diganti nama", "Draft of an SOP renamed"),
    "sop_draft_discarded": ("Rancangan SOP dibuang", "Draft of an SOP discarded"),
    "sop_draft_submitted": ("Rancangan SOP diajukan", "Draft of an SOP submitted"),
    "sop_draft_taken_back": ("Rancangan SOP ditarik kembali", "Draft of an SOP taken back"),
    "sop_draft_approved": ("Rancangan SOP disahkan", "Draft of an SOP approved"),
    "sop_draft_returned": ("Rancangan SOP dikembalikan", "Draft of an SOP given back"),
    "sop_published": ("SOP diterbitkan", "SOP published"),
    "sop_retired": ("SOP dinyatakan tidak berlaku", "SOP retired"),
    "sop_revived": ("SOP diberlakukan lagi", "SOP in use again"),
    "sop_reviewed": ("SOP dievaluasi", "SOP evaluated"),
}


def say_event(kind: str, language: str) -> str:
    """An unknown kind is told by its code."""
    words = EVENTS.get(kind)
    return words[language == "en"] if words else kind.replace("_", " ")
