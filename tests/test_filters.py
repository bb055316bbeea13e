"""One claim of each sort is published; each filter finds its own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from claims.domain import publishing
from claims.enums import RecordKind
from claims.filters import ClaimFilter, EntityFilter, SourceFilter, SpeakerFilter
from claims.models import Claim, PublishedClaim, PublishedEntity
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = datetime(2019, 2, 23, 12, tzinfo=UTC)


def _due(slug: str, day: date | None, **fields: object) -> Claim:
    granularity = "day" if day else ""
    return factories.ForecastFactory.create(slug=slug, due_end=day, due_granularity=granularity, **fields)


@pytest.fixture(autouse=True)
def _published() -> Iterator[None]:
    kim = factories.SpeakerFactory.create(slug="kim", name="Kim Élysée")
    fact = factories.ClaimFactory.create(slug="fact", text="북한 is North Korea.", speaker=kim, claimed_on="2019-02-09")
    factories.VerdictFactory.create(claim=fact, rating=factories.rating("true"), reviewed_on=date(2019, 2, 20))
    factories.EvidenceFactory.create(claim=fact, source__slug="map", source__title="A map")
    fact.topics.add(factories.TopicFactory.create(slug="geography", name="Geography"))
    opinion = factories.ClaimFactory.create(slug="opinion", kind="opinion", language="ko", claimed_on="2019-02")
    factories.VerdictFactory.create(
        claim=opinion, rating=factories.rating("not-checkable"), reviewed_on=date(2019, 2, 22)
    )
    factories.AppearanceFactory.create(claim=opinion, source__slug="map-2", source__kind="dataset")
    resolved = _due("resolved", date(2019, 2, 1), claimed_on="2018")
    factories.VerdictFactory.create(claim=resolved, rating=factories.rating("false"))
    unproven = _due("unproven", date(2019, 2, 22))
    factories.VerdictFactory.create(claim=unproven, rating=factories.rating("unproven"))
    forecasts = [resolved, unproven, _due("pending", date(2019, 2, 23)), _due("open", None)]
    publishing.publish_all([fact, opinion, *forecasts], by="ed")
    with time_machine.travel(TODAY, tick=False):
        yield


def _found(**query: str) -> set[str]:
    filterset = ClaimFilter(query, queryset=PublishedClaim.objects.all())
    assert filterset.errors == {}
    return {claim.slug for claim in filterset.qs}


FORECASTS = {"resolved", "unproven", "pending", "open"}
ALL = FORECASTS | {"fact", "opinion"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ALL),
        ({"q": "elysee NORTH"}, {"fact"}),
        ({"q": "한"}, {"fact"}),
        ({"q": "geography"}, {"fact"}),
        ({"q": "north opinion"}, set()),
        ({"q": "%"}, set()),
        ({"q": "_orth"}, set()),
        ({"q": "'; DROP TABLE claims_edition; --"}, set()),
        ({"q": "   "}, ALL),
        ({"speaker": "kim"}, {"fact"}),
        ({"speaker": "nobody"}, set()),
        ({"rating": "true"}, {"fact"}),
        ({"scale": "truth"}, {"fact", "opinion", "resolved", "unproven"}),
        ({"conclusive": "true"}, {"fact", "resolved"}),
        ({"conclusive": "false"}, {"opinion", "unproven"}),
        ({"reviewed": "true"}, {"fact", "opinion", "resolved", "unproven"}),
        ({"reviewed": "false"}, {"pending", "open"}),
        ({"topic": "geography"}, {"fact"}),
        ({"source": "map"}, {"fact"}),
        ({"source": "map-2"}, {"opinion"}),
        ({"kind": "forecast"}, FORECASTS),
        ({"language": "ko"}, {"opinion"}),
        ({"forecast": "resolved"}, {"resolved"}),
        ({"forecast": "overdue"}, {"unproven"}),
        ({"forecast": "pending"}, {"pending"}),
        ({"forecast": "open"}, {"open"}),
        ({"claimed_after": "2019-02-10"}, {"opinion"}),
        ({"claimed_after": "2019-02-09"}, {"fact", "opinion"}),
        ({"claimed_before": "2018-01-01"}, {"resolved"}),
        ({"claimed_before": "2019-02-01"}, {"resolved", "opinion"}),
        ({"reviewed_after": "2019-02-22"}, {"opinion", "resolved", "unproven"}),
        ({"reviewed_before": "2019-02-20"}, {"fact"}),
        ({"due_after": "2019-02-22"}, {"unproven", "pending"}),
        ({"due_before": "2019-02-01"}, {"resolved"}),
        ({"kind": "forecast", "reviewed": "false", "due_after": "2019-01-01"}, {"pending"}),
    ],
)
def test_claims_are_found(query: dict[str, str], expected: set[str]) -> None:
    assert _found(**query) == expected


def test_forecast_is_overdue_the_day_after_it_was_due() -> None:
    with time_machine.travel(datetime(2019, 2, 24, tzinfo=UTC), tick=False):
        assert _found(forecast="overdue") == {"unproven", "pending"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"kind": "rumour"}, "Select a valid choice. rumour is not one of the available choices."),
        ({"forecast": "late"}, "Select a valid choice. late is not one of the available choices."),
        ({"claimed_after": "2019-02-30"}, "Enter a valid date."),
        ({"due_before": "soon"}, "Enter a valid date."),
        ({"q": "x" * 301}, "Ensure this value has at most 300 characters (it has 301)."),
        ({"q": "\x00"}, "Null characters are not allowed."),
        ({"speaker": "a\x00"}, "Null characters are not allowed."),
        ({"topic": "a\x00"}, "Null characters are not allowed."),
    ],
)
def test_filter_says_what_is_wrong(query: dict[str, str], sentence: str) -> None:
    filterset = ClaimFilter(query, queryset=PublishedClaim.objects.all())

    assert filterset.errors == {next(iter(query)): [sentence]}


@pytest.mark.parametrize(
    ("filterset", "query", "expected"),
    [
        (EntityFilter, {"q": "ELYSEE"}, {"kim"}),
        (EntityFilter, {"q": "map paper"}, {"map"}),
        (SpeakerFilter, {"kind": "person", "q": "kim"}, {"kim"}),
        (SpeakerFilter, {"kind": "organisation"}, set()),
        (SourceFilter, {"kind": "dataset"}, {"map-2"}),
    ],
)
def test_entities_are_found(filterset: type[EntityFilter], query: dict[str, str], expected: set[str]) -> None:
    found = filterset(query, queryset=PublishedEntity.objects.exclude(kind=RecordKind.RATING_SCALE)).qs

    assert {entity.slug for entity in found} == expected
