"""Appending to the record, and the digests that chain its editions.

An edition's digest is the SHA-256 of the canonical JSON (RFC 8785) of all its public members but `digest` itself.
The author is not public: the digest covers `author_digest`, the SHA-256 of a private salt and the name, so that the
name cannot be guessed from outside nor changed inside.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import rfc8785
from django.db import connection, transaction
from django.db.models import Max, UUIDField
from django.utils import timezone

from claims.domain.chunks import chunks
from claims.domain.prepared import Insertion, Prepared
from claims.enums import Action, RecordKind
from claims.models import Edition
from claims.models.record import GENESIS

Document = dict[str, Any]

# Any fixed number serves, as long as nothing else on the database takes the same advisory lock.
LOCK = 0x6661637463686563
CHUNK = 500

# A uid is unique across kinds; naming all of them lets the database use its index.
LAST_NUMBERS = Prepared(
    lambda uids: (
        Edition.objects.filter(kind__in=RecordKind.values, uid__in=uids)
        .order_by()
        .values("kind", "uid")
        .annotate(last=Max("number"))
    ),
    "kind",
    "uid",
    "last",
    key=UUIDField(),
)
LAST = Prepared(
    lambda sequences: Edition.objects.filter(sequence__in=sequences).order_by(), "sequence", "digest", "published_at"
)
NEW_EDITIONS = Insertion(Edition)

_read: ContextVar[str] = ContextVar("digest of the record that is read", default="")


@dataclass(frozen=True, slots=True)
class Entry:
    """A state about to become an edition."""

    kind: RecordKind
    number: int
    document: Document
    action: Action
    note: str
    author: str
    note_translations: Mapping[str, str] = field(default_factory=dict)
    """The note in further languages, by language (BCP 47)."""

    @property
    def uid(self) -> UUID:
        return UUID(self.document["id"])


@contextmanager
def writing() -> Iterator[None]:
    """One transaction that holds the record: no other publishes until it ends, so sequences commit in their order.

    SQLite's transactions begin IMMEDIATE (see settings), which is the lock; PostgreSQL takes an advisory one, freed
    only after the commit is visible.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


def head() -> int:
    """The sequence of the newest edition; 0 while the record is empty."""
    return state()[0]


def state() -> tuple[int, str]:
    """Sequence and digest of the newest edition, by which the whole record is known; 0 and GENESIS while it is empty.

    By the digest as well, since a restored backup may hold other editions under the same sequence.
    """
    # Every public request asks this first, and building it as a queryset would cost ten times what it takes to run.
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequence, digest FROM claims_edition ORDER BY sequence DESC LIMIT 1")
        row = cursor.fetchone()
    return (int(row[0]), str(row[1])) if row else (0, GENESIS)


@contextmanager
def reading(digest: str) -> Iterator[None]:
    """What is asked within is asked of the record as it was with this digest, or as it has become since."""
    token = _read.set(digest)
    try:
        yield
    finally:
        _read.reset(token)


def digest_read() -> str:
    """That of `reading`; "" outside. What is kept under it is never older than it."""
    return _read.get()


def append(entries: Iterable[Entry]) -> list[Edition]:
    """Add one edition for each entry, in order. Call it within `writing()`."""
    now, sequence, digest = timezone.now(), 0, GENESIS
    for last in LAST.rows([head()]):
        sequence, digest = last["sequence"], last["digest"]
        now = max(now, last["published_at"])  # the clock may be set back; the record's time must not
    editions = []
    for entry in entries:
        sequence += 1
        edition = Edition(
            sequence=sequence,
            kind=entry.kind,
            uid=entry.uid,
            slug=entry.document["slug"],
            number=entry.number,
            action=entry.action,
            note=entry.note,
            note_translations=_translated(entry.note_translations),
            document=canonical(entry.document),
            previous_digest=digest,
            author=entry.author,
            author_salt=secrets.token_hex(16),
            published_at=now,
        )
        edition.digest = digest = digest_of(edition)
        editions.append(edition)
    NEW_EDITIONS.write(editions)
    return editions


def _translated(notes: Mapping[str, str]) -> str | None:
    rows = [{"language": language, "note": note} for language, note in sorted(notes.items()) if note]
    return canonical(rows) if rows else None


def last_numbers(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Of those objects (kind and text of uid) that were ever public, the number of the newest edition."""
    found: dict[tuple[str, str], int] = {}
    for uids in chunks(sorted(uid for _, uid in keys), CHUNK):
        for row in LAST_NUMBERS.rows(uids):
            found[row["kind"], str(row["uid"])] = row["last"]
    return found


def canonical(document: Document | list[Document]) -> str:
    """Canonical JSON (RFC 8785). Documents hold texts, whole numbers, booleans, null, lists and objects."""
    return rfc8785.dumps(document).decode()


def digest_of(edition: Edition) -> str:
    """The digest that `edition` must have: 64 lower-case hexadecimal digits."""
    return hashlib.sha256(envelope(edition, with_digest=False).encode()).hexdigest()


def envelope(edition: Edition, *, with_digest: bool = True) -> str:
    """The public JSON of an edition, canonical. The stored document goes in as it is, neither decoded nor encoded."""
    digest = f'"digest":"{edition.digest}",' if with_digest else ""
    # Absent where there are none, so that the digests of all editions of before stay what they are.
    translated = f'"note_translations":{edition.note_translations},' if edition.note_translations else ""
    return (
        f'{{"action":"{edition.action}","author_digest":"{author_digest(edition)}",{digest}'
        f'"document":{edition.document},"id":"{edition.uid}","kind":"{edition.kind}",'
        f'"note":{json.dumps(edition.note, ensure_ascii=False)},{translated}"number":{edition.number},'
        f'"previous_digest":"{edition.previous_digest}","published_at":"{timestamp(edition.published_at)}",'
        f'"sequence":{edition.sequence}}}'
    )


def author_digest(edition: Edition) -> str:
    return edition.author_digest or own_author_digest(edition)


def own_author_digest(edition: Edition) -> str:
    """That of the author whom the edition names; a mirrored one names nobody."""
    return hashlib.sha256(f"{edition.author_salt}{edition.author}".encode()).hexdigest()


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC, always with microseconds: `2019-02-22T09:30:00.000000Z`."""
    return f"{moment.astimezone(UTC).isoformat(timespec='microseconds')[:-6]}Z"
