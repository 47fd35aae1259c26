"""BPMN bytes -> tree -> SOP. What cannot be read is refused with the element that is at fault."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import canonicalize

from lxml import etree

from workflows.bpmn_xml import read_xml
from workflows.deadlines import DrawnLadder, Ladder, read_drawn
from workflows.drawing import Drawing, Lane, Step, Written, read_drawing, rows
from workflows.errors import InvalidSopError, InvalidTimeError
from workflows.expressions import ExpressionError, compile_expression
from workflows.mutu_baku import Jadwal, MutuBaku, Waktu, read_waktu
from workflows.pelaksana import Role, role_for_lane
from workflows.process.nodes import all_nodes
from workflows.process.read import read_process
from workflows.sheet_order import in_sheet_order
from workflows.sop import DataAwal, Identitas, Kegiatan, Pelaksana, Sop
from workflows.vocabulary import IDENTITAS_ATTRIBUTES

__all__ = ["content_hash", "decision_ids", "form_names", "read_sop", "read_xml"]


def read_sop(root: etree._Element) -> Sop:
    """The SOP in a tree from `read_xml`; steps in sheet order, lanes in the file's order, then
    the roles that steps outside all lanes ask for.

    Strict, for files that `workflows.lint` has let pass. Raises InvalidSopError: unknown_role
    (a lane), step_without_lane, mutu_baku_missing, invalid_duration (element, text, reason),
    invalid_ladder (element, rung, field, reason).
    """
    drawing = read_drawing(root)
    columns = tuple(lane for lane in drawing.lanes.values() if lane.is_column)
    roles = {lane.id: _role(lane) for lane in columns}
    steps = in_sheet_order(drawing)
    asked = {step.asked.code: step.asked for step in steps if step.asked and not step.node.lane}
    return Sop(
        key=drawing.key,
        name=drawing.name,
        identitas=_identitas(drawing),
        pelaksana=(
            *(
                Pelaksana(lane.id, lane.name, roles[lane.id].code, roles[lane.id].collective)
                for lane in columns
            ),
            *(Pelaksana("", one.name, one.code, one.collective) for one in asked.values()),
        ),
        kegiatan=tuple(_kegiatan(step, roles) for step in steps),
        data_awal=tuple(DataAwal(**one) for one in drawing.data_awal),
        tangga=_tangga(drawing.tangga, {"element": drawing.key, "name": drawing.name}),
        penentu=frozenset(_deciders(root)),
    )


def form_names(root: etree._Element) -> frozenset[str]:
    """The form files that the steps name, as they are written; the lint judges the names.

    Raises InvalidSopError for a drawing that cannot be walked: invalid_id, unknown_reference.
    """
    return frozenset(step.formulir for step in read_drawing(root).steps if step.formulir)


def decision_ids(root: etree._Element) -> frozenset[str]:
    """The DMN decisions that the process asks, as `read_process` reads them.

    Raises InvalidSopError no_process, several_processes.
    """
    nodes = all_nodes(read_process(root).container)
    return frozenset(node.decision.decision for node in nodes if node.decision is not None)


def content_hash(root: etree._Element, forms: Mapping[str, str]) -> str:
    """SHA-256 (hex) over the canonical XML and the forms (file name -> text).

    The same for two spellings of one file: attribute order, quotes, indentation, comments.
    """
    digest = hashlib.sha256()
    parts = [canonicalize(etree.tostring(root, encoding="unicode"), strip_text=True).encode()]
    for name, text in sorted(forms.items()):
        parts += [name.encode(), text.encode()]
    for part in parts:
        # With its length in front, no two lists of parts can run together into the same bytes.
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _deciders(root: etree._Element) -> Iterator[str]:
    """What the conditions on the ways read; one that cannot be computed stops the case anyway."""
    for node in all_nodes(read_process(root).container):
        for flow in node.outgoing:
            try:
                yield from compile_expression(flow.condition).names if flow.condition else ()
            except ExpressionError:
                pass


def _role(lane: Lane) -> Role:
    role = role_for_lane(lane.pelaksana, lane.name)
    if role is None:
        raise InvalidSopError(
            "unknown_role",
            element=lane.id,
            name=lane.name,
            pelaksana=lane.pelaksana,
            line=lane.line,
        )
    return role


def _identitas(drawing: Drawing) -> Identitas:
    block = drawing.identitas
    if block is None:
        return Identitas(nama=drawing.name)
    nomor, pembuatan, revisi, efektif, disahkan, unit, jumlah = (
        (block.get(name) or "").strip() for name in IDENTITAS_ATTRIBUTES
    )
    return Identitas(
        nama=drawing.name,
        nomor=nomor,
        tanggal_pembuatan=pembuatan,
        tanggal_revisi=revisi,
        tanggal_efektif=efektif,
        disahkan_oleh=disahkan,
        unit=unit,
        jumlah_waktu=jumlah,
        dasar_hukum=rows(block, "dasarHukum"),
        kualifikasi_pelaksana=rows(block, "kualifikasiPelaksana"),
        keterkaitan=rows(block, "keterkaitan"),
        peralatan=rows(block, "peralatan"),
        peringatan=rows(block, "peringatan"),
        pencatatan=rows(block, "pencatatan"),
    )


def _kegiatan(step: Step, roles: Mapping[str, Role]) -> Kegiatan:
    node = step.node
    at: dict[str, Any] = {"element": node.id, "name": node.name, "line": node.line}
    role = roles.get(node.lane) if node.lane else step.asked
    if role is None:
        raise InvalidSopError("step_without_lane", **at)
    if step.mutu_baku is None:
        raise InvalidSopError("mutu_baku_missing", **at)
    try:
        mutu_baku = _mutu_baku(step.mutu_baku)
    except InvalidTimeError as error:
        raise InvalidSopError(error.code, **{**error.fields, **at}) from None
    sentence, *additions = step.documentation or ("",)
    return Kegiatan(
        node=node.id,
        nomor=step.nomor,
        name=node.name or node.id,
        documentation=sentence,
        catatan=tuple(additions),
        role=role.code,
        role_name=role.name,
        mutu_baku=mutu_baku,
        formulir=step.formulir,
        unit_variable=step.unit,
        multi_instance=step.multi_instance,
        beda_orang=step.beda_orang,
        strategis=step.strategis,
        tangga=_tangga(step.tangga, at),
    )


def _tangga(drawn: tuple[DrawnLadder, ...], at: Mapping[str, Any]) -> Ladder | None:
    try:
        return read_drawn(drawn[0]) if drawn else None
    except InvalidTimeError as error:
        raise InvalidSopError(error.code, **{**error.fields, **at}) from None


def _mutu_baku(written: Written) -> MutuBaku:
    waktu, jadwal = (None, None) if written.tanpa_waktu else _standard(written.waktu)
    return MutuBaku(
        waktu=waktu,
        waktu_teks=written.waktu,
        kelengkapan=written.kelengkapan,
        output=written.output,
        alasan=written.alasan,
        jadwal=jadwal,
        acuan=written.acuan,
    )


def _standard(text: str) -> tuple[Waktu | None, Jadwal | None]:
    """A text with several readings, or none, stays as it is written: the step has no due date,
    which the lint has said. Raises InvalidTimeError(invalid_duration)."""
    try:
        return read_waktu(text)
    except InvalidTimeError as error:
        if error.code == "invalid_duration":
            raise
        return None, None
