from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from claims.domain import publishing
from claims.domain.record import Document
from claims.exchange.claimreview import Site, claim_review
from claims.models import Claim
from tests import factories

pytestmark = pytest.mark.django_db


PUBLISHED_AT = datetime(2019, 3, 2, 9, 30, tzinfo=UTC)
ADDRESS = "https://facts.example/claims/a/"
SITE = Site("Facts", "https://facts.example/")

WORK = {
    "@type": "CreativeWork",
    "url": "https://paper.example/a",
    "archivedAt": "https://archive.example/a",
    "headline": "A report",
    "inLanguage": "en",
    "datePublished": "2019-02",
    "publisher": {"@type": "Organization", "name": "The Paper"},
}
US = {"@type": "Organization", "name": "Facts", "url": "https://facts.example/"}


def review(claim: Claim, read: Callable[[Document], Document] = dict) -> dict[str, Any] | None:
    document = read(publishing.preview(claim))
    return claim_review(document, published_at=PUBLISHED_AT, address=ADDRESS, site=SITE)


def reviewed(claim: Claim, rating: str = "false") -> dict[str, Any]:
    factories.VerdictFactory.create(claim=claim, rating=factories.rating(rating))
    found = review(claim)
    assert found
    return found


def test_claim_review_of_a_full_claim(db: None) -> None:
    ministry = factories.OrganisationFactory.create(name="The Ministry")
    speaker = factories.SpeakerFactory.create(name="A Speaker", wikidata_id="Q42")
    factories.AffiliationFactory.create(speaker=speaker, organisation=ministry, title="Envoy", start="2018")
    claim = factories.ClaimFactory.create(text="It is so.", speaker=speaker, claimed_on="2019-02-09")
    saved = {"published_on": "2019-02", "archived_url": "https://archive.example/a"}
    source = factories.SourceFactory.create(title="A report", url="https://paper.example/a", **saved)
    factories.AppearanceFactory.create(claim=claim, source=source)

    assert reviewed(claim, "mostly-false") == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://facts.example/claims/a/",
        "inLanguage": "en",
        "claimReviewed": "It is so.",
        "author": US,
        "publisher": US,
        "datePublished": "2019-03-01",
        "dateModified": "2019-03-02T09:30:00.000000Z",
        "reviewBody": "It is not so.",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Mostly false",
            "ratingValue": 2,
            "bestRating": 5,
            "worstRating": 1,
            "ratingExplanation": "It is not so.",
        },
        "itemReviewed": {
            "@type": "Claim",
            "inLanguage": "en",
            "author": {
                "@type": "Person",
                "name": "A Speaker",
                "jobTitle": "Envoy, The Ministry",
                "sameAs": "http://www.wikidata.org/entity/Q42",
            },
            "datePublished": "2019-02-09",
            "firstAppearance": WORK,
            "appearance": [WORK],
        },
    }


def test_claim_review_of_a_bare_claim_leaves_out_what_is_not_known(claim: Claim) -> None:
    assert reviewed(claim)["itemReviewed"] == {
        "@type": "Claim",
        "inLanguage": "en",
        "author": {"@type": "Person", "name": claim.speaker.name},
    }


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("person", "Person"), ("unnamed", "Person"), ("organisation", "Organization"), ("public-body", "Organization")],
)
def test_claim_review_author(kind: str, type_: str) -> None:
    claim = factories.ClaimFactory.create(speaker__kind=kind)

    assert reviewed(claim)["itemReviewed"]["author"]["@type"] == type_


def test_claim_review_first_appearance_is_the_earliest_dated(claim: Claim) -> None:
    for date in ["", "2019", "2019-02-09", "2019-02-08", "2019-03"]:
        source = factories.SourceFactory.create(url=f"https://paper.example/on-{date}")
        factories.AppearanceFactory.create(claim=claim, date=date, source=source)

    item = reviewed(claim)["itemReviewed"]

    assert item["firstAppearance"]["url"] == "https://paper.example/on-2019-02-08"
    assert len(item["appearance"]) == 5


def test_claim_review_describes_a_first_appearance_that_has_no_address(claim: Claim) -> None:
    for day, url in [("2019-02-09", "https://paper.example/a"), ("2019-02-08", "")]:
        source = factories.SourceFactory.create(title=f"Of {day}", url=url)
        factories.AppearanceFactory.create(claim=claim, date=day, source=source)

    item = reviewed(claim)["itemReviewed"]

    publisher = {"@type": "Organization", "name": "The Paper"}
    assert item["firstAppearance"] == {
        "@type": "CreativeWork",
        "headline": "Of 2019-02-08",
        "inLanguage": "en",
        "publisher": publisher,
    }
    assert [work["headline"] for work in item["appearance"]] == ["Of 2019-02-09", "Of 2019-02-08"]


@pytest.mark.parametrize("rating", ["unproven", "not-checkable"])
def test_claim_review_none_for_an_inconclusive_verdict(claim: Claim, rating: str) -> None:
    factories.VerdictFactory.create(claim=claim, rating=factories.rating(rating))

    assert review(claim) is None


def test_claim_review_none_without_a_verdict(claim: Claim) -> None:
    assert review(claim) is None
