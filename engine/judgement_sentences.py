"""What is wrong with a question about the judge's rules; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

JUDGEMENTS: Mapping[str, str] = {
    "rule_not_found": N_("Aturan “%(rule)s” tidak ada. Lihat daftar semua aturan."),
}
