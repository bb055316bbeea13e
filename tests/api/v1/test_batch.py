"""Looking up many objects at once."""

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.models import Claim
from tests import factories
from tests.api.v1.conftest import Ask, publish

pytestmark = pytest.mark.django_db
SOME = "9dc4c26d-a736-4b07-a992-580ce68b231c"
IDENTIFIERS = f"Write identifiers such as {SOME}, with commas between."


@pytest.fixture
def claims(db: None) -> list[Claim]:
    """Public claims, the oldest first."""
    made = factories.ClaimFactory.create_batch(3)
    for claim in made:
        publish(claim)
    return made


def slugs(page: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["slug"] for item in page["results"]]


def test_batch_by_repeated_id(ask: Ask, claims: list[Claim]) -> None:
    first, _, third = claims

    assert slugs(ask(f"/claims/?id={first.uid}&id={third.uid}")) == [third.slug, first.slug]


def test_batch_by_ids_with_commas(ask: Ask, claims: list[Claim]) -> None:
    first, second, _ = claims

    assert slugs(ask(f"/claims/?id={first.uid},{str(second.uid).upper()}")) == [second.slug, first.slug]


def test_batch_by_slug(ask: Ask, claims: list[Claim]) -> None:
    first, second, third = claims

    assert slugs(ask(f"/claims/?slug={first.slug},{second.slug}&slug={third.slug}&slug=no-such-claim")) == [
        third.slug,
        second.slug,
        first.slug,
    ]


def test_batch_of_unknown_ids(ask: Ask, claims: list[Claim]) -> None:
    assert ask(f"/claims/?id={uuid4()}") == {"next": None, "previous": None, "results": []}


def test_batch_with_other_filters(ask: Ask, claims: list[Claim]) -> None:
    first, second, _ = claims

    assert slugs(ask(f"/claims/?id={first.uid}&slug={second.slug}")) == []
    assert slugs(ask(f"/claims/?id={first.uid}&kind=fact")) == [first.slug]


def test_batch_stays_on_the_way(ask: Ask, claims: list[Claim]) -> None:
    first, second, _ = claims

    page = ask(f"/claims/?id={first.uid}&id={second.uid}&page_size=1")
    following = ask(page["next"].removeprefix("http://testserver/api/v1"))

    assert (slugs(page), slugs(following), following["next"]) == ([second.slug], [first.slug], None)


def test_batch_of_speakers(ask: Ask, claims: list[Claim]) -> None:
    speakers = [claim.speaker for claim in claims[:2]]
    answer = ask(f"/speakers/?id={speakers[0].uid},{speakers[1].uid}")

    assert sorted(slugs(answer)) == sorted(speaker.slug for speaker in speakers)
    assert slugs(ask(f"/topics/?id={speakers[0].uid}")) == []


@pytest.mark.parametrize("value", ["", "1", f"{SOME},", SOME.replace("-", ""), f"{{{SOME}}}", "%00", "x" * 5000])
def test_bad_id(refused: Ask, value: str) -> None:
    assert refused(f"/claims/?id={value}") == {"id": IDENTIFIERS}


@pytest.mark.parametrize("value", ["", "a b", "a,,b", "북한", "%00", "x" * 101])
def test_bad_slug(refused: Ask, value: str) -> None:
    assert refused(f"/claims/?slug={value}") == {"slug": "Write slugs, with commas between."}


def test_batch_that_is_too_large(ask: Ask, refused: Ask) -> None:
    identifiers = [str(uuid4()) for _ in range(101)]

    assert ask(f"/claims/?id={','.join(identifiers[:100])}")["results"] == []
    assert refused(f"/claims/?id={','.join(identifiers)}") == {"id": "Give 100 at most."}
    assert refused(f"/claims/?id={'&id='.join(identifiers)}") == {"id": "Give 100 at most."}


@pytest.mark.parametrize("count", [1, 3])
def test_batch_queries(
    ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, claims: list[Claim], count: int
) -> None:
    wanted = ",".join(str(claim.uid) for claim in claims[:count])

    with django_assert_num_queries(2):  # the head of the record, the page
        results = ask("/claims/", id=wanted)["results"]

    assert len(results) == count
