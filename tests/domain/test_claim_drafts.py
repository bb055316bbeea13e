import pytest
from pytest_django import DjangoAssertNumQueries

from claims.domain.claim_drafts import claim_drafts
from claims.models import Claim
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("claims", [1, 3])
def test_claim_drafts_ask_no_more_for_more_claims(
    claims: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    uids = [str(factories.full_claim().uid) for _ in range(claims)]

    with django_assert_num_queries(8):  # claims, topics, appearances, chains, evidence, relations, reviews, languages
        drafts = claim_drafts(uids)

    assert [len(draft["verdict"]["evidence"]) for draft in drafts.values()] == [2] * claims


def test_claim_drafts_keep_what_belongs_to_each_apart(db: None) -> None:
    first, second = factories.full_claim(), factories.full_claim()

    drafts = claim_drafts([str(first.uid), str(second.uid)])

    for claim in (first, second):
        draft = drafts["claim", str(claim.uid)]
        sources = [appearance["source"]["id"] for appearance in draft["appearances"]]
        assert sources == [str(appearance.source.uid) for appearance in claim.appearances.all()]
        assert {topic["id"] for topic in draft["topics"]} == {str(topic.uid) for topic in claim.topics.all()}


def test_claim_drafts_of_a_claim_with_nothing(claim: Claim) -> None:
    (draft,) = claim_drafts([str(claim.uid)]).values()

    empty = {name: draft[name] for name in ("topics", "appearances", "relations", "verdict", "forecast", "claimed_on")}
    nothing: dict[str, object] = {
        "topics": [],
        "appearances": [],
        "relations": [],
        "verdict": None,
        "forecast": None,
        "claimed_on": None,
    }
    assert empty == nothing
