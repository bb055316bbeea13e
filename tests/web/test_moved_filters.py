"""Lists by the slug that something had before it was renamed or merged: pages, feeds, the API and webhooks' filters."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import merging, publishing
from claims.filters import claims_matching
from claims.models import Claim, PublishedClaim
from tests import factories
from tests.histories import changed
from tests.web.pages import get

pytestmark = pytest.mark.django_db

# Filter and the slug that what it names had once; all have the slug `new` now, but the merged speaker is `stays`.
OLD = [("speaker", "old"), ("affiliation", "office"), ("topic", "old"), ("source", "old"), ("scale", "old")]
NEW = {"affiliation": "new-office"}


@pytest.fixture
def claim() -> Claim:
    """All that it names was renamed since it was published."""
    speaker = factories.SpeakerFactory.create(slug="old")
    office = factories.OrganisationFactory.create(slug="office")
    factories.AffiliationFactory.create(speaker=speaker, organisation=office, start="2000")
    claim = factories.ClaimFactory.create(speaker=speaker, claimed_on="2019-02-09")
    topic, source = factories.TopicFactory.create(slug="old"), factories.SourceFactory.create(slug="old")
    claim.topics.add(topic)
    factories.AppearanceFactory.create(claim=claim, source=source)
    rating = factories.rating("false")
    changed(rating.scale, slug="old")
    factories.VerdictFactory.create(claim=claim, rating=rating)
    publishing.publish(claim, by="ed")
    for item in (speaker, topic, source, rating.scale):
        publishing.publish(changed(item, slug="new"), by="ed")
    publishing.publish(changed(office, slug="new-office"), by="ed")
    return claim


def _slugs(client: Client, address: str) -> list[str]:
    return [result["slug"] for result in json.loads(client.get(address).content)["results"]]


@pytest.mark.parametrize(("name", "old"), OLD)
@pytest.mark.parametrize("path", ["/claims/", "/ko/claims/", "/search/", "/claims/feed.atom", "/claims/feed.json"])
def test_page_and_feed_lead_to_the_present_slug(client: Client, claim: Claim, path: str, name: str, old: str) -> None:
    response: Any = client.get(path, {"kind": "fact", name: old})

    new = NEW.get(name, "new")
    assert (response.status_code, response["Location"]) == (301, f"{path}?kind=fact&{name}={new}")
    assert claim.text in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(("name", "old"), OLD)
def test_api_finds_by_the_slug_that_was(client: Client, claim: Claim, name: str, old: str) -> None:
    factories.ClaimFactory.create()

    assert _slugs(client, f"/api/v1/claims/?{name}={old}") == [claim.slug]
    assert [row.slug for row in claims_matching(f"{name}={old}")] == [claim.slug]


def test_several_that_moved_at_once(client: Client, claim: Claim) -> None:
    query = "&".join(f"{name}={old}" for name, old in OLD)

    response: Any = client.get(f"/claims/?{query}")

    assert response["Location"] == "/claims/?speaker=new&affiliation=new-office&topic=new&source=new&scale=new"
    assert _slugs(client, f"/api/v1/claims/?{query}") == [claim.slug]


def test_merged_speaker(client: Client) -> None:
    goes, stays = (factories.SpeakerFactory.create(slug=slug, name=slug) for slug in ("goes", "stays"))
    claim = factories.ClaimFactory.create(speaker=goes)
    publishing.publish_all([claim, stays], by="ed")
    merging.merge(goes, stays, by="ed", reason="One person.")

    response: Any = client.get("/claims/?speaker=goes")

    assert (response.status_code, response["Location"]) == (301, "/claims/?speaker=stays")
    assert _slugs(client, "/api/v1/claims/?speaker=goes") == [claim.slug]


def test_page_that_finds_nothing_by_a_present_slug_is_shown(client: Client, claim: Claim) -> None:
    page = get(client, "/claims/?speaker=new&rating=true")

    assert "/claims/new/" not in page.links()
    assert _slugs(client, "/api/v1/claims/?speaker=new&rating=true") == []


@pytest.mark.parametrize("slug", ["nobody", "x" * 300, "%00", "%F0%9F%94%A5", "../old"])
def test_slug_that_never_was(client: Client, claim: Claim, slug: str) -> None:
    codes = [
        client.get(f"{path}?speaker={slug}").status_code
        for path in ("/claims/", "/search/", "/claims/feed.atom", "/api/v1/claims/")
    ]

    assert codes == ([400] * 4 if slug == "%00" else [200] * 4)


def test_page_after_a_cursor_of_an_old_address(client: Client, claim: Claim) -> None:
    page = json.loads(client.get("/api/v1/claims/?speaker=old&page_size=1").content)

    assert (len(page["results"]), page["next"]) == (1, None)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_are_constant(
    client: Client, claim: Claim, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count - 1):
        publishing.publish(factories.ClaimFactory.create(speaker=claim.speaker), by="ed")

    for address, queries in [
        ("/claims/?speaker=old", 4),  # the head, the form, the claims, the newest edition of the slug
        ("/claims/?speaker=new", 3),
        ("/claims/?speaker=new&rating=true", 3),
        ("/claims/feed.json?speaker=old", 3),
        ("/api/v1/claims/?speaker=old", 4),  # the head, the claims, the edition, the claims
        ("/api/v1/claims/?speaker=new", 2),
    ]:
        with django_assert_num_queries(queries):
            client.get(address)

    assert PublishedClaim.objects.count() == count
