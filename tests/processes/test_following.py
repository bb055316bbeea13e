"""Partners that mirror a site over HTTP while it publishes, on the engine that the suite runs on."""

import gzip
import json
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.sites import ROOT, Site, new_site

pytestmark = pytest.mark.process

PREPARED = 4  # editions: a speaker and three claims
TURNS = 300


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with new_site(tmp_path) as site:
        site.run("-m", "tests.processes.prepare")
        yield site


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=60) as answer:
        body: bytes = answer.read()
    return body


def _changes(address: str, query: str) -> Any:
    return json.loads(_get(f"{address}/api/v1/changes/?{query}"))


def _mirror(address: str, finished: Callable[[], bool]) -> list[bytes]:
    """Follow the record from 0 until nothing is published any more; the editions as NDJSON."""
    lines: list[bytes] = []
    while True:
        over = finished()
        editions = _changes(address, f"after={len(lines)}&limit=50&wait=1")["results"]
        lines += [json.dumps(e, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() for e in editions]
        if over and not editions:
            return lines


def _verify(source: object, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(ROOT / "docs" / "verify.py"), str(source), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_mirror_while_another_process_publishes(site: Site, tmp_path: Path) -> None:
    with site.served() as address:
        writer = site.start("-m", "tests.processes.publish", "update", "one", str(TURNS))
        early = _get(f"{address}/api/v1/exports/editions.ndjson")
        mirror = b"".join(line + b"\n" for line in _mirror(address, lambda: writer.poll() is not None))
        assert writer.communicate()[1] == ""
        export = _get(f"{address}/api/v1/exports/editions.ndjson")
        compressed = _get(f"{address}/api/v1/exports/editions.ndjson.gz")
        claims = _get(f"{address}/api/v1/exports/claims.ndjson")
        online = _verify(address)
    site.manage("export_claims", "--kind", "edition", "--output", str(tmp_path / "editions.ndjson"))
    piped = site.manage("export_claims")

    assert mirror == export == gzip.decompress(compressed) == (tmp_path / "editions.ndjson").read_bytes()
    assert len(export.splitlines()) == PREPARED + TURNS
    assert export.startswith(early)
    assert [json.loads(line)["slug"] for line in claims.splitlines()] == ["one", "other", "shared"]
    assert piped.stdout.encode() == claims
    digest = json.loads(export.splitlines()[-1])["digest"]
    whole = f"The record is whole. Last sequence: {PREPARED + TURNS}\nDigest: {digest}\n"
    assert (online.returncode, online.stdout) == (0, whole)
    assert _verify(tmp_path / "editions.ndjson", "--expect", digest).stdout == whole


def test_waiting_is_answered_when_another_process_publishes(site: Site) -> None:
    with site.served() as address, ThreadPoolExecutor() as threads:
        started = time.monotonic()
        waiting = threads.submit(_changes, address, f"after={PREPARED}&wait=30")
        time.sleep(1)
        assert not waiting.done()
        assert _open_transactions(site) == 0
        site.run("-m", "tests.processes.publish", "update", "one", "1")
        answer = waiting.result(timeout=30)

    assert [edition["sequence"] for edition in answer["results"]] == [PREPARED + 1]
    assert (answer["head"], answer["next"], time.monotonic() - started < 15) == (PREPARED + 1, None, True)


def _open_transactions(site: Site) -> int:
    """How many connections hold one. On SQLite the log cannot be emptied while there are any."""
    if site.database_url.startswith("sqlite"):
        with closing(sqlite3.connect(site.database_url.removeprefix("sqlite:///"), timeout=0)) as file:
            busy: int = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return busy
    import psycopg  # noqa: PLC0415  (an optional extra)

    with psycopg.connect(site.database_url) as server:
        found = server.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state LIKE 'idle in transaction%' AND pid <> pg_backend_pid()"
        ).fetchone()
    assert found is not None
    return int(found[0])


def test_reader_who_has_seen_enough_of_an_export(site: Site) -> None:
    """`export_claims | head -c1`: no traceback when the pipe is closed."""
    process = site.start("manage.py", "export_claims", "--kind", "edition")
    assert process.stdout is not None
    assert process.stderr is not None

    process.stdout.close()
    errors = process.stderr.read()

    assert (process.wait(timeout=30), errors) == (0, "")
    process.stderr.close()
