import pytest

from claims.domain import facets, publishing
from claims.domain.facets import Value
from claims.models import PublishedClaim
from tests import factories

pytestmark = pytest.mark.django_db


def test_count_of_nothing() -> None:
    assert facets.count(PublishedClaim.objects.none()).total == 0
    assert facets.count(PublishedClaim.objects.all()).values["speaker"] == []


def test_count_is_bounded_to_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "MOST_COUNTED", 2)
    for number in range(3):
        publishing.publish(factories.ClaimFactory.create(claimed_on=f"201{number}"), by="ed")

    found = facets.count(PublishedClaim.objects.all())

    assert (found.total, found.more) == (2, True)
    # One beyond is counted along, so that it is known that there are more.
    assert [value.value for value in found.values["year"]] == ["2012", "2011", "2010"]


def test_count_names_the_most_frequent_first() -> None:
    speakers = [factories.SpeakerFactory.create(name=name, slug=name.lower()) for name in ("Ann", "Bob")]
    claims = [factories.ClaimFactory.create(speaker=speakers[number > 0]) for number in range(3)]
    factories.VerdictFactory.create(claim=claims[0])
    publishing.publish_all(claims, by="ed")

    found = facets.count(PublishedClaim.objects.all())

    assert found.values["speaker"] == [Value("bob", "", "Bob", 2), Value("ann", "", "Ann", 1)]
    assert found.values["rating"] == [Value("false", "truth", "False", 1)]
    assert found.values["language"] == [Value("en", "", "en", 3)]
