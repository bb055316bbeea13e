from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models

from claims.domain import indexing, projection, publishing
from claims.domain.indexing import COLUMNS
from claims.models import Claim, PublishedClaim, PublishedEntity, PublishedName, PublishedReference
from tests import factories, histories
from tests.domain import at_work

pytestmark = pytest.mark.django_db

TABLES: list[type[models.Model]] = [PublishedClaim, PublishedEntity, PublishedReference, PublishedName]


def _rows() -> dict[str, list[Any]]:
    """All that the projection holds, in an order of its own; keys that the database gives out left aside."""
    tables: dict[str, list[Any]] = {}
    for table in TABLES:
        columns = [field.attname for field in table._meta.concrete_fields if field.attname != "id"]
        tables[table.__name__] = list(table._default_manager.order_by(*columns).values(*columns))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(COLUMNS[connection.vendor])} FROM claims_search ORDER BY rowid")
        tables["index"] = cursor.fetchall()
    return tables


def test_rebuild_gives_the_rows_that_publishing_gave() -> None:
    histories.eventful()
    before = _rows()

    number = projection.rebuild()

    assert _rows() == before
    assert number == len(before["PublishedClaim"]) + len(before["PublishedEntity"])
    assert list(projection.differences()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM claims_search",
        "DELETE FROM claims_publishedname",
        "UPDATE claims_search SET edition_id = 1",
        "UPDATE claims_publishedname SET word = 'other'",
    ],
)
def test_differences_name_what_search_lacks(statement: str) -> None:
    publishing.publish(factories.ClaimFactory.create(speaker__name="Kim"), by="ed")

    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert len(list(projection.differences())) == 1


def test_rebuild_mends_what_was_tampered_with() -> None:
    histories.eventful()
    before = _rows()
    PublishedClaim.objects.update(language="xx", text="Other.")
    PublishedReference.objects.all().delete()
    PublishedEntity.objects.earliest("first_sequence").delete()
    PublishedName.objects.update(alias=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_search")

    projection.rebuild()

    assert _rows() == before


def test_rebuild_of_an_empty_record() -> None:
    assert projection.rebuild() == 0


@pytest.mark.parametrize("merge", [indexing.settle, at_work.work])
def test_index_is_merged_at_once_and_by_a_worker(merge: Callable[[], None]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does not tell what is not merged without an extension")
    for _ in range(3):
        publishing.publish(factories.full_claim(), by="ed")
    assert _segments() > 1

    merge()

    assert _segments() == 1
    indexing.require_consistent()


def _segments() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(DISTINCT segid) FROM claims_search_idx")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("claims", [1, 3])
def test_rebuild_asks_no_more_for_more_claims(claims: int, django_assert_num_queries: Any) -> None:
    publishing.publish_all([factories.full_claim() for _ in range(claims)], by="ed")
    # PostgreSQL takes its lock and makes the index of tokens with one each, SQLite tells with two what it merged.
    expected = {"sqlite": 20, "postgresql": 20}[connection.vendor]

    with django_assert_num_queries(expected):
        projection.rebuild()


def test_project_shows_a_claim_in_columns(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")

    row = PublishedClaim.objects.values(
        "slug", "kind", "language", "speaker_slug", "rating_slug", "scale_slug", "conclusive", "criterion"
    ).get()

    assert row == {
        "slug": full_claim.slug,
        "kind": "forecast",
        "language": "en",
        "speaker_slug": full_claim.speaker.slug,
        "rating_slug": "false",
        "scale_slug": "truth",
        "conclusive": True,
        "criterion": "It is settled when it happens.",
    }


def test_project_spans_partial_dates(claim: Claim) -> None:
    publishing.publish(histories.changed(claim, claimed_on="2019-02"), by="ed")

    row = PublishedClaim.objects.get()

    assert (str(row.claimed_from), str(row.claimed_to)) == ("2019-02-01", "2019-02-28")


def test_project_takes_away_what_was_retracted(claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    publishing.retract(claim, by="ed", reason="It was never said.")

    assert PublishedClaim.objects.count() == 0
    assert PublishedReference.objects.count() == 0
    assert [row.slug for row in PublishedEntity.objects.all()] == [claim.speaker.slug]


def test_search_text_of_a_name_has_further_languages() -> None:
    claim = factories.translated_claim()

    publishing.publish(claim, by="ed")

    assert "사람 역" in PublishedEntity.objects.get(uid=claim.speaker.uid).search_text
