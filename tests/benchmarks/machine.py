"""What it was measured on."""

import os
import platform
from collections.abc import Iterable
from pathlib import Path

import django

from tests.benchmarks.load import CONNECTIONS
from tests.benchmarks.servers import GUNICORN


def description(databases: Iterable[str]) -> list[str]:
    """Lines of text."""
    memory = int(_field("/proc/meminfo", "MemTotal").split()[0]) / 1024**2
    processor = f"{os.cpu_count()} cores of {_field('/proc/cpuinfo', 'model name')}"
    return [
        f"Machine: {processor}, {memory:.0f} GiB of memory, {platform.system()} {platform.release()}",
        f"Software: Python {platform.python_version()}, Django {django.__version__}, {', '.join(databases)}",
        f"Servers: gunicorn {GUNICORN}; load: wrk, 1 thread, {CONNECTIONS} connections",
    ]


def _field(path: str, name: str) -> str:
    """The first value of a name in a file of `name : value` lines."""
    for line in Path(path).read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return "unknown"
