"""Fact checks in the form of Google's Fact Check Tools API, which platforms have clients for.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims
"""

from typing import Any

from django.utils.text import Truncator

from claims.addresses import site_of
from claims.dates import PartialDate
from claims.domain.record import Document
from claims.exchange.claimreview import Site

TITLE_LENGTH = 90  # of the claim's text, as in the title of its page


def fact_check(document: Document, *, address: str, site: Site, wanted: str = "") -> dict[str, Any]:
    """A `Claim` with its `ClaimReview`s: ours first, where the public document has a verdict, then other publishers'.

    `address` is the absolute address of the claim's page; `wanted` the site of the one publisher that is asked for.
    Without `claimDate` and `reviewDate` where the day is not known.
    """
    made = _day(document["claimed_on"])
    claim = {"text": document["text"], "claimant": document["speaker"]["name"]}
    ours = [_review(document, address, site)] if document["verdict"] else []
    reviews = [*ours, *map(_external_review, document.get("external_reviews", []))]
    shown = [review for review in reviews if wanted in {"", review["publisher"].get("site")}]
    return claim | ({"claimDate": made} if made else {}) | {"claimReview": shown}


def _review(document: Document, address: str, site: Site) -> dict[str, Any]:
    rating, text = document["verdict"]["rating"]["label"], document["text"]
    title = text if len(text) <= TITLE_LENGTH else _shortened(text)
    return {
        "publisher": {"name": site.name, "site": site_of(address)},
        "url": address,
        "title": f"{title} – {rating}",
        "reviewDate": _day(document["verdict"]["reviewed_on"]),
        "textualRating": rating,
        "languageCode": document["language"],
    }


def _shortened(text: str) -> str:
    """Letters with their accents count once; to look for some takes most of the time of a fact check."""
    return f"{text[: TITLE_LENGTH - 1]}…" if text.isascii() else Truncator(text).chars(TITLE_LENGTH)


def _external_review(review: Document) -> dict[str, Any]:
    """In the publisher's own words; its number stands in for them where it gave no words."""
    reviewed = _day(review["reviewed_on"])
    site = {"site": site_of(review["url"])} if review["url"] else {}
    members = {
        "publisher": {"name": review["publisher"]} | site,
        "url": review["url"],
        "title": review["title"],
        "reviewDate": reviewed,
        "textualRating": review["rating"] or review["rating_value"],
        "languageCode": review["language"],
    }
    return {name: value for name, value in members.items() if value}


def _day(text: str | None) -> str | None:
    """Midnight of a day, as Google writes days; None for a month or a year, of which a day would say too much."""
    if not text or PartialDate.parse(text).day is None:
        return None
    return f"{text}T00:00:00Z"
