"""What is public now, read through the projection."""

import json
from collections.abc import Iterable
from uuid import UUID

from django.db.models import CharField, UUIDField

from claims.domain.chunks import chunks
from claims.domain.documents import Key
from claims.domain.prepared import Prepared
from claims.domain.record import Document
from claims.enums import RecordKind
from claims.models import PublishedClaim, PublishedEntity

CHUNK = 500

ENTITY_KINDS = [kind for kind in RecordKind.values if kind != RecordKind.CLAIM]
CLAIMS = Prepared(
    lambda uids: PublishedClaim.objects.filter(uid__in=uids).order_by(), "uid", "edition__document", key=UUIDField()
)
# A uid is unique across kinds; naming all of them lets the database use its index.
ENTITIES = Prepared(
    lambda uids: PublishedEntity.objects.filter(kind__in=ENTITY_KINDS, uid__in=uids).order_by(),
    "kind",
    "uid",
    "edition__document",
    key=UUIDField(),
)
CLAIMS_BY_SLUG = Prepared(
    lambda slugs: PublishedClaim.objects.filter(slug__in=slugs).order_by(), "slug", "uid", key=CharField()
)
ENTITIES_BY_SLUG = Prepared(
    lambda slugs: PublishedEntity.objects.filter(kind__in=ENTITY_KINDS, slug__in=slugs).order_by(),
    "kind",
    "slug",
    "uid",
    key=CharField(),
)


def current_documents(keys: Iterable[Key]) -> dict[Key, Document]:
    """The public documents of those of `keys` that are public."""
    keys = set(keys)
    found: dict[Key, Document] = {}
    for uids in chunks(sorted(uid for kind, uid in keys if kind == RecordKind.CLAIM), CHUNK):
        for row in CLAIMS.rows(uids):
            found[RecordKind.CLAIM.value, str(row["uid"])] = json.loads(row["edition__document"])
    for uids in chunks(sorted(uid for kind, uid in keys if kind != RecordKind.CLAIM), CHUNK):
        for row in ENTITIES.rows(uids):
            found[row["kind"], str(row["uid"])] = json.loads(row["edition__document"])
    return found


def public_slugs(wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str, UUID]]:
    """Those of the (kind, slug) pairs that are public, as (kind, slug, uid) of the object that has them."""
    wanted = set(wanted)
    claims = CLAIMS_BY_SLUG.rows([slug for kind, slug in wanted if kind == RecordKind.CLAIM])
    entities = ENTITIES_BY_SLUG.rows([slug for kind, slug in wanted if kind != RecordKind.CLAIM])
    found = [(RecordKind.CLAIM.value, row["slug"], row["uid"]) for row in claims]
    found += [(row["kind"], row["slug"], row["uid"]) for row in entities]
    return [row for row in found if row[:2] in wanted]
