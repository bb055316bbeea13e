"""Lists are read in the order of an index, however long they get; SQLite says how it would go about it."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from claims.language_tags import spellings
from claims.models import Edition, PublishedClaim
from claims.web.corrections import corrections

pytestmark = pytest.mark.django_db


def _plan(rows: "QuerySet[Any, Any]") -> list[str]:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how much there is, which is nothing here")
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return [step for *_, step in cursor.fetchall()]


@pytest.mark.parametrize(
    "wanted",
    [
        {"kind": "fact"},
        {"speaker_slug": "somebody"},
        {"rating_slug": "false"},
        {"speaker_slug": "somebody", "rating_slug": "false"},
        {"language": "en"},
        {"language__in": spellings("EN")},
        {"kind": "fact", "language": "en"},
        {"kind": "forecast", "conclusive": True},
    ],
)
def test_claims_by_what_is_asked_for(wanted: dict[str, Any]) -> None:
    plan = _plan(PublishedClaim.objects.filter(**wanted).select_related("edition").order_by("-first_sequence")[:21])

    assert plan[0].startswith("SEARCH claims_publishedclaim USING INDEX")
    assert [step for step in plan if "B-TREE" in step] == []


@pytest.mark.parametrize("rows", [corrections(), Edition.objects.with_reason().filter(action="retracted")])
def test_corrections_by_their_own_index(rows: "QuerySet[Any, Any]") -> None:
    assert _plan(rows[:21]) == ["SCAN claims_edition USING INDEX edition_with_reason"]
