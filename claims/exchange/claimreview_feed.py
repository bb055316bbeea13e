"""All our findings as a schema.org DataFeed of ClaimReviews, as platforms download them in one file.

https://schema.org/DataFeed
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from claims.domain.record import Document
from claims.exchange.claimreview import Site, claim_review

ANCHOR = '"dataFeedElement":['


def feed(chunks: Iterable[list[str]], *, site: Site, address: Callable[[str], str]) -> Iterator[bytes]:
    """The bytes of the feed, for chunks of JSON texts of claims. A claim without conclusive verdict is left out.

    `address` gives the absolute address of the page of the claim with a slug.
    """
    head = {"@context": "https://schema.org", "@type": "DataFeed", "name": site.name, "url": site.address}
    yield f"{_json(head)[:-1]},{ANCHOR}".encode()
    between = "\n"
    for texts in chunks:
        elements = (_element(json.loads(text), site, address) for text in texts)
        if found := [_json(element) for element in elements if element]:
            yield (between + ",\n".join(found)).encode()
            between = ",\n"
    yield b"\n]}\n"


def _element(claim: Document, site: Site, address: Callable[[str], str]) -> dict[str, Any] | None:
    edition = claim["edition"]
    published_at = datetime.fromisoformat(edition["published_at"])
    review = claim_review(claim, published_at=published_at, address=address(claim["slug"]), site=site)
    return review and {
        "@type": "DataFeedItem",
        "dateCreated": edition["first_published_at"],
        "dateModified": edition["published_at"],
        "url": review["url"],
        "item": [{name: value for name, value in review.items() if name != "@context"}],
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
