import json

import pytest
from django.db import connection

from claims.domain import facets, publishing
from claims.domain.facets import Facets, Value
from claims.domain.results import results
from claims.domain.search import search
from claims.models import PublishedClaim
from tests import factories

pytestmark = pytest.mark.django_db


def _counted(query: str = "") -> Facets:
    return results(PublishedClaim.objects.all(), search(query), "newest", range(1)).facets


def test_count_of_nothing() -> None:
    assert _counted("%").total == 0
    assert (_counted().total, _counted().values["speaker"]) == (0, [])


def test_count_is_bounded_to_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "MOST_COUNTED", 2)
    for number in range(3):
        publishing.publish(factories.ClaimFactory.create(claimed_on=f"201{number}"), by="ed")

    found = _counted()

    assert (found.total, found.more) == (2, True)
    # One beyond is counted along, so that it is known that there are more.
    assert [value.value for value in found.values["year"]] == ["2012", "2011", "2010"]


def test_count_names_the_most_frequent_first() -> None:
    speakers = [factories.SpeakerFactory.create(name=name, slug=name.lower()) for name in ("Ann", "Bob")]
    claims = [factories.ClaimFactory.create(speaker=speakers[number > 0]) for number in range(3)]
    factories.VerdictFactory.create(claim=claims[0])
    publishing.publish_all(claims, by="ed")

    found = _counted()

    assert found.values["speaker"] == [Value("bob", "", 2), Value("ann", "", 1)]
    assert found.values["rating"] == [Value("false", "truth", 1)]
    assert found.values["language"] == [Value("en", "", 3)]
    names = {key: json.loads(text)["name"] for key, text in found.documents.items()}
    assert names == {("speaker", "ann"): "Ann", ("speaker", "bob"): "Bob", ("rating-scale", "truth"): "Truth scale"}


def test_counting_topics_looks_only_at_the_claims_that_were_found() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how much there is, which is nothing here")
    sql, values = facets.statement(PublishedClaim.objects.all())
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        steps = [step for *_, step in cursor.fetchall() if " r " in step]

    assert [step.partition("(")[2] for step in steps] == ["referrer=? AND kind=?)"]
