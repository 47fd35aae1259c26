"""The words of mails about accounts, in the recipient's language."""

from __future__ import annotations

from engine.channels.wording import in_language

KINDS = ("reset", "invite", "password_changed", "factor_changed")
SUBJECTS = {
    "reset": {"id": "Alur: buat kata sandi baru", "en": "Alur: set a new password"},
    "invite": {"id": "Undangan masuk ke Alur", "en": "Your invitation to Alur"},
    "password_changed": {
        "id": "Alur: kata sandi Anda diganti",
        "en": "Alur: your password was changed",
    },
    "factor_changed": {
        "id": "Alur: kode kedua Anda berubah",
        "en": "Alur: your second factor was changed",
    },
}
BODIES = {
    "reset": {
        "id": "Yth. {name},\n\nada permintaan kata sandi baru untuk akun “{login}”. Tautan di "
        "bawah berlaku satu jam dan hanya sekali.\n\nBila bukan Anda yang meminta, abaikan surel "
        "ini; kata sandi Anda tidak berubah.",
        "en": "Dear {name},\n\na new password was asked for the account “{login}”. The link below "
        "works for one hour and only once.\n\nIf it was not you who asked, ignore this mail; your "
        "password stays as it is.",
    },
    "invite": {
        "id": "Yth. {name},\n\nAnda mendapat akun di Alur dengan nama pengguna “{login}”. Buat "
        "kata sandi Anda lewat tautan di bawah; tautan berlaku tujuh hari dan hanya sekali.",
        "en": "Dear {name},\n\nyou have an account in Alur; your user name is “{login}”. Set your "
        "password by the link below; it works for seven days and only once.",
    },
    "password_changed": {
        "id": "Yth. {name},\n\nkata sandi akun “{login}” baru saja diganti; semua perangkat lain "
        "dikeluarkan.\n\nBila bukan Anda, segera minta kata sandi baru lewat “Lupa kata sandi?” "
        "pada halaman masuk, dan beri tahu administrator.",
        "en": "Dear {name},\n\nthe password of the account “{login}” was just changed; all other "
        "devices are logged out.\n\nIf it was not you, ask for a new password at once by “Forgot "
        "your password?” on the log-in page, and tell an administrator.",
    },
    "factor_changed": {
        "id": "Yth. {name},\n\nkode kedua (aplikasi autentikator) akun “{login}” baru saja "
        "diaktifkan, dimatikan, atau disetel ulang.\n\nBila bukan Anda, segera ganti kata sandi "
        "dan beri tahu administrator.",
        "en": "Dear {name},\n\nthe second factor (authenticator app) of the account “{login}” was "
        "just switched on, switched off or reset.\n\nIf it was not you, change your password at "
        "once and tell an administrator.",
    },
}
LINKS = {
    "reset": {"id": "Buat kata sandi baru", "en": "Set a new password"},
    "invite": {"id": "Buat kata sandi", "en": "Set your password"},
    "password_changed": {"id": "Keamanan akun saya", "en": "Security of my account"},
    "factor_changed": {"id": "Keamanan akun saya", "en": "Security of my account"},
}


def compose_account_mail(kind: str, locale: str, name: str, login: str) -> tuple[str, str, str]:
    """Subject, body and the text of the link."""
    body = in_language(BODIES[kind], locale).format(name=name, login=login)
    return in_language(SUBJECTS[kind], locale), body, in_language(LINKS[kind], locale)
