import pytest
from django.utils import translation

from claims.domain import publishing
from claims.exchange.claimreview import claim_data
from claims.models import Claim
from claims.web.translations import localised
from tests import factories
from tests.exchange.test_claimreview import ADDRESS, PUBLISHED_AT, SITE, review

pytestmark = pytest.mark.django_db


def test_claim_review_in_a_language_that_the_claim_has(db: None) -> None:
    claim = factories.translated_claim()
    said = claim.appearances.all()[0]
    said.source.translations.create(language="ko", title="제목 역", publisher="매체 역")

    with translation.override("ko"):
        found = review(claim, localised)

    assert found
    assert (found["inLanguage"], found["claimReviewed"], found["reviewBody"]) == ("ko", "주장 역", "요약 역")
    assert found["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "판정 역",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
        "ratingExplanation": "요약 역",
    }
    item = found["itemReviewed"]
    assert (item["inLanguage"], item["author"]["name"]) == ("en", "사람 역")
    assert item["author"]["jobTitle"] == "직책 역, 기관 역"
    # A work that is cited is found by its own title.
    work = item["firstAppearance"]
    assert (work["headline"], work["publisher"]["name"]) == (said.source.title, "The Paper")


def test_claim_review_in_a_language_that_the_claim_lacks(full_claim: Claim) -> None:
    with translation.override("ar"):
        found = review(full_claim, localised)

    assert found
    assert (found["inLanguage"], found["claimReviewed"]) == ("en", full_claim.text)


def test_claim_without_a_finding_in_a_language_that_it_has(claim: Claim) -> None:
    claim.translations.create(language="ko", text="그렇다.")

    with translation.override("ko"):
        document = localised(publishing.preview(claim))
        found = claim_data(document, published_at=PUBLISHED_AT, address=ADDRESS, site=SITE)

    assert (found["@type"], found["text"], found["inLanguage"]) == ("Claim", "그렇다.", "ko")
