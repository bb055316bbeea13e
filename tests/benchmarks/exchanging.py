"""Exports, imports and the feed of changes. "req/s" of these rows are bytes, claims or editions a second; see names."""

import http.client
import json
import time
from collections.abc import Iterator, Sequence

from tests.benchmarks.databases import Engine, Filled
from tests.benchmarks.load import Load
from tests.benchmarks.results import Goal, Result, against, throughput
from tests.benchmarks.servers import BARE, OURS, python, served

EXPORT, MEMORY = "export of claims, bytes/s (bare: raw dump)", "export of claims, peak MB"
IMPORT, PUBLISHED = "import, claims/s", "import with publication, claims/s"
CHANGES = "changes to one follower, editions/s"
PAGE = 1000


def measure(engine: Engine, filled: Filled, seconds: int) -> Iterator[Result]:
    export, raw = (_work(what, filled.url, seconds) for what in ("export", "raw"))
    goals = (Goal("× raw dump", against(BARE), 0.5),)
    yield Result(
        EXPORT, filled.engine, filled.size, _load(export["per_second"]), {BARE: _load(raw["per_second"])}, goals=goals
    )
    grown = (Goal("MB more", _more_megabytes, most=20),)
    yield Result(MEMORY, filled.engine, filled.size, _load(export["megabytes"]), goals=grown)
    yield Result(
        CHANGES, filled.engine, filled.size, _followed(filled, seconds), goals=(Goal("editions/s", _value, 20_000),)
    )
    for row, what, least in ((IMPORT, "import", 1000), (PUBLISHED, "import-publish", 150)):
        with engine.scratch_copy(filled) as copy:
            rate = _work(what, copy, seconds)["per_second"]
        goals = (Goal("claims/s", throughput("sqlite"), least),)
        yield Result(row, filled.engine, filled.size, _load(rate), goals=goals)


def _work(what: str, url: str, seconds: int) -> dict[str, float]:
    found: dict[str, float] = json.loads(
        python("-m", "tests.benchmarks.exchange_work", what, str(seconds), database_url=url)
    )
    return found


def _followed(filled: Filled, seconds: int) -> Load:
    """From 0 to the head, page after page over one connection, as often as there is time.

    The follower keeps what it gets and reads only what stands before the editions: decoding is its own affair.
    """
    with served(OURS, filled.url) as server:
        connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=120)
        editions, pages, after = 0, [], 0
        start = time.perf_counter()
        while (taken := time.perf_counter() - start) < seconds:
            asked = time.perf_counter()
            connection.request("GET", f"/api/v1/changes/?after={after}&limit={PAGE}")
            front, _, results = connection.getresponse().read().partition(b',"results":[')
            pages.append(1000 * (time.perf_counter() - asked))
            head = json.loads(front + b"}")
            assert results.endswith(b"]}")
            got = min(PAGE, head["head"] - after)
            editions += got
            after = after + got if head["next"] else 0
        connection.close()
    pages.sort()
    return Load(editions / taken, pages[len(pages) // 2], pages[-1 - len(pages) // 100])


def _load(value: float) -> Load:
    return Load(value, value, value)


def _value(result: Result, results: Sequence[Result]) -> float:
    return result.load.per_second


def _more_megabytes(result: Result, results: Sequence[Result]) -> float | None:
    same = [other for other in results if (other.row, other.database) == (result.row, result.database)]
    smallest = min(same, key=lambda other: other.size)
    return result.load.per_second - smallest.load.per_second if smallest.size < result.size else None
