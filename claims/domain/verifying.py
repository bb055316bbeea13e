"""Checking the whole record: the chain, each edition's digest and columns, and the projection made from them."""

import json
from collections.abc import Iterator
from uuid import UUID

from django.db import DatabaseError, connection

from claims.domain import projection, record
from claims.models import Edition, PublishedClaim, PublishedName
from claims.models.guards import missing_guards
from claims.models.record import GENESIS

# What reading a row raises whose columns hold no text, date or uid any more (SQLite stores anything in any column).
UNREADABLE = (DatabaseError, ValueError, TypeError, AttributeError)
READ_AS_IT_IS = {"DateField": "date({0}) IS {0}", "BooleanField": "{0} IN (0, 1)"}


class RecordBrokenError(Exception):
    """The record, or what was made from it, is not what was published. `sequence` is the first bad edition."""

    def __init__(self, sequence: int, reason: str) -> None:
        super().__init__(f"Sequence {sequence}: {reason}")
        self.sequence = sequence


def verify() -> int:
    """Recompute every digest; memory holds a number for each object. Returns the head. Raises RecordBrokenError."""
    expected, digest = 0, GENESIS
    numbers: dict[tuple[str, UUID], int] = {}
    for edition in _editions():
        expected += 1
        numbers[edition.kind, edition.uid] = number = numbers.get((edition.kind, edition.uid), 0) + 1
        _verify_edition(edition, expected, digest, number)
        digest = edition.digest
    with record.writing():  # nothing may be published between reading the record and reading its projection
        for sequence in _differences(expected):
            raise RecordBrokenError(
                sequence, "the projection does not show what was published. Run rebuild_projection."
            )
    for name in missing_guards(connection):
        reason = f"trigger {name} is missing, or does something else than it should."
        raise RecordBrokenError(expected, f"the database does not guard the record: {reason}")
    return expected


def _editions() -> Iterator[Edition]:
    last = 0
    try:
        for edition in Edition.objects.order_by("sequence").iterator(chunk_size=1000):
            yield edition
            last = edition.sequence
    except UNREADABLE as error:
        raise RecordBrokenError(_unreadable(last), "a column of it cannot be read.") from error


def _unreadable(last: int) -> int:
    """The first sequence after `last` that cannot be read; rows are fetched many at a time, so it need not be next."""
    for sequence in Edition.objects.after(last).values_list("sequence", flat=True):
        try:
            Edition.objects.get(sequence=sequence)
        except UNREADABLE:
            return sequence
    return last + 1


def _differences(head: int) -> Iterator[int]:
    try:
        yield from projection.differences()
        yield from _misread()
    except UNREADABLE:
        yield head


def _misread() -> Iterator[int]:
    """Where SQLite has something that Django reads as none or as false, but filters do not."""
    if connection.vendor != "sqlite":
        return
    for model, sequence in ((PublishedClaim, "edition_id"), (PublishedName, "speaker")):
        for field in model._meta.concrete_fields:
            if right := READ_AS_IT_IS.get(field.get_internal_type()):
                wrong = f"{field.column} IS NOT NULL AND NOT ({right.format(field.column)})"
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT {sequence} FROM {model._meta.db_table} WHERE {wrong}")  # noqa: S608
                    yield from (found for (found,) in cursor.fetchall())


def _verify_edition(edition: Edition, expected: int, previous_digest: str, number: int) -> None:
    if edition.sequence != expected:
        raise RecordBrokenError(expected, "this edition is missing.")
    if edition.previous_digest != previous_digest:
        raise RecordBrokenError(expected, "it does not continue the edition before it.")
    try:
        digest = record.digest_of(edition)
    except UNREADABLE as error:  # a time that is none, or bytes where text should be
        raise RecordBrokenError(expected, "a column of it cannot be read.") from error
    if edition.digest != digest:
        raise RecordBrokenError(expected, "its digest does not match its content.")
    names_author = edition.author or edition.author_salt
    if names_author and record.author_digest(edition) != record.own_author_digest(edition):
        raise RecordBrokenError(expected, "its author is not the one that its digest covers.")
    if edition.number != number:
        raise RecordBrokenError(expected, f"it is edition {edition.number} of its object, where {number} was due.")
    try:
        document = json.loads(edition.document)
        columns = tuple(document[name] for name in ("type", "id", "slug"))
        canonical = record.canonical(document)
    except (ValueError, TypeError, KeyError) as error:
        raise RecordBrokenError(expected, "its document is not the JSON of a public document.") from error
    if columns != (edition.kind, str(edition.uid), edition.slug):
        raise RecordBrokenError(expected, "its columns do not match its document.")
    if edition.document != canonical:
        raise RecordBrokenError(expected, "its document is not canonical JSON.")
