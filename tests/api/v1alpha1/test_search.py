import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.api.v1alpha1.conftest import Ask, checked

pytestmark = pytest.mark.django_db


def test_search_gives_fact_checks_of_our_own_address(ask: Ask, settings: Settings) -> None:
    settings.PUBLIC_URL, settings.SITE_NAME = "https://www.facts.example", "Facts"
    speaker = factories.SpeakerFactory.create(name="A Speaker")
    checked("It is so.", slug="so", speaker=speaker, claimed_on="2019-02-09", rating="half-true")

    assert ask(query="it is so") == {
        "claims": [
            {
                "text": "It is so.",
                "claimant": "A Speaker",
                "claimDate": "2019-02-09T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "Facts", "site": "facts.example"},
                        "url": "https://www.facts.example/claims/so/",
                        "title": "It is so. – Half true",
                        "reviewDate": "2019-03-01T00:00:00Z",
                        "textualRating": "Half true",
                        "languageCode": "en",
                    }
                ],
            }
        ]
    }


def test_search_without_results_is_empty(ask: Ask) -> None:
    checked("It is so.")

    assert ask(query="nothing of the kind") == {}


def test_only_claims_with_a_verdict_are_fact_checks(texts: Ask, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    checked("Nobody knows.", rating="unproven")

    assert texts(reviewPublisherSiteFilter="testserver") == ["Nobody knows."]


def test_what_is_retracted_or_a_draft_is_not_found(texts: Ask, full_claim: Claim) -> None:
    assert texts(reviewPublisherSiteFilter="testserver") == []
    publishing.publish(full_claim, by="ed")
    assert texts(reviewPublisherSiteFilter="testserver") == [full_claim.text]

    full_claim.text = "A draft."
    full_claim.save()
    assert texts(query="draft") == []
    publishing.retract(full_claim, by="ed", reason="Never said.")

    assert texts(reviewPublisherSiteFilter="testserver") == []


def test_query_finds_words_in_any_order_case_and_accent(texts: Ask) -> None:
    checked("The Élysée will meet Pyongyang.")
    checked("회담은 하노이에서 열린다.")

    assert texts(query="PYONGYANG elysee") == ["The Élysée will meet Pyongyang."]
    assert texts(query="하노이") == ["회담은 하노이에서 열린다."]


@pytest.mark.parametrize(
    ("site", "count"),
    [("testserver", 1), ("www.testserver", 1), ("TESTSERVER", 1), ("other.example", 0), ("server", 0)],
)
def test_publisher_site_filter(texts: Ask, site: str, count: int) -> None:
    checked("It is so.")

    assert len(texts(reviewPublisherSiteFilter=site)) == count
    assert len(texts(reviewPublisherSiteFilter=site, query="so")) == count


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("pt", ["B", "A"]),
        ("pt-BR", ["B", "A"]),
        ("PT-PT", ["B", "A"]),
        ("fil", ["C"]),
        ("fi", []),
        ("", ["C", "B", "A"]),
    ],
)
def test_language_without_its_region(texts: Ask, code: str, found: list[str]) -> None:
    for text, language in [("A", "pt"), ("B", "pt-BR"), ("C", "fil")]:
        checked(text, language=language)

    assert texts(reviewPublisherSiteFilter="testserver", languageCode=code) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (0, ["month", "claim", "review"]),
        (1, ["month", "claim"]),
        (2, ["month", "claim", "review"]),
        (2**31 - 1, ["month", "claim", "review"]),
    ],
)
@time_machine.travel("2019-03-10T12:00:00Z")
def test_age_is_that_of_the_newer_of_claim_and_review(texts: Ask, days: int, found: list[str]) -> None:
    checked("review", claimed_on="2019-01-01", reviewed_on="2019-03-08")
    checked("claim", claimed_on="2019-03-09", reviewed_on="2019-01-01")
    checked("month", claimed_on="2019-03", reviewed_on="2019-01-01")

    assert texts(reviewPublisherSiteFilter="testserver", maxAgeDays=days) == found


@pytest.mark.parametrize("count", [1, 3])
def test_search_queries(ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    for number in range(count):
        checked(f"It is so {number}.")

    ask(query="warm")  # learns which languages there are

    # the head of the record, what the words may mean, the claims, and their documents
    with django_assert_num_queries(4):
        claims = ask(query="it is", languageCode="en", maxAgeDays=90_000)["claims"]
    # another question of the same words: the head and the claims
    with django_assert_num_queries(2):
        again = ask(query="it is", languageCode="en", maxAgeDays=90_000, pageSize=count)["claims"]

    assert (len(claims), again) == (count, claims)


def test_words_that_mean_more_since_something_was_published(texts: Ask) -> None:
    speaker = factories.SpeakerFactory.create(name="Somebody")
    checked("It is so.", speaker=speaker)
    before = texts(query="rocket")
    speaker.aliases.create(name="Rocket")
    publishing.publish(speaker, by="ed")

    assert (before, texts(query="rocket")) == ([], ["It is so."])


def test_search_is_ordered_by_the_engine_itself(ask: Ask) -> None:
    """Sorted by any other column, everything that matches would be read with its document, however few are shown."""
    with CaptureQueriesContext(connection) as queries:
        ask(query="it is", languageCode="en", maxAgeDays=90_000, pageSize=5)

    assert queries[-1]["sql"].endswith("ORDER BY s.rowid DESC LIMIT 6 OFFSET 0) AS found")


def test_claims_that_only_others_reviewed_are_found_under_their_site(texts: Ask, ask: Ask, claim: Claim) -> None:
    factories.ExternalReviewFactory.create(claim=claim, url="https://www.others.example/1", reviewed_on="2019-03-02")
    publishing.publish(claim, by="ed")

    assert texts(reviewPublisherSiteFilter="www.Others.example") == [claim.text]
    assert texts(reviewPublisherSiteFilter="testserver") == []
    assert texts(query="claim") == [claim.text]
    [found] = ask(query="claim")["claims"]
    assert found["claimReview"] == [
        {
            "publisher": {"name": "Others", "site": "others.example"},
            "url": "https://www.others.example/1",
            "reviewDate": "2019-03-02T00:00:00Z",
            "textualRating": "Pants on fire",
        }
    ]


def test_age_counts_from_the_newest_review_of_others_too(texts: Ask, claim: Claim) -> None:
    factories.ExternalReviewFactory.create(claim=claim, url="https://others.example/1", reviewed_on="2019-03-02")
    publishing.publish(claim, by="ed")

    with time_machine.travel("2019-03-05T12:00:00Z", tick=False):
        assert texts(reviewPublisherSiteFilter="others.example", maxAgeDays=2) == []
        assert texts(reviewPublisherSiteFilter="others.example", maxAgeDays=3) == [claim.text]
