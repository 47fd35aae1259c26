"""The processes that are measured, as files that SpiffWorkflow and Alur both read."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

NEAR, FAR = 10, 10_000


@dataclass(frozen=True)
class Model:
    """A process and how it is driven.

    A lap is a round of a loop: that many user tasks, or a day that passes when `tasks` is 0. It is
    measured after each number of laps in `points`, for `blocks` times `laps` laps, `runs` times
    with a new case. `far`: the lap at which Alur alone is compared with itself at lap `NEAR`, in
    `pairs` pairs of blocks. `to_the_end`: whether SpiffWorkflow is driven until it stalls.
    """

    name: str
    xml: bytes
    points: tuple[int, ...]
    tasks: int = 1
    blocks: int = 4
    laps: int = 5
    runs: int = 1
    far: int = 0
    pairs: int = 40
    to_the_end: bool = False


def linear(size: int, first: int, *, blocks: int = 4, runs: int = 1) -> Model:
    steps = [f"langkah_{number}" for number in range(size)]
    xml = _process([_user(step) for step in steps], _chain(["mulai", *steps, "selesai"]))
    return Model(f"lurus, {size} langkah", xml, (first,), blocks=blocks, runs=runs)


def revise_loop() -> Model:
    nodes = [_user("susun"), _user("telaah"), '<exclusiveGateway id="putusan" default="ulang"/>']
    flows = [
        *_chain(["mulai", "susun", "telaah", "putusan"]),
        _flow("putusan", "susun", "ulang"),
        _flow("putusan", "selesai", condition="keputusan == 'setuju'"),
    ]
    xml = _process(nodes, flows)
    return Model("putaran perbaikan", xml, (NEAR, 100, 300), tasks=2, far=FAR, to_the_end=True)


def parallel_loop() -> Model:
    nodes = [
        '<parallelGateway id="bagi"/>',
        _user("hitung"),
        _user("tulis"),
        '<parallelGateway id="kumpul"/>',
        _user("telaah"),
        '<exclusiveGateway id="putusan" default="ulang"/>',
        '<exclusiveGateway id="masuk"/>',
    ]
    flows = [
        *_chain(["mulai", "masuk", "bagi", "hitung", "kumpul"]),
        *_chain(["bagi", "tulis", "kumpul", "telaah", "putusan"]),
        _flow("putusan", "masuk", "ulang"),
        _flow("putusan", "selesai", condition="keputusan == 'setuju'"),
    ]
    xml = _process(nodes, flows)
    return Model("putaran dengan cabang paralel", xml, (NEAR, 30), tasks=3, blocks=2, far=FAR)


def subprocess_loop() -> Model:
    inside = _user("susun") + "".join(_chain(["awal", "susun", "akhir"]))
    nodes = [
        f'<subProcess id="penyusunan"><startEvent id="awal"/>{inside}<endEvent id="akhir"/>'
        "</subProcess>",
        _user("telaah"),
        '<exclusiveGateway id="putusan" default="ulang"/>',
    ]
    flows = [
        *_chain(["mulai", "penyusunan", "telaah", "putusan"]),
        _flow("putusan", "penyusunan", "ulang"),
        _flow("putusan", "selesai", condition="keputusan == 'setuju'"),
    ]
    xml = _process(nodes, flows)
    return Model("putaran dengan subproses", xml, (NEAR, 100), tasks=2, far=FAR)


def multi_instance(size: int) -> Model:
    loop = (
        "<multiInstanceLoopCharacteristics>"
        f"<loopCardinality>{size}</loopCardinality></multiInstanceLoopCharacteristics>"
    )
    nodes = [f'<userTask id="isi" name="isi">{loop}</userTask>']
    xml = _process(nodes, _chain(["mulai", "isi", "selesai"]))
    return Model(f"{size} pelaksana sekaligus", xml, (0,), blocks=size // 5)


def daily_reminder() -> Model:
    """A step with a reminder a day that does not interrupt it."""
    nodes = [
        _user("kerjakan"),
        '<boundaryEvent id="harian" attachedToRef="kerjakan" cancelActivity="false">'
        "<timerEventDefinition><timeCycle>'R400/P1D'</timeCycle></timerEventDefinition>"
        "</boundaryEvent>",
        '<intermediateThrowEvent id="diingatkan"/>',
        '<endEvent id="cukup"/>',
    ]
    flows = [*_chain(["mulai", "kerjakan", "selesai"]), *_chain(["harian", "diingatkan", "cukup"])]
    xml = _process(nodes, flows)
    return Model("pengingat harian", xml, (NEAR, 100, 300), tasks=0, blocks=3, far=365)


def daily_check() -> Model:
    """Look every day whether it is resolved."""
    nodes = [
        '<intermediateCatchEvent id="besok"><timerEventDefinition>'
        "<timeDuration>'P1D'</timeDuration></timerEventDefinition></intermediateCatchEvent>",
        '<exclusiveGateway id="putusan" default="ulang"/>',
    ]
    flows = [
        *_chain(["mulai", "besok", "putusan"]),
        _flow("putusan", "besok", "ulang"),
        _flow("putusan", "selesai", condition="keputusan == 'setuju'"),
    ]
    xml = _process(nodes, flows)
    points = (NEAR, 100, 300)
    return Model("periksa tiap hari", xml, points, tasks=0, far=365, to_the_end=True)


def all_models() -> list[Model]:
    return [
        linear(5, 0, blocks=1, runs=40),
        linear(20, 0, runs=30),
        linear(100, 40, runs=5),
        linear(500, 240),
        revise_loop(),
        parallel_loop(),
        subprocess_loop(),
        multi_instance(100),
        daily_reminder(),
        daily_check(),
    ]


def _process(nodes: Iterable[str], flows: Iterable[str]) -> bytes:
    inside = "".join(('<startEvent id="mulai"/>', *nodes, '<endEvent id="selesai"/>', *flows))
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions" '
        f'targetNamespace="urn:alurkerja:bench"><process id="uji" isExecutable="true">{inside}'
        "</process></definitions>"
    ).encode()


def _user(node: str) -> str:
    return f'<userTask id="{node}" name="{node}"/>'


def _chain(nodes: list[str]) -> list[str]:
    return [_flow(one, other) for one, other in pairwise(nodes)]


def _flow(source: str, target: str, name: str = "", condition: str = "") -> str:
    name = name or f"{source}_ke_{target}"
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{name}" {ends}>{inside}</sequenceFlow>'
