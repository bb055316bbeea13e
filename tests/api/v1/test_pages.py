from typing import Any

import pytest

from claims.domain import publishing
from claims.models import Claim, PublishedClaim
from tests import factories
from tests.api.v1.conftest import Ask, publish

pytestmark = pytest.mark.django_db
BASE = "http://testserver/api/v1"


def publish_claims(count: int) -> list[str]:
    """The slugs of new public claims, the newest first."""
    claims = factories.ClaimFactory.create_batch(count)
    for claim in claims:
        publish(claim)
    return [claim.slug for claim in reversed(claims)]


def slugs(page: Any) -> list[str]:
    return [item["slug"] for item in page["results"]]


def walk(ask: Ask, page: Any, direction: str) -> list[list[str]]:
    """The slugs of `page` and of all pages in that direction."""
    pages = [slugs(page)]
    while page[direction]:
        page = ask(page[direction].removeprefix(BASE))
        pages.append(slugs(page))
    return pages


def test_list_walked_by_page(ask: Ask) -> None:
    expected = publish_claims(7)

    pages = walk(ask, ask("/claims/", page_size=2), "next")

    assert pages == [expected[0:2], expected[2:4], expected[4:6], expected[6:7]]


def test_list_walked_backwards(ask: Ask) -> None:
    expected = publish_claims(7)
    last = ask("/claims/", page_size=2, cursor=f"older-than-{sequence_of(expected[5])}")

    pages = walk(ask, last, "previous")

    assert pages == [expected[6:7], expected[4:6], expected[2:4], expected[0:2]]


def sequence_of(slug: str) -> int:
    return PublishedClaim.objects.get(slug=slug).first_sequence


def test_list_walked_while_others_publish(ask: Ask) -> None:
    expected = publish_claims(7)
    page = ask("/claims/", page_size=2)
    seen = slugs(page)

    while page["next"]:
        publish_claims(3)
        page = ask(page["next"].removeprefix(BASE))
        seen += slugs(page)

    assert seen == expected


def test_list_walked_while_a_claim_is_updated(ask: Ask) -> None:
    expected = publish_claims(4)
    page = ask("/claims/", page_size=2)
    for slug in (expected[0], expected[3]):
        claim = Claim.objects.get(slug=slug)
        claim.text = f"{claim.text} Still."
        claim.save()
        publish(claim)

    assert walk(ask, page, "next") == [expected[:2], expected[2:]]


def test_filters_stay_on_the_way(ask: Ask) -> None:
    expected = publish_claims(3)
    publish(factories.ForecastFactory.create())

    page = ask("/claims/", page_size=2, kind="fact", q="Claim is so")

    assert (
        page["next"]
        == f"{BASE}/claims/?page_size=2&kind=fact&q=Claim+is+so&cursor=older-than-{sequence_of(expected[1])}"
    )
    assert walk(ask, page, "next") == [expected[:2], expected[2:]]


def test_first_page_of_50(ask: Ask) -> None:
    expected = publish_claims(51)

    assert walk(ask, ask("/claims/"), "next") == [expected[:50], expected[50:]]


def test_page_of_exactly_what_there_is(ask: Ask) -> None:
    expected = publish_claims(2)

    page = ask("/claims/", page_size=2)

    assert (slugs(page), page["next"], page["previous"]) == (expected, None, None)


def test_page_that_retractions_emptied(ask: Ask) -> None:
    first, second = factories.ClaimFactory.create_batch(2)
    for claim in (first, second):
        publish(claim)
    following = ask("/claims/", page_size=1)["next"].removeprefix(BASE)
    publishing.retract(first, by="ed", reason="Never said.")

    page = ask(following)

    assert (slugs(page), page["next"]) == ([], None)
    assert slugs(ask(page["previous"].removeprefix(BASE))) == [second.slug]


def test_newest_page_that_is_still_empty(ask: Ask) -> None:
    expected = publish_claims(1)

    page = ask("/claims/", cursor=f"newer-than-{sequence_of(expected[0])}")

    assert (slugs(page), page["previous"]) == ([], None)
    assert slugs(ask(page["next"].removeprefix(BASE))) == expected


def test_cursor_from_before_everything(ask: Ask) -> None:
    publish_claims(1)

    page = ask("/claims/", cursor="older-than-0")

    assert page == {"next": None, "previous": f"{BASE}/claims/?cursor=newer-than-0", "results": []}


@pytest.mark.parametrize("path", ["/claims/", "/topics/", "/claims/some/editions/"])
@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "1",
        "older-than-",
        "older-than--1",
        "older-than-%00",
        "older-than-٣",
        "than",
        f"newer-than-{'9' * 19}",
        "%F0",
    ],
)
def test_bad_cursor(refused: Ask, path: str, cursor: str) -> None:
    detail = "Take the cursor from the `next` or `previous` address of an answer."

    assert refused(f"{path}?cursor={cursor}") == {"cursor": detail}


@pytest.mark.parametrize("size", ["", "0", "201", "-1", "1.5", "ten", "%00", "9" * 5000, "２"])
def test_bad_page_size(refused: Ask, size: str) -> None:
    assert refused(f"/claims/?page_size={size}") == {"page_size": "Write a whole number from 1 to 200."}


def test_largest_page(ask: Ask) -> None:
    expected = publish_claims(3)

    assert slugs(ask("/claims/", page_size=200)) == expected
