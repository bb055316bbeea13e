"""Each filter both ways, and each bad value."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.filters import ClaimFilter, EntityFilter, SourceFilter, SpeakerFilter
from claims.models import Claim
from tests import factories
from tests.api.v1.conftest import Ask, publish

# A query that finds the forecast of `published`, and one that does not. {speaker} and so on are its slugs.
CLAIM_FILTERS = {
    "q": ("ENVOYS élysee", "nowhere"),
    "speaker": ("{speaker}", "nobody"),
    "rating": ("false", "true"),
    "scale": ("truth", "stars"),
    "conclusive": ("true", "false"),
    "reviewed": ("true", "false"),
    "topic": ("{topic}", "{speaker}"),
    "source": ("{source}", "{topic}"),
    "publisher": ("{publisher}", "nobody"),
    "affiliation": ("{organisation}", "{speaker}"),
    "kind": ("forecast", "promise"),
    "language": ("fr", "ko"),
    "forecast": ("resolved", "pending"),
    "claimed_after": ("2019-02-09", "2019-02-10"),
    "claimed_before": ("2019-02-09", "2019-02-08"),
    "reviewed_after": ("2019-03-01", "2019-03-02"),
    "reviewed_before": ("2019-03-01", "2019-02-28"),
    "due_after": ("2019-02-23", "2019-02-24"),
    "due_before": ("2019-02-23", "2019-02-22"),
    "published_after": ("2019-03-01", "2999-01-01"),
    "published_before": ("2999-01-01", "2019-03-01"),
    "updated_after": ("2019-03-01", "2999-01-01"),
    "updated_before": ("2999-01-01", "2019-03-01"),
}
BAD = {
    "q": ("x" * 301, "Ensure this value has at most 300 characters (it has 301)."),
    "speaker": ("%00", "Null characters are not allowed."),
    "rating": ("a%00", "Null characters are not allowed."),
    "scale": ("%00", "Null characters are not allowed."),
    "conclusive": ("maybe", "Write one of: true, false."),
    "reviewed": ("1", "Write one of: true, false."),
    "topic": ("%00", "Null characters are not allowed."),
    "source": ("%00", "Null characters are not allowed."),
    "publisher": ("x" * 201, "Ensure this value has at most 200 characters (it has 201)."),
    "affiliation": ("%00", "Null characters are not allowed."),
    "kind": ("lie", "Write one of: fact, forecast, promise, opinion."),
    "language": ("%00", "Null characters are not allowed."),
    "forecast": ("late", "Write one of: open, pending, overdue, resolved."),
    "claimed_after": ("2019-02", "Write a day of the calendar such as 2019-02-09."),
    "claimed_before": ("2019-02-30", "Write a day of the calendar such as 2019-02-09."),
    "reviewed_after": ("02/09/2019", "Write a day of the calendar such as 2019-02-09."),
    "reviewed_before": ("0000-01-01", "Write a day of the calendar such as 2019-02-09."),
    "due_after": ("２０１９-02-09", "Write a day of the calendar such as 2019-02-09."),
    "due_before": ("20190209", "Write a day of the calendar such as 2019-02-09."),
    "published_after": ("9-2-2019", "Write a day of the calendar such as 2019-02-09."),
    "published_before": ("now", "Write a day of the calendar such as 2019-02-09."),
    "updated_after": ("2019-13-01", "Write a day of the calendar such as 2019-02-09."),
    "updated_before": ("2019-02-09T00:00", "Write a day of the calendar such as 2019-02-09."),
}
Fill = Callable[[str], str]


@pytest.fixture
def published(db: None) -> Claim:
    claim = factories.full_claim(text="Envoys met in the Élysée.", language="fr")
    publish(claim)
    return claim


@pytest.fixture
def fill(published: Claim) -> Fill:
    topic, appearance = published.topics.all()[0], published.appearances.all()[0]
    known = {
        "speaker": published.speaker.slug,
        "organisation": published.speaker.affiliations.all()[0].organisation.slug,
        "topic": topic.slug,
        "source": appearance.source.slug,
        "publisher": appearance.source.publisher.upper(),
    }
    return lambda value: value.format(**known)


@pytest.mark.parametrize("name", CLAIM_FILTERS)
def test_claim_filter_finds(ask: Ask, published: Claim, fill: Fill, name: str) -> None:
    results = ask("/claims/", **{name: fill(CLAIM_FILTERS[name][0])})["results"]

    assert [item["slug"] for item in results] == [published.slug]


@pytest.mark.parametrize("name", CLAIM_FILTERS)
def test_claim_filter_leaves_out(ask: Ask, fill: Fill, name: str) -> None:
    assert ask("/claims/", **{name: fill(CLAIM_FILTERS[name][1])})["results"] == []


@pytest.mark.parametrize("name", CLAIM_FILTERS)
def test_claim_filter_left_empty(ask: Ask, published: Claim, name: str) -> None:
    assert len(ask("/claims/", **{name: ""})["results"]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD)
def test_claim_filter_with_bad_value(refused: Ask, name: str) -> None:
    value, detail = BAD[name]

    assert refused(f"/claims/?{name}={value}") == {name: detail}


def test_every_claim_filter_is_tested() -> None:
    assert set(CLAIM_FILTERS) == set(BAD) == set(ClaimFilter.base_filters)


def test_filters_together(ask: Ask, published: Claim) -> None:
    publish(factories.full_claim(speaker=published.speaker, text="Another."))

    results = ask("/claims/", speaker=published.speaker.slug, rating="false", q="envoys")["results"]

    assert [item["slug"] for item in results] == [published.slug]


def test_claim_without_verdict_is_not_reviewed(ask: Ask, claim: Claim) -> None:
    publish(claim)

    assert len(ask("/claims/", reviewed="false")["results"]) == 1
    assert ask("/claims/", conclusive="false")["results"] == []


@pytest.mark.parametrize("prefix", ["speakers", "sources", "topics", "rating-scales", "pages"])
def test_entity_search(ask: Ask, published: Claim, prefix: str) -> None:
    publish(factories.PageFactory.create())
    everything = ask(f"/{prefix}/")["results"]
    wanted = everything[0]
    words = (wanted.get("name") or wanted["title"]).upper()

    assert wanted in ask(f"/{prefix}/", q=words)["results"]
    assert ask(f"/{prefix}/", q="nowhere")["results"] == []


def test_speaker_kind(ask: Ask, published: Claim) -> None:
    results = ask("/speakers/", kind="organisation")["results"]

    assert [item["kind"] for item in results] == ["organisation"]
    assert ask("/speakers/", kind="unnamed")["results"] == []


def test_source_kind(ask: Ask, published: Claim) -> None:
    everything = ask("/sources/")["results"]

    assert ask("/sources/", kind="article")["results"] == everything
    assert ask("/sources/", kind="dataset")["results"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["speakers", "sources"])
def test_entity_kind_with_bad_value(refused: Ask, path: str) -> None:
    errors = refused(f"/{path}/?kind=fact")

    filterset = SpeakerFilter if path == "speakers" else SourceFilter
    choices = [value for value, _ in filterset.base_filters["kind"].extra["choices"]]
    assert errors == {"kind": f"Write one of: {', '.join(choices)}."}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["topics", "rating-scales", "pages"])
def test_entity_without_kinds(refused: Ask, path: str) -> None:
    assert list(EntityFilter.base_filters) == ["q"]
    assert refused(f"/{path}/?kind=fact") == {
        "kind": "There is no such parameter here. Use: cursor, fields, id, ordering, page_size, q, slug."
    }


@pytest.mark.parametrize("count", [1, 3])
def test_filtered_list_queries(
    ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, published: Claim, fill: Fill, count: int
) -> None:
    for _ in range(count - 1):
        publish(factories.full_claim(speaker=published.speaker))

    with django_assert_num_queries(2):  # the head of the record, the page
        results = ask("/claims/", speaker=published.speaker.slug, source="", reviewed="true")["results"]

    assert len(results) == count


def test_forecast_without_verdict_is_overdue(ask: Ask, published: Claim) -> None:
    published.verdict.delete()
    publish(Claim.objects.get(pk=published.pk))
    states = ("open", "pending", "overdue", "resolved")

    counts = {state: len(ask("/claims/", forecast=state)["results"]) for state in states}

    assert counts == {"open": 0, "pending": 0, "overdue": 1, "resolved": 0}
