"""Waiting for changes within one process; tests/processes has one that is answered while another publishes."""

import time
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.api.v1 import waiting
from claims.models import Edition
from tests.api.v1.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowded() -> Iterator[None]:
    """As many wait as may, none of whom is the one who asks."""
    waiting._waiting.update(f"198.51.100.{number}" for number in range(waiting.MOST))
    yield
    waiting._waiting.clear()


def test_wait_for_what_is_there_already(ask: Ask, so: Edition) -> None:
    started = time.monotonic()

    answer = ask("/changes/", after=0, wait=30)

    assert (len(answer["results"]), time.monotonic() - started < 5) == (so.sequence, True)


def test_wait_in_vain(ask: Ask, so: Edition) -> None:
    started = time.monotonic()

    answer = ask("/changes/", after=so.sequence, wait=1)

    assert answer == {"next": None, "previous": None, "head": so.sequence, "results": []}
    assert 1 <= time.monotonic() - started < 5


@pytest.mark.parametrize("seconds", [0, 1])
def test_place_is_free_after_waiting(so: Edition, seconds: int) -> None:
    for _ in range(waiting.MOST + 1):
        assert waiting.head_beyond(so.sequence, seconds, who="198.51.100.1") == (so.sequence, True)


@pytest.mark.usefixtures("crowded")
def test_too_many_wait(client: Client, so: Edition) -> None:
    full = client.get(f"/api/v1/changes/?after={so.sequence}&wait=30")
    there = client.get("/api/v1/changes/?after=0&wait=30")
    plain = client.get(f"/api/v1/changes/?after={so.sequence}")

    assert (full.status_code, full.json()["results"], full["Retry-After"]) == (200, [], "1")
    assert (len(there.json()["results"]), "Retry-After" in there) == (so.sequence, False)
    assert "Retry-After" not in plain


def test_one_address_waits_once(client: Client, so: Edition) -> None:
    waiting._waiting.add("127.0.0.1")
    try:
        same = client.get(f"/api/v1/changes/?after={so.sequence}&wait=30")
        other = client.get(f"/api/v1/changes/?after={so.sequence}&wait=1", REMOTE_ADDR="198.51.100.1")
    finally:
        waiting._waiting.clear()

    assert (same["Retry-After"], "Retry-After" in other) == ("1", False)


def test_head_does_not_wait(client: Client, so: Edition) -> None:
    started = time.monotonic()

    response = client.head(f"/api/v1/changes/?after={so.sequence}&wait=30")

    assert (response.status_code, time.monotonic() - started < 5) == (200, True)


def test_answer_to_one_who_waits_is_not_kept(client: Client, so: Edition) -> None:
    waited = client.get("/api/v1/changes/?wait=1")
    plain = client.get("/api/v1/changes/")

    assert (waited["Cache-Control"], plain["Cache-Control"]) == ("no-store", "public, no-cache")


@pytest.mark.parametrize("wait", ["", "-1", "31", "1.5", "x", "9" * 5000])
def test_bad_wait(refused: Ask, wait: str) -> None:
    assert refused(f"/changes/?wait={wait}") == {"wait": "Write a whole number from 0 to 30."}


def test_looks_at_the_head_four_times_a_second(so: Edition, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(5):  # at once, and after each quarter of the second
        waiting.head_beyond(so.sequence, 1, who="198.51.100.1")
