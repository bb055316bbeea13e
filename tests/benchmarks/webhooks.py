"""Webhooks: one worker, killed twice on the way, and a receiver on the same machine, on a copy of a filled database."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from statistics import quantiles

from tests.benchmarks.databases import Engine, Filled
from tests.benchmarks.errors import BenchmarkError
from tests.benchmarks.load import Load
from tests.benchmarks.results import Goal, Result
from tests.benchmarks.servers import ROOT, environment, python
from tests.receivers import Receiver, receiver

ROW = "webhooks, one worker killed twice"
EDITIONS = 3000
KILLS = (EDITIONS // 3, 2 * EDITIONS // 3)
LONGEST = 600  # seconds
GOALS = (Goal("deliveries/min", lambda result, _: result.load.per_second * 60, 1000),)
SUBSCRIBE = f"""
from claims.domain import record
from claims.models import Partner, WebhookEndpoint
partner = Partner.objects.create(name="Partner", email="partner@example.org")
WebhookEndpoint.objects.create(partner=partner, url="ADDRESS", position=record.head() - {EDITIONS})
"""


def measure(engine: Engine, filled: Filled) -> Iterator[Result]:
    """Deliveries a second from the first start of the worker to the last edition's arrival, whatever the kills cost.

    Latencies are the times between two arrivals. Raises BenchmarkError when an edition is lost.
    """
    with engine.scratch_copy(filled) as copy, receiver() as server:
        python("manage.py", "shell", "-c", SUBSCRIBE.replace("ADDRESS", server.address()), database_url=copy)
        started = time.perf_counter()
        arrivals = _worked(copy, server)
    gaps = quantiles(_gaps(arrivals), n=100, method="inclusive")
    load = Load(EDITIONS / (arrivals[-1] - started), gaps[49] * 1000, gaps[98] * 1000)
    yield Result(row=ROW, database=filled.engine, size=filled.size, load=load, goals=GOALS)


def _worked(copy: str, server: Receiver) -> list[float]:
    """When each edition arrived first, in the order of arrival."""
    arrivals: dict[int, float] = {}
    seen, kills, worker = 0, list(KILLS), _start(copy)
    deadline = time.perf_counter() + LONGEST
    try:
        while len(arrivals) < EDITIONS:
            if time.perf_counter() > deadline or worker.poll() is not None:
                raise BenchmarkError(f"{EDITIONS - len(arrivals)} of {EDITIONS} editions did not arrive.")
            for each in server.received[seen:]:
                arrivals.setdefault(json.loads(each.body)["data"]["sequence"], time.perf_counter())
                seen += 1
            if kills and len(arrivals) > kills[0]:
                kills.pop(0)
                _kill(worker)
                worker = _start(copy)
            time.sleep(0.005)
    finally:
        _kill(worker)
    return sorted(arrivals.values())


def _start(copy: str) -> "subprocess.Popen[bytes]":
    allowed = {"OUTGOING_PRIVATE_NETWORKS": "127.0.0.0/8"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_worker"], cwd=ROOT, env=dict(environment(copy)) | allowed
    )


def _kill(worker: "subprocess.Popen[bytes]") -> None:
    worker.kill()
    worker.wait()


def _gaps(moments: list[float]) -> list[float]:
    return [after - before for before, after in pairwise(moments)]
