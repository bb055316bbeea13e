"""A mirror of another site's record: its editions one by one as they are, every digest verified."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import DataError, IntegrityError
from django.db.models import UUIDField

from claims.domain import projection, record
from claims.domain.chunks import chunks
from claims.domain.errors import ImportRefusedError
from claims.models import Edition
from claims.models.record import GENESIS
from claims.validators import FORBIDDEN, validate_language, validate_text

BATCH = 1000
MEMBERS = {
    "action", "author_digest", "digest", "document", "id", "kind", "note", "number", "previous_digest",
    "published_at", "sequence",
}  # fmt: skip
OPTIONAL = {"note_translations"}
# What building the projection of a document raises that is none of ours, though its digest is right.
MISSHAPEN = (KeyError, TypeError, ValueError, AttributeError, DataError)


@dataclass(slots=True)
class Mirrored:
    head: int
    added: int = 0
    known: int = 0


def mirror(lines: Iterable[str], *, passed: Callable[[], None] = lambda: None) -> Mirrored:
    """Append the editions that `lines` of an export of editions hold and the record does not, each batch at once.

    The record must be empty or the beginning of theirs. Updates the projection. Raises ImportRefusedError at the
    first line that is no edition, does not continue the record or differs from it; batches before that one stay.
    """
    done = Mirrored(record.head())
    waiting: list[Edition] = []
    for batch in chunks(filter(str.strip, lines), BATCH):
        editions = [read(line) for line in batch]
        known = [edition for edition in editions if edition.sequence <= done.head]
        _require_same(known)
        done.known += len(known)
        waiting += editions[len(known) :]
        if waiting and _append(waiting):
            done.head, done.added, waiting = waiting[-1].sequence, done.added + len(waiting), []
        passed()
    if waiting:
        raise ImportRefusedError(f"Sequence {waiting[-1].sequence}: two public objects have one slug there.")
    return done


def read(line: str) -> Edition:
    """The edition that a line of an export holds, its digest verified."""
    try:
        given = json.loads(line)
        if not isinstance(given, dict) or given.keys() - OPTIONAL != MEMBERS:
            raise ValueError("members")
        edition = _edition(given)
        digest = record.digest_of(edition)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise ImportRefusedError(f"This line is no edition: {FORBIDDEN.sub('�', line[:80])}…") from error
    if edition.digest != digest:
        raise ImportRefusedError(f"Sequence {edition.sequence}: the digest does not match the content.")
    _require_fit(edition, given)
    return edition


def _edition(given: dict[str, Any]) -> Edition:
    return Edition(
        sequence=given["sequence"],
        kind=given["kind"],
        uid=UUID(given["id"]),
        slug=given["document"]["slug"],
        number=given["number"],
        action=given["action"],
        note=given["note"],
        note_translations=record.canonical(given["note_translations"]) if "note_translations" in given else None,
        document=record.canonical(given["document"]),
        digest=given["digest"],
        previous_digest=given["previous_digest"],
        author="",
        author_salt="",
        author_digest=given["author_digest"],
        published_at=datetime.fromisoformat(given["published_at"]),
    )


def _require_fit(edition: Edition, given: dict[str, Any]) -> None:
    """That the columns hold what the document says, and only what they may."""
    document = given["document"]
    if (document.get("type"), document.get("id")) != (edition.kind, str(edition.uid)):
        raise ImportRefusedError(f"Sequence {edition.sequence}: its members do not match its document.")
    try:
        edition.clean_fields(exclude={"author", "author_salt"})
        _require_successor(document.get("merged_into"))
        _require_notes(given)
    except ValidationError as error:
        raise ImportRefusedError(f"Sequence {edition.sequence}: {' '.join(error.messages)}") from error


def _require_successor(merged_into: Any) -> None:
    """That what a tombstone says it is part of now, if it does, can be looked up. Raises ValidationError."""
    match merged_into:
        case None:
            return
        case {"id": str(uid), "slug": str(slug)}:
            UUIDField().to_python(uid)
            validate_slug(slug)
        case _:
            raise ValidationError("What it was merged into has no id or slug.")


def _require_notes(given: dict[str, Any]) -> None:
    """That the note's translations, if there are any, can be shown. Raises ValidationError."""
    rows = given.get("note_translations", [None])
    if not isinstance(rows, list) or not rows:
        raise ValidationError("The translations of its note are no list.")
    for row in rows if "note_translations" in given else ():
        match row:
            case {"language": str(language), "note": str(note)} if note and len(row) == 2:
                validate_language(language)
                validate_text(note)
            case _:
                raise ValidationError("A translation of its note has no language or note.")


def _require_same(known: list[Edition]) -> None:
    """What the record has already must be what the file has: two records that differ cannot be one."""
    ours = dict(Edition.objects.filter(pk__in=[e.sequence for e in known]).values_list("sequence", "digest"))
    for edition in known:
        if ours.get(edition.sequence) != edition.digest:
            raise ImportRefusedError(
                f"Sequence {edition.sequence} of this site's record is another edition. Only an empty site, or one "
                "that mirrors the same record, can take these editions."
            )


def _append(editions: list[Edition]) -> bool:
    """False, and nothing done, where only what follows makes the slugs unique again: they were exchanged at once."""
    try:
        with record.writing():
            _require_continuation(editions)
            _require_numbers(editions)
            Edition.objects.bulk_create(editions, batch_size=500)
            projection.project(list({projection.key_of(edition): edition for edition in editions}.values()))
    except IntegrityError:
        return False
    except MISSHAPEN as error:
        raise ImportRefusedError(
            f"Sequences {editions[0].sequence} to {editions[-1].sequence}: a document cannot be shown ({error})."
        ) from error
    return True


def _require_continuation(editions: list[Edition]) -> None:
    last = Edition.objects.order_by("-sequence").values_list("sequence", "digest").first()
    sequence, digest = last or (0, GENESIS)
    for edition in editions:
        sequence += 1
        if edition.sequence != sequence or edition.previous_digest != digest:
            raise ImportRefusedError(
                f"Sequence {sequence} is next, and {edition.sequence} does not continue the record."
            )
        digest = edition.digest


def _require_numbers(editions: list[Edition]) -> None:
    numbers = record.last_numbers({projection.key_of(edition) for edition in editions})
    for edition in editions:
        key = projection.key_of(edition)
        numbers[key] = numbers.get(key, 0) + 1
        if edition.number != numbers[key]:
            raise ImportRefusedError(
                f"Sequence {edition.sequence}: it is edition {edition.number} of its object; {numbers[key]} was due."
            )
