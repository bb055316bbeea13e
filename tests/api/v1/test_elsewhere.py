"""What is answered under the slug of something that was retracted or renamed."""

import pytest
from django.test import Client

from claims.domain import publishing, record
from claims.models import Claim, Speaker
from tests import factories
from tests.api.v1.conftest import Ask, publish


def rename(item: Claim | Speaker, slug: str) -> None:
    item.slug = slug
    item.save()
    publish(item)


def test_retracted_claim(client: Client, claim: Claim) -> None:
    publish(claim)
    retraction = publishing.retract(claim, by="ed", reason="The speaker never said it.")

    response = client.get(f"/api/v1/claims/{claim.slug}/")

    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, response.json()) == (
        410,
        {
            "type": "urn:factcheck:problem:retracted",
            "title": "Retracted",
            "status": 410,
            "detail": "The speaker never said it.",
            "instance": f"/api/v1/claims/{claim.slug}/",
            "editions": f"http://testserver/api/v1/claims/{claim.slug}/editions/",
            "retracted_at": record.timestamp(retraction.published_at),
        },
    )


def test_retracted_claim_is_in_no_list(ask: Ask, claim: Claim) -> None:
    publish(claim)
    publishing.retract(claim, by="ed", reason="Never said.")

    assert ask("/claims/")["results"] == []


def test_retracted_claim_published_again(ask: Ask, claim: Claim) -> None:
    publish(claim)
    publishing.retract(claim, by="ed", reason="Never said.")
    publish(claim)

    assert ask(f"/claims/{claim.slug}/")["edition"]["number"] == 3


def test_retracted_claim_under_earlier_slug(client: Client, claim: Claim) -> None:
    earlier = claim.slug
    publish(claim)
    rename(claim, "later")
    publishing.retract(claim, by="ed", reason="Never said.")

    response = client.get(f"/api/v1/claims/{earlier}/")

    assert (response.status_code, response.json()["editions"]) == (
        410,
        "http://testserver/api/v1/claims/later/editions/",
    )


@pytest.mark.parametrize("rest", ["", "editions/", "editions/1/", "editions/?page_size=2"])
def test_renamed_claim(client: Client, claim: Claim, rest: str) -> None:
    earlier = claim.slug
    publish(claim)
    rename(claim, "later")

    response = client.get(f"/api/v1/claims/{earlier}/{rest}")

    assert (response.status_code, response["Location"]) == (301, f"http://testserver/api/v1/claims/later/{rest}")


@pytest.mark.django_db
def test_renamed_speaker(client: Client) -> None:
    speaker = factories.SpeakerFactory.create(slug="earlier")
    publish(speaker)
    rename(speaker, "later")

    response = client.get("/api/v1/speakers/earlier/")

    assert (response.status_code, response["Location"]) == (301, "http://testserver/api/v1/speakers/later/")


def test_slug_that_passed_to_another_claim(ask: Ask, claim: Claim) -> None:
    earlier = claim.slug
    publish(claim)
    rename(claim, "later")
    heir = factories.ClaimFactory.create(slug=earlier)
    publish(heir)

    assert ask(f"/claims/{earlier}/")["id"] == str(heir.uid)
    assert [item["id"] for item in ask(f"/claims/{earlier}/editions/")["results"]] == [str(heir.uid)]
