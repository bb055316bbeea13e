"""Draft documents of claims.

They are read by column instead of by instance: that names what may become public, and publishing spends its time here.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from claims.domain.documents import SCHEMA, Key
from claims.domain.record import Document
from claims.enums import ClaimKind, RecordKind
from claims.models import Appearance, AttributionLink, Claim, ClaimRelation, Evidence

# A row of a query, and rows by the primary key of what they belong to.
Row = dict[str, Any]
Groups = dict[int, list[Row]]

CLAIM = ("pk", "uid", "slug", "text", "kind", "language", "claimed_on", "speaker__uid")
FORECAST = ("due_start", "due_end", "due_granularity", "due_words", "criterion")
VERDICT = ("verdict__summary", "verdict__rationale", "verdict__reviewed_on")
RATING = ("verdict__rating__slug", "verdict__rating__scale__uid")
SAYING = ("date", "medium", "wording", "quotation", "prefix", "suffix", "locator")
PASSAGE = ("stance", "quotation", "locator", "note")


def claim_drafts(uids: list[str]) -> dict[Key, Document]:
    """Draft documents of those of the claims that exist. Six queries, however many."""
    rows = list(Claim.objects.filter(uid__in=uids).values(*CLAIM, *FORECAST, *VERDICT, *RATING))
    claims = [row["pk"] for row in rows]
    topics = Claim.topics.through.objects.filter(claim__in=claims).order_by("topic__name")
    appearances = Appearance.objects.filter(claim__in=claims).values(
        "pk", "claim", "source__uid", "speaker__uid", *SAYING
    )
    appearances_of = _grouped(appearances, "claim")
    said = [appearance["pk"] for group in appearances_of.values() for appearance in group]
    links = AttributionLink.objects.filter(appearance__in=said).values("appearance", "speaker__uid", "act")
    evidence = Evidence.objects.filter(claim__in=claims).values("claim", "source__uid", *PASSAGE)
    relations = ClaimRelation.objects.filter(claim__in=claims).values("claim", "kind", "target__uid")
    parts = {
        "topics": _grouped(topics.values("claim", "topic__uid"), "claim"),
        "appearances": appearances_of,
        "links": _grouped(links, "appearance") if said else {},
        "evidence": _grouped(evidence, "claim"),
        "relations": _grouped(relations, "claim"),
    }
    return {(RecordKind.CLAIM.value, str(row["uid"])): _claim(row, parts) for row in rows}


def _grouped(rows: Iterable[Any], key: str) -> Groups:
    groups: Groups = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _claim(claim: Row, parts: dict[str, Groups]) -> Document:
    pk = claim["pk"]
    return {
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
    }


def _verdict(claim: Row, evidence: Iterable[Row]) -> Document:
    scale = {"id": str(claim["verdict__rating__scale__uid"])}
    return {
        "rating": {"type": "rating", "slug": claim["verdict__rating__slug"], "scale": scale},
        "summary": claim["verdict__summary"],
        "rationale": claim["verdict__rationale"],
        "reviewed_on": claim["verdict__reviewed_on"].isoformat(),
        "evidence": [
            {"source": _reference(RecordKind.SOURCE, item["source__uid"])} | {name: item[name] for name in PASSAGE}
            for item in evidence
        ],
    }


def _reference(kind: RecordKind, uid: object) -> Document:
    return {"type": kind.value, "id": str(uid)}


def _role_reference(uid: object, on: str) -> Document:
    """A speaker on a day: `on` decides which roles are shown."""
    return _reference(RecordKind.SPEAKER, uid) | {"on": on or None}
