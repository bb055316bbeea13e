from typing import Any

import pytest

from claims.domain import publishing
from claims.exchange.claimreview import Site
from claims.exchange.factchecktools import fact_check, site_of
from tests import factories

pytestmark = pytest.mark.django_db


def checked(rating: str = "mostly-false", **fields: Any) -> dict[str, Any]:
    claim = factories.ClaimFactory.create(**fields)
    factories.VerdictFactory.create(claim=claim, rating=factories.rating(rating))
    site = Site("Facts", "https://www.facts.example/")
    return fact_check(publishing.preview(claim), address="https://www.facts.example/claims/a/", site=site)


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


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://facts.example/", "facts.example"),
        ("http://WWW.Facts.example:8000/a/", "facts.example"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("https://facts.example/www.other.example/", "facts.example"),
    ],
)
def test_site_of_an_address(address: str, site: str) -> None:
    assert site_of(address) == site
