"""Checking the whole record: the chain, each edition's digest and columns, and the projection made from them."""

import json
from uuid import UUID

from django.db import connection

from claims.domain import projection, record
from claims.models import Edition
from claims.models.guards import missing_guards
from claims.models.record import GENESIS


class RecordBrokenError(Exception):
    """The record, or what was made from it, is not what was published. `sequence` is the first bad edition."""

    def __init__(self, sequence: int, reason: str) -> None:
        super().__init__(f"Sequence {sequence}: {reason}")
        self.sequence = sequence


def verify() -> int:
    """Recompute every digest, in constant memory. Returns the sequence of the head. Raises RecordBrokenError."""
    expected, digest = 0, GENESIS
    numbers: dict[tuple[str, UUID], int] = {}
    for edition in Edition.objects.order_by("sequence").iterator(chunk_size=1000):
        expected += 1
        numbers[edition.kind, edition.uid] = number = numbers.get((edition.kind, edition.uid), 0) + 1
        _verify_edition(edition, expected, digest, number)
        digest = edition.digest
    with record.writing():  # nothing may be published between reading the record and reading its projection
        for sequence in projection.differences():
            raise RecordBrokenError(
                sequence, "the projection does not show what was published. Run rebuild_projection."
            )
    for name in missing_guards(connection):
        raise RecordBrokenError(expected, f"the database does not guard the record: trigger {name} is missing.")
    return expected


def _verify_edition(edition: Edition, expected: int, previous_digest: str, number: int) -> None:
    if edition.sequence != expected:
        raise RecordBrokenError(expected, "this edition is missing.")
    if edition.previous_digest != previous_digest:
        raise RecordBrokenError(expected, "it does not continue the edition before it.")
    if edition.digest != record.digest_of(edition):
        raise RecordBrokenError(expected, "its digest does not match its content.")
    if edition.number != number:
        raise RecordBrokenError(expected, f"it is edition {edition.number} of its object, where {number} was due.")
    document = json.loads(edition.document)
    columns = (edition.kind, str(edition.uid), edition.slug)
    if columns != (document["type"], document["id"], document["slug"]):
        raise RecordBrokenError(expected, "its columns do not match its document.")
    if edition.document != record.canonical(document):
        raise RecordBrokenError(expected, "its document is not canonical JSON.")
