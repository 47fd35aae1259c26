"""A sentence that can be said in another language is plain Indonesian to everybody else."""

import copy
import json

from workflows.said import Said, joined, one_of, read_said

ENGLISH = {
    '%(it)s tidak diawali "%(what)s".': 'A "%(what)s" does not begin %(it)s.',
    "Langkah": "the step",
    "%(one)s atau %(other)s": "%(one)s or %(other)s",
}


def english(text: str) -> str:
    return ENGLISH.get(text, text)


def test_it_is_said_with_what_is_said_within_it() -> None:
    said = Said('%(it)s tidak diawali "%(what)s".', it=Said("Langkah"), what="100 %(it)s")
    assert said == 'Langkah tidak diawali "100 %(it)s".'
    assert said.translated(english) == 'A "100 %(it)s" does not begin the step.'


def test_it_is_kept_as_json_and_copied() -> None:
    said = Said('%(it)s tidak diawali "%(what)s".', it=Said("Langkah"), what=7)
    for other in (read_said(json.loads(json.dumps(said.document()))), copy.deepcopy(said)):
        assert other == said and other.translated(english) == said.translated(english)
    assert json.dumps([said]) == json.dumps([str(said)])


def test_a_list_of_them_is_one() -> None:
    parts = [Said("Langkah"), "B", "C"]
    assert joined(parts).translated(english) == "the step, B, C"
    assert Said("%(x)s", x=one_of(parts)).translated(english) == "the step or B or C"
    assert one_of([]) == ""
