"""The servers of one call: started, found, shared, and gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from engine.errors import SettingsError, UnavailableError
from engine.sentences import explain
from engine.servers import open_servers, postgres
from engine.servers.folder import Running, announce, find_running, lock_or_find, try_lock
from engine.settings import Settings

PROJECT = Path(__file__).parents[3]
CALL = """
import os, signal, sys
from pathlib import Path
from engine.servers import open_servers
from engine.settings import Settings
with open_servers(Settings(data=Path(sys.argv[1])), broker=True) as servers:
    print(servers.database_url, flush=True)
    if len(sys.argv) > 2:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def execute(database_url: str, statement: bytes) -> None:
    url = database_url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def call(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CALL, str(data), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )


def servers_at_work(data: Path) -> list[psutil.Process]:
    """Every living process whose command line or working folder names the data folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "status", "pid"]):
        words = " ".join(process.info["cmdline"] or [])
        ended = process.info["status"] == psutil.STATUS_ZOMBIE
        if str(data) in words and not ended and process.pid != os.getpid():
            found.append(process)
    return found


def test_named_servers_are_taken_as_they_are(tmp_path: Path) -> None:
    named = Settings(data=tmp_path / "data", database_url="postgresql+psycopg://elsewhere/alur")
    with open_servers(named, broker=False) as servers:
        assert servers.database_url == named.database_url
    assert not (tmp_path / "data").exists()


def test_own_servers_keep_the_data_and_stop_with_the_call(settings: Settings) -> None:
    with open_servers(settings, broker=True) as servers:
        execute(servers.database_url, b"CREATE TABLE kept (id int)")
        assert servers.broker_url is not None
        with redis.Redis.from_url(servers.broker_url) as broker:
            broker.rpush("queue", "message")
    assert servers_at_work(settings.data) == []
    with open_servers(settings, broker=True) as servers:
        execute(servers.database_url, b"SELECT * FROM kept")
        assert servers.broker_url is not None
        with redis.Redis.from_url(servers.broker_url) as broker:
            assert broker.llen("queue") == 1


def test_nobody_gets_in_without_the_password(settings: Settings) -> None:
    with open_servers(settings, broker=True) as servers:
        password = (settings.data / "pg_password").read_text()
        assert (settings.data / "pg_password").stat().st_mode & 0o777 == 0o600
        with pytest.raises(psycopg.OperationalError, match="password"):
            execute(servers.database_url.replace(password, "guess"), b"SELECT 1")
        assert servers.broker_url is not None
        address = servers.broker_url.rpartition("@")[2]
        with (
            redis.Redis.from_url(f"redis://{address}") as broker,
            pytest.raises(redis.AuthenticationError),
        ):
            broker.ping()
        arguments = [process.cmdline() for process in servers_at_work(settings.data)]
        assert password not in str(arguments)


def test_calls_on_one_folder_take_turns(settings: Settings) -> None:
    with ThreadPoolExecutor(3) as pool:
        calls = list(pool.map(lambda _: call(settings.data), range(3)))
    assert [done.returncode for done in calls] == [0, 0, 0], [done.stderr for done in calls]
    assert servers_at_work(settings.data) == []


def test_a_killed_call_leaves_nothing_and_does_not_hinder_the_next(settings: Settings) -> None:
    assert call(settings.data, "die").returncode == -signal.SIGKILL
    assert call(settings.data).returncode == 0
    psutil.wait_procs(servers_at_work(settings.data), timeout=30)
    assert servers_at_work(settings.data) == []


def test_a_number_left_by_a_dead_server_is_no_hindrance(settings: Settings) -> None:
    with open_servers(settings, broker=False):
        pass
    lines = [str(os.getpid()), str(settings.data / "pg"), "1", "5432", "", "127.0.0.1", "", "ready"]
    (settings.data / "pg" / "postmaster.pid").write_text("\n".join(lines) + "\n")
    with open_servers(settings, broker=False) as servers:
        execute(servers.database_url, b"SELECT 1")


def test_servers_of_a_running_site_are_found(settings: Settings) -> None:
    site = Running(os.getpid(), "postgresql+psycopg://there/alur", "redis://there", "http://there")
    with try_lock(settings.data) as ours:
        assert ours
        announce(settings.data, site)
        assert (settings.data / "servers.json").stat().st_mode & 0o777 == 0o600
        with open_servers(settings, broker=True) as servers:
            assert (servers.database_url, servers.broker_url) == (
                site.database_url,
                "redis://there",
            )
    assert find_running(settings.data) is None


def test_a_note_left_by_a_killed_site_is_not_believed(settings: Settings) -> None:
    settings.data.mkdir()
    announce(settings.data, Running(os.getpid(), "postgresql+psycopg://gone/alur", "", ""))
    assert find_running(settings.data) is None


@pytest.mark.parametrize(
    "note",
    [b"\xff\xfe", b"[]", b"[" * 100_000, b'{"pid": "1"}',
     b'{"pid": 1e999, "database_url": "", "broker_url": "", "url": ""}',
     b'{"pid": 99999999999999999999, "database_url": "", "broker_url": "", "url": ""}'],
)  # fmt: skip
def test_a_note_that_is_none_of_ours_is_not_believed(tmp_path: Path, note: bytes) -> None:
    (tmp_path / "servers.json").write_bytes(note)
    assert find_running(tmp_path) is None


def test_a_folder_that_cannot_be_one_says_why(tmp_path: Path) -> None:
    (tmp_path / "berkas").touch()
    (tmp_path / "aneh" / "servers.json").mkdir(parents=True)
    for data in (tmp_path / "berkas" / "dalam", tmp_path / "aneh"):
        with pytest.raises(UnavailableError) as refused, lock_or_find(data, patience=1):
            pass
        assert refused.value.code == "folder_not_ours"
        assert "irectory" in explain(refused.value)


def test_a_cluster_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "PG_VERSION").write_text("9\n")
    with pytest.raises(UnavailableError) as refused:
        postgres.start(tmp_path / "pg", log=tmp_path / "log")
    assert refused.value.code == "postgres_version_mismatch"
    assert refused.value.fields["found"] == "9"


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "letter.txt").write_text("mine")
    with pytest.raises(UnavailableError) as refused:
        postgres.start(tmp_path / "pg", log=tmp_path / "log")
    assert refused.value.code == "not_a_database_folder"
    assert [path.name for path in tmp_path.joinpath("pg").iterdir()] == ["letter.txt"]


def test_a_named_folder_without_postgresql_is_a_wrong_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        postgres.start(tmp_path / "pg", log=tmp_path / "log", binaries=str(tmp_path))
    assert refused.value.fields["name"] == "ALUR_PG_BIN"
