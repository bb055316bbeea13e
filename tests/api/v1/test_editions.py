import hashlib
import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing, record
from claims.models import Claim
from tests.api.v1.conftest import Ask, publish


def rewrite(claim: Claim, times: int) -> None:
    """Publish `times` editions of the claim."""
    for number in range(1, times + 1):
        claim.text = f"Wording {number}."
        claim.save()
        publish(claim, note=f"Reason {number}: “exact”")


def test_editions_newest_first(ask: Ask, claim: Claim) -> None:
    rewrite(claim, 3)

    results = ask(f"/claims/{claim.slug}/editions/")["results"]

    assert [(item["number"], item["action"], item["note"], item["document"]["text"]) for item in results] == [
        (3, "updated", "Reason 3: “exact”", "Wording 3."),
        (2, "updated", "Reason 2: “exact”", "Wording 2."),
        (1, "published", "Reason 1: “exact”", "Wording 1."),
    ]


def test_edition_is_its_envelope(client: Client, full_claim: Claim) -> None:
    edition = publish(full_claim)

    response = client.get(f"/api/v1/claims/{full_claim.slug}/editions/1/")

    assert response.content.decode() == record.envelope(edition)


def test_edition_verified_with_standard_library_only(client: Client, full_claim: Claim) -> None:
    full_claim.text = "북한 “quoted” \\ / \t é 😀"
    full_claim.save()
    publish(full_claim, note="A note with “quotes”, a \\ and a\nline break.")

    edition = json.loads(client.get(f"/api/v1/claims/{full_claim.slug}/editions/1/").content)

    claimed = edition.pop("digest")
    text = json.dumps(edition, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == claimed


def test_edition_that_is_not_there(client: Client, claim: Claim) -> None:
    publish(claim)

    response = client.get(f"/api/v1/claims/{claim.slug}/editions/2/")

    assert (response.status_code, response.json()["instance"]) == (404, f"/api/v1/claims/{claim.slug}/editions/2/")


def test_editions_walked_by_page(ask: Ask, claim: Claim) -> None:
    rewrite(claim, 3)

    first = ask(f"/claims/{claim.slug}/editions/", page_size=2)
    second = ask(first["next"].removeprefix("http://testserver/api/v1"))

    assert [[item["number"] for item in page["results"]] for page in (first, second)] == [[3, 2], [1]]


def test_editions_of_retracted_claim_stay(ask: Ask, claim: Claim) -> None:
    publish(claim)
    publishing.retract(claim, by="ed", reason="The speaker never said it.")

    results = ask(f"/claims/{claim.slug}/editions/")["results"]

    assert [(item["action"], item["note"]) for item in results] == [
        ("retracted", "The speaker never said it."),
        ("published", ""),
    ]
    assert ask(f"/claims/{claim.slug}/editions/1/")["document"]["text"] == claim.text
    assert "text" not in results[0]["document"]


@pytest.mark.parametrize("count", [1, 3])
def test_editions_queries(
    ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, claim: Claim, count: int
) -> None:
    rewrite(claim, count)

    with django_assert_num_queries(3):  # the head of the record, which object has the slug, its editions
        results = ask(f"/claims/{claim.slug}/editions/")["results"]

    assert len(results) == count
