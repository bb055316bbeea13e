from typing import Any

import pytest

from claims.domain import publishing
from claims.exchange.claimreview import Site
from claims.exchange.factchecktools import fact_check
from tests import factories

pytestmark = pytest.mark.django_db


SITE = Site("Facts", "https://www.facts.example/")


def checked(rating: str = "mostly-false", **fields: Any) -> dict[str, Any]:
    claim = factories.ClaimFactory.create(**fields)
    factories.VerdictFactory.create(claim=claim, rating=factories.rating(rating))
    return fact_check(publishing.preview(claim), address="https://www.facts.example/claims/a/", site=SITE)


def test_fact_check() -> None:
    speaker = factories.SpeakerFactory.create(name="A Speaker")

    assert checked(text="It is so.", speaker=speaker, claimed_on="2019-02-09", language="pt-BR") == {
        "text": "It is so.",
        "claimant": "A Speaker",
        "claimDate": "2019-02-09T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "Facts", "site": "facts.example"},
                "url": "https://www.facts.example/claims/a/",
                "title": "It is so. – Mostly false",
                "reviewDate": "2019-03-01T00:00:00Z",
                "textualRating": "Mostly false",
                "languageCode": "pt-BR",
            }
        ],
    }


@pytest.mark.parametrize("claimed_on", ["", "2019", "2019-02"])
def test_fact_check_without_the_day_of_the_claim(claimed_on: str) -> None:
    assert list(checked(claimed_on=claimed_on)) == ["text", "claimant", "claimReview"]


def test_fact_check_of_an_inconclusive_verdict() -> None:
    [review] = checked("unproven")["claimReview"]

    assert review["textualRating"] == "Unproven"


def test_title_of_a_long_claim() -> None:
    [review] = checked(text="x" * 91)["claimReview"]

    assert review["title"] == f"{'x' * 89}… – Mostly false"


def test_fact_check_has_other_publishers_reviews_behind_ours() -> None:
    claim = factories.VerdictFactory.create().claim
    factories.ExternalReviewFactory.create(
        claim=claim, url="https://www.others.example/1", rating="", rating_value="2", language="es", reviewed_on="2019"
    )
    document = publishing.preview(claim)

    found = fact_check(document, address="https://www.facts.example/claims/a/", site=SITE)["claimReview"]
    theirs = fact_check(document, address="https://www.facts.example/claims/a/", site=SITE, wanted="others.example")

    assert [review["publisher"]["name"] for review in found] == ["Facts", "Others"]
    assert theirs["claimReview"] == [
        {
            "publisher": {"name": "Others", "site": "others.example"},
            "url": "https://www.others.example/1",
            "textualRating": "2",
            "languageCode": "es",
        }
    ]
