"""Writers: publishing, on a copy of a filled database, in a process of its own."""

import json
from collections.abc import Iterator

from tests.benchmarks.databases import Engine, Filled
from tests.benchmarks.load import Load
from tests.benchmarks.results import SCALES, Goal, Result, throughput
from tests.benchmarks.servers import python

GOALS = (Goal("editions/s", throughput("sqlite"), 150), *SCALES)


def measure(engine: Engine, filled: Filled, seconds: int) -> Iterator[Result]:
    """One result for each way of publishing; its requests are editions, and its latencies those of one call."""
    with engine.scratch_copy(filled) as copy:
        ways = json.loads(
            python("-m", "tests.benchmarks.publishing", str(filled.size), str(seconds), database_url=copy)
        )
    for name, sustained in ways.items():
        yield Result(row=name, database=filled.engine, size=filled.size, load=Load(**sustained), goals=GOALS)
