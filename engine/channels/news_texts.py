"""The texts of `engine.channels.news`, by language and what is told."""

from __future__ import annotations

SUBJECTS = {
    "id": {
        "delegated": "Diserahkan kepada Anda: {step}",
        "recalled": "Ditarik kembali: {step}",
        "handed_back": "Kembali kepada Anda: {step}",
        "reassigned": "Ditugaskan kepada Anda: {step}",
        "taken": "Dialihkan dari Anda: {step}",
        "returned": "Dikembalikan: {step}",
        "consulted": "Pertanyaan dari {by}: {step}",
        "question_withdrawn": "Pertanyaan ditarik: {step}",
        "answered": "Jawaban dari {by}: {step}",
        "mentioned": "{by} menyebut Anda dalam komentar: {step}",
        "watched_done": "{by} menyelesaikan: {step}",
        "watched_late": "Terlambat di kasus yang Anda pantau: {step}",
        "watched_end": "Kasus yang Anda pantau selesai: {sop}",
        "watched_cancelled": "Kasus yang Anda pantau dibatalkan: {sop}",
        "leave_planned": "Anda akan menggantikan {other}, {days}",
        "leave_noted": "Cuti Anda dicatat: {days}",
        "leave_changed": "Cuti {other} berubah: {days}",
        "leave_cancelled": "Cuti {other} batal atau berakhir lebih awal",
        "leave_handed_on": "Anda tidak lagi menggantikan {other}",
        "leave_shortened": "Cuti Anda batal atau berakhir lebih awal",
        "leave_relayed": "Pengganti Anda cuti {days}",
        "leave_began": "Anda kini menggantikan {other} sampai {until}",
        "leave_ended": "Selamat bekerja kembali",
        "draft_submitted": "Rancangan menunggu pengesahan: {other}",
        "draft_returned": "Rancangan dikembalikan: {other}",
        "draft_approved": "Rancangan disahkan: {other}",
        "draft_taken_back": "Pengesahan gugur: {other}",
        "sop_published": "SOP diterbitkan: {other}",
        "sop_review": "Saatnya evaluasi: {other}",
    },
    "en": {
        "delegated": "Handed to you: {step}",
        "recalled": "Taken back: {step}",
        "handed_back": "Back with you: {step}",
        "reassigned": "Assigned to you: {step}",
        "taken": "Assigned to somebody else: {step}",
        "returned": "Given back: {step}",
        "consulted": "A question from {by}: {step}",
        "question_withdrawn": "Question withdrawn: {step}",
        "answered": "An answer from {by}: {step}",
        "mentioned": "{by} mentions you in a comment: {step}",
        "watched_done": "{by} has completed: {step}",
        "watched_late": "Late in a case that you watch: {step}",
        "watched_end": "A case that you watch is completed: {sop}",
        "watched_cancelled": "A case that you watch was cancelled: {sop}",
        "leave_planned": "You will stand in for {other}, {days}",
        "leave_noted": "Your leave is noted: {days}",
        "leave_changed": "The leave of {other} has changed: {days}",
        "leave_cancelled": "The leave of {other} is cancelled or ends early",
        "leave_handed_on": "You no longer stand in for {other}",
        "leave_shortened": "Your leave is cancelled or ends early",
        "leave_relayed": "Your substitute is on leave {days}",
        "leave_began": "You now stand in for {other} until {until}",
        "leave_ended": "Welcome back",
        "draft_submitted": "A draft waits for approval: {other}",
        "draft_returned": "Draft given back: {other}",
        "draft_approved": "Draft approved: {other}",
        "draft_taken_back": "Approval void: {other}",
        "sop_published": "SOP published: {other}",
        "sop_review": "Time for an evaluation: {other}",
    },
}
BODIES = {
    "id": {
        "delegated": "Yth. {name},\n\n{by} menyerahkan tugas ini kepada Anda untuk disiapkan: "
        "{what}.\n\n{asked}\n{note_line}\n{due}\n\nSetelah siap, kembalikan di Alur: pemegang "
        "tugasnya yang menyelesaikan.",
        "recalled": "Yth. {name},\n\n{by} menarik kembali tugas yang diserahkan kepada Anda: "
        "{what}. Anda tidak perlu melanjutkannya.\n\n{note_line}",
        "handed_back": "Yth. {name},\n\n{by} mengembalikan tugas yang Anda serahkan: {what}.\n\n"
        "{note_line}\n{due}",
        "reassigned": "Yth. {name},\n\n{by} menugaskan ini kepada Anda: {what}.\n\n{note_line}\n"
        "{due}",
        "taken": "Yth. {name},\n\n{by} mengalihkan tugas yang ada pada Anda kepada {other}: "
        "{what}.\n\n{note_line}",
        "returned": "Yth. {name},\n\n{by} mengembalikan tugas ini: {what}.\n\n{note_line}\n{due}",
        "consulted": "Yth. {name},\n\n{by} bertanya kepada Anda tentang tugas ini: {what}. "
        "Tugasnya tetap pada penanya; Anda cukup menjawab di Alur.\n\n{note}",
        "question_withdrawn": "Yth. {name},\n\n{by} menarik pertanyaannya tentang tugas ini: "
        "{what}. Anda tidak perlu menjawabnya lagi.",
        "answered": "Yth. {name},\n\n{by} menjawab pertanyaan Anda tentang tugas ini: {what}.\n\n"
        "{note}",
        "mentioned": "Yth. {name},\n\n{by} menyebut Anda dalam komentar tentang {what}:\n\n{note}",
        "watched_done": "Yth. {name},\n\nkasus yang Anda pantau maju: {by} menyelesaikan {what}.",
        "watched_late": "Yth. {name},\n\ndi kasus yang Anda pantau sebuah tugas melewati "
        "tenggatnya: {what}.\n\n{due}",
        "watched_end": "Yth. {name},\n\nkasus yang Anda pantau sudah selesai: {what}.",
        "watched_cancelled": "Yth. {name},\n\nkasus yang Anda pantau dibatalkan: {what}.\n\n"
        "{note_line}",
        "leave_planned": "Yth. {name},\n\n{other} cuti {days}{scope}. Selama itu "
        "Anda yang menggantikan: tugasnya tampil di kotak masuk Anda, dan kabarnya datang kepada "
        "Anda.\n\n{note_line}",
        "leave_noted": "Yth. {name},\n\n{by} mencatat cuti Anda {days}{scope}. "
        "Anda digantikan {other}.\n\n{note_line}",
        "leave_changed": "Yth. {name},\n\ncuti {other} kini {days}{scope}. Selama "
        "itu Anda yang menggantikan.\n\n{note_line}",
        "leave_cancelled": "Yth. {name},\n\ncuti {other} yang semula {days} batal "
        "atau berakhir lebih awal. Anda tidak menggantikan lagi.",
        "leave_handed_on": "Yth. {name},\n\n{by} menunjuk orang lain untuk menggantikan {other}, "
        "yang semula Anda gantikan {days}. Anda tidak menggantikan lagi.",
        "leave_shortened": "Yth. {name},\n\n{by} membatalkan atau mengakhiri lebih awal cuti Anda "
        "yang semula {days}.",
        "leave_relayed": "Yth. {name},\n\npengganti Anda cuti {days}. Selama itu "
        "{other} menggantikan Anda berdua.",
        "leave_began": "Yth. {name},\n\nmulai hari ini sampai {until} Anda menggantikan "
        "{other}{scope}. Tugas yang sudah terbuka:\n\n{items}\n\n{note_line}",
        "leave_ended": "Yth. {name},\n\ncuti Anda {days} sudah berakhir. {other} "
        "menggantikan Anda; {count} tugas diselesaikan atas nama Anda. Yang menunggu Anda:\n\n"
        "{items}",
        "draft_submitted": "Yth. {name},\n\n{by} mengajukan rancangan SOP “{other}” untuk "
        "disahkan.\n\nYang berubah: {note}\n\nPeriksa perubahannya di Alur, lalu sahkan atau "
        "kembalikan.",
        "draft_returned": "Yth. {name},\n\n{by} mengembalikan rancangan SOP “{other}”.\n\n"
        "Alasannya: {note}\n\nPerbaiki di Alur, lalu ajukan lagi.",
        "draft_approved": "Yth. {name},\n\n{by} mengesahkan rancangan SOP “{other}”. Rancangan ini "
        "kini dapat diterbitkan.\n\n{note_line}",
        "draft_taken_back": "Yth. {name},\n\n{by} menarik kembali rancangan SOP “{other}” untuk "
        "diubah lagi. Pengesahan Anda gugur; Anda dikabari bila diajukan lagi.",
        "sop_published": "Yth. {name},\n\n{by} menerbitkan SOP “{other}”, berlaku mulai {since}."
        "\n\nYang berubah: {note}",
        "sop_review": "Yth. {name},\n\nSOP “{other}” perlu dievaluasi paling lambat {since}. Bila "
        "masih sesuai, catat di Alur bahwa sudah dievaluasi; bila tidak, mulai rancangan baru.",
    },
    "en": {
        "delegated": "Dear {name},\n\n{by} hands you this task to prepare: {what}.\n\n{asked}\n"
        "{note_line}\n{due}\n\nWhen it is ready, give it back in Alur: whoever holds the task "
        "completes it.",
        "recalled": "Dear {name},\n\n{by} takes back the task that was handed to you: {what}. You "
        "need not go on with it.\n\n{note_line}",
        "handed_back": "Dear {name},\n\n{by} gives back the task that you handed over: {what}.\n\n"
        "{note_line}\n{due}",
        "reassigned": "Dear {name},\n\n{by} assigns this to you: {what}.\n\n{note_line}\n{due}",
        "taken": "Dear {name},\n\n{by} assigns the task that was yours to {other}: {what}.\n\n"
        "{note_line}",
        "returned": "Dear {name},\n\n{by} gives back this task: {what}.\n\n{note_line}\n{due}",
        "consulted": "Dear {name},\n\n{by} asks you about this task: {what}. The task stays with "
        "whoever asks; all you do is answer in Alur.\n\n{note}",
        "question_withdrawn": "Dear {name},\n\n{by} withdraws the question about this task: "
        "{what}. You need not answer it any more.",
        "answered": "Dear {name},\n\n{by} answers your question about this task: {what}.\n\n{note}",
        "mentioned": "Dear {name},\n\n{by} mentions you in a comment about {what}:\n\n{note}",
        "watched_done": "Dear {name},\n\na case that you watch goes on: {by} has completed {what}.",
        "watched_late": "Dear {name},\n\nin a case that you watch a task is past its deadline: "
        "{what}.\n\n{due}",
        "watched_end": "Dear {name},\n\na case that you watch is completed: {what}.",
        "watched_cancelled": "Dear {name},\n\na case that you watch was cancelled: {what}.\n\n"
        "{note_line}",
        "leave_planned": "Dear {name},\n\n{other} is on leave {days}{scope}. You "
        "stand in: their tasks show in your inbox, and what they would be told comes to you.\n\n"
        "{note_line}",
        "leave_noted": "Dear {name},\n\n{by} has noted your leave {days}{scope}. "
        "{other} stands in.\n\n{note_line}",
        "leave_changed": "Dear {name},\n\nthe leave of {other} is now {days}"
        "{scope}. You stand in.\n\n{note_line}",
        "leave_cancelled": "Dear {name},\n\nthe leave of {other} that was to be {days}"
        " is cancelled or ends early. You do not stand in any more.",
        "leave_handed_on": "Dear {name},\n\n{by} has named somebody else to stand in for {other}, "
        "which was to be you {days}. You do not stand in any more.",
        "leave_shortened": "Dear {name},\n\n{by} has cancelled your leave that was to be {days}, "
        "or ended it early.",
        "leave_relayed": "Dear {name},\n\nyour substitute is on leave {days}. "
        "{other} stands in for both of you.",
        "leave_began": "Dear {name},\n\nfrom today until {until} you stand in for {other}{scope}. "
        "The tasks that are open:\n\n{items}\n\n{note_line}",
        "leave_ended": "Dear {name},\n\nyour leave {days} is over. {other} stood "
        "in; {count} tasks were completed in your place. What waits for you:\n\n{items}",
        "draft_submitted": "Dear {name},\n\n{by} submits a draft of the SOP “{other}” for "
        "approval.\n\nWhat has changed: {note}\n\nLook at the changes in Alur, then approve the "
        "draft or give it back.",
        "draft_returned": "Dear {name},\n\n{by} gives back the draft of the SOP “{other}”.\n\n"
        "The reason: {note}\n\nMend it in Alur, then submit it again.",
        "draft_approved": "Dear {name},\n\n{by} approves the draft of the SOP “{other}”. It can be "
        "published now.\n\n{note_line}",
        "draft_taken_back": "Dear {name},\n\n{by} takes back the draft of the SOP “{other}” to "
        "change it again. Your approval is void; you will hear when it is submitted again.",
        "sop_published": "Dear {name},\n\n{by} publishes the SOP “{other}”, in force from {since}."
        "\n\nWhat has changed: {note}",
        "sop_review": "Dear {name},\n\nthe SOP “{other}” is to be evaluated by {since}. If it "
        "still fits, note in Alur that it was evaluated; if not, begin a new draft.",
    },
}
LABELS = {
    "id": {
        "note": "Catatan: {note}",
        "asked": "Yang diminta: {asked}.",
        "scope": " untuk jabatan {scope}",
        "no_due": "tanpa tenggat",
        "more": "- … dan {more} lagi",
        "days": "{since} sampai {until}",
        "day": "{since}",
    },
    "en": {
        "note": "Note: {note}",
        "asked": "What is asked: {asked}.",
        "scope": " as {scope}",
        "no_due": "no deadline",
        "more": "- … and {more} more",
        "days": "from {since} to {until}",
        "day": "on {since}",
    },
}
NO_ITEMS = {"id": "Belum ada tugas yang terbuka.", "en": "No task is open."}
