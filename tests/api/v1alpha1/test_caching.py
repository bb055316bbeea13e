"""Questions that were asked before are answered anew only when something was published, or the day changed."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim
from tests.api.v1alpha1.conftest import SEARCH, Ask, checked

pytestmark = pytest.mark.django_db
QUERY = f"{SEARCH}?query=so"


@pytest.fixture(autouse=True)
def so(db: None, settings: LazySettings) -> Iterator[None]:
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"search {name}"}
        for name in ("default", "queries")
    }
    checked("It is so.", slug="so", reviewed_on="2019-03-01")
    yield
    for cache in caches.all():
        cache.clear()


def test_question_asked_again(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    before = client.get(QUERY)
    with django_assert_num_queries(1):  # the head of the record
        again = client.get(QUERY)

    assert len(before.json()["claims"]) == 1
    assert (again.content, dict(again.headers)) == (before.content, dict(before.headers))


def test_answer_after_something_was_published(ask: Ask) -> None:
    before = ask(query="so")
    publishing.retract(Claim.objects.get(slug="so"), by="ed", reason="Wrong.")

    assert (len(before["claims"]), ask(query="so")) == (1, {})


def test_answer_on_another_day(ask: Ask) -> None:
    found = []
    for day in (8, 9):
        with time_machine.travel(datetime(2019, 3, day, 12, tzinfo=UTC)):
            found.append(ask(query="so", maxAgeDays=7))

    assert [len(answer.get("claims", [])) for answer in found] == [1, 0]


def test_answers_of_several_addresses(client: Client, settings: LazySettings) -> None:
    hosts = [client.get(QUERY, headers={"host": host}).json() for host in ("testserver", "127.0.0.1")]
    settings.PUBLIC_URL = "https://facts.example"
    hosts.append(client.get(QUERY).json())

    sites = [answer["claims"][0]["claimReview"][0]["publisher"]["site"] for answer in hosts]
    assert sites == ["testserver", "127.0.0.1", "facts.example"]


@pytest.mark.parametrize("query", ["", "query=so&nothing=1", "query=so&pageToken=x"])
def test_errors_are_not_kept(client: Client, query: str) -> None:
    answers = [client.get(f"{SEARCH}?{query}") for _ in range(2)]

    assert [(answer.status_code, "ETag" in answer) for answer in answers] == [(400, False)] * 2


@pytest.mark.parametrize("method", ["head", "options"])
def test_other_methods(client: Client, method: str) -> None:
    client.get(QUERY)

    response = getattr(client, method)(QUERY)

    assert (response.status_code, response.content) == (200 if method == "head" else 204, b"")
