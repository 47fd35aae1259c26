"""DMN decisions: which tables and expressions are read, and what they answer. Pure.

Every cell is compiled when the file is read; nothing is ever handed to eval.
"""

from workflows.decisions.answers import answer
from workflows.decisions.decision import Decision
from workflows.decisions.errors import DecisionError, InvalidDecisionError
from workflows.decisions.reader import read_decisions

__all__ = ["Decision", "DecisionError", "InvalidDecisionError", "answer", "read_decisions"]
