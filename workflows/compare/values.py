"""What differs between two versions of an SOP, in the words of the sheet rather than of XML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lxml import etree

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Version:
    """One side: a tree from `read_xml` and the files beside it, name -> text."""

    root: etree._Element
    forms: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One detail: `field` names it, `before` and `after` hold its lines, none where it was empty.

    Fields: those of the identity block as the XML writes them (nomor, dasarHukum, …); of a node
    nama, jenis, pelaksana, pada, kejadian, berulang, uraian, lainnya, of a step also nomor,
    kelengkapan, waktu, acuan, alasan, output, formulir, unit, beda_orang, strategis, tangga; of a
    lane nama, role, uraian; of a flow dari, ke, label, syarat, bawaan, uraian; of the process nama,
    data_awal, tangga, uraian, lainnya; of a form field the names in `workflows.forms.Field`; of a
    form judul, urutan. "lainnya" says only that something differs which has no words of its own.
    """

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One element or form field that came, went or changed. `id`: in the later version, of a
    removed one in the earlier; `was`: its id before, where that differs; `tag`: its BPMN element,
    or the type of a form field."""

    kind: Kind
    id: str
    name: str
    tag: str
    changes: tuple[Change, ...] = ()
    was: str = ""


@dataclass(frozen=True)
class FormDifference:
    """A file beside the diagram. Without `fields` it differs in a way that is not read."""

    kind: Kind
    name: str
    fields: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """`redrawn`: the diagram looks different although nothing else of it may have changed."""

    proses: tuple[Change, ...]
    identitas: tuple[Change, ...]
    pelaksana: tuple[Difference, ...]
    kegiatan: tuple[Difference, ...]
    simpul: tuple[Difference, ...]
    alur: tuple[Difference, ...]
    formulir: tuple[FormDifference, ...]
    redrawn: bool

    @property
    def is_same(self) -> bool:
        """Whether both are carried out alike; the picture may still be drawn differently."""
        return not (
            self.proses or self.identitas or self.pelaksana or self.kegiatan
            or self.simpul or self.alur or self.formulir
        )  # fmt: skip

    @property
    def nodes(self) -> tuple[Difference, ...]:
        return (*self.kegiatan, *self.simpul)


def change(field: str, before: str | tuple[str, ...], after: str | tuple[str, ...]) -> Change:
    """A text that is empty has no line."""
    return Change(field, _lines(before), _lines(after))


def only_changes(*candidates: Change) -> tuple[Change, ...]:
    return tuple(one for one in candidates if one.before != one.after)


def _lines(value: str | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return tuple(value.splitlines())
