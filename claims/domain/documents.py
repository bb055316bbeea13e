"""Public documents: what readers get, and how the parts that name other objects are filled.

A draft document (see `drafts`) has a reference wherever it names another object: a dict with the `type` and `id` of
what it names. `embed` fills each reference with the part of the *published* document of that object that belongs
there. Renewal does so again with a published document, so that no draft ever gets in.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from claims.dates import overlaps
from claims.domain.errors import PublishingError
from claims.domain.record import Document
from claims.enums import RecordKind
from claims.models import Publishable

SCHEMA = 1

# What an object is known by across the record: its kind and the text of its uid.
Key = tuple[str, str]


def key_of(item: Publishable) -> Key:
    return item.record_kind.value, str(item.uid)


def tombstone(document: Document, *, successor: Document | None = None) -> Document:
    """The document of a retracted object: which one it was, and nothing of what it said.

    `successor`: the document of the object of the same kind that it was merged into.
    """
    stone = {name: document[name] for name in ("schema", "type", "id", "slug")} | {"retracted": True}
    # Without a `type`, so that it is no reference: nobody renews what is retracted.
    return stone | {"merged_into": {name: successor[name] for name in ("id", "slug")}} if successor else stone


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
    if document.get("archived_at"):  # absent where there is none, as from all documents older than this member
        part |= {"archived_at": document["archived_at"]}
    part |= _named_elsewhere(document, *TRANSLATED[node["type"]])
    if "on" in node:
        part |= {"on": node["on"], "roles": _roles_held(document, node["on"])}
    return part


PART_FIELDS = {
    RecordKind.CLAIM.value: ("text",),
    RecordKind.SPEAKER.value: ("name", "kind", "wikidata_id"),
    RecordKind.SOURCE.value: ("kind", "title", "publisher", "url", "archived_url", "published_on", "language"),
    RecordKind.TOPIC.value: ("name",),
}


# What of it is shown in further languages.
TRANSLATED = {
    RecordKind.CLAIM.value: ("text",),
    RecordKind.SPEAKER.value: ("name",),
    RecordKind.SOURCE.value: ("title", "publisher"),
    RecordKind.TOPIC.value: ("name",),
}


def _named_elsewhere(document: Document, *members: str) -> Document:
    """What an object is called in further languages; nothing where the first of `members` is nowhere translated."""
    rows = [row for row in document.get("translations", ()) if row.get(members[0])]
    return {"translations": [{name: row[name] for name in ("language", *members)} for row in rows]} if rows else {}


def _roles_held(speaker: Document, on: str | None) -> list[Document]:
    """The roles held on a (partial) date; none for an undated claim, where any title would be a guess."""
    return [
        {
            "title": held["title"],
            "organisation": {name: held["organisation"][name] for name in ("id", "slug", "name")}
            | _named_elsewhere(held["organisation"], "name"),
            **_named_elsewhere(held, "title"),
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
    named = {name: scale[name] for name in ("id", "slug", "name")} | _named_elsewhere(scale, "name")
    return {"type": "rating", **rating, **ends, "scale": named}
