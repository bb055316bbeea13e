"""Draft documents: what of the desk may become public. A column that is not named here never leaves the desk."""

from collections.abc import Iterable
from typing import Any

from claims.domain.claim_drafts import claim_drafts
from claims.domain.documents import SCHEMA, Key, key_of
from claims.domain.readiness import require_ready
from claims.domain.record import Document, timestamp
from claims.enums import RecordKind
from claims.models import Claim, Page, Publishable, RatingScale, Source, Speaker, Topic

# In the order in which they can be published: what is named stands before what names it.
MODELS: dict[str, type[Publishable]] = {
    model.record_kind.value: model for model in (RatingScale, Topic, Source, Speaker, Claim, Page)
}


def read_drafts(keys: Iterable[Key]) -> dict[Key, Document]:
    """Draft documents, read from the tables, so that a stale instance never gets out. Missing: what does not exist.

    Raises PublishingError when one of them is not ready to be published.
    """
    drafts = unchecked_drafts(keys)
    for draft in drafts.values():
        require_ready(draft)
    return drafts


def unchecked_drafts(keys: Iterable[Key]) -> dict[Key, Document]:
    """As `read_drafts`, ready or not."""
    uids: dict[str, list[str]] = {}
    for kind, uid in keys:
        uids.setdefault(kind, []).append(uid)
    drafts: dict[Key, Document] = {}
    for kind, wanted in uids.items():
        drafts |= claim_drafts(wanted) if kind == RecordKind.CLAIM else _entity_drafts(kind, wanted)
    return drafts


def _entity_drafts(kind: str, uids: list[str]) -> dict[Key, Document]:
    items: Any = MODELS[kind]._default_manager
    return {key_of(item): _entity(item) for item in items.for_publication().filter(uid__in=uids)}


def _entity(item: Publishable) -> Document:
    own = {"schema": SCHEMA, "type": item.record_kind.value, "id": str(item.uid), "slug": item.slug}
    match item:
        case Speaker():
            return own | _speaker(item)
        case Source():
            return own | _source(item)
        case RatingScale():
            return own | _rating_scale(item)
        case Topic():
            return (
                own | {"name": item.name, "description": item.description} | _translations(item, "name", "description")
            )
        case Page():
            return own | _page(item)
    raise TypeError(f"{type(item).__name__} has no public document.")


def _translations(item: Any, *names: str) -> Document:
    """What of an object is there in further languages. Absent where nothing is, as from all documents of before."""
    found = [{name: getattr(row, name) for name in ("language", *names)} for row in item.translations.all()]
    return {"translations": found} if found else {}


def _speaker(speaker: Speaker) -> Document:
    return {
        "name": speaker.name,
        "kind": speaker.kind,
        "description": speaker.description,
        "wikidata_id": speaker.wikidata_id or None,
        "aliases": [{"name": alias.name, "language": alias.language or None} for alias in speaker.aliases.all()],
        "affiliations": [
            {
                "title": affiliation.title,
                "organisation": {"type": RecordKind.SPEAKER.value, "id": str(affiliation.organisation.uid)},
                "start": affiliation.start or None,
                "end": affiliation.end or None,
                **_translations(affiliation, "title"),
            }
            for affiliation in speaker.affiliations.all()
        ],
        **_translations(speaker, "name", "description"),
    }


def _source(source: Source) -> Document:
    return {
        "kind": source.kind,
        "title": source.title,
        "publisher": source.publisher,
        "authors": source.author_names,
        "url": source.url or None,
        "published_on": source.published_on or None,
        "language": source.language,
        "archived_url": source.archived_url or None,
        "archived_at": timestamp(source.archived_at) if source.archived_at else None,
        "content_hash": source.content_hash or None,
        **_translations(source, "title", "publisher"),
    }


def _page(page: Page) -> Document:
    own = {"title": page.title, "body": page.body, "language": page.language}
    return own | _translations(page, "title", "body")


def _rating_scale(scale: RatingScale) -> Document:
    ratings = [
        {
            "slug": rating.slug,
            "label": rating.label,
            "definition": rating.definition,
            "conclusive": rating.conclusive,
            "value": rating.rank,
            **_translations(rating, "label", "definition"),
        }
        for rating in scale.ratings.all()
    ]
    values = [rating["value"] for rating in ratings if rating["value"] is not None]
    return {
        "name": scale.name,
        "description": scale.description,
        "ratings": ratings,
        "best": max(values, default=None),
        "worst": min(values, default=None),
        **_translations(scale, "name", "description"),
    }
