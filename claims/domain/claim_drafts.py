"""Draft documents of claims.

They are read by column instead of by instance: that names what may become public, and publishing spends its time here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import UUIDField

from claims.domain.documents import SCHEMA, Key
from claims.domain.prepared import Prepared, Row
from claims.domain.record import Document
from claims.enums import ClaimKind, RecordKind
from claims.models import (
    Appearance,
    AttributionLink,
    Claim,
    ClaimRelation,
    ClaimTranslation,
    Evidence,
    ExternalReview,
)

# Rows by the primary key of what they belong to.
Groups = dict[int, list[Row]]

CLAIM = ("pk", "uid", "slug", "text", "kind", "language", "claimed_on", "speaker__uid")
FORECAST = ("due_start", "due_end", "due_granularity", "due_words", "criterion")
VERDICT = ("verdict__summary", "verdict__rationale", "verdict__reviewed_on")
RATING = ("verdict__rating__slug", "verdict__rating__scale__uid")
SAYING = ("date", "medium", "wording", "quotation", "prefix", "suffix", "locator")
REVIEW = (
    "publisher",
    "url",
    "title",
    "rating",
    "rating_value",
    "rating_best",
    "rating_worst",
    "language",
    "reviewed_on",
)
TRANSLATION = ("language", "text", "summary", "rationale", "criterion")
PASSAGE = ("stance", "quotation", "locator", "note")
# Of appearances and evidence: joined, so that a part of which there is much costs no query more.
SAID_ELSEWHERE = ("language", "quotation", "locator")
SHOWN_ELSEWHERE = (*SAID_ELSEWHERE, "note")


CLAIMS = Prepared(
    lambda uids: Claim.objects.filter(uid__in=uids), *CLAIM, *FORECAST, *VERDICT, *RATING, key=UUIDField()
)
TOPICS = Prepared(
    lambda claims: Claim.topics.through.objects.filter(claim__in=claims).order_by("topic__name"), "claim", "topic__uid"
)
APPEARANCES = Prepared(
    lambda claims: Appearance.objects.filter(claim__in=claims).order_by("position", "pk", "translations__language"),
    *("pk", "claim", "source__uid", "speaker__uid", *SAYING),
    *(f"translations__{name}" for name in SAID_ELSEWHERE),
)
LINKS = Prepared(
    lambda appearances: AttributionLink.objects.filter(appearance__in=appearances), "appearance", "speaker__uid", "act"
)
EVIDENCE = Prepared(
    lambda claims: Evidence.objects.filter(claim__in=claims).order_by("position", "pk", "translations__language"),
    *("pk", "claim", "source__uid", *PASSAGE),
    *(f"translations__{name}" for name in SHOWN_ELSEWHERE),
)
RELATIONS = Prepared(lambda claims: ClaimRelation.objects.filter(claim__in=claims), "claim", "kind", "target__uid")
EXTERNAL_REVIEWS = Prepared(lambda claims: ExternalReview.objects.filter(claim__in=claims), "claim", *REVIEW)
TRANSLATIONS = Prepared(
    lambda claims: ClaimTranslation.objects.filter(claim__in=claims), "claim", *TRANSLATION, "due_words"
)


def claim_drafts(uids: list[str]) -> dict[Key, Document]:
    """Draft documents of those of the claims that exist. Eight queries, however many."""
    rows = list(CLAIMS.rows(uids))
    claims = [row["pk"] for row in rows]
    appearances = _grouped(_each_once(APPEARANCES.rows(claims), SAID_ELSEWHERE), "claim")
    said = [appearance["pk"] for group in appearances.values() for appearance in group]
    parts = {
        "topics": _grouped(TOPICS.rows(claims), "claim"),
        "appearances": appearances,
        "links": _grouped(LINKS.rows(said), "appearance"),
        "evidence": _grouped(_each_once(EVIDENCE.rows(claims), SHOWN_ELSEWHERE), "claim"),
        "relations": _grouped(RELATIONS.rows(claims), "claim"),
        "external_reviews": _grouped(EXTERNAL_REVIEWS.rows(claims), "claim"),
        "translations": _grouped(TRANSLATIONS.rows(claims), "claim"),
    }
    return {(RecordKind.CLAIM.value, str(row["uid"])): _claim(row, parts) for row in rows}


def _each_once(rows: Iterable[Row], names: tuple[str, ...]) -> Iterable[Row]:
    """Rows that come once for each of their translations as one, with `translations` where it has any."""
    found: dict[int, Row] = {}
    for row in rows:
        part = found.setdefault(row["pk"], row | {"translations": []})
        if row["translations__language"] is not None:
            part["translations"].append({name: row[f"translations__{name}"] for name in names})
    return found.values()


def _grouped(rows: Iterable[Any], key: str) -> Groups:
    groups: Groups = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _claim(claim: Row, parts: dict[str, Groups]) -> Document:
    pk = claim["pk"]
    further = {
        "external_reviews": [_external_review(review) for review in parts["external_reviews"].get(pk, ())],
        "translations": list(_translations(claim, parts["translations"].get(pk, ()))),
    }
    document = {
        "schema": SCHEMA,
        "type": RecordKind.CLAIM.value,
        "id": str(claim["uid"]),
        "slug": claim["slug"],
        "text": claim["text"],
        "kind": claim["kind"],
        "language": claim["language"],
        "claimed_on": claim["claimed_on"] or None,
        "speaker": _role_reference(claim["speaker__uid"], claim["claimed_on"]),
        "topics": [_reference(RecordKind.TOPIC, topic["topic__uid"]) for topic in parts["topics"].get(pk, ())],
        "forecast": _forecast(claim),
        "appearances": [
            _appearance(appearance, claim, parts["links"].get(appearance["pk"], ()))
            for appearance in parts["appearances"].get(pk, ())
        ],
        "relations": [
            {"kind": relation["kind"], "claim": _reference(RecordKind.CLAIM, relation["target__uid"])}
            for relation in parts["relations"].get(pk, ())
        ],
        "verdict": _verdict(claim, parts["evidence"].get(pk, ())) if claim["verdict__rating__slug"] else None,
    }
    # Absent where there are none, as from all documents older than a member: publishing one again changes nothing.
    return document | {name: items for name, items in further.items() if items}


def _forecast(claim: Row) -> Document | None:
    is_forecast = claim["kind"] == ClaimKind.FORECAST
    if not (is_forecast or claim["due_end"] or claim["due_words"] or claim["criterion"]):
        return None
    return {
        "due_start": claim["due_start"].isoformat() if claim["due_start"] else None,
        "due_end": claim["due_end"].isoformat() if claim["due_end"] else None,
        "granularity": claim["due_granularity"] or None,
        "words": claim["due_words"],
        "criterion": claim["criterion"],
    }


def _appearance(appearance: Row, claim: Row, links: Iterable[Row]) -> Document:
    date = appearance["date"] or claim["claimed_on"]
    return {
        **{name: appearance[name] for name in SAYING},
        "date": date or None,
        "source": _reference(RecordKind.SOURCE, appearance["source__uid"]),
        "speaker": _role_reference(appearance["speaker__uid"] or claim["speaker__uid"], date),
        "attribution": [{"speaker": _role_reference(link["speaker__uid"], date), "act": link["act"]} for link in links],
        **_elsewhere(appearance),
    }


def _verdict(claim: Row, evidence: Iterable[Row]) -> Document:
    scale = {"id": str(claim["verdict__rating__scale__uid"])}
    return {
        "rating": {"type": "rating", "slug": claim["verdict__rating__slug"], "scale": scale},
        "summary": claim["verdict__summary"],
        "rationale": claim["verdict__rationale"],
        "reviewed_on": claim["verdict__reviewed_on"].isoformat(),
        "evidence": [
            {"source": _reference(RecordKind.SOURCE, item["source__uid"])}
            | {name: item[name] for name in PASSAGE}
            | _elsewhere(item)
            for item in evidence
        ],
    }


def _elsewhere(row: Row) -> Document:
    return {"translations": row["translations"]} if row["translations"] else {}


def _external_review(review: Row) -> Document:
    return {name: review[name] or None if name in {"url", "reviewed_on"} else review[name] for name in REVIEW}


def _translations(claim: Row, translations: Iterable[Row]) -> Iterator[Document]:
    """What is not public in the claim's own language is not in any other."""
    hidden = set() if claim["verdict__rating__slug"] else {"summary", "rationale"}
    hidden |= set() if _forecast(claim) else {"criterion"}
    for row in translations:
        shown = {name: "" if name in hidden else row[name] for name in TRANSLATION}
        if row["due_words"] and "criterion" not in hidden:
            shown["words"] = row["due_words"]  # absent where there are none, as from documents older than this member
        if any(text for name, text in shown.items() if name != "language"):
            yield shown


def _reference(kind: RecordKind, uid: object) -> Document:
    return {"type": kind.value, "id": str(uid)}


def _role_reference(uid: object, on: str) -> Document:
    """A speaker on a day: `on` decides which roles are shown."""
    return _reference(RecordKind.SPEAKER, uid) | {"on": on or None}
