"""Each page's JSON-LD, extracted as others extract it, meets what its readers require."""

from typing import Any

import extruct
import pytest

from tests.browser.addresses import PUBLIC, SHOWN, Address
from tests.browser.conftest import Sites
from tests.browser.requirements import faults

pytestmark = [pytest.mark.browser, pytest.mark.gate, pytest.mark.process, pytest.mark.xdist_group("browser")]

# Pages of one claim with a conclusive verdict, as it is now. All others carry no ClaimReview.
REVIEWS = {
    "demo-claim-corrected",
    "demo-claim-resolved",
    "demo-as-of",  # of a day to come, so the present edition
    "demo-korean-claim",
    "demo-arabic-claim",
    "hard-long",
    "hard-korean",
    "hard-arabic",
    "hard-hostile",
    "hard-eventful",
}


def reviews(sites: Sites, at: Address) -> list[dict[str, Any]]:
    _, _, html = sites.get(at)
    found = extruct.extract(html, base_url=sites.url(at), syntaxes=["json-ld"])["json-ld"]
    nodes = [node for item in found for node in item.get("@graph", [item])]
    return [node for node in nodes if node.get("@type") == "ClaimReview"]


@pytest.mark.parametrize("at", [at for at in SHOWN if str(at) in REVIEWS], ids=str)
def test_claim_review_meets_the_requirements(sites: Sites, at: Address) -> None:
    found = reviews(sites, at)

    assert len(found) == 1
    assert list(faults(found[0])) == []
    assert found[0]["url"] == sites.url(at).partition("?")[0]


def test_pages_without_a_conclusive_verdict_carry_no_claim_review(sites: Sites) -> None:
    carriers = {str(at) for at in PUBLIC if reviews(sites, at)}

    assert carriers - REVIEWS == set()


SOUND: dict[str, Any] = {
    "@type": "ClaimReview",
    "url": "https://facts.example/claims/a/",
    "claimReviewed": "It is so.",
    "author": {"@type": "Organization", "name": "Facts"},
    "datePublished": "2019-03-01",
    "dateModified": "2019-03-02T09:30:00.000000Z",
    "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingValue": 1, "bestRating": 5, "worstRating": 1},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "A"}, "datePublished": "2019-02"},
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"url": "/claims/a/"}, ["ClaimReview: url is '/claims/a/'"]),
        ({"datePublished": "1 March"}, ["ClaimReview: datePublished is '1 March'"]),
        ({"claimReviewed": " "}, ["ClaimReview: claimReviewed is ' '"]),
        (
            {"reviewRating": SOUND["reviewRating"] | {"ratingValue": 6}},
            ["ClaimReview > Rating: the value is not between the worst and the best"],
        ),
        ({"itemReviewed": {"@type": "Claim"}}, ["ClaimReview > Claim: author is missing"]),
    ],
)
def test_requirements_find_what_is_wrong(change: dict[str, Any], expected: list[str]) -> None:
    assert list(faults(SOUND | change)) == expected
