"""Several processes on one database, and processes that are killed, on the engine that the suite runs on."""

import json
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sites import Site, new_site

pytestmark = pytest.mark.process

PREPARED = 4  # editions: a speaker and three claims
EACH = 500


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with new_site(tmp_path) as site:
        assert site.run("-m", "tests.processes.prepare").stdout == f"{PREPARED}\n"
        yield site


def _start(site: Site, change: str, name: str, turns: int) -> subprocess.Popen[str]:
    return site.start("-m", "tests.processes.publish", change, name, str(turns))


def _acknowledged(output: str) -> set[tuple[int, str]]:
    """(sequence, digest) of what a process said it had published."""
    lines = (line.split() for line in output.splitlines())
    return {(int(sequence), digest) for sequence, digest in lines}


def _record(site: Site) -> Any:
    return json.loads(site.run("-m", "tests.processes.inspect_record").stdout)


def test_two_processes_publish_at_the_same_time_while_a_third_reads(site: Site) -> None:
    last = PREPARED + 2 * EACH
    reader = site.start("-m", "tests.processes.follow", str(last))
    writers = [_start(site, "update", name, EACH) for name in ("one", "other")]

    acknowledged = [_acknowledged(_finished(writer)) for writer in writers]
    moved = int(_finished(reader))

    editions = _record(site)["editions"]
    recorded = {(sequence, digest) for sequence, digest, _ in editions}
    assert [len(each) for each in acknowledged] == [EACH, EACH]
    assert [sequence for sequence, _, _ in editions] == list(range(1, last + 1))
    assert acknowledged[0] | acknowledged[1] == {row for row in recorded if row[0] > PREPARED}
    assert moved > 10
    assert _verified(site) == f"The record is whole: {last} editions, and the projection shows them.\n"


def _finished(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    return output


def _verified(site: Site) -> str:
    return site.manage("verify_record", "--no-color").stdout


def test_a_process_is_killed_while_it_publishes(site: Site) -> None:
    """Each change is four editions in one transaction: all of them are in the record, or none."""
    moments = random.Random(2019)
    acknowledged: set[tuple[int, str]] = set()
    for _ in range(15):
        acknowledged |= _killed(_start(site, "rename", "renamed", 0), after=moments.uniform(0, 0.2))

    found = _record(site)
    editions = found["editions"]
    slugs = [slug for _, _, slug in editions]
    assert acknowledged - {(sequence, digest) for sequence, digest, _ in editions} == set()
    assert len(acknowledged) >= 15
    changes = [(slugs[at], sorted(slugs[at + 1 : at + 4])) for at in range(PREPARED, len(slugs), 4)]
    assert set(map(repr, changes)) == {repr(("renamed", ["one", "other", "shared"]))}
    assert found["shown"] == found["names"] * 3
    assert _verified(site) == f"The record is whole: {len(editions)} editions, and the projection shows them.\n"


def _killed(process: subprocess.Popen[str], *, after: float) -> set[tuple[int, str]]:
    """Kill it so many seconds after its first edition; what it had acknowledged."""
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(after)
    process.kill()
    output, _ = process.communicate(timeout=30)
    complete = (first + output).rpartition("\n")[0]  # a line that was cut off acknowledges nothing
    return _acknowledged(complete)
