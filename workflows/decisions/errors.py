"""What can be wrong with a decision: with its file, or with one answer."""

from workflows.errors import SopError


class InvalidDecisionError(SopError):
    """A DMN file that Alur refuses, before anything of it is evaluated.

    Codes: those of `workflows.bpmn_xml.parse_hardened`; `dmn_wrong_namespace`, `dmn_no_decision`;
    and, naming the `decision` where there is one: `dmn_element_not_supported` (element, kind,
    line), `dmn_language_not_supported` (language), `dmn_unknown_hit_policy` (policy),
    `dmn_type_not_supported` (column, type), `dmn_invalid` (reason),
    `dmn_cell_invalid` (row from 1, column, text, reason), `dmn_head_invalid` (column, text,
    reason), `dmn_formula_invalid` (text, reason). `reason` is a word; `cause` the code of an
    ExpressionError behind it.
    """


class DecisionError(SopError):
    """A decision that has no answer for these variables. All name the `decision`.

    Codes: `dmn_not_unique`, `dmn_any_differs`, `dmn_priority_tie` (rows), `dmn_input_invalid`
    (column, text, reason), `dmn_cell_failed` (row, column, text, reason), `dmn_head_failed`
    (column, text, reason), `dmn_formula_failed` (text, reason), `dmn_shape` (shape, reason),
    `dmn_too_much_work`. `reason` is a word, with `name` or `value` where it needs one.
    """


class UnfitError(Exception):
    """A value that does not fit where it stands; `reason` is the word that an error names.

    Caught where row and column are known.
    """

    def __init__(self, reason: str, **fields: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields = fields
