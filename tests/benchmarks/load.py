"""Load over HTTP, by wrk: one thread, four connections, each asking again as soon as it is answered."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.errors import BenchmarkError

SCRIPT = Path(__file__).with_name("load.lua")
CONNECTIONS = 4
WARM_UP = 1
ROUNDS = 3
# How many times as long to wait for a rival that answered nothing in time.
PATIENCE = (1, 4, 16)


@dataclass(frozen=True)
class Load:
    """What was sustained. Latencies are in milliseconds."""

    per_second: float
    p50: float
    p99: float


def require_wrk() -> None:
    if not shutil.which("wrk"):
        raise BenchmarkError("wrk is not installed. Install it with: apt-get install wrk")


def in_turn(
    asked: Mapping[str, tuple[str, Sequence[str]]], seconds: int, headers: Mapping[str, str]
) -> dict[str, Load]:
    """What each of those named, an address and the paths to ask it for, sustains: the medians of some rounds.

    In every round each has its turn of `seconds`, so that what else the machine does meanwhile hits all alike. Raises
    BenchmarkError on any failure.
    """
    for address, paths in asked.values():
        _asked(address, paths, WARM_UP, headers)
    rounds = [
        {name: _measured(address, paths, seconds, headers) for name, (address, paths) in asked.items()}
        for _ in range(ROUNDS)
    ]
    return {name: typical([loads[name] for loads in rounds]) for name in asked}


def typical(loads: Sequence[Load]) -> Load:
    return Load(*(median(getattr(load, figure) for load in loads) for figure in ("per_second", "p50", "p99")))


def _measured(address: str, paths: Sequence[str], seconds: int, headers: Mapping[str, str]) -> Load:
    for longer in PATIENCE:
        found = parse(_asked(address, paths, seconds * longer, headers))
        if found:
            return found
    raise BenchmarkError(f"{address} answers nothing in {seconds * longer} seconds.")


def _asked(address: str, paths: Sequence[str], seconds: int, headers: Mapping[str, str]) -> str:
    """What wrk tells after asking for the paths in turn."""
    with tempfile.NamedTemporaryFile("w", suffix=".paths") as file:
        file.write("\n".join(paths))
        file.flush()
        return _wrk(address, file.name, seconds, headers)


def _wrk(address: str, paths: str, seconds: int, headers: Mapping[str, str]) -> str:
    sent = [argument for name, value in headers.items() for argument in ("--header", f"{name}: {value}")]
    limits = ["--threads", "1", "--connections", str(CONNECTIONS), "--timeout", "60s", "--duration", f"{seconds}s"]
    command = ["wrk", *limits, "--latency", "--script", str(SCRIPT), *sent, address, "--", paths]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise BenchmarkError(f"wrk failed: {result.stderr or result.stdout}")
    return result.stdout


def parse(output: str) -> Load | None:
    """The last line of wrk's output is our script's. 304 is an answer like any other; 4xx and 5xx are failures.

    None when nothing was answered in time.
    """
    found = json.loads(output.strip().rpartition("\n")[2])
    if found["failed"] or found["refused"]:
        raise BenchmarkError(
            f"{found['refused']} answers were errors and {found['failed']} requests were not answered."
        )
    if not found["requests"]:
        return None
    return Load(
        per_second=found["requests"] / found["microseconds"] * 1_000_000,
        p50=found["p50"] / 1000,
        p99=found["p99"] / 1000,
    )
