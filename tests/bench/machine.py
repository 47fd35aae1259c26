"""What a figure was measured on, in one line."""

import os
import platform
from importlib.metadata import version
from pathlib import Path


def describe_machine(*packages: str) -> str:
    """Cores, processor, system and Python, and the versions of these packages."""
    names = {
        line.partition(":")[2].strip()
        for line in _cpu_lines()
        if line.startswith("model name") and ":" in line
    }
    cpu = " / ".join(sorted(names)) or platform.machine()
    parts = [f"{os.cpu_count()} inti {cpu}", platform.system()]
    parts.append(f"Python {platform.python_version()}")
    return ", ".join([*parts, *(f"{package} {version(package)}" for package in packages)])


def _cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []
