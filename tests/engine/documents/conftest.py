"""A real S3 server program beside the tests."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest

from engine.servers.children import free_port
from engine.settings import Settings


@pytest.fixture(scope="module")
def s3_url() -> Iterator[str]:
    """A running S3 server with a bucket `alur`."""
    port = free_port()
    line = [sys.executable, "-m", "moto.server", "-p", str(port)]
    server = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            request = urllib.request.Request(f"{url}/alur", method="PUT")
            urllib.request.urlopen(request, timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    server.terminate()
    server.wait(20)


def settings_for(url: str, **more: str) -> Settings:
    given = {"s3_endpoint": url, "s3_bucket": "alur", "s3_access_key": "a", "s3_secret_key": "b"}
    return Settings(**{**given, **more})
