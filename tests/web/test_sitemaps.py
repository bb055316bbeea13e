from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
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
XHTML = "{http://www.w3.org/1999/xhtml}"


def entries(response: Any) -> list[tuple[str, str | None]]:
    """Address and last change of each entry."""
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = ElementTree.fromstring(response.content)
    return [(str(item.findtext(f"{NAMESPACE}loc")), item.findtext(f"{NAMESPACE}lastmod")) for item in root]


def versions(response: Any) -> dict[str, list[tuple[str, str]]]:
    """By the address of each entry, the languages of the page and its addresses in them."""
    root = ElementTree.fromstring(response.content)
    links = {str(item.findtext(f"{NAMESPACE}loc")): item.findall(f"{XHTML}link") for item in root}
    assert {link.get("rel") for found in links.values() for link in found} == {"alternate"}
    return {
        address: [(str(link.get("hreflang")), str(link.get("href"))) for link in found]
        for address, found in links.items()
    }


def at(hour: int) -> time_machine.travel:
    return time_machine.travel(datetime(2030, 1, 1, hour, tzinfo=UTC), tick=False)


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


@pytest.mark.parametrize("front", ["", "/ko", "/ar"])
@pytest.mark.parametrize(("path", "page"), [("/sitemaps/1.xml", "/claims/it/"), ("/sitemaps/lists.xml", "/about/")])
def test_sitemap_names_each_page_in_every_language(client: Client, front: str, path: str, page: str) -> None:
    publishing.publish(factories.ClaimFactory.create(slug="it"), by="ed")

    found = versions(client.get(f"{front}{path}"))

    assert found[f"http://testserver{front}{page}"] == [
        ("en", f"http://testserver{page}"),
        ("ko", f"http://testserver/ko{page}"),
        ("ar", f"http://testserver/ar{page}"),
        ("x-default", f"http://testserver{page}"),
    ]
    assert {len(languages) for languages in found.values()} == {4}


def test_sitemap_names_what_the_page_itself_does(client: Client) -> None:
    publishing.publish(factories.ClaimFactory.create(slug="it"), by="ed")

    links = get(client, "/ko/claims/it/").all("link", rel="alternate")

    on_page = [(link["hreflang"], link["href"]) for link in links if "hreflang" in link]
    assert versions(client.get("/ko/sitemaps/1.xml"))["http://testserver/ko/claims/it/"] == on_page


@pytest.mark.usefixtures("korean_newsroom")
def test_sitemap_of_a_korean_newsroom_leads_others_to_korean(client: Client) -> None:
    publishing.publish(factories.ClaimFactory.create(slug="it"), by="ed")

    found = versions(client.get("/sitemaps/1.xml"))["http://testserver/claims/it/"]

    assert found[-1] == ("x-default", "http://testserver/claims/it/")
    assert dict(found)["en"] == "http://testserver/en/claims/it/"


def test_index_tells_the_last_change_within_each_sitemap(rf: RequestFactory) -> None:
    claim = factories.ClaimFactory.create(slug="it")
    later = factories.ClaimFactory.create(slug="later", speaker=claim.speaker)
    with at(1):
        publishing.publish(claim, by="ed")
    with at(2):
        publishing.publish(later, by="ed")
    before = entries(sitemaps.index(rf.get("/"), span=2))

    with at(3):
        publishing.publish(changed(claim, text="Otherwise."), by="ed")

    after = entries(sitemaps.index(rf.get("/"), span=2))
    first, second, lists = (f"http://testserver/sitemaps/{name}.xml" for name in ("1", "2", "lists"))
    assert before == [(lists, None), (first, "2030-01-01T01:00:00Z"), (second, "2030-01-01T02:00:00Z")]
    assert after == [(lists, None), (first, "2030-01-01T03:00:00Z"), (second, "2030-01-01T02:00:00Z")]


def test_index_tells_when_something_was_taken_away(rf: RequestFactory) -> None:
    claim = factories.ClaimFactory.create()
    with at(1):
        publishing.publish(claim, by="ed")
    with at(2):
        publish(1)
    with at(3):
        publishing.retract(claim, by="ed", reason="It was a joke.")

    found = entries(sitemaps.index(rf.get("/"), span=2))

    assert [changed for _, changed in found] == [None, "2030-01-01T03:00:00Z", "2030-01-01T02:00:00Z"]


def test_lists_tell_the_last_change_of_our_own_pages(client: Client) -> None:
    page = factories.PageFactory.create()
    with at(1):
        publishing.publish(page, by="ed")
    with at(2):
        publishing.publish(changed(page, body="We are three."), by="ed")

    index, lists = (dict(entries(client.get(path))) for path in ("/sitemap.xml", "/sitemaps/lists.xml"))

    assert index == {"http://testserver/sitemaps/lists.xml": "2030-01-01T02:00:00Z"}
    assert lists["http://testserver/about/"] == "2030-01-01T02:00:00Z"
    assert lists["http://testserver/methodology/"] is None


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
    # head and, for the index, the newest of each sitemap, what was retracted, and the times; else claims and entities
    [("/sitemap.xml", 4), ("/sitemaps/1.xml", 3)],
)
def test_sitemap_queries_are_constant(
    client: Client, path: str, queries: int, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish(count)

    with django_assert_num_queries(queries):
        found = entries(client.get(path))

    assert len(found) == (2 if path == "/sitemap.xml" else count + 1)
