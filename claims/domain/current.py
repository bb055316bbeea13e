"""What is public now, read through the projection."""

import json
from collections.abc import Iterable
from uuid import UUID

from claims.domain.chunks import chunks
from claims.domain.documents import Key
from claims.domain.record import Document
from claims.enums import RecordKind
from claims.models import PublishedClaim, PublishedEntity

CHUNK = 500


def current_documents(keys: Iterable[Key]) -> dict[Key, Document]:
    """The public documents of those of `keys` that are public."""
    keys = list(keys)
    claims = [uid for kind, uid in keys if kind == RecordKind.CLAIM]
    entities = [(kind, uid) for kind, uid in keys if kind != RecordKind.CLAIM]
    found: dict[Key, Document] = {}
    for uids in chunks(claims, CHUNK):
        texts = PublishedClaim.objects.filter(uid__in=uids).values_list("uid", "edition__document")
        found |= {(RecordKind.CLAIM.value, str(uid)): json.loads(text) for uid, text in texts}
    for wanted in chunks(entities, CHUNK):
        kinds, uids = {kind for kind, _ in wanted}, [uid for _, uid in wanted]
        rows = PublishedEntity.objects.filter(kind__in=kinds, uid__in=uids)
        for kind, uid, text in rows.values_list("kind", "uid", "edition__document"):
            found[kind, str(uid)] = json.loads(text)
    return found


def public_slugs(wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str, UUID]]:
    """Those of the (kind, slug) pairs that are public, as (kind, slug, uid) of the object that has them."""
    wanted = set(wanted)
    claims = [slug for kind, slug in wanted if kind == RecordKind.CLAIM]
    entities = [slug for kind, slug in wanted if kind != RecordKind.CLAIM]
    found: list[tuple[str, str, UUID]] = []
    if claims:
        rows = PublishedClaim.objects.filter(slug__in=claims).values_list("slug", "uid")
        found += [(RecordKind.CLAIM.value, slug, uid) for slug, uid in rows]
    if entities:
        found += PublishedEntity.objects.filter(slug__in=entities).values_list("kind", "slug", "uid")
    return [row for row in found if row[:2] in wanted]
