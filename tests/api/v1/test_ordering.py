"""Lists in other orders, walked both ways, also while others publish."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim, PublishedClaim
from tests import factories
from tests.api.v1.conftest import Ask, publish

BASE = "http://testserver/api/v1"


@pytest.fixture
def claims(db: None) -> list[Claim]:
    """Three public claims in the order of publication; the first of them was published anew at the end."""
    made = factories.ClaimFactory.create_batch(3)
    for claim in made:
        publish(claim)
    renew(made[0])
    return made


def renew(claim: Claim) -> None:
    claim.text = f"{claim.text} Still."
    claim.save()
    publish(claim)


def walk(ask: Ask, page: dict[str, object], way: str) -> list[str]:
    """The slugs of all pages from `page` on, each page in its own order."""
    slugs = _slugs(page)
    while page[way]:
        page = ask(str(page[way]).removeprefix(BASE))
        slugs += _slugs(page)
    return slugs


def _slugs(page: dict[str, object]) -> list[str]:
    assert isinstance(page["results"], list)
    return [item["slug"] for item in page["results"]]


ORDERS = {"published": [0, 1, 2], "-published": [2, 1, 0], "updated": [1, 2, 0], "-updated": [0, 2, 1]}


@pytest.mark.parametrize("ordering", ORDERS)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_ordering_onward(ask: Ask, claims: list[Claim], ordering: str, size: int) -> None:
    first = ask("/claims/", ordering=ordering, page_size=size)

    assert first["previous"] is None
    assert walk(ask, first, "next") == [claims[place].slug for place in ORDERS[ordering]]


@pytest.mark.parametrize("ordering", ORDERS)
def test_ordering_and_back(ask: Ask, claims: list[Claim], ordering: str) -> None:
    page = ask("/claims/", ordering=ordering, page_size=1)
    while page["next"]:
        page = ask(page["next"].removeprefix(BASE))

    assert walk(ask, page, "previous") == [claims[place].slug for place in reversed(ORDERS[ordering])]


@pytest.mark.parametrize("direction", ["older", "newer"])
@pytest.mark.parametrize("ordering", ORDERS)
def test_ordering_with_an_empty_page(ask: Ask, claims: list[Claim], ordering: str, direction: str) -> None:
    cursor = "older-than-1" if direction == "older" else "newer-than-9999"

    page = ask("/claims/", ordering=ordering, cursor=cursor)
    way = "previous" if page["previous"] else "next"

    assert page["results"] == []
    assert sorted(walk(ask, page, way)) == sorted(claim.slug for claim in claims)


def test_walk_by_updated_meets_what_is_renewed_meanwhile(ask: Ask, claims: list[Claim]) -> None:
    page = ask("/claims/", ordering="updated", page_size=1)
    renew(claims[1])

    assert walk(ask, page, "next") == [claims[place].slug for place in (1, 2, 0, 1)]


def test_walk_by_updated_newest_first_misses_what_is_renewed_meanwhile(ask: Ask, claims: list[Claim]) -> None:
    page = ask("/claims/", ordering="-updated", page_size=1)
    renew(claims[1])
    publish(factories.ClaimFactory.create())

    assert walk(ask, page, "next") == [claims[place].slug for place in (0, 2)]


def test_walk_by_published_newest_first_neither_skips_nor_repeats(ask: Ask, claims: list[Claim]) -> None:
    page = ask("/claims/", page_size=1)
    renew(claims[1])
    publish(factories.ClaimFactory.create())

    assert walk(ask, page, "next") == [claims[place].slug for place in (2, 1, 0)]


def test_walk_by_published_is_not_moved_by_what_is_renewed(ask: Ask, claims: list[Claim]) -> None:
    page = ask("/claims/", ordering="published", page_size=1)
    renew(claims[0])

    assert walk(ask, page, "next") == [claim.slug for claim in claims]


@pytest.mark.django_db
def test_entities_have_no_order_by_update(ask: Ask, refused: Ask, claims: list[Claim]) -> None:
    newest_first = _slugs(ask("/speakers/"))

    assert _slugs(ask("/speakers/", ordering="published")) == list(reversed(newest_first))
    assert refused("/speakers/?ordering=updated") == {"ordering": "Write one of: published, -published."}


@pytest.mark.django_db
@pytest.mark.parametrize("ordering", ["", "text", "--updated", "updated,published", "%00"])
def test_bad_ordering(refused: Ask, ordering: str) -> None:
    detail = "Write one of: published, -published, updated, -updated."

    assert refused(f"/claims/?ordering={ordering}") == {"ordering": detail}


@pytest.mark.parametrize("ordering", ["edition", "-edition", "pk", "-pk"])
def test_every_order_is_that_of_a_unique_index(db: None, ordering: str) -> None:
    unique = {field.name for field in PublishedClaim._meta.concrete_fields if field.unique}

    plan = PublishedClaim.objects.filter(**{f"{ordering.removeprefix('-')}__gt": 5}).order_by(ordering)[:50].explain()

    assert {"edition", "first_sequence"} <= unique
    assert connection.vendor != "sqlite" or "TEMP B-TREE" not in plan


@pytest.mark.parametrize("count", [1, 3])
def test_ordered_list_queries(
    ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, claims: list[Claim], count: int
) -> None:
    with django_assert_num_queries(2):  # the head of the record, the page
        results = ask("/claims/", ordering="-updated", page_size=count)["results"]

    assert len(results) == count
