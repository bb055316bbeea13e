"""One measurement in a process of its own: `python -m tests.benchmarks.exchange_work WHAT SECONDS`. Prints JSON.

`export`: bytes/s of an export of claims, and the peak memory in MB. `raw`: bytes/s of the raw rows of the same
editions, as the database's own dump gives them. `import` and `import-publish`: claims/s on a copy.
"""

import io
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial

import django

django.setup()

from django.db import connection  # noqa: E402

from claims.domain import record  # noqa: E402
from claims.exchange import exporting  # noqa: E402
from claims.exchange.import_files import Asked, import_file  # noqa: E402
from tests.benchmarks import synthetic  # noqa: E402

CLAIMS = 3000  # of one import
RAW = """SELECT e.sequence, e.kind, e.uid, e.slug, e.number, e.action, e.note, e.document, e.digest, e.previous_digest,
    e.published_at FROM claims_publishedclaim c JOIN claims_edition e ON e.sequence = c.edition_id
    ORDER BY c.first_sequence"""
COLUMNS = "sequence kind uid slug number action note document digest previous_digest published_at".split()  # noqa: SIM905


def export(seconds: float) -> dict[str, float]:
    rate = _bytes_a_second(
        lambda: exporting.written("claim", "ndjson", exporting.read("claim", until=record.head())), seconds
    )
    return {"per_second": rate, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def raw(seconds: float) -> dict[str, float]:
    return {"per_second": _bytes_a_second(_copied if connection.vendor == "postgresql" else _selected, seconds)}


def _bytes_a_second(parts: Callable[[], Iterable[bytes]], seconds: float) -> float:
    """Of whole dumps, for so long; at least one, after a warm-up of one."""
    sum(map(len, parts()))
    total, start = 0, time.perf_counter()
    while (taken := time.perf_counter() - start) < seconds or not total:
        total += sum(map(len, parts()))
    return total / taken


def _copied() -> Iterable[bytes]:
    with connection.cursor() as cursor, cursor.connection.cursor().copy(f"COPY ({RAW}) TO STDOUT") as copy:
        yield from map(bytes, copy)


def _selected() -> Iterable[bytes]:
    """`.mode json` of SQLite's shell, or the same by Python's library where there is no shell."""
    if shell := shutil.which("sqlite3"):
        command = [shell, "-json", "-readonly", str(connection.settings_dict["NAME"]), RAW]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            yield from iter(partial(process.stdout.read, 2**16), b"")
        return
    connection.ensure_connection()
    for row in connection.connection.cursor().execute(RAW):
        yield json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False).encode()


def imported(*, publish: bool) -> dict[str, float]:
    file = io.BytesIO("".join(map(_line, range(CLAIMS))).encode())
    start = time.perf_counter()
    run = import_file(file, Asked("bench", "ndjson", "bench", publish=publish))
    taken = time.perf_counter() - start
    if run.claims_created != CLAIMS or (publish and run.claims_published != CLAIMS):
        raise SystemExit(f"{run.claims_created} of {CLAIMS} claims were made, {run.claims_published} published")
    return {"per_second": CLAIMS / taken}


def _line(number: int) -> str:
    """A claim with a review, as a fact checker's dump has them: of the speakers that make most of them."""
    claim = synthetic.claim(number)
    row = {
        "text": f"Imported {number}: {claim.fields['text']}",
        "speaker": f"Imported speaker {claim.speaker}",
        "speaker_kind": "person",
        "claimed_on": claim.fields["claimed_on"],
        "language": claim.fields["language"],
        "topics": [f"Topic {topic}" for topic in claim.topics],
        "publisher": "The Checkers",
        "url": f"https://checkers.example/{number}",
        "rating": "Mostly false",
        "reviewed_on": claim.fields["claimed_on"],
    }
    return f"{json.dumps(row, ensure_ascii=False)}\n"


WORK: dict[str, Callable[[float], dict[str, float]]] = {
    "export": export,
    "raw": raw,
    "import": lambda seconds: imported(publish=False),
    "import-publish": lambda seconds: imported(publish=True),
}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](float(sys.argv[2]))))
