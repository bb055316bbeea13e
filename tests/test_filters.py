"""One claim of each sort is published; each filter finds its own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from pytest_django import Settings

from claims.domain import publishing
from claims.enums import RecordKind
from claims.filters import ClaimFilter, EntityFilter, SourceFilter, SpeakerFilter, claims_matching
from claims.models import Claim, PublishedClaim, PublishedEntity
from tests import factories

pytestmark = pytest.mark.django_db

ENDS = [
    ("published_after", "0001-01-01"),
    ("published_after", "9999-12-31"),
    ("published_before", "0001-01-01"),
    ("published_before", "9999-12-31"),
]
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
        ({"language": "KO"}, {"opinion"}),
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
    assert {claim.slug for claim in ClaimFilter.narrowed(PublishedClaim.objects.all(), query)} == expected


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


def test_narrowing_says_all_that_is_wrong_in_the_words_of_the_form() -> None:
    query = {"speaker": "a\x00", "kind": "rumour", "due_before": "soon", "q": "x" * 301, "rating": "false"}

    with pytest.raises(ValidationError) as error:
        ClaimFilter.narrowed(PublishedClaim.objects.all(), query)

    assert error.value.message_dict == ClaimFilter(query, PublishedClaim.objects.all()).errors


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


def test_publisher_in_any_case() -> None:
    claim = factories.ClaimFactory.create(slug="quoted")
    factories.AppearanceFactory.create(claim=claim, source__publisher="Agence Élysée")
    publishing.publish(claim, by="ed")

    assert [found.slug for found in ClaimFilter({"publisher": "agence ELYSEE"}).qs] == ["quoted"]
    assert [found.slug for found in ClaimFilter({"publisher": "agence"}).qs] == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_days_at_the_ends_of_the_calendar_in_any_zone(zone: str, settings: Settings) -> None:
    settings.TIME_ZONE = zone
    everything = PublishedClaim.objects.count()

    found = [ClaimFilter({name: day}).qs.count() for name, day in ENDS]

    assert found == [everything, 0, 0, everything]


@pytest.mark.parametrize(("claimed_on", "count"), [("2019-02-09", 1), ("2017", 0), ("", 0)])
def test_affiliation_held_when_the_claim_was_made(claimed_on: str, count: int) -> None:
    role = factories.AffiliationFactory.create(start="2018-08", organisation__slug="ministry")
    claim = factories.ClaimFactory.create(speaker=role.speaker, claimed_on=claimed_on)
    publishing.publish(claim, by="ed")

    assert ClaimFilter({"affiliation": "ministry"}).qs.count() == count


@pytest.mark.parametrize(
    ("name", "day", "count"),
    [
        ("published_after", "2030-01-01", 1),
        ("published_after", "2030-01-02", 0),
        ("published_before", "2030-01-01", 1),
        ("published_before", "2029-12-31", 0),
        ("published_before", "9999-12-31", 1),
        ("published_after", "0001-01-01", 1),
        ("updated_after", "2030-02-01", 1),
        ("updated_after", "2030-02-02", 0),
        ("updated_before", "2030-02-01", 1),
        ("updated_before", "2030-01-31", 0),
    ],
)
def test_days_of_publication_and_of_the_newest_edition(name: str, day: str, count: int) -> None:
    claim = factories.ClaimFactory.create(slug="late")
    with time_machine.travel("2030-01-01T23:59:59Z", tick=False):
        publishing.publish(claim, by="ed")
    with time_machine.travel("2030-02-01T00:00:00Z", tick=False):
        claim.text = "Changed."
        claim.save()
        publishing.publish(claim, by="ed")

    assert ClaimFilter({name: day}, PublishedClaim.objects.filter(slug="late")).qs.count() == count


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("bogus=1", "There is no filter bogus. Choose of: q, "),
        ("speaker=a&speaker=b", "Write filters as name=value, each once, with & between."),
        ("speaker", "Write filters as name=value, each once, with & between."),
        ("speaker=", "Write filters as name=value, each once, with & between."),
        ("&&", "Write filters as name=value, each once, with & between."),
        ("conclusive=maybe", "conclusive: "),
        ("claimed_after=x", "claimed_after: "),
        ("q=%00", "q: "),
    ],
)
def test_filter_that_is_wrong(query: str, sentence: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the sentence is looked at)
        claims_matching(query)

    assert str(caught.value).startswith(sentence)


def test_query_of_an_endpoint_finds_what_the_list_finds() -> None:
    publishing.publish_all(
        [factories.ClaimFactory.create(text=text) for text in ("Mars is red.", "Mars is far.")], by="ed"
    )

    found = claims_matching("q=far+mars&reviewed=false").values_list("text", flat=True)

    everything = PublishedClaim.objects.count()
    assert (list(found), claims_matching("").count()) == (["Mars is far."], everything)


@pytest.mark.parametrize("given", ["pt-BR", "pt-br", "PT-br", "PT-BR"])
def test_language_is_found_in_any_case(given: str) -> None:
    publishing.publish(factories.ClaimFactory.create(slug="brazil", language="pt-BR"), by="ed")

    assert _found(language=given) == {"brazil"}


def test_language_is_found_as_the_desk_wrote_it() -> None:
    publishing.publish(factories.ClaimFactory.create(slug="brazil", language="pt-br"), by="ed")

    assert _found(language="pt-br") == {"brazil"}
