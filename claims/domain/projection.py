"""The projection of the record: kept with every edition, and rebuilt from the record alone with the same result."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef, UUIDField
from django.forms.models import model_to_dict

from claims import addresses
from claims.dates import PartialDate
from claims.domain import documents, indexing, record
from claims.domain.chunks import chunks
from claims.domain.prepared import Insertion, Prepared
from claims.domain.record import Document
from claims.enums import Action, RecordKind
from claims.folding import fold
from claims.models import Edition, PublishedClaim, PublishedEntity, PublishedName, PublishedReference
from claims.models.projection import ADDRESS, AFFILIATION, PUBLISHER, REVIEW_SITE, address_key, publisher_key

CHUNK = 500
# Publishers are names, not objects with a uid; one made of the name serves (RFC 9562, version 5).
PUBLISHERS = UUID("8f5a0f5c-6d0e-4c1b-9a35-2a4ad3c1a4f7")

FIRST_EDITIONS = Prepared(
    lambda uids: Edition.objects.filter(kind__in=RecordKind.values, uid__in=uids, number=1).order_by(),
    "kind",
    "uid",
    "sequence",
    "published_at",
    key=UUIDField(),
)
NEW_ENTITIES, NEW_CLAIMS = Insertion(PublishedEntity), Insertion(PublishedClaim)
NEW_REFERENCES, NEW_NAMES = Insertion(PublishedReference), Insertion(PublishedName)


@dataclass(frozen=True, slots=True)
class First:
    """The first edition of an object: what never changes about its place in the projection."""

    sequence: int
    published_at: datetime


@dataclass
class Rows:
    """Rows of the tables of the projection, and what the index of claims is to hold."""

    claims: list[PublishedClaim] = field(default_factory=list)
    entities: list[PublishedEntity] = field(default_factory=list)
    references: list[PublishedReference] = field(default_factory=list)
    names: list[PublishedName] = field(default_factory=list)
    indexed: list[indexing.Entry] = field(default_factory=list)


def project(editions: Sequence[Edition]) -> None:
    """Make the projection show `editions`, each the newest of its object. Call it within `record.writing()`."""
    for chunk in chunks(editions, CHUNK):
        firsts = _first_editions(chunk)
        _delete([edition for edition in chunk if edition.number > 1], firsts)
        rows = _rows(chunk, firsts)
        NEW_ENTITIES.write(rows.entities)
        NEW_CLAIMS.write(rows.claims)
        NEW_REFERENCES.write(rows.references)
        NEW_NAMES.write(rows.names)
        indexing.index(rows.indexed)


def _delete(editions: Sequence[Edition], firsts: dict[documents.Key, First]) -> None:
    """Take out what earlier editions of the same objects left."""
    claims = [firsts[key_of(edition)].sequence for edition in editions if edition.kind == RecordKind.CLAIM]
    entities = [firsts[key_of(edition)].sequence for edition in editions if edition.kind != RecordKind.CLAIM]
    if editions:
        PublishedReference.objects.filter(referrer__in=claims + entities).delete()
    if claims:
        indexing.forget(claims)
        PublishedClaim.objects.filter(first_sequence__in=claims).delete()
    if entities:
        PublishedName.objects.filter(speaker__in=entities).delete()
        PublishedEntity.objects.filter(first_sequence__in=entities).delete()


def key_of(edition: Edition) -> documents.Key:
    return edition.kind, str(edition.uid)


def rebuild() -> int:
    """Throw the projection away and make it anew from the record, in one transaction. Returns the number of rows."""
    with record.writing():
        indexing.forget_all()
        PublishedName.objects.all().delete()
        PublishedReference.objects.all().delete()
        PublishedClaim.objects.all().delete()
        PublishedEntity.objects.all().delete()
        for chunk in _newest_editions():
            project(chunk)
        indexing.settle()
        return PublishedClaim.objects.count() + PublishedEntity.objects.count()


def differences() -> Iterator[int]:
    """Sequences of current editions that the projection shows wrongly, not at all, or though they are not current.

    Raises DatabaseError where the index of words does not fit its own rows.
    """
    indexing.require_consistent()
    current: set[int] = set()
    referrers: set[int] = set()
    for chunk in _newest_editions():
        firsts = _first_editions(chunk)
        rows = _rows(chunk, firsts)
        sequences = [first.sequence for first in firsts.values()]
        found = Rows(
            list(PublishedClaim.objects.filter(first_sequence__in=sequences)),
            list(PublishedEntity.objects.filter(first_sequence__in=sequences)),
            list(PublishedReference.objects.filter(referrer__in=sequences)),
            list(PublishedName.objects.filter(speaker__in=sequences)),
        )
        expected, actual = _comparable(rows), _comparable(found)
        unlike = set(indexing.differing(rows.indexed))
        for edition in chunk:
            first = firsts[key_of(edition)].sequence
            if expected.get(first) != actual.get(first) or first in unlike:
                yield edition.sequence
        current |= expected.keys()
        referrers |= set(sequences)
    # Compared here rather than by `exclude`: a statement takes only so many parameters.
    for model in (PublishedClaim, PublishedEntity):
        shown = model.objects.values_list("first_sequence", "edition_id").iterator()
        yield from (sequence for first, sequence in shown if first not in current)
    named_by = PublishedReference.objects.values_list("referrer", flat=True).iterator()
    yield from (first for first in named_by if first not in referrers)
    names_of = PublishedName.objects.values_list("speaker", flat=True).iterator()
    yield from (first for first in chain(names_of, indexing.indexed()) if first not in current)


def _comparable(rows: Rows) -> dict[int, list[str]]:
    """Per object, by its first sequence, everything that the projection holds of it."""
    found: dict[int, list[str]] = {}
    for row in [*rows.claims, *rows.entities]:
        values = {name.attname: getattr(row, name.attname) for name in row._meta.concrete_fields}
        found.setdefault(row.first_sequence, []).append(repr(sorted(values.items())))
    for reference in rows.references:
        values = model_to_dict(reference, exclude=["id"])
        found.setdefault(reference.referrer, []).append(repr(sorted(values.items())))
    for name in rows.names:
        found.setdefault(name.speaker, []).append(repr(sorted(model_to_dict(name, exclude=["id"]).items())))
    return {first: sorted(values) for first, values in found.items()}


def _newest_editions() -> Iterator[list[Edition]]:
    newer = Edition.objects.filter(kind=OuterRef("kind"), uid=OuterRef("uid"), number__gt=OuterRef("number"))
    newest = Edition.objects.filter(~Exists(newer)).order_by("sequence")
    last = 0
    while chunk := list(newest.filter(sequence__gt=last)[:CHUNK]):
        last = chunk[-1].sequence
        yield chunk


def _first_editions(editions: Sequence[Edition]) -> dict[documents.Key, First]:
    firsts = {key_of(edition): First(edition.sequence, edition.published_at) for edition in editions}
    for row in FIRST_EDITIONS.rows([edition.uid for edition in editions if edition.number > 1]):
        firsts[row["kind"], str(row["uid"])] = First(row["sequence"], row["published_at"])
    return firsts


def _rows(editions: Sequence[Edition], firsts: dict[documents.Key, First]) -> Rows:
    rows = Rows()
    for edition in editions:
        if edition.action == Action.RETRACTED:
            continue
        document: Document = json.loads(edition.document)
        first = firsts[key_of(edition)]
        if edition.kind == RecordKind.CLAIM:
            rows.claims.append(_claim_row(edition, document, first))
            rows.indexed.append((first.sequence, edition.sequence, document))
        else:
            rows.entities.append(_entity_row(edition, document, first))
            rows.names += _names(edition, document, first)
        rows.references += [
            PublishedReference(referrer=first.sequence, kind=kind, uid=UUID(uid), slug=slug)
            for (kind, uid), slug in sorted((documents.named(document) | filed_under(document)).items())
        ]
    return rows


def filed_under(document: Document) -> dict[documents.Key, str]:
    """What is found by beside the objects it names: claims and sources by address, claims by more."""
    match document["type"]:
        case RecordKind.CLAIM:
            return _claim_filed_under(document)
        case RecordKind.SOURCE:
            return _at_addresses([document])
    return {}


def _claim_filed_under(document: Document) -> dict[documents.Key, str]:
    """Addresses and publishers of its sources, sites that reviewed it, and where its speaker held a role that day."""
    evidence = document["verdict"]["evidence"] if document["verdict"] else []
    sources = [part["source"] for part in [*document["appearances"], *evidence]]
    names = {publisher_key(source["publisher"]) for source in sources if source["publisher"]}
    found = _at_addresses(sources) | {(PUBLISHER, str(uuid5(PUBLISHERS, name))): name for name in names}
    reviews = [review["url"] for review in document.get("external_reviews", []) if review["url"]]
    found |= {(REVIEW_SITE, str(uuid5(PUBLISHERS, site))): site[:100] for site in map(addresses.site_of, reviews)}
    held = (role["organisation"] for role in document["speaker"]["roles"])
    return found | {(AFFILIATION, organisation["id"]): organisation["slug"] for organisation in held}


def _at_addresses(sources: Sequence[Document]) -> dict[documents.Key, str]:
    return dict(_at_address(source["url"]) for source in sources if source["url"])


@lru_cache(maxsize=2048)  # claims rest on the same sources again and again
def _at_address(url: str) -> tuple[documents.Key, str]:
    return (ADDRESS, str(address_key(url))), addresses.normalise(url)[:100]


def _entity_row(edition: Edition, document: Document, first: First) -> PublishedEntity:
    name = document.get("name") or document["title"]
    aliases = [alias["name"] for alias in document.get("aliases", [])]
    translated = [row.get("name") or row["title"] for row in document.get("translations", [])]
    return PublishedEntity(
        first_sequence=first.sequence,
        first_published_at=first.published_at,
        edition=edition,
        uid=edition.uid,
        slug=edition.slug,
        kind=edition.kind,
        name=name,
        subkind=document.get("kind", ""),
        search_text=fold(" ".join([name, *aliases, document.get("publisher", ""), *translated])),
    )


def _names(edition: Edition, document: Document, first: First) -> list[PublishedName]:
    if edition.kind != RecordKind.SPEAKER:
        return []
    return [
        PublishedName(speaker=first.sequence, uid=edition.uid, word=word, alias=alias)
        for word, alias in indexing.name_words(document).items()
    ]


def _claim_row(edition: Edition, document: Document, first: First) -> PublishedClaim:
    claimed = PartialDate.parse(document["claimed_on"]) if document["claimed_on"] else None
    forecast = document["forecast"] or {}
    verdict = document["verdict"]
    return PublishedClaim(
        first_sequence=first.sequence,
        first_published_at=first.published_at,
        edition=edition,
        uid=edition.uid,
        slug=edition.slug,
        kind=document["kind"],
        text=document["text"],
        language=document["language"],
        speaker_slug=document["speaker"]["slug"],
        rating_slug=verdict["rating"]["slug"] if verdict else "",
        scale_slug=verdict["rating"]["scale"]["slug"] if verdict else "",
        conclusive=verdict["rating"]["conclusive"] if verdict else None,
        claimed_from=claimed.earliest if claimed else None,
        claimed_to=claimed.latest if claimed else None,
        reviewed_on=_date(verdict["reviewed_on"]) if verdict else None,
        external_reviewed_on=_newest(document.get("external_reviews", [])),
        due_start=_date(forecast.get("due_start")),
        due_end=_date(forecast.get("due_end")),
        criterion=forecast.get("criterion", ""),
    )


def _newest(reviews: list[Document]) -> date | None:
    """The last day on which another publisher may have reviewed it."""
    return max(
        (PartialDate.parse(review["reviewed_on"]).latest for review in reviews if review["reviewed_on"]), default=None
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
