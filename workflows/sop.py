"""An SOP as a value: its identity block, who takes part, and its steps in sheet order."""

from dataclasses import dataclass

from workflows.deadlines import Ladder
from workflows.mutu_baku import MutuBaku


@dataclass(frozen=True)
class Identitas:
    """The first page of the sheet, as written there; what the sheet leaves open is empty."""

    nama: str
    nomor: str = ""
    tanggal_pembuatan: str = ""
    tanggal_revisi: str = ""
    tanggal_efektif: str = ""
    disahkan_oleh: str = ""
    unit: str = ""
    jumlah_waktu: str = ""
    dasar_hukum: tuple[str, ...] = ()
    kualifikasi_pelaksana: tuple[str, ...] = ()
    keterkaitan: tuple[str, ...] = ()
    peralatan: tuple[str, ...] = ()
    peringatan: tuple[str, ...] = ()
    pencatatan: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pelaksana:
    """A column of the sheet: a lane and the role code that it asks for; without a lane ("") the
    role that steps outside all lanes ask for."""

    lane_id: str
    name: str
    role: str
    collective: bool


@dataclass(frozen=True)
class Kegiatan:
    """One step that a person does.

    `node` is the BPMN id; `nomor` the row on the sheet, "" for a step without a row there.
    `documentation` is the sheet's sentence, `catatan` what the file adds to it ("[INF] …").
    `unit_variable` names the variable that holds the unit in which the role is looked up; None
    means the case's own unit. `beda_orang`: nodes of the steps that another person must have done;
    `strategis`: it decides what a Plt or Plh may not (UU 30/2014 Ps 14(7)). `tangga`: the reminder
    ladder that is drawn at it.
    """

    node: str
    nomor: str
    name: str
    documentation: str
    role: str
    role_name: str
    mutu_baku: MutuBaku
    formulir: str | None
    unit_variable: str | None
    multi_instance: bool
    catatan: tuple[str, ...] = ()
    beda_orang: tuple[str, ...] = ()
    strategis: bool = False
    tangga: Ladder | None = None


@dataclass(frozen=True)
class DataAwal:
    """A variable that the case is given at its start: `nama`, from which source, of which kind."""

    nama: str
    sumber: str
    jenis: str


@dataclass(frozen=True)
class Sop:
    """A readable SOP. `key` is the id of its process; `tangga`: the reminder ladder that is drawn
    for all its steps; `penentu`: the variables that decide which way a case goes."""

    key: str
    name: str
    identitas: Identitas
    pelaksana: tuple[Pelaksana, ...]
    kegiatan: tuple[Kegiatan, ...]
    data_awal: tuple[DataAwal, ...]
    tangga: Ladder | None = None
    penentu: frozenset[str] = frozenset()

    def kegiatan_at(self, node: str) -> Kegiatan | None:
        """The step at this BPMN id; None for an event, a gateway or an unknown id."""
        return next((one for one in self.kegiatan if one.node == node), None)

    def partners_of(self, node: str) -> tuple[str, ...]:
        """The nodes of the steps that another person must do than the one at this node, whichever
        of the two says so."""
        own = self.kegiatan_at(node)
        named = own.beda_orang if own else ()
        naming = (one.node for one in self.kegiatan if node in one.beda_orang)
        return tuple(dict.fromkeys((*named, *naming)))
