"""Merging two speakers who are one: on the desk, and in the same transaction for readers.

Which two are one is for people to say. Nothing here suggests any: many people have the same name.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeVar

from claims.domain import documents, projection, record
from claims.domain.current import current_documents
from claims.domain.documents import Key
from claims.domain.drafts import unchecked_drafts
from claims.domain.errors import PublishingError
from claims.domain.record import Document, Entry
from claims.domain.renewal import referrers_of, renew
from claims.enums import Action, RecordKind
from claims.models import Affiliation, Appearance, AttributionLink, Claim, Edition, Speaker, SpeakerAlias
from claims.visible import is_blank

T = TypeVar("T")

# What becomes of each field and relation of the speaker that goes, in words for the editor who confirms it.
RULES = {
    "name": "becomes another name of the one that stays, unless that is written so already",
    "slug": "its addresses lead to the one that stays",
    "kind": "must be the same",
    "description": "is taken over where the one that stays has none",
    "wikidata_id": "is taken over where the one that stays has none; two different ones cannot be merged",
    "internal_note": "is added to that of the one that stays",
    "is_proposed": "that of the one that stays is kept",
    "aliases": "are moved, each once",
    "translations": "are moved where the one that stays has none in that language",
    "affiliations": "are moved, each once",
    "members": "roles held at it are moved, each once",
    "claims": "are moved",
    "appearances": "are moved",
    "attribution_links": "are moved",
}
MOST_MERGERS = 50  # of one into the next, before a record is taken for damaged


@dataclass(frozen=True)
class Outline:
    """What a merger would do. `problem` says why it cannot be done; "" when it can."""

    problem: str
    moved: dict[str, int]
    """How much of each relation is there to be moved."""
    renewed: int
    """How many public pages name the one that goes, and get a new edition."""
    is_public: bool


def outline(merged: Speaker, into: Speaker) -> Outline:
    """Changes nothing."""
    relations = ("aliases", "affiliations", "members", "claims", "appearances", "attribution_links")
    current = current_documents([documents.key_of(merged), documents.key_of(into)])
    key = documents.key_of(merged)
    return Outline(
        problem=_obstacle(merged, into, current),
        moved={name: getattr(merged, name).count() for name in relations},
        renewed=len(referrers_of([key])) if key in current else 0,
        is_public=key in current,
    )


def merge(merged: Speaker, into: Speaker, *, by: str, reason: str) -> list[Edition]:
    """Make two speakers one, for good: `merged` goes, `into` stays. See RULES for each field.

    Where `merged` is public: appends an edition of `into`, of each public page that names `merged`, made of what is
    published and not of drafts, and a retraction of `merged` that names its successor, so that its addresses lead
    there. Renews what names these. Deletes `merged` from the desk. Returns the editions. Raises PublishingError.
    """
    if is_blank(reason):
        raise PublishingError("Give the reason: readers see it beside the change.")
    with record.writing():
        found = {speaker.pk: speaker for speaker in Speaker.objects.filter(pk__in=[merged.pk, into.pk])}
        if len(found) < 2:
            raise PublishingError("Choose two speakers that are on the desk.")
        merged, into = found[merged.pk], found[into.pk]
        current = current_documents([documents.key_of(merged), documents.key_of(into)])
        if problem := _obstacle(merged, into, current):
            raise PublishingError(problem)
        key = documents.key_of(merged)
        _move(merged, into)
        editions = _republish(key, documents.key_of(into), current, by, reason.strip()) if key in current else []
        merged.delete()
        return editions


def successor(edition: Edition) -> Edition | None:
    """The newest edition of the object that a merged one is part of now; None of whatever was not merged."""
    found = None
    for _ in range(MOST_MERGERS):
        if edition.kind != RecordKind.SPEAKER or edition.action != Action.RETRACTED:
            return found
        into = json.loads(edition.document).get("merged_into")
        if into is None:
            return found
        newest = Edition.objects.of_object(edition.kind, into["id"]).first()
        if newest is None:  # in a mirror of a record that is not made by this program
            return found
        found = edition = newest
    return None


def _obstacle(merged: Speaker, into: Speaker, current: dict[Key, Document]) -> str:
    keys = documents.key_of(merged), documents.key_of(into)
    ids = {merged.wikidata_id, into.wikidata_id} - {""}
    at_each_other = Affiliation.objects.filter(speaker__in=[merged, into], organisation__in=[merged, into]).exists()
    if merged.pk == into.pk:
        return "A speaker cannot be merged into itself."
    if merged.kind != into.kind:
        return "They are of different kinds. If they are one, give them the same kind first."
    if len(ids) > 1:
        return f"They have different Wikidata ids ({', '.join(sorted(ids))}), so they are two or one is wrong."
    if at_each_other or _names_each_other(keys, current):
        return "One of them holds a role at the other, so they are two. Take out that role first, and publish that."
    if keys[0] in current and keys[1] not in current:
        return "The one that goes is public, the one that stays is not. Publish it first, or merge the other way round."
    return ""


def _names_each_other(keys: tuple[Key, Key], current: dict[Key, Document]) -> bool:
    return any(other in documents.references(current[key]) for key in keys if key in current for other in keys)


# The desk


def _move(merged: Speaker, into: Speaker) -> None:
    Claim.objects.filter(speaker=merged).update(speaker=into)
    Appearance.objects.filter(speaker=merged).update(speaker=into)
    AttributionLink.objects.filter(speaker=merged).update(speaker=into)
    _move_roles(merged, into)
    taken = {into.name, *into.aliases.values_list("name", flat=True)}
    for alias in merged.aliases.exclude(name__in=taken):
        SpeakerAlias.objects.filter(pk=alias.pk).update(speaker=into)
        taken.add(alias.name)
    if merged.name not in taken:
        SpeakerAlias.objects.create(speaker=into, name=merged.name)
    translated = into.translations.values_list("language", flat=True)
    merged.translations.exclude(language__in=list(translated)).update(speaker=into)
    into.description = into.description or merged.description
    into.internal_note = "\n".join(filter(None, [into.internal_note, merged.internal_note]))[:5000]
    wikidata_id = into.wikidata_id or merged.wikidata_id
    Speaker.objects.filter(pk=merged.pk).update(wikidata_id="")  # no two may have it, not even for a moment
    into.wikidata_id = wikidata_id
    into.save()


def _move_roles(merged: Speaker, into: Speaker) -> None:
    held = {(role.title, role.organisation_id, role.start, role.end) for role in into.affiliations.all()}
    for role in merged.affiliations.all():
        if (role.title, role.organisation_id, role.start, role.end) not in held:
            Affiliation.objects.filter(pk=role.pk).update(speaker=into)
    given = {(role.title, role.speaker_id, role.start, role.end) for role in into.members.all()}
    for role in merged.members.all():
        if (role.title, role.speaker_id, role.start, role.end) in given:
            role.delete()
        else:
            Affiliation.objects.filter(pk=role.pk).update(organisation=into)


# The record


def _republish(old: Key, new: Key, current: dict[Key, Document], by: str, reason: str) -> list[Edition]:
    """Works on published documents alone, as renewal does."""
    changed = {new: _united(current[new], current[old], unchecked_drafts([new])[new])}
    # Speakers before claims: what a claim shows of a role comes from the document of who holds it.
    naming = current_documents(referrers_of([old]))
    renamed = {key: _with(naming[key], old, new) for key in sorted(naming, key=lambda key: (key[0] == "claim", key))}
    published = current_documents(set().union(*map(documents.references, renamed.values())))
    for key, document in renamed.items():
        changed[key] = documents.embed(document, published | changed)
    numbers = record.last_numbers([old, *changed])
    before = current | naming
    entries = [
        Entry(RecordKind(key[0]), numbers[key] + 1, document, Action.UPDATED, reason, by)
        for key, document in changed.items()
        if document != before[key]
    ]
    stone = documents.tombstone(current[old], successor=changed[new])
    entries.append(Entry(RecordKind(old[0]), numbers[old] + 1, stone, Action.RETRACTED, reason, by))
    editions = record.append(entries)
    projection.project(editions)
    return editions + renew(editions, by=by)


def _united(into: Document, merged: Document, draft: Document) -> Document:
    """The published document of the one that stays with what the other one's brings; in the order of the desk."""
    names = [*into["aliases"], *merged["aliases"], {"name": merged["name"], "language": None}]
    others = [alias for alias in names if alias["name"] != into["name"]]
    roles = [*into["affiliations"], *merged["affiliations"]]
    translations = [*into.get("translations", ()), *merged.get("translations", ())]
    translated = _each_once(translations, itemgetter("language"), draft.get("translations", []))
    united = into | {"translations": translated} if translated else into
    return united | {
        "description": into["description"] or merged["description"],
        "wikidata_id": into["wikidata_id"] or merged["wikidata_id"],
        "aliases": _each_once(others, lambda alias: alias["name"], draft["aliases"]),
        "affiliations": _each_once(roles, _role, draft["affiliations"]),
    }


def _role(role: Document) -> Any:
    return role["title"], role["organisation"]["id"], role["start"], role["end"]


def _each_once(items: list[T], key: Callable[[T], Any], order: list[T]) -> list[T]:
    """The first of each key, as `order` has them and then the rest."""
    first: dict[Any, T] = {}
    for item in items:
        first.setdefault(key(item), item)
    places = {key(item): place for place, item in enumerate(order)}
    return sorted(first.values(), key=lambda item: places.get(key(item), len(places)))


def _with(value: Any, old: Key, new: Key) -> Any:
    """A published document with each reference to one object made a reference to another."""
    if isinstance(value, list):
        return [_with(item, old, new) for item in value]
    if isinstance(value, dict):
        own = {"id": new[1]} if (value.get("type"), value.get("id")) == old else {}
        return {name: _with(item, old, new) for name, item in value.items()} | own
    return value
