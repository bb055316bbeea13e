"""Files of other publishers as a stream of incoming claims, whatever their format, in constant memory."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import BinaryIO

from claims.domain.errors import ImportRefusedError
from claims.domain.incoming import Finding, Incoming
from claims.exchange import (
    bytes_in,
    file_kinds,
    importing_claimreview,
    importing_factchecktools,
    importing_table,
    json_values,
)
from claims.exchange.json_values import Value
from claims.exchange.mapping import Mapping

AUTO, EDITIONS = "auto", "editions"
TABLES = ("csv", "tsv")
FORMATS = (AUTO, "claimreview", "datafeed", "factchecktools", *TABLES, "ndjson", "json", EDITIONS)
Reader = Callable[[Iterable[Value], Mapping, str], Iterator[Incoming]]
READERS: dict[str, Reader] = {
    "claimreview": importing_claimreview.read,
    "datafeed": importing_claimreview.read,
    "factchecktools": importing_factchecktools.read,
    "ndjson": importing_table.read_objects,
    "json": importing_table.read_objects,
}


def read(file: BinaryIO, form: str, mapping: Mapping, *, base: str = "") -> Iterator[Incoming]:
    """Claims, numbered from 1. `base` is the address that the file came from, if it did.

    Raises ImportRefusedError for a file that cannot be read at all; what is wrong with one row is a finding of it.
    """
    if form == EDITIONS:
        raise ImportRefusedError(
            "This is an export of editions, which makes a mirror: only the command import_claims can."
        )
    file_kinds.require_text(bytes_in.head_bytes(file))
    rows: Iterator[Incoming]
    if form in TABLES:
        rows = importing_table.read_table(file, mapping, form)
    else:
        rows = _objects(file, READERS[form], mapping, base)
    for number, incoming in enumerate(rows, start=1):
        incoming.row = number
        yield incoming


def _objects(file: BinaryIO, reader: Reader, mapping: Mapping, base: str) -> Iterator[Incoming]:
    found = False
    for incoming in reader(json_values.values(file, mapping.encoding), mapping, base):
        found = True
        yield incoming
    if not found:
        yield Incoming(row=0, findings=[Finding("", "", "There is nothing in it to import.", refused=True)])


def detected(file: BinaryIO, name: str = "") -> str:
    """The format of a file, by what it begins with and, for tables, by its name. Raises ImportRefusedError."""
    file_kinds.require_text(bytes_in.head_bytes(file))
    head = bytes_in.head_of(file)
    if head.startswith("<"):
        return "claimreview"
    if head[:1] in {"{", "["}:
        return _detected_json(file, head)
    first = head.partition("\n")[0]
    stem = re.split(r"[?#]", name.lower())[0].removesuffix(".gz")
    return "tsv" if stem.endswith((".tsv", ".tab")) or first.count("\t") > first.count(",") else "csv"


def _detected_json(file: BinaryIO, head: str) -> str:
    line = head.partition("\n")[0]
    is_lines = json_values.is_lines(file)
    if is_lines and '"previous_digest":' in line and '"author_digest":' in line:
        return EDITIONS
    if '"dataFeedElement"' in head:
        return "datafeed"
    if '"claimReviewed"' in head or '"ClaimReview"' in head:
        return "claimreview"
    if '"claimReview"' in head:
        return "factchecktools"
    return "ndjson" if is_lines and "\n" in head.strip() else "json"


def digest(file: BinaryIO, form: str, mapping: str) -> str:
    """By which an import is known again: of the content, the format and the mapping."""
    total = hashlib.sha256(json.dumps([form, mapping]).encode())
    file.seek(0)
    for part in iter(partial(file.read, 2**20), b""):
        total.update(part)
    file.seek(0)
    return total.hexdigest()
