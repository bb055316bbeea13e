"""Readers: each row over HTTP against our site and its rivals, on one filled database."""

import json
from collections.abc import Iterator
from contextlib import ExitStack

from tests.benchmarks import load, raw_sql
from tests.benchmarks.databases import Filled
from tests.benchmarks.results import Result
from tests.benchmarks.rows import ROWS, Row
from tests.benchmarks.sameness import require_same
from tests.benchmarks.servers import APPLICATIONS, Server, python, served

CHECKED = 5


def measure(filled: Filled, seconds: int, *, named: str = "") -> Iterator[Result]:
    """One result for each row that has `named` in its name.

    All contestants are up all the time: who is not asked uses no processor.
    """
    python("manage.py", "collectstatic", "--noinput", "-v0", database_url=filled.url)
    with ExitStack() as stack:
        servers = {name: stack.enter_context(served(name, filled.url)) for name in APPLICATIONS}
        for row in (row for row in ROWS if named in row.name):
            yield _measure(row, servers, filled, seconds)


def _measure(row: Row, servers: dict[str, Server], filled: Filled, seconds: int) -> Result:
    ours = servers[row.ours]
    asked = row.paths(ours, filled.size)
    paths = {row.ours: asked}
    if pages := _pages(ours, asked):
        raw_sql.store_pages(filled.url, pages)
    paths |= {name: row.paths(servers[name], filled.size) for name in row.rivals}
    headers = _headers(row, ours, asked)
    require_same(row, servers, {name: some[:CHECKED] for name, some in paths.items()}, headers)
    loads = load.in_turn({name: (servers[name].address, some) for name, some in paths.items()}, seconds, headers)
    return Result(
        row=row.name,
        database=filled.engine,
        size=filled.size,
        load=loads.pop(row.ours),
        rivals=loads,
        queries=_queries(row, filled.url, asked[:CHECKED], headers),
        goals=row.goals,
    )


def _pages(ours: Server, paths: list[str]) -> dict[str, str]:
    """Our finished pages of HTML, for the bare function to send."""
    return {path: ours.expect(path).body.decode() for path in paths if not path.startswith("/api/")}


def _headers(row: Row, ours: Server, paths: list[str]) -> dict[str, str]:
    return {"If-None-Match": ours.expect(paths[0]).headers["etag"]} if row.revalidates else {}


def _queries(row: Row, url: str, paths: list[str], headers: dict[str, str]) -> int:
    given = json.dumps({"paths": paths, "headers": headers})
    cache_url = APPLICATIONS[row.ours][2]
    return int(python("-m", "tests.benchmarks.queries", database_url=url, given=given, cache_url=cache_url))
