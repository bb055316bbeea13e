"""Embedding what claims name, as it is now."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.api.v1.conftest import Ask, publish

pytestmark = pytest.mark.django_db
ALL = "speaker,sources,topics,scale"


@pytest.fixture
def so(full_claim: Claim) -> Claim:
    publish(full_claim)
    return full_claim


def test_included_is_what_its_own_address_answers(ask: Ask, so: Claim) -> None:
    claim = ask(f"/claims/{so.slug}/", include=ALL)
    included = claim.pop("included")

    assert claim == ask(f"/claims/{so.slug}/")
    assert included["speaker"] == ask(f"/speakers/{so.speaker.slug}/")
    assert included["scale"] == ask("/rating-scales/truth/")
    assert included["topics"] == [ask(f"/topics/{topic['slug']}/") for topic in claim["topics"]]
    named = [part["source"]["slug"] for part in claim["appearances"] + claim["verdict"]["evidence"]]
    assert included["sources"] == [ask(f"/sources/{slug}/") for slug in dict.fromkeys(named)]
    assert list(included) == ALL.split(",")


def test_included_in_a_list_beside_fields(ask: Ask, so: Claim) -> None:
    other = factories.ClaimFactory.create()
    publish(other)

    newest, oldest = ask("/claims/", fields="slug", include="scale,speaker,scale")["results"]

    assert newest == {
        "slug": other.slug,
        "included": {"scale": None, "speaker": ask(f"/speakers/{other.speaker.slug}/")},
    }
    assert (list(oldest), list(oldest["included"])) == (["slug", "included"], ["scale", "speaker"])


def test_included_beside_a_field_that_is_absent(ask: Ask, db: None) -> None:
    publish(factories.ClaimFactory.create())

    [claim] = ask("/claims/", fields="external_reviews", include="topics,sources")["results"]

    assert claim == {"included": {"topics": [], "sources": []}}


def test_included_is_as_it_is_now(ask: Ask, so: Claim) -> None:
    so.speaker.description = "Known for more since."
    so.speaker.save()
    publishing.publish(so.speaker, by="ed")

    claim = ask(f"/claims/{so.slug}/", include="speaker")

    assert claim["included"]["speaker"]["description"] == "Known for more since."
    assert claim["included"]["speaker"]["edition"]["number"] == 2


@pytest.mark.parametrize(
    "include", ["", "speakers", "speaker,", "speaker.name", "%00", "speaker,speaker,topics,scale,scale"]
)
def test_bad_include(refused: Ask, include: str) -> None:
    detail = "Give 4 at most." if include.count(",") == 4 else "Write one of: speaker, sources, topics, scale."

    assert refused(f"/claims/?include={include}") == {"include": detail}


def test_only_claims_include(refused: Ask) -> None:
    assert list(refused("/speakers/?include=topics")) == ["include"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_including(ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    for _ in range(count):
        publish(factories.full_claim())

    with django_assert_num_queries(3):  # the head of the record, the page, all that it names
        results: list[Any] = ask("/claims/", include=ALL)["results"]

    assert len(results) == count
