"""What a lembar disposisi may ask for, and how urgently: codes with their words by language.

A house choice, gathered from sheets in use; Permendagri 1/2023 has not been checked for a list of
its own (belum diverifikasi). The note beside it says whatever else there is to say.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from workflows.errors import InvalidAnswerError

Words = Mapping[str, str]

INSTRUCTIONS: Final[Mapping[str, Words]] = {
    "tindak_lanjuti": {"id": "Tindak lanjuti", "en": "Follow up"},
    "tanggapan": {"id": "Beri tanggapan dan saran", "en": "Give comments and advice"},
    "siapkan_bahan": {"id": "Siapkan bahan", "en": "Prepare the material"},
    "koordinasikan": {"id": "Koordinasikan", "en": "Coordinate"},
    "untuk_diketahui": {"id": "Untuk diketahui", "en": "For your information"},
}
URGENCIES: Final[Mapping[str, Words]] = {
    "biasa": {"id": "Biasa", "en": "Ordinary"},
    "segera": {"id": "Segera", "en": "Urgent"},
    "sangat_segera": {"id": "Sangat segera", "en": "Very urgent"},
}


def check_disposition(instructions: Collection[str], urgency: str) -> list[str]:
    """The instructions in the order of the list.

    Raises InvalidAnswerError: invalid_handover (field, reason unknown).
    """
    if set(instructions) - INSTRUCTIONS.keys():
        raise InvalidAnswerError("invalid_handover", field="instructions", reason="unknown")
    if urgency not in URGENCIES:
        raise InvalidAnswerError("invalid_handover", field="urgency", reason="unknown")
    return [code for code in INSTRUCTIONS if code in instructions]


def say_instructions(codes: Collection[str], language: str) -> str:
    """“Tindak lanjuti; Siapkan bahan”; an unknown language reads Indonesian."""
    return "; ".join(_say(INSTRUCTIONS, code, language) for code in codes)


def say_urgency(code: str, language: str) -> str:
    return _say(URGENCIES, code, language)


def _say(words: Mapping[str, Words], code: str, language: str) -> str:
    known = words.get(code, {})
    return known.get(language, known.get("id", code))
