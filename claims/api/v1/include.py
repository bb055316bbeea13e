"""Embedding: `include=speaker,sources` puts public objects that a claim names beside it, whole and as they are now."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from claims.enums import RecordKind
from claims.exchange import resources
from claims.models import PublishedEntity, PublishedReference

Document = dict[str, Any]
# The JSON of public objects, by kind and identifier.
Found = dict[tuple[str, str], str]


def _sources(claim: Document) -> Iterator[Document]:
    yield from (appearance["source"] for appearance in claim["appearances"])
    if claim["verdict"]:
        yield from (evidence["source"] for evidence in claim["verdict"]["evidence"])


def _scale(claim: Document) -> Document | None:
    scale: Document | None = claim["verdict"] and claim["verdict"]["rating"]["scale"]
    return scale


ONE: dict[str, tuple[RecordKind, Callable[[Document], Document | None]]] = {
    "speaker": (RecordKind.SPEAKER, lambda claim: claim["speaker"]),
    "scale": (RecordKind.RATING_SCALE, _scale),
}
MANY: dict[str, tuple[RecordKind, Callable[[Document], Iterable[Document]]]] = {
    "sources": (RecordKind.SOURCE, _sources),
    "topics": (RecordKind.TOPIC, lambda claim: claim["topics"]),
}
NAMES = ("speaker", "sources", "topics", "scale")


def embedded(texts: Iterable[str], rows: Sequence[resources.Row], names: Sequence[str]) -> Iterator[str]:
    """`texts`, the JSON of the claims of `rows`, each with a member `included`. One query."""
    found = _found(rows, names)
    for text, row in zip(texts, rows, strict=True):
        claim = json.loads(resources.document(row))
        parts = ",".join(f'"{name}":{_part(claim, name, found)}' for name in dict.fromkeys(names))
        yield f'{text[:-1]}{"" if text == "{}" else ","}"included":{{{parts}}}}}'


def _found(rows: Sequence[resources.Row], names: Sequence[str]) -> Found:
    kinds = [(ONE | MANY)[name][0] for name in names]
    positions = [resources.position(row) for row in rows]
    named = PublishedReference.objects.filter(referrer__in=positions, kind__in=kinds).values("uid")
    entities = PublishedEntity.objects.filter(kind__in=kinds, uid__in=named).order_by()
    return {
        (kind, str(uid)): resources.resource(tuple(row))
        for kind, uid, *row in entities.values_list("kind", "uid", *resources.COLUMNS)
    }


def _part(claim: Document, name: str, found: Found) -> str:
    """What is not public any more is null, or left out of a list."""
    if name in ONE:
        kind, one = ONE[name]
        part = one(claim)
        return found.get((kind, part["id"]), "null") if part else "null"
    kind, many = MANY[name]
    identifiers = dict.fromkeys(part["id"] for part in many(claim))
    return f"[{','.join(found[kind, uid] for uid in identifiers if (kind, uid) in found)}]"
