"""The exact text of a resource, and every resource's four addresses."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import record
from claims.models import Claim, Edition, PublishedClaim, PublishedEntity
from tests import factories
from tests.api.v1.conftest import Ask, publish

PREFIXES = {
    "claim": "claims",
    "speaker": "speakers",
    "source": "sources",
    "topic": "topics",
    "rating-scale": "rating-scales",
    "page": "pages",
}


def test_claim_is_stored_document_with_edition_in_front(client: Client, full_claim: Claim) -> None:
    edition = publish(full_claim)
    moment = record.timestamp(edition.published_at)

    response = client.get(f"/api/v1/claims/{full_claim.slug}/")

    front = (
        f'{{"edition":{{"action":"published","digest":"{edition.digest}","first_published_at":"{moment}",'
        f'"number":1,"published_at":"{moment}","sequence":{edition.sequence}}},'
    )
    assert response.content.decode() == front + edition.document[1:]
    assert response["Content-Type"] == "application/json"


def test_claim_members(ask: Ask, full_claim: Claim) -> None:
    publish(full_claim)

    claim = ask(f"/claims/{full_claim.slug}/")

    assert sorted(claim) == [
        "appearances",
        "claimed_on",
        "edition",
        "external_reviews",
        "forecast",
        "id",
        "kind",
        "language",
        "relations",
        "schema",
        "slug",
        "speaker",
        "text",
        "topics",
        "type",
        "verdict",
    ]
    assert claim["verdict"]["rating"]["label"] == "False"
    assert [role["title"] for role in claim["speaker"]["roles"]] == ["Envoy"]


def test_claim_first_published_at_outlasts_updates(ask: Ask, claim: Claim) -> None:
    first = publish(claim)
    claim.text = "It is otherwise."
    claim.save()
    second = publish(claim)

    edition = ask(f"/claims/{claim.slug}/")["edition"]

    assert edition == {
        "action": "updated",
        "digest": second.digest,
        "first_published_at": record.timestamp(first.published_at),
        "number": 2,
        "published_at": record.timestamp(second.published_at),
        "sequence": second.sequence,
    }


def test_claim_list_holds_what_single_claims_are(ask: Ask, full_claim: Claim) -> None:
    publish(full_claim)

    answer = ask("/claims/")

    assert answer == {"next": None, "previous": None, "results": [ask(f"/claims/{full_claim.slug}/")]}


@pytest.mark.parametrize("kind", PREFIXES)
def test_resource_at_its_four_addresses(ask: Ask, full_claim: Claim, kind: str) -> None:
    publish(full_claim)
    publish(factories.PageFactory.create())
    edition = Edition.objects.filter(kind=kind).latest()
    path = f"/{PREFIXES[kind]}/{edition.slug}/"
    stored = {**json.loads(edition.document), "edition": ask(path)["edition"]}
    envelope = json.loads(record.envelope(edition))

    assert ask(path) == stored
    assert ask(f"/{PREFIXES[kind]}/")["results"][0] == stored
    assert ask(f"{path}editions/") == {"next": None, "previous": None, "results": [envelope]}
    assert ask(f"{path}editions/1/") == envelope


@pytest.mark.parametrize("kind", PREFIXES)
def test_list_holds_one_kind_only(ask: Ask, full_claim: Claim, kind: str) -> None:
    publish(full_claim)

    results = ask(f"/{PREFIXES[kind]}/")["results"]

    rows = PublishedClaim.objects.count() if kind == "claim" else PublishedEntity.objects.filter(kind=kind).count()
    assert [item["type"] for item in results] == [kind] * rows


def test_slug_of_another_kind_is_unknown(client: Client, claim: Claim) -> None:
    publish(claim)

    response = client.get(f"/api/v1/topics/{claim.slug}/")

    assert (response.status_code, response.json()["title"]) == (404, "Not found")


@pytest.mark.django_db
def test_index(ask: Ask) -> None:
    base = "http://testserver/api/v1"
    assert ask("/") == {name: f"{base}/{name}/" for name in [*PREFIXES.values(), "changes", "schema", "docs"]}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_list_queries(ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    for _ in range(count):
        publish(factories.full_claim())

    with django_assert_num_queries(2):  # the head of the record, the page
        claims = ask("/claims/")
    with django_assert_num_queries(2):
        speakers = ask("/speakers/", kind="person")

    assert len(claims["results"]) == count
    assert len(speakers["results"]) == 2 * count


def test_single_queries(ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, full_claim: Claim) -> None:
    publish(full_claim)

    with django_assert_num_queries(2):  # the head of the record, the claim
        claim = ask(f"/claims/{full_claim.slug}/")

    assert claim["slug"] == full_claim.slug
