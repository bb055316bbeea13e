"""Claims and sources looked up by the address of a source, in any spelling."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim, Source
from tests import factories
from tests.api.v1.conftest import Ask, publish

PAPER = "https://paper.example/story?id=7&page=2"


@pytest.fixture
def source(db: None) -> Source:
    return factories.SourceFactory.create(url=PAPER)


@pytest.fixture
def appearing(source: Source) -> Claim:
    claim = factories.AppearanceFactory.create(source=source).claim
    publish(claim)
    return claim


@pytest.fixture
def resting(source: Source) -> Claim:
    claim = factories.VerdictFactory.create().claim
    factories.EvidenceFactory.create(claim=claim, source=source)
    publish(claim)
    return claim


def found(client: Client, *urls: str, kind: str = "claims") -> list[str]:
    response = client.get(f"/api/v1/{kind}/", {"url": urls})
    assert response.status_code == 200, response.content
    return [item["slug"] for item in response.json()["results"]]


@pytest.mark.parametrize(
    "spelling",
    [
        PAPER,
        "http://www.PAPER.example:80/story/?page=2&id=7#top",
        "https://paper.example/story?utm_source=x&id=7&fbclid=1&page=2",
    ],
)
def test_spellings_of_an_address(
    client: Client, source: Source, appearing: Claim, resting: Claim, spelling: str
) -> None:
    publish(factories.AppearanceFactory.create().claim)

    assert found(client, spelling) == [resting.slug, appearing.slug]
    assert found(client, spelling, kind="sources") == [source.slug]


def test_another_address(client: Client, appearing: Claim) -> None:
    assert found(client, "https://paper.example/story?id=8&page=2") == found(client, "https://paper.example/") == []


def test_several_addresses(client: Client, source: Source, appearing: Claim) -> None:
    other = factories.AppearanceFactory.create(source__url="https://other.example/a,b")
    publish(other.claim)

    assert found(client, PAPER, "https://other.example/a,b") == [other.claim.slug, appearing.slug]
    assert found(client, "https://other.example/a,b", PAPER, kind="sources") == [other.source.slug, source.slug]


def test_address_with_another_filter(client: Client, ask: Ask, appearing: Claim) -> None:
    assert len(ask("/claims/", url=PAPER, kind="fact")["results"]) == 1
    assert ask("/claims/", url=PAPER, kind="promise")["results"] == []


def test_address_of_what_was_retracted(client: Client, appearing: Claim) -> None:
    publishing.retract(appearing, by="ed", reason="Wrong.")

    assert (found(client, PAPER), len(found(client, PAPER, kind="sources"))) == ([], 1)


def test_source_that_moved(client: Client, source: Source, appearing: Claim) -> None:
    source.url = "https://paper.example/new"
    source.save()
    publishing.publish(source, by="ed")

    assert (found(client, PAPER), found(client, PAPER, kind="sources")) == ([], [])
    assert (len(found(client, source.url)), len(found(client, source.url, kind="sources"))) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [
        "",
        "paper.example",
        "ftp://paper.example/",
        "javascript:alert(1)",
        "https://",
        "https://a:b@c.example",
        "https://[",
    ],
)
def test_bad_address(refused: Ask, value: str) -> None:
    assert list(refused(f"/claims/?url={value}")) == ["url"]


@pytest.mark.django_db
def test_bad_length_of_an_address(refused: Ask) -> None:
    detail = "Write an address of up to 2000 characters, and no null character."

    assert refused(f"/claims/?url=https://a.example/{'x' * 2000}") == {"url": detail}
    assert refused("/claims/?url=https://a.example/%00") == {"url": detail}
    assert refused("/claims/?" + "&".join(["url=https://a.example/"] * 101)) == {"url": "Give 100 at most."}
    assert list(refused("/speakers/?url=https://a.example/")) == ["url"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_by_address(
    client: Client, source: Source, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        publish(factories.AppearanceFactory.create(source=source).claim)

    with django_assert_num_queries(2):  # the head of the record, the page
        slugs = found(client, PAPER)

    assert len(slugs) == count
