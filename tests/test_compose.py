"""docker-compose.yml without Docker: valid, in step with `alur up`, and its commands really run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import psycopg
import pytest
import yaml

from engine.servers.children import free_port, wrapped
from engine.servers.processes import process_commands
from engine.settings import Settings

PROJECT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("schema", "web", "worker", "beat")
OPERATOR = {"POSTGRES_PASSWORD": "secret", "ALUR_SECRET_KEY": "also-secret"}
REFERENCE = re.compile(r"\$(?:\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}|(?P<dollar>\$))")


def interpolate(text: str) -> str:
    """What compose makes of ${NAME}, ${NAME:-default}, ${NAME:?} and $$."""

    def replace(found: re.Match[str]) -> str:
        if found["dollar"]:
            return "$"
        if found["name"] in OPERATOR:
            return OPERATOR[found["name"]]
        assert found["kind"] == "-", f"{found['name']} is not said to be needed"
        return found["rest"]

    return REFERENCE.sub(replace, text)


def environment(service: str) -> dict[str, str]:
    return {name: interpolate(str(v)) for name, v in SERVICES[service]["environment"].items()}


def command(service: str) -> list[str]:
    return [interpolate(word) for word in SERVICES[service]["command"]]


def test_the_file_is_valid_compose() -> None:
    schema = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    jsonschema.validate(COMPOSE, json.loads(schema.read_text("utf-8")))


def test_every_service_of_the_design_is_there() -> None:
    assert set(SERVICES) == {"postgres", "redis", *OURS}


@pytest.mark.parametrize("service", OURS)
def test_every_variable_is_a_setting(service: str) -> None:
    settings = Settings.from_env(environment(service))
    assert settings.database_url and settings.broker_url and settings.secret_key


def test_the_commands_are_those_of_alur_up() -> None:
    for name, argv in process_commands(Settings.from_env(environment("web"))).items():
        assert command(name) == argv
    assert command("schema") == ["alur", "schema", "upgrade"]


def test_every_image_has_an_exact_version() -> None:
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)
    for image in images:
        assert re.search(r":\d+\.\d+\.?\d*", image), image


def test_every_volume_of_a_service_is_declared() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in COMPOSE["volumes"]


def test_what_the_image_copies_exists_and_is_not_ignored() -> None:
    kept = (PROJECT / ".dockerignore").read_text().splitlines()
    for line in (PROJECT / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (PROJECT / source).exists(), source
                assert source == "." or f"!{source.partition('/')[0]}" in kept, source


Start = Callable[[str], subprocess.Popen[bytes]]


class Containers:
    """The services' commands as processes, with two servers and a folder of the test's own."""

    def __init__(self, folder: Path, database_url: str, broker_url: str) -> None:
        self.folder = folder
        self.address = f"127.0.0.1:{free_port()}"
        self.started: dict[str, subprocess.Popen[bytes]] = {}
        self._servers = {"ALUR_DATABASE_URL": database_url, "ALUR_BROKER_URL": broker_url}
        (folder / "data").mkdir()

    def here(self, text: str) -> str:
        """The only two things that differ from the container: where data and address lie."""
        return text.replace("/data", f"{self.folder}/data", 1).replace("0.0.0.0:8000", self.address)

    def environment(self, service: str) -> dict[str, str]:
        given = {name: self.here(value) for name, value in environment(service).items()}
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, **given, **self._servers, "PATH": programs, "ALUR_TICK_SECONDS": "1"}

    def start(self, service: str) -> subprocess.Popen[bytes]:
        argv = wrapped([self.here(word) for word in command(service)], "KILL")
        with open(self.log(service), "ab") as log:
            self.started[service] = subprocess.Popen(
                argv,
                env=self.environment(service),
                cwd=PROJECT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self.started[service]

    def log(self, service: str) -> Path:
        return self.folder / f"{service}.log"

    def wait_until(self, service: str, holds: Callable[[], bool], seconds: float = 40) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            words = self.log(service).read_text()
            assert self.started[service].poll() is None, words
            assert time.monotonic() < deadline, words
            time.sleep(0.1)

    def is_healthy(self, service: str) -> bool:
        """Whether the service's health check, as written, succeeds."""
        kind, *words = SERVICES[service]["healthcheck"]["test"]
        argv = ["sh", "-c", *words] if kind == "CMD-SHELL" else words
        argv = [self.here(interpolate(word)) for word in argv]
        check = subprocess.run(
            argv, env=self.environment(service), cwd=PROJECT, capture_output=True
        )
        return check.returncode == 0


@pytest.fixture
def containers(tmp_path: Path, empty_database_url: str, broker_url: str) -> Iterator[Containers]:
    running = Containers(tmp_path, empty_database_url, broker_url)
    yield running
    for process in running.started.values():
        process.kill()
        process.wait()


@pytest.mark.walk
def test_the_commands_run_on_servers_named_by_settings(
    containers: Containers, empty_database_url: str
) -> None:
    schema = containers.start("schema")
    assert schema.wait(60) == 0, containers.log("schema").read_text()
    with psycopg.connect(empty_database_url.replace("+psycopg", "")) as link:
        assert link.execute("SELECT version_num FROM alembic_version").fetchone()

    for service in ("web", "worker", "beat"):
        containers.start(service)
    containers.wait_until("web", lambda: containers.is_healthy("web"))
    containers.wait_until("worker", lambda: containers.is_healthy("worker"))
    received = re.compile(r"Task tasks\.\S+ received|Task tasks\.\S+ succeeded")
    log = containers.log("worker")
    containers.wait_until("worker", lambda: received.search(log.read_text()) is not None)

    for service in ("web", "beat", "worker"):
        containers.started[service].terminate()
        assert containers.started[service].wait(30) == 0, containers.log(service).read_text()
