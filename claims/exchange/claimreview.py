"""schema.org's structured data for a finding and for a claim without one, as search engines and platforms read it.

https://schema.org/ClaimReview, https://schema.org/Claim

A document may be as it is stored, which is what the newsroom wrote, or as readers of a language get it: then it says of
each text which language that is in. A work that is cited keeps its own title.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from claims.dates import PartialDate
from claims.domain.record import Document, timestamp
from claims.enums import SpeakerKind

CONTEXT = "https://schema.org"
WIKIDATA = "http://www.wikidata.org/entity/"  # the address of an item as linked data writes it


@dataclass(frozen=True, slots=True)
class Site:
    """Who publishes: the newsroom's name and its absolute address."""

    name: str
    address: str


def claim_review(document: Document, *, published_at: datetime, address: str, site: Site) -> dict[str, Any] | None:
    """The ClaimReview of a claim's public document; None without a conclusive verdict.

    `published_at` is when the edition appeared, `address` the absolute address of the claim's page.
    """
    verdict = document["verdict"]
    if not verdict or not verdict["rating"]["conclusive"]:
        return None
    return {"@context": CONTEXT} | _review(document, published_at, address, site)


def claim_data(document: Document, *, published_at: datetime, address: str, site: Site) -> dict[str, Any]:
    """The same for any claim: what has no conclusive verdict is a Claim, with our review where there is one."""
    if review := claim_review(document, published_at=published_at, address=address, site=site):
        return review
    review = _review(document, published_at, address, site) if document["verdict"] else None
    ours = {"@context": CONTEXT, "url": address, "text": document["text"], "keywords": _topics(document)}
    shown = {"inLanguage": document.get("text_language"), "review": review and _without_item(review)}
    return _present(ours | _claim(document) | _present(shown))


def correction_comments(corrections: Iterable[tuple[datetime, str, str]]) -> list[dict[str, Any]]:
    """https://schema.org/CorrectionComment for each (time, reason, absolute address of the edition)."""
    return [
        {"@type": "CorrectionComment", "datePublished": timestamp(moment), "text": reason, "url": address}
        for moment, reason, address in corrections
    ]


def _review(document: Document, published_at: datetime, address: str, site: Site) -> dict[str, Any]:
    verdict = document["verdict"]
    us = {"@type": "Organization", "name": site.name, "url": site.address}
    return _present(
        {
            "@type": "ClaimReview",
            "url": address,
            "inLanguage": verdict.get("summary_language", settings.LANGUAGE_CODE),
            "claimReviewed": document["text"],
            "author": us,
            "publisher": us,
            "datePublished": verdict["reviewed_on"],
            "dateModified": timestamp(published_at),
            "reviewBody": verdict["summary"],
            "reviewRating": _rating(verdict),
            "keywords": _topics(document),
            "citation": [_work(source) for source in _sources(verdict["evidence"])],
            "itemReviewed": _claim(document),
        }
    )


def _without_item(review: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in review.items() if name != "itemReviewed"}


def _topics(document: Document) -> list[str]:
    return [topic["name"] for topic in document["topics"]]


def _rating(verdict: Document) -> dict[str, Any]:
    rating = verdict["rating"]
    return _present(
        {
            "@type": "Rating",
            "alternateName": rating["label"],
            "ratingValue": rating["value"],
            "bestRating": rating["best"],
            "worstRating": rating["worst"],
            "ratingExplanation": verdict["summary"],
        }
    )


def _claim(document: Document) -> dict[str, Any]:
    appearances = document["appearances"]
    first = _first(appearances)
    return _present(
        {
            "@type": "Claim",
            "inLanguage": document["language"],
            "author": _author(document["speaker"]),
            "datePublished": document["claimed_on"],
            "firstAppearance": _work(first["source"]) if first else None,
            "appearance": [_work(source) for source in _sources(appearances)],
        }
    )


def _author(speaker: Document) -> dict[str, Any]:
    kind = "Organization" if speaker["kind"] in SpeakerKind.organisations else "Person"
    titles = [f"{role['title']}, {role['organisation']['name']}" for role in speaker["roles"]]
    same_as = f"{WIKIDATA}{speaker['wikidata_id']}" if speaker["wikidata_id"] else None
    return _present({"@type": kind, "name": speaker["name"], "jobTitle": "; ".join(titles), "sameAs": same_as})


def _first(appearances: Iterable[Document]) -> Document | None:
    """The earliest. A date known only to the year counts as its end, an unknown one as the last."""

    def latest(appearance: Document) -> date:
        return PartialDate.parse(appearance["date"]).latest if appearance["date"] else date.max

    return min(appearances, key=latest, default=None)


def _sources(items: Iterable[Document]) -> list[Document]:
    """Each once, of appearances or evidence."""
    return list({item["source"]["id"]: item["source"] for item in items}.values())


def _work(source: Document) -> dict[str, Any]:
    return _present(
        {
            "@type": "CreativeWork",
            "url": source["url"],
            "archivedAt": source["archived_url"],
            "headline": source.get("title_original", source["title"]),
            "inLanguage": source["language"],
            "datePublished": source["published_on"],
            "publisher": {"@type": "Organization", "name": source.get("publisher_original", source["publisher"])},
        }
    )


def _present(members: dict[str, Any]) -> dict[str, Any]:
    """Without the members of which nothing is known."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}
