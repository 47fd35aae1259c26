"""The demonstration agency, short SOPs around messages and jobs, and somebody who acts."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from engine.app import App
from engine.exchange_values import JobLine, Sent
from engine.inbox_values import InboxQuery
from engine.usecases import cases, definitions, inbox, jobs, messages, people, signals, work_items
from engine.values import CaseDetail, CaseLine, WorkItemLine
from workflows.rights import OPERATOR

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 WIB, an ordinary working day
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:sop="urn:alurkerja:sop:1.0" id="d" targetNamespace="urn:alurkerja:bpmn">'
)
LANES = (
    '<bpmn:laneSet id="jalur"><bpmn:lane id="jalur_1" name="Sekretaris" sop:pelaksana="sekretaris">'
    "{refs}</bpmn:lane></bpmn:laneSet>"
)


class Sketch:
    """Draws short SOPs; all static."""

    @staticmethod
    def draw(key: str, *elements: str, flows: str, shared: str = "", people: str = "") -> bytes:
        """A process of these elements; `flows`: "a>b b>c"; `shared`: messages, signals, errors;
        `people`: ids of its user tasks, which the sekretaris does."""
        drawn = "".join(
            f'<bpmn:sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}" />'
            for n, (a, b) in enumerate(flow.split(">") for flow in flows.split())
        )
        refs = "".join(f"<bpmn:flowNodeRef>{one}</bpmn:flowNodeRef>" for one in people.split())
        lanes = LANES.format(refs=refs) if refs else ""
        return (
            f'{HEAD}{shared}<bpmn:process id="{key}" name="SOP {key}" isExecutable="true">'
            f"{lanes}{''.join(elements)}{drawn}</bpmn:process></bpmn:definitions>"
        ).encode()

    @staticmethod
    def message(name: str) -> str:
        return f'<bpmn:message id="m_{name}" name="{name}" />'

    @staticmethod
    def signal(name: str) -> str:
        return f'<bpmn:signal id="s_{name}" name="{name}" />'

    @staticmethod
    def event(kind: str, node: str, content: str = "", **more: str) -> str:
        """An event of that kind: start, end, intermediateCatch, intermediateThrow, boundary."""
        extra = "".join(f' {name}="{value}"' for name, value in more.items())
        tag = f"{kind}Event"
        return f'<bpmn:{tag} id="{node}" name="{node}"{extra}>{content}</bpmn:{tag}>'

    @staticmethod
    def about(kind: str, name: str, keys: Mapping[str, str] | None = None, isi: str = "") -> str:
        """The definition of a message or signal event, with keys and what goes along."""
        rows = "".join(f'<sop:kunci nama="{k}" nilai="{v}" />' for k, v in (keys or {}).items())
        extension = f"<bpmn:extensionElements>{rows}{isi}</bpmn:extensionElements>"
        return (
            f"{extension if rows or isi else ''}"
            f'<bpmn:{kind}EventDefinition {kind}Ref="{kind[0]}_{name}" />'
        )

    @staticmethod
    def person_task(node: str) -> str:
        return (
            f'<bpmn:userTask id="{node}" name="Tugas {node}"><bpmn:extensionElements>'
            '<sop:mutuBaku waktu="30 menit"><sop:output>Hasil</sop:output></sop:mutuBaku>'
            "</bpmn:extensionElements></bpmn:userTask>"
        )

    @staticmethod
    def service(node: str, kind: str, name: str = "", isi: str = "", **more: str) -> str:
        extra = "".join(f' {key}="{value}"' for key, value in more.items())
        return (
            f'<bpmn:serviceTask id="{node}" name="Kerja {node}"><bpmn:extensionElements>'
            f'<sop:layanan jenis="{kind}" nama="{name}"{extra}>{isi}</sop:layanan>'
            "</bpmn:extensionElements></bpmn:serviceTask>"
        )

    @staticmethod
    def isi(**rows: str) -> str:
        return "".join(f'<sop:isi nama="{name}" nilai="{value}" />' for name, value in rows.items())

    @staticmethod
    def waiting(key: str, name: str, keys: Mapping[str, str] | None = None) -> bytes:
        """start > catch the message > a task of the sekretaris > end"""
        return Sketch.draw(
            key,
            Sketch.event("start", "mulai"),
            Sketch.event("intermediateCatch", "tunggu", Sketch.about("message", name, keys)),
            Sketch.person_task("lanjut"),
            Sketch.event("end", "selesai"),
            flows="mulai>tunggu tunggu>lanjut lanjut>selesai",
            shared=Sketch.message(name),
            people="lanjut",
        )


@dataclass
class House:
    """Acts as the operator, and as people of the agency; its clock moves when it is told to."""

    app: App
    now: datetime = MONDAY

    def deploy(self, xml: bytes, files: Mapping[str, str] | None = None) -> None:
        definitions.deploy_definition(self.app, OPERATOR, xml, files or {}, self.now)

    def start(self, key: str, data: Mapping[str, object] | None = None) -> int:
        case = cases.start_case(self.app, OPERATOR, key, "BAPPEDA", data or {}, self.now)
        return case.line.id

    def case(self, case_id: int) -> CaseDetail:
        return cases.read_case(self.app, OPERATOR, case_id, self.now)

    def state(self, case_id: int) -> tuple[str, tuple[str, ...]]:
        detail = self.case(case_id)
        return detail.line.state, detail.tokens

    def cases(self) -> tuple[CaseLine, ...]:
        return cases.list_cases(self.app, OPERATOR, self.now)

    def send(self, name: str, **options: object) -> Sent:
        keys, payload = options.pop("keys", {}), options.pop("payload", {})
        return messages.send_message(self.app, OPERATOR, name, keys, payload, self.now, **options)

    def signal(self, name: str, **options: object) -> Sent:
        payload = options.pop("payload", {})
        return signals.send_signal(self.app, OPERATOR, name, payload, self.now, **options)

    def jobs(self, case_id: int) -> tuple[JobLine, ...]:
        return jobs.list_jobs(self.app, OPERATOR, case_id)

    def events(self, case_id: int) -> list[str]:
        return [one.kind for one in self.case(case_id).history]

    def inbox(self, login: str = "sekretaris") -> tuple[WorkItemLine, ...]:
        actor = people.load_actor(self.app, login, self.now)
        return inbox.list_items(self.app, actor, InboxQuery(), self.now).lines

    def complete(self, login: str = "sekretaris") -> None:
        actor = people.load_actor(self.app, login, self.now)
        work_items.complete_work_item(self.app, actor, self.inbox(login)[0].id, {}, self.now)

    def wait(self, **length: float) -> None:
        self.now += timedelta(**length)


@pytest.fixture
def house(app: App) -> House:
    """Its database has the people already."""
    return House(app)


FUNCTIONS = """
import os, signal, threading, time
from engine.services import BusinessError

calls = []
script = []  # what the next calls do: a callable, or a value to give back
release = threading.Event()

def catat(request, context):
    calls.append((dict(request), context))
    act = script.pop(0) if script else None
    return act(request, context) if callable(act) else act

def tambah(request, context):
    return {"jumlah": request["a"] + request["b"]}

def tolak(request, context):
    raise BusinessError("DITOLAK", "anggaran habis")

def tidur(request, context):
    time.sleep(30)

def mati(request, context):
    if not os.path.exists(request["tanda"]):
        open(request["tanda"], "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return {"hidup": True}

tak_bisa = 7
"""
ENTRY_POINTS = """[alurkerja.services]
catat = alur_contoh:catat
tambah = alur_contoh:tambah
tolak = alur_contoh:tolak
tidur = alur_contoh:tidur
mati = alur_contoh:mati
rusak = alur_contoh:tidak_ada
"""


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module of an installed package that registers services."""
    folder = tmp_path / "site"
    info = folder / "alur_contoh-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "alur_contoh.py").write_text(FUNCTIONS, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: alur-contoh\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.syspath_prepend(str(folder))
    yield importlib.import_module("alur_contoh")
    sys.modules.pop("alur_contoh", None)


@pytest.fixture
def sketch() -> type[Sketch]:
    return Sketch
