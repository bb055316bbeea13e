"""Public documents: the allow-list of what readers may see, built from the desk in two steps.

`draft_document` writes an object's own public fields and, where it names another object, a reference: a dict with the
`type` and `id` of what it names. `embed` fills each reference with the part of the *published* document of that object
that belongs there. Renewal runs the second step again on a published document, so that a draft never gets in.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from claims.dates import overlaps
from claims.domain.errors import PublishingError
from claims.domain.record import Document, timestamp
from claims.enums import RecordKind
from claims.models import (
    Affiliation,
    Appearance,
    Claim,
    Evidence,
    Publishable,
    RatingScale,
    Source,
    Speaker,
    Topic,
    Verdict,
)

SCHEMA = 1

# What an object is known by across the record: its kind and the text of its uid.
Key = tuple[str, str]


def key_of(item: Publishable) -> Key:
    return item.record_kind.value, str(item.uid)


def draft_document(item: Publishable) -> Document:
    """The public document of a desk object, with references still to be filled."""
    own = {"schema": SCHEMA, "type": item.record_kind.value, "id": str(item.uid), "slug": item.slug}
    match item:
        case Claim():
            return own | _claim(item)
        case Speaker():
            return own | _speaker(item)
        case Source():
            return own | _source(item)
        case Topic():
            return own | {"name": item.name, "description": item.description}
        case RatingScale():
            return own | _rating_scale(item)
    raise TypeError(f"{type(item).__name__} has no public document.")


def tombstone(document: Document) -> Document:
    """The document of a retracted object: which one it was, and nothing of what it said."""
    return {name: document[name] for name in ("schema", "type", "id", "slug")} | {"retracted": True}


def references(document: Document) -> set[Key]:
    """Everything that the document names."""
    return {_key(node) for value in document.values() for node in _reference_nodes(value)}


def named(document: Document) -> dict[Key, str]:
    """Everything that an embedded document names, with the slug under which it does."""
    nodes = (node for value in document.values() for node in _reference_nodes(value))
    return {_key(node): node["scale"]["slug"] if node["type"] == "rating" else node["slug"] for node in nodes}


def embed(document: Document, published: Mapping[Key, Document]) -> Document:
    """The document with its references filled from `published`; relations to claims not in there are left out."""
    if "relations" in document:
        public = [relation for relation in document["relations"] if _key(relation["claim"]) in published]
        document = document | {"relations": public}
    return {name: value if name == "type" else _fill(value, published) for name, value in document.items()}


# Step one: an object's own fields


def _claim(claim: Claim) -> Document:
    verdict = getattr(claim, "verdict", None)
    return {
        "text": claim.text,
        "kind": claim.kind,
        "language": claim.language,
        "claimed_on": claim.claimed_on or None,
        "speaker": _role_reference(claim.speaker, claim.claimed_on),
        "topics": [_reference(topic) for topic in sorted(claim.topics.all(), key=lambda topic: topic.name)],
        "forecast": _forecast(claim),
        "appearances": [_appearance(appearance, claim) for appearance in claim.appearances.all()],
        "relations": [
            {"kind": relation.kind, "claim": _reference(relation.target)} for relation in claim.relations.all()
        ],
        "verdict": _verdict(verdict, list(claim.evidence.all())) if verdict else None,
    }


def _forecast(claim: Claim) -> Document | None:
    if not (claim.due_end or claim.due_words or claim.criterion or claim.kind == "forecast"):
        return None
    return {
        "due_start": claim.due_start.isoformat() if claim.due_start else None,
        "due_end": claim.due_end.isoformat() if claim.due_end else None,
        "granularity": claim.due_granularity or None,
        "words": claim.due_words,
        "criterion": claim.criterion,
    }


def _appearance(appearance: Appearance, claim: Claim) -> Document:
    date = appearance.date or claim.claimed_on
    return {
        "source": _reference(appearance.source),
        "speaker": _role_reference(appearance.speaker or claim.speaker, date),
        "date": date or None,
        "medium": appearance.medium,
        "wording": appearance.wording,
        "quotation": appearance.quotation,
        "prefix": appearance.prefix,
        "suffix": appearance.suffix,
        "locator": appearance.locator,
        "attribution": [
            {"speaker": _role_reference(link.speaker, date), "act": link.act} for link in appearance.attribution.all()
        ],
    }


def _verdict(verdict: Verdict, evidence: list[Evidence]) -> Document:
    rating = verdict.rating
    return {
        "rating": {"type": "rating", "slug": rating.slug, "scale": {"id": str(rating.scale.uid)}},
        "summary": verdict.summary,
        "rationale": verdict.rationale,
        "reviewed_on": verdict.reviewed_on.isoformat(),
        "evidence": [
            {
                "source": _reference(item.source),
                "stance": item.stance,
                "quotation": item.quotation,
                "locator": item.locator,
                "note": item.note,
            }
            for item in evidence
        ],
    }


def _speaker(speaker: Speaker) -> Document:
    return {
        "name": speaker.name,
        "kind": speaker.kind,
        "description": speaker.description,
        "wikidata_id": speaker.wikidata_id or None,
        "aliases": [{"name": alias.name, "language": alias.language or None} for alias in speaker.aliases.all()],
        "affiliations": [_affiliation(affiliation) for affiliation in speaker.affiliations.all()],
    }


def _affiliation(affiliation: Affiliation) -> Document:
    return {
        "title": affiliation.title,
        "organisation": _reference(affiliation.organisation),
        "start": affiliation.start or None,
        "end": affiliation.end or None,
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
    }


def _rating_scale(scale: RatingScale) -> Document:
    ratings = [
        {
            "slug": rating.slug,
            "label": rating.label,
            "definition": rating.definition,
            "conclusive": rating.conclusive,
            "value": rating.rank,
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
    }


def _reference(item: Publishable) -> Document:
    return {"type": item.record_kind.value, "id": str(item.uid)}


def _role_reference(speaker: Speaker, on: str) -> Document:
    """A speaker on a day: `on` decides which roles are shown."""
    return _reference(speaker) | {"on": on or None}


# Step two: references filled from published documents


def _key(node: Mapping[str, Any]) -> Key:
    if node["type"] == "rating":
        return RecordKind.RATING_SCALE.value, node["scale"]["id"]
    return node["type"], node["id"]


def _reference_nodes(value: Any) -> Iterator[Document]:
    if isinstance(value, dict):
        if "type" in value:
            yield value
        else:
            for child in value.values():
                yield from _reference_nodes(child)
    elif isinstance(value, list):
        for child in value:
            yield from _reference_nodes(child)


def _fill(value: Any, published: Mapping[Key, Document]) -> Any:
    if isinstance(value, list):
        return [_fill(child, published) for child in value]
    if isinstance(value, dict):
        if "type" in value:
            return _part(value, published[_key(value)])
        return {name: _fill(child, published) for name, child in value.items()}
    return value


def _part(node: Document, document: Document) -> Document:
    """What a document shows of another that it names."""
    if node["type"] == "rating":
        return _rating_part(node["slug"], document)
    part = {name: document[name] for name in ("type", "id", "slug", *PART_FIELDS[node["type"]])}
    if "on" in node:
        part |= {"on": node["on"], "roles": _roles_held(document, node["on"])}
    return part


PART_FIELDS = {
    RecordKind.CLAIM.value: ("text",),
    RecordKind.SPEAKER.value: ("name", "kind"),
    RecordKind.SOURCE.value: ("kind", "title", "publisher", "url", "archived_url", "published_on", "language"),
    RecordKind.TOPIC.value: ("name",),
}


def _roles_held(speaker: Document, on: str | None) -> list[Document]:
    """The roles held on a (partial) date; none for an undated claim, where any title would be a guess."""
    return [
        {
            "title": held["title"],
            "organisation": {name: held["organisation"][name] for name in ("id", "slug", "name")},
        }
        for held in speaker["affiliations"]
        if on and overlaps(on, held["start"] or "", held["end"] or "")
    ]


def _rating_part(slug: str, scale: Document) -> Document:
    rating = next((rating for rating in scale["ratings"] if rating["slug"] == slug), None)
    if rating is None:
        raise PublishingError(
            f"The published scale “{scale['name']}” has no rating “{slug}”, which a claim uses. Publish the scale with "
            "this rating first, or give the claim another."
        )
    ends = {"best": scale["best"], "worst": scale["worst"]} if rating["conclusive"] else {"best": None, "worst": None}
    return {"type": "rating", **rating, **ends, "scale": {name: scale[name] for name in ("id", "slug", "name")}}
