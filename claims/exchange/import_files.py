"""One file from its bytes to the desk, in batches that each are whole; the command and the desk import through here."""

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import BinaryIO

from claims.domain import import_runs
from claims.domain.chunks import chunks
from claims.domain.importing import BATCH, import_rows
from claims.domain.incoming import Incoming
from claims.exchange import importing, mapping
from claims.models import ImportRun

MOST_KEPT = 10_000  # findings of a rehearsal


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be imported, and how."""

    name: str  # file or address
    form: str
    by: str
    mapping: str = ""  # TOML
    base: str = ""  # the address that the file came from
    publish: bool = False
    restart: bool = False  # from the first row, though an earlier run got further


def import_file(file: BinaryIO, asked: Asked, *, passed: Callable[[], None] = lambda: None) -> ImportRun:
    """Import all of the file, and call `passed` after each batch. Goes on where an earlier run of it was stopped.

    Raises ImportRefusedError when the file, or its mapping, cannot be read. Batches before that stay imported.
    """
    read_as = mapping.parse(asked.mapping)
    digest = importing.digest(file, asked.form, asked.mapping)
    run = None if asked.restart else import_runs.unfinished(digest, publish=asked.publish)
    run = run or import_runs.begin(asked.name, form=asked.form, digest=digest, by=asked.by, publish=asked.publish)
    rows = importing.read(file, asked.form, read_as, base=asked.base)
    for batch in chunks(_after(rows, run.rows), BATCH):
        import_rows(run, batch)
        passed()
    import_runs.finish(run)
    return run


def rehearse_file(file: BinaryIO, asked: Asked) -> ImportRun:
    """Work everything out, and keep only the report and what was read, so that it can be imported as it was tried."""
    with import_runs.rehearsal():
        run = import_file(file, replace(asked, restart=True))
        findings = list(run.findings.all()[:MOST_KEPT])
    file.seek(0)
    return import_runs.keep_rehearsal(run, findings, content=zlib.compress(file.read()), mapping=asked.mapping)


def _after(rows: Iterable[Incoming], done: int) -> Iterable[Incoming]:
    return (row for row in rows if row.row > done)
