"""What a part of a file is read with: the file, its decision, the names that it may use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from workflows.bpmn_xml import line_of, local_name
from workflows.decisions.document import MAX_ID, Document, text_of
from workflows.decisions.errors import InvalidDecisionError, UnfitError
from workflows.decisions.slots import ASKED, Slot, compile_slot
from workflows.decisions.type_refs import Type, read_type
from workflows.expressions.expression import Language

_FEEL: Final = re.compile(
    r"|feel|https?://www\.omg\.org/spec/(DMN/[0-9]{8}/FEEL|FEEL/[0-9]{8})/?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Context:
    """`types`: those that the file has been asked for before, by name; `names`: of variables that
    are no words, as written -> as a word."""

    document: Document
    types: dict[str, Type]
    decision: str
    names: Mapping[str, str]

    def language(self, element: etree._Element) -> Language:
        """Of an expression, by itself or by the file."""
        written = element.get("expressionLanguage") or self.document.language
        if _FEEL.fullmatch(written.strip()):
            return "feel"
        if written.strip().lower() == "juel":
            return "juel"
        raise InvalidDecisionError(
            "dmn_language_not_supported",
            decision=self.decision,
            element=(element.get("id") or local_name(element))[:MAX_ID],
            line=line_of(element),
            language=written[:100],
        )

    def slot(self, element: etree._Element) -> Slot:
        """Of an expression that belongs to no column, so that there is no `?` in it.

        Raises UnfitError.
        """
        slot = compile_slot(text_of(element), self.language(element), self.names)
        if ASKED in slot.names:
            raise UnfitError("unreadable", construct="?")
        return slot

    def type(self, written: str | None, column: str) -> Type:
        """Of a typeRef; any where there is none."""
        name = (written or "").strip()
        try:
            if name not in self.types:
                self.types[name] = read_type(name, self.document)
        except UnfitError as error:
            if error.reason != "unknown_type":
                raise self.head_invalid(column, name, error) from None
            raise InvalidDecisionError(
                "dmn_type_not_supported", decision=self.decision, column=column, type=name[:100]
            ) from None
        return self.types[name]

    def head_invalid(self, column: str, text: str, error: UnfitError) -> InvalidDecisionError:
        """Something in the head of a table."""
        fields = {"decision": self.decision, "column": column, "text": text[:200]}
        return InvalidDecisionError(
            "dmn_head_invalid", **{**fields, "reason": error.reason, **error.fields}
        )

    def cell_invalid(
        self, row: int, column: str, text: str, error: UnfitError
    ) -> InvalidDecisionError:
        fields = {"decision": self.decision, "row": row, "column": column, "text": text[:200]}
        return InvalidDecisionError(
            "dmn_cell_invalid", **{**fields, "reason": error.reason, **error.fields}
        )
