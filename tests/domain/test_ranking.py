import json

import pytest

from claims.domain import publishing, ranking
from claims.domain.results import results
from claims.domain.search import search
from claims.models import PublishedClaim
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def _published(db: None) -> None:
    ann = factories.SpeakerFactory.create(name="Ann Lake")
    days = ["2019-03", "", "2019-02-09", "2019-02-10"]
    texts = ["Lake 0.", "River 1.", "Lake 2.", "River 3."]
    claims = [
        factories.ClaimFactory.create(text=text, claimed_on=day, speaker=ann)
        for text, day in zip(texts, days, strict=True)
    ]
    publishing.publish_all(claims, by="ed")


def _ranked(order: str, query: str, start: int = 0, stop: int = 10) -> list[str]:
    found = results(PublishedClaim.objects.all(), search(query), order, range(start, stop))
    return [json.loads(document)["text"] for document in found.documents]


@pytest.mark.usefixtures("_published")
@pytest.mark.parametrize(
    ("order", "query", "expected"),
    [
        ("relevance", "lake", ["Lake 2.", "Lake 0.", "River 3.", "River 1."]),
        ("relevance", "", ["River 3.", "Lake 2.", "River 1.", "Lake 0."]),
        ("relevance", "-river", ["Lake 2.", "Lake 0."]),
        ("relevance", "%", []),
        ("newest", "lake", ["River 3.", "Lake 2.", "River 1.", "Lake 0."]),
        ("claimed", "lake", ["Lake 0.", "River 3.", "Lake 2.", "River 1."]),
        ("claimed", "%", []),
    ],
)
def test_ranked_in_order(order: str, query: str, expected: list[str]) -> None:
    assert _ranked(order, query) == expected


@pytest.mark.usefixtures("_published")
def test_ranked_goes_on_across_parts() -> None:
    assert _ranked("relevance", "lake", 1, 3) == ["Lake 0.", "River 3."]
    assert _ranked("relevance", "lake", 3, 9) == ["River 1."]


@pytest.mark.usefixtures("_published")
def test_ranked_by_claim_date_among_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "MOST_RANKED", 2)

    assert _ranked("claimed", "lake") == ["River 3.", "Lake 2."]
