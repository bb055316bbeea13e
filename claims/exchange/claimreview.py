"""ClaimReview: schema.org's structured data for a finding, as search engines and platforms read it.

https://schema.org/ClaimReview
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from claims.dates import PartialDate
from claims.domain.record import Document, timestamp
from claims.enums import SpeakerKind

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
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": address,
        "claimReviewed": document["text"],
        "author": {"@type": "Organization", "name": site.name, "url": site.address},
        "datePublished": verdict["reviewed_on"],
        "dateModified": timestamp(published_at),
        "reviewRating": _rating(verdict["rating"]),
        "itemReviewed": _claim(document),
    }


def _rating(rating: Document) -> dict[str, Any]:
    return {
        "@type": "Rating",
        "alternateName": rating["label"],
        "ratingValue": rating["value"],
        "bestRating": rating["best"],
        "worstRating": rating["worst"],
    }


def _claim(document: Document) -> dict[str, Any]:
    appearances = document["appearances"]
    first = _first(appearances)
    return _present(
        {
            "@type": "Claim",
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


def _sources(appearances: Iterable[Document]) -> list[Document]:
    return list({appearance["source"]["id"]: appearance["source"] for appearance in appearances}.values())


def _work(source: Document) -> dict[str, Any]:
    return _present(
        {
            "@type": "CreativeWork",
            "url": source["url"],
            "headline": source["title"],
            "datePublished": source["published_on"],
            "publisher": {"@type": "Organization", "name": source["publisher"]},
        }
    )


def _present(members: dict[str, Any]) -> dict[str, Any]:
    """Without the members of which nothing is known."""
    return {name: value for name, value in members.items() if value not in (None, "", [])}
