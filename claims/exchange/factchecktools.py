"""Fact checks in the form of Google's Fact Check Tools API, which platforms have clients for.

https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims
"""

from typing import Any
from urllib.parse import urlsplit

from django.utils.text import Truncator

from claims.dates import PartialDate
from claims.domain.record import Document
from claims.exchange.claimreview import Site

TITLE_LENGTH = 90  # of the claim's text, as in the title of its page


def fact_check(document: Document, *, address: str, site: Site) -> dict[str, Any]:
    """A `Claim` with its one `ClaimReview`, from the public document of a claim that has a verdict.

    `address` is the absolute address of the claim's page. Without `claimDate` where the day is not known.
    """
    made = _day(document["claimed_on"])
    claim = {"text": document["text"], "claimant": document["speaker"]["name"]}
    return claim | ({"claimDate": made} if made else {}) | {"claimReview": [_review(document, address, site)]}


def site_of(address: str) -> str:
    """The host of an absolute address in lower case, without `www.`: what the API calls the site of a publisher."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _review(document: Document, address: str, site: Site) -> dict[str, Any]:
    rating = document["verdict"]["rating"]["label"]
    return {
        "publisher": {"name": site.name, "site": site_of(address)},
        "url": address,
        "title": f"{Truncator(document['text']).chars(TITLE_LENGTH)} – {rating}",
        "reviewDate": _day(document["verdict"]["reviewed_on"]),
        "textualRating": rating,
        "languageCode": document["language"],
    }


def _day(text: str | None) -> str | None:
    """Midnight of a day, as Google writes days; None for a month or a year, of which a day would say too much."""
    if not text or PartialDate.parse(text).day is None:
        return None
    return f"{text}T00:00:00Z"
