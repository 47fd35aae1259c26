"""The mark of texts that the pages show in other languages too."""

from workflows.said import N_

__all__ = ["N_"]
