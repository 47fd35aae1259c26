"""The English catalogue is complete: what the pages say exists in both languages."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

WEB = Path(__file__).parents[2] / "web"
KEYWORDS = {
    **dict.fromkeys(("_", "N_", "gettext", "lazy", "Said")),
    "ngettext": (1, 2),
}


def test_nothing_is_untranslated_stale_or_fuzzy() -> None:
    english = _english()
    known = {_msgid(message.id): message for message in english if message.id}
    wanted = _extract()
    assert wanted - known.keys() == set(), "not in messages.po"
    assert known.keys() - wanted == set(), "no longer used"
    assert [m for m, message in known.items() if message.fuzzy or not all(_texts(message))] == []


def test_placeholders_survive_translation() -> None:
    for message in _english():
        assert message.id == "" or not list(message.check()), message.id


def _english() -> Catalog:
    with open(WEB / "translations/en/LC_MESSAGES/messages.po", "rb") as file:
        return read_po(file, locale="en")


def _extract() -> set[str]:
    with open(WEB / "babel.cfg", encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(WEB, methods, options, keywords=KEYWORDS)
    pages = {_msgid(msgid) for _, _, msgid, _, _ in found}
    shared = (
        extract_from_file("python", path, keywords=KEYWORDS)
        for path in (
            *sorted((WEB.parent / "engine").glob("*sentences.py")),
            *sorted((WEB.parent / "workflows").glob("lint/*.py")),
            WEB.parent / "workflows" / "said.py",
            WEB.parent / "engine" / "seating.py",
        )
    )
    return pages | {_msgid(msgid) for one in shared for _, msgid, _, _ in one}


def _msgid(msgid: object) -> str:
    return str(msgid[0] if isinstance(msgid, list | tuple) else msgid)


def _texts(message: object) -> tuple[str, ...]:
    string = getattr(message, "string", "")
    return tuple(string) if isinstance(string, list | tuple) else (string,)
