"""Random processes with lanes, sub-processes, boundary events and loops, as BPMN XML."""

from __future__ import annotations

from itertools import pairwise
from random import Random

_TASKS = ("task", "userTask", "serviceTask", "sendTask", "scriptTask", "callActivity")
_GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway")
_EVENTS = ("intermediateCatchEvent", "intermediateThrowEvent", "endEvent")
_WORDS = "Menyusun rancangan kepada Sekretaris keputusan Renja akhir dan lampiran".split()


def random_process(random: Random, nodes: int) -> bytes:
    """With `nodes` nodes besides those inside sub-processes."""
    names = [f"n{number}" for number in range(nodes)]
    elements: list[str] = []
    for name in names:
        element, extra = _node(random, name, depth=0)
        elements += [element, *extra]
    flows = _flows(random, names, "f")
    lanes = _lanes(random, names)
    pool = '<collaboration id="kolaborasi"><participant id="pool" processRef="p"/></collaboration>'
    body = lanes + "".join(elements) + flows
    return (
        '<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/'
        '20100524/MODEL" id="d" targetNamespace="urn:t">'
        + (pool if random.random() < 0.7 else "")
        + f'<process id="p" isExecutable="true">{body}</process></definitions>'
    ).encode()


def _node(random: Random, name: str, depth: int) -> tuple[str, list[str]]:
    text = " ".join(random.choices(_WORDS, k=random.randrange(9)))
    if name.endswith("n0"):
        return f'<startEvent id="{name}" name="{text}"/>', []
    if depth < 2 and random.random() < 0.08:
        inner = [f"{name}_n{number}" for number in range(random.randrange(6))]
        made = [_node(random, one, depth + 1) for one in inner]
        body = "".join(one + "".join(extra) for one, extra in made)
        body += _flows(random, inner, f"{name}_f")
        return f'<subProcess id="{name}" name="{text}">{body}</subProcess>', _guests(random, name)
    tag = random.choice((*_TASKS, *_TASKS, *_GATEWAYS, *_EVENTS))
    guests = _guests(random, name) if tag in _TASKS else []
    return f'<{tag} id="{name}" name="{text}"/>', guests


def _guests(random: Random, host: str) -> list[str]:
    count = random.choice((0, 0, 0, 0, 1, 2))
    return [
        f'<boundaryEvent id="{host}_b{number}" attachedToRef="{host}" '
        f'name="{random.choice(_WORDS)}"/>'
        for number in range(count)
    ]


def _flows(random: Random, names: list[str], prefix: str) -> str:
    """A way through all, and as many links again from anywhere to anywhere."""
    pairs = list(pairwise(names))
    pairs += [(random.choice(names), random.choice(names)) for _ in names]
    return "".join(
        f'<sequenceFlow id="{prefix}{at}" sourceRef="{a}" targetRef="{b}"'
        + (f' name="{random.choice(_WORDS)}"' if random.random() < 0.3 else "")
        + "/>"
        for at, (a, b) in enumerate(pairs)
    )


def _lanes(random: Random, names: list[str]) -> str:
    lanes: list[list[str]] = [[] for _ in range(random.randrange(1, 6))]
    for name in names:
        random.choice(lanes).append(name)
    return "<laneSet>" + "".join(
        f'<lane id="lane{at}" name="Jalur {at}">'
        + "".join(f"<flowNodeRef>{name}</flowNodeRef>" for name in inside)
        + "</lane>"
        for at, inside in enumerate(lanes)
    ) + "</laneSet>"  # fmt: skip
