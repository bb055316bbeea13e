import hashlib
import json

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing, record
from claims.models import Claim, Edition
from claims.models.record import GENESIS
from tests import factories
from tests.api.v1.conftest import Ask, publish

pytestmark = pytest.mark.django_db
BASE = "http://testserver/api/v1"


def test_changes_of_empty_record(ask: Ask) -> None:
    assert ask("/changes/") == {"next": None, "previous": None, "head": 0, "results": []}


def test_changes_are_the_record_in_order(ask: Ask, full_claim: Claim) -> None:
    publish(full_claim)
    publishing.retract(full_claim, by="ed", reason="Never said.")
    editions = Edition.objects.order_by("sequence")

    answer = ask("/changes/")

    assert answer == {
        "next": None,
        "previous": None,
        "head": len(editions),
        "results": [json.loads(record.envelope(edition)) for edition in editions],
    }


def test_changes_after_a_sequence(ask: Ask, full_claim: Claim) -> None:
    head = publish(full_claim).sequence

    assert [item["sequence"] for item in ask("/changes/", after=head - 2)["results"]] == [head - 1, head]
    assert ask("/changes/", after=head)["results"] == []
    assert ask("/changes/", after=2**63 - 1) == {"next": None, "previous": None, "head": head, "results": []}


def test_changes_followed_by_page(ask: Ask, full_claim: Claim) -> None:
    head = publish(full_claim).sequence
    page = ask("/changes/", limit=2)
    sequences = [item["sequence"] for item in page["results"]]
    assert page["next"] == f"{BASE}/changes/?limit=2&after=2"

    while page["next"]:
        page = ask(page["next"].removeprefix(BASE))
        sequences += [item["sequence"] for item in page["results"]]

    assert sequences == list(range(1, head + 1))


def test_changes_end_exactly_at_limit(ask: Ask, full_claim: Claim) -> None:
    head = publish(full_claim).sequence

    page = ask("/changes/", limit=head)

    assert (len(page["results"]), page["next"]) == (head, None)


def test_changes_chain_verified_with_standard_library_only(ask: Ask, full_claim: Claim) -> None:
    publish(full_claim)
    publishing.retract(full_claim, by="ed", reason="Never said.")
    previous = GENESIS

    for edition in ask("/changes/")["results"]:
        digest = edition.pop("digest")
        text = json.dumps(edition, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert (edition["previous_digest"], hashlib.sha256(text.encode()).hexdigest()) == (previous, digest)
        previous = digest


def test_changes_by_default_100(ask: Ask) -> None:
    publishing.publish_all(factories.TopicFactory.create_batch(101), by="ed")

    page = ask("/changes/")

    assert (len(page["results"]), page["next"]) == (100, f"{BASE}/changes/?after=100")


@pytest.mark.parametrize("after", ["", "-1", "x", "1.0", "%00", str(2**63), "9" * 5000])
def test_bad_after(refused: Ask, after: str) -> None:
    assert refused(f"/changes/?after={after}") == {"after": f"Write a whole number from 0 to {2**63 - 1}."}


@pytest.mark.parametrize("limit", ["", "0", "1001", "all"])
def test_bad_limit(refused: Ask, limit: str) -> None:
    assert refused(f"/changes/?limit={limit}") == {"limit": "Write a whole number from 1 to 1000."}


def test_all_bad_parameters_at_once(refused: Ask) -> None:
    assert refused("/changes/?after=x&limit=y&page=1") == {
        "after": f"Write a whole number from 0 to {2**63 - 1}.",
        "limit": "Write a whole number from 1 to 1000.",
        "page": "There is no such parameter here. Use: after, limit, wait.",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_changes_queries(ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, count: int) -> None:
    publishing.publish_all(factories.TopicFactory.create_batch(count), by="ed")

    with django_assert_num_queries(3):  # the head of the record for the tag, the head again, the editions
        results = ask("/changes/")["results"]

    assert len(results) == count
