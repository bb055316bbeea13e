"""Everything that is public, or the whole record, as NDJSON, CSV or a spreadsheet, in constant memory.

Exports run in the order of first publication, which nothing later changes, a chunk and a statement at a time: no
transaction stays open however slowly a partner reads, and nothing is skipped or repeated while others publish.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet, Subquery

from claims.domain import record
from claims.enums import RecordKind
from claims.exchange import columns, resources, spreadsheet
from claims.exchange.columns import EDITION
from claims.models import Edition, PublishedClaim, PublishedEntity

KINDS: tuple[str, ...] = (*RecordKind.values, EDITION)
XLSX = "xlsx"
FORMATS = ("ndjson", "csv", XLSX)
CHUNK = 1000
GZIP = 31  # zlib's number for the gzip container; it carries no time, so equal exports are equal bytes


def total(kind: str) -> int:
    """How many lines a whole export has now."""
    return record.head() if kind == EDITION else _published(kind).count()


def count(kind: str, *, until: int, after: int) -> int:
    """How many lines `read` gives."""
    start = after if kind == EDITION else _position(kind, after)
    lines = Edition.objects.all() if kind == EDITION else _published(kind)
    return lines.filter(pk__gt=start, pk__lte=until).count()


def read(kind: str, *, until: int, after: int = 0) -> Iterator[list[str]]:
    """Chunks of the JSON texts of what is public of this kind now, or of the editions published so far.

    `until` is the head of the record when the export is begun: what is first published later is left to the next one.

    `after` is the sequence of an edition, such as that of the last line a partner holds: the export goes on behind
    the object whose edition it is. That stands where it was first published, so a part goes on where the last line of
    the part before says, and not at its `until`, which may be a later edition of an object far before.
    """
    if kind == EDITION:
        return _chunks(Edition.objects.filter(pk__lte=until), lambda edition: edition.sequence, record.envelope, after)
    rows = _published(kind).filter(pk__lte=until).values_list(*resources.COLUMNS)
    return _chunks(rows, resources.position, resources.resource, _position(kind, after))


def written(kind: str, form: str, chunks: Iterable[list[str]], *, header: bool = True) -> Iterator[bytes]:
    """The bytes of an export. `header` is CSV's first line; leave it out where the bytes continue others."""
    if form == XLSX:
        yield from spreadsheet.workbook(kind, chunks)
    elif form == "csv":
        if header:
            yield columns.header(kind).encode()
        for texts in chunks:
            yield columns.rows(kind, texts).encode()
    else:
        for texts in chunks:
            # Encoded one by one: a single letter beyond Latin would make the whole chunk a wide string.
            yield b"\n".join([*(text.encode() for text in texts), b""])


def gzipped(parts: Iterable[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(level=6, wbits=GZIP)
    for part in parts:
        if compressed := compressor.compress(part):
            yield compressed
    yield compressor.flush()


def _published(kind: str) -> QuerySet[Any]:
    if kind == RecordKind.CLAIM:
        return PublishedClaim.objects.all()
    return PublishedEntity.objects.filter(kind=kind)


def _position(kind: str, after: int) -> int:
    """Where in this export the object stands that has edition `after`; other editions mark their own moment."""
    if not after:
        return 0
    owner = Subquery(Edition.objects.filter(sequence=after).values("uid")[:1])  # Django 6 asks for the limit
    first = Edition.objects.filter(kind=kind, uid=owner, number=1).values_list("sequence", flat=True).first()
    return first or after


def _chunks(
    rows: QuerySet[Any, Any], position: Callable[[Any], int], text: Callable[[Any], str], after: int
) -> Iterator[list[str]]:
    while chunk := list(rows.filter(pk__gt=after).order_by("pk")[:CHUNK]):
        yield [text(row) for row in chunk]
        after = position(chunk[-1])
