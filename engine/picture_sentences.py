"""What is wrong with a diagram that is to be drawn; see `engine.sentences`."""

from collections.abc import Mapping

from workflows.said import N_

PICTURES: Mapping[str, str] = {
    "picture_too_large": N_(
        "Diagram ini memuat %(size)s bagian, lebih dari %(limit)s yang dapat digambar. Pecahlah "
        "SOP ini menjadi beberapa SOP."
    ),
}
