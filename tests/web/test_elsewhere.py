import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.web.pages import get

pytestmark = pytest.mark.django_db


def test_retracted_claim_is_gone_with_the_reason(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="We mistook one speaker for another.")

    page = get(client, f"/claims/{claim.slug}/", status=410)

    assert "We have retracted this" in page.text
    assert "We mistook one speaker for another." in page.text
    assert claim.text not in page.text
    assert f"/claims/{claim.slug}/editions/1/" in page.links()


def test_retracted_claim_keeps_its_editions(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="A mistake.")

    past, retraction = (get(client, f"/claims/{claim.slug}/editions/{number}/") for number in (1, 2))

    assert "The claim was retracted on" in past.text
    assert claim.text in past.text
    assert "We have retracted this" in retraction.text
    assert claim.text not in retraction.text


def test_retracted_claim_published_again(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="A mistake.")
    publishing.publish(claim, by="ed")

    assert claim.text in get(client, f"/claims/{claim.slug}/").text
    retraction = get(client, f"/claims/{claim.slug}/editions/2/")
    assert "Edition 3" not in retraction.text


def test_retracted_speaker_is_gone_with_the_reason(client: Client) -> None:
    speaker = factories.SpeakerFactory.create()
    publishing.publish(speaker, by="ed")
    publishing.retract(speaker, by="ed", reason="There is no such person.")

    page = get(client, f"/speakers/{speaker.slug}/", status=410)

    assert "There is no such person." in page.text
    assert speaker.name not in page.text


def test_renamed_claim_redirects_from_its_old_slug(client: Client, claim: Claim) -> None:
    old = claim.slug
    publishing.publish(claim, by="ed")
    claim.slug = "new-name"
    claim.save()
    publishing.publish(claim, by="ed")

    page = client.get(f"/claims/{old}/")
    edition = client.get(f"/claims/{old}/editions/1/")

    assert (page.status_code, page["Location"]) == (301, "/claims/new-name/")
    assert (edition.status_code, edition["Location"]) == (301, "/claims/new-name/editions/1/")


def test_renamed_topic_redirects_from_its_old_slug(client: Client) -> None:
    topic = factories.TopicFactory.create(slug="old")
    publishing.publish(topic, by="ed")
    topic.slug = "new"
    topic.save()
    publishing.publish(topic, by="ed")

    response = client.get("/topics/old/")

    assert (response.status_code, response["Location"]) == (301, "/topics/new/")


@pytest.mark.parametrize("folder", ["claims", "speakers", "sources", "topics", "rating-scales"])
def test_unknown_slug(client: Client, folder: str) -> None:
    page = get(client, f"/{folder}/never-was/", status=404)

    assert "There is no page at this address" in page.text
    assert len(page.all("header", **{"class": "site-header"})) == 1


def test_draft_is_unknown(client: Client, claim: Claim) -> None:
    page = get(client, f"/claims/{claim.slug}/", status=404)

    assert claim.text not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_retracted_claim_queries_are_constant(
    client: Client, claim: Claim, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        publishing.publish(claim, by="ed")
        publishing.retract(claim, by="ed", reason=f"Reason {number}.")

    with django_assert_num_queries(2):  # head, editions
        page = get(client, f"/claims/{claim.slug}/", status=410)

    assert page.text.count("Edition ") == 2 * count
