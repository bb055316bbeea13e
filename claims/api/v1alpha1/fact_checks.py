"""The JSON of claims in Google's form, remembered: an edition never changes, and questions share their answers."""

import json
from collections.abc import Sequence

from claims.exchange.claimreview import Site
from claims.exchange.factchecktools import fact_check
from claims.languages import page_path
from claims.models import Edition

MOST = 4096
LONGEST = 8 * 1024  # characters; what has very many reviews is made anew each time

# By the digest of the edition, our own address and name, and the site of the publisher that is asked for.
Key = tuple[str, str, str, str]
_made: dict[Key, str] = {}


def fact_checks_of(digests: Sequence[str], site: Site, wanted: str) -> list[str]:
    """Of the claims whose current editions have these digests, in their order. One query for those not remembered."""
    keys = [(digest, site.address, site.name, wanted) for digest in digests]
    found = {key: made for key in keys if (made := _made.get(key))}
    missing = [key for key in keys if key not in found]
    if missing:
        new = _make([digest for digest, *_ in missing], site, wanted)
        found |= {key: new[key[0]] for key in missing}
        if len(_made) > MOST:
            _made.clear()
        _made.update((key, found[key]) for key in missing if len(found[key]) <= LONGEST)
    return [found[key] for key in keys]


def _make(digests: Sequence[str], site: Site, wanted: str) -> dict[str, str]:
    editions = Edition.objects.filter(digest__in=digests).order_by().values_list("digest", "slug", "document")
    return {
        digest: json.dumps(_fact_check(document, slug, site, wanted), ensure_ascii=False)
        for digest, slug, document in editions
    }


def _fact_check(document: str, slug: str, site: Site, wanted: str) -> dict[str, object]:
    address = site.address.removesuffix("/") + page_path("web:claim", slug)
    return fact_check(json.loads(document), address=address, site=site, wanted=wanted)
