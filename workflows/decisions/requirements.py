"""What a decision may read besides the variables of the case: the answers of other decisions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from workflows.bpmn_xml import line_of, local_name
from workflows.decisions.decision import Decision, Requirement
from workflows.decisions.document import Document, child, children, invalid
from workflows.decisions.slots import as_word
from workflows.decisions.table import Table

MAX_REQUIREMENTS: Final = 50
MAX_LETTERS: Final = 2_000  # of all names that are no words: each is looked for in each cell


@dataclass(frozen=True, slots=True)
class Needs:
    """Ids of the decisions and inputs that one decision is drawn to need."""

    decisions: tuple[str, ...]
    inputs: tuple[str, ...]


def read_needs(decision: etree._Element, document: Document) -> Needs:
    """Raises InvalidDecisionError for a reference that leads nowhere in this file."""
    name = (decision.get("id") or "").strip()
    decisions: list[str] = []
    inputs: list[str] = []
    for requirement in children(decision, "informationRequirement"):
        for reference in children(requirement, "requiredDecision", "requiredInput"):
            href = (reference.get("href") or "").strip()
            target = href.removeprefix("#")
            is_decision = local_name(reference) == "requiredDecision"
            known = document.decisions if is_decision else document.inputs
            if target not in known:
                line = line_of(reference)
                raise invalid("unknown_reference", name, element=href[:200], line=line)
            (decisions if is_decision else inputs).append(target)
    if len(decisions) + len(inputs) > MAX_REQUIREMENTS:
        raise invalid("too_many_requirements", name, limit=MAX_REQUIREMENTS)
    return Needs(tuple(dict.fromkeys(decisions)), tuple(dict.fromkeys(inputs)))


@dataclass(frozen=True, slots=True)
class Offer:
    """What a name stands for: the answer of `decision`, or the result of its `output`; of the
    variable `written` of the case, where there is no decision."""

    decision: str = ""
    output: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """`offers`: by the word that expressions contain; several for one word are ambiguous.
    `words`: of names that are no words, as written -> as a word."""

    offers: Mapping[str, frozenset[Offer]]
    words: Mapping[str, str]


def read_names(
    decision: str, needs: Needs, document: Document, found: Mapping[str, Decision]
) -> Names:
    """`found`: the decisions that are needed, already read. Raises InvalidDecisionError."""
    offers: dict[str, set[Offer]] = {}
    words: dict[str, str] = {}
    for written, offer in _offers(needs, document, found):
        word = as_word(written)
        offers.setdefault(word, set()).add(offer)
        if word != written:
            words[written] = word
    if sum(map(len, words)) > MAX_LETTERS:
        raise invalid("names_too_long", decision, limit=MAX_LETTERS)
    return Names({word: frozenset(several) for word, several in offers.items()}, words)


def check_unambiguous(names: Names, read: Iterable[str], decision: str) -> None:
    """Raises InvalidDecisionError for a name that is read and could mean two things."""
    for word in sorted(read):
        if len(names.offers.get(word, ())) > 1:
            written = next((long for long, short in names.words.items() if short == word), word)
            raise invalid("ambiguous_name", decision, name=written)


def requirements_of(names: Names, needs: Needs) -> tuple[Requirement, ...]:
    whole: dict[str, list[str]] = {name: [] for name in needs.decisions}
    single: dict[str, dict[str, str]] = {name: {} for name in needs.decisions}
    for word, offers in names.offers.items():
        for offer in offers:
            if offer.output:
                single[offer.decision][word] = offer.output
            elif offer.decision:
                whole[offer.decision].append(word)
    return tuple(Requirement(name, tuple(whole[name]), single[name]) for name in needs.decisions)


def aliases_of(names: Names) -> dict[str, str]:
    """Variables of the case whose names are no words, as written -> as a word."""
    return {
        offer.written: word
        for word, offers in names.offers.items()
        for offer in offers
        if offer.written and offer.written != word
    }


def _offers(
    needs: Needs, document: Document, found: Mapping[str, Decision]
) -> Iterator[tuple[str, Offer]]:
    for name in needs.inputs:
        for written in _written(document.inputs[name]):
            yield written, Offer(written=written)
    for name in needs.decisions:
        logic = found[name].logic
        outputs = [one.name for one in logic.outputs] if isinstance(logic, Table) else [logic.name]
        for written in (*_written(document.decisions[name]), name):
            yield written, Offer(name)
        for output in outputs:
            yield output, Offer(name, output if len(outputs) > 1 else "")


def _written(element: etree._Element) -> list[str]:
    """The names of the variable and of the element itself."""
    variable = child(element, "variable")
    given = ["" if variable is None else variable.get("name"), element.get("name")]
    return [" ".join(one.split()) for one in given if one and one.strip()]
