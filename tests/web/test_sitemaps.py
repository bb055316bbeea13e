from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from claims.domain import publishing
from claims.models import PublishedClaim, PublishedEntity
from claims.web import sitemaps
from tests import factories
from tests.histories import changed, eventful
from tests.web.pages import get

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(response: Any) -> list[tuple[str, str | None]]:
    """Address and last change of each entry."""
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = ElementTree.fromstring(response.content)
    return [(str(item.findtext(f"{NAMESPACE}loc")), item.findtext(f"{NAMESPACE}lastmod")) for item in root]


def path_of(address: str) -> str:
    return address.removeprefix("http://testserver")


def publish(count: int) -> None:
    speaker = factories.SpeakerFactory.create()
    for claim in factories.ClaimFactory.create_batch(count, speaker=speaker):
        publishing.publish(claim, by="ed")


def test_robots_names_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[:2] == ["User-agent: *", "Disallow: /admin/"]
    assert {"Disallow: /ko/claims/*/compare/", "Disallow: /search/?", "Disallow: /ko/search/?"} < set(lines)
    assert lines[-3:] == [f"Sitemap: http://testserver/{front}sitemap.xml" for front in ("", "ko/", "ar/")]


@pytest.mark.parametrize("front", ["", "/ko", "/ar"])
def test_sitemaps_below_a_language_are_of_its_pages(client: Client, front: str) -> None:
    eventful()

    index = [path_of(address) for address, _ in entries(client.get(f"{front}/sitemap.xml"))]
    addresses = [path_of(address) for path in index for address, _ in entries(client.get(path))]

    assert index == [f"{front}/sitemaps/lists.xml", f"{front}/sitemaps/1.xml"]
    assert len(addresses) > 6
    assert [address for address in addresses if client.get(address).status_code != 200] == []
    assert [address for address in addresses if not address.startswith(f"{front}/")] == []


def test_sitemap_lists_every_public_page_once(client: Client) -> None:
    eventful()
    index = [path_of(address) for address, _ in entries(client.get("/sitemap.xml"))]

    addresses = [path_of(address) for path in index for address, _ in entries(client.get(path))]

    assert index == ["/sitemaps/lists.xml", "/sitemaps/1.xml"]
    public = PublishedClaim.objects.count() + PublishedEntity.objects.exclude(kind="page").count()
    assert len(set(addresses)) == len(addresses) == public + 10
    for address in addresses:
        get(client, address)


def test_sitemap_tells_the_last_change(client: Client) -> None:
    claim = factories.ClaimFactory.create(slug="it")
    publishing.publish(claim, by="ed")
    publishing.publish(changed(claim, text="Otherwise."), by="ed")

    found = dict(entries(client.get("/sitemaps/1.xml")))

    published_at = PublishedClaim.objects.get().edition.published_at
    assert found["http://testserver/claims/it/"] == f"{published_at:%Y-%m-%dT%H:%M:%SZ}"
    assert all(datetime.fromisoformat(str(last)).tzinfo for last in found.values())


def test_sitemap_is_split(rf: RequestFactory) -> None:
    publish(4)  # the speaker is published with the first

    index = [path_of(address) for address, _ in entries(sitemaps.index(rf.get("/"), span=2))]
    lengths = [len(entries(sitemaps.pages(rf.get("/"), number, span=2))) for number in (1, 2, 3)]

    assert index == ["/sitemaps/lists.xml", "/sitemaps/1.xml", "/sitemaps/2.xml", "/sitemaps/3.xml"]
    assert lengths == [2, 2, 1]


def test_sitemap_leaves_out_spans_without_a_page(rf: RequestFactory) -> None:
    claim = factories.ClaimFactory.create()
    for number in range(4):
        publishing.publish(changed(claim, text=f"Text {number}."), by="ed")
    publish(1)

    index = [path_of(address) for address, _ in entries(sitemaps.index(rf.get("/"), span=2))]

    assert index == ["/sitemaps/lists.xml", "/sitemaps/1.xml", "/sitemaps/3.xml", "/sitemaps/4.xml"]
    with pytest.raises(Http404):
        sitemaps.pages(rf.get("/"), 2, span=2)


def test_sitemap_of_an_empty_record(client: Client) -> None:
    assert [path_of(address) for address, _ in entries(client.get("/sitemap.xml"))] == ["/sitemaps/lists.xml"]


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "9" * 18, "9" * 5000])
def test_sitemap_unknown(client: Client, number: str) -> None:
    publish(1)

    assert "There is no page" in get(client, f"/sitemaps/{number}.xml", status=404).text


def test_sitemap_names_the_public_address(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://facts.example"
    publish(1)
    found = [client.get(path) for path in ("/sitemap.xml", "/sitemaps/lists.xml", "/sitemaps/1.xml")]

    addresses = [address for response in found for address, _ in entries(response)]

    assert [address for address in addresses if not address.startswith("https://facts.example/")] == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    # head and, for the index, the first of both tables and that there is nothing beyond; else claims and entities
    [("/sitemap.xml", 5), ("/sitemaps/1.xml", 3)],
)
def test_sitemap_queries_are_constant(
    client: Client, path: str, queries: int, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish(count)

    with django_assert_num_queries(queries):
        found = entries(client.get(path))

    assert len(found) == (2 if path == "/sitemap.xml" else count + 1)
