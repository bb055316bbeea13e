"""The lists of the desk: states, search, filters, the number of queries, deletion."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.domain import publishing
from claims.models import Claim, Publishable, RatingScale, Topic
from tests import factories
from tests.admin.forms import path, told
from tests.histories import changed

Make = Callable[[], Publishable]
MAKE: dict[str, Make] = {
    "claim": factories.full_claim,
    "speaker": factories.SpeakerFactory.create,
    "source": factories.SourceFactory.create,
    "topic": factories.TopicFactory.create,
    "ratingscale": lambda: RatingScale.objects.create(name=f"Scale {RatingScale.objects.count()}"),
}


def _listed(client: Client, model: str, **query: str | int) -> list[str]:
    """The names that a list shows, in alphabetical order."""
    page = client.get(path(model, "changelist"), query)
    return sorted(str(item) for item in page.context["cl"].result_list)


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize("model", MAKE)
def test_list_queries_do_not_grow_with_the_items(desk: Client, db: None, model: str) -> None:
    publishing.publish(MAKE[model](), by="ed")
    address = path(model, "changelist")
    client_is_warm = _queries(desk, address)
    with_one = _queries(desk, address)

    for _ in range(2):
        publishing.publish(MAKE[model](), by="ed")

    assert (client_is_warm >= with_one, _queries(desk, address)) == (True, with_one)


def test_list_of_editions_queries(logged_in_as: Callable[[str], Client], db: None) -> None:
    client, address = logged_in_as("superuser"), path("edition", "changelist")
    publishing.publish(factories.TopicFactory.create(), by="ed")
    _queries(client, address)
    with_one = _queries(client, address)

    publishing.publish_all([factories.TopicFactory.create(), factories.TopicFactory.create()], by="ed")

    assert _queries(client, address) == with_one


def test_form_queries_do_not_grow_with_published_claims(desk: Client, db: None) -> None:
    claim = factories.full_claim()
    publishing.publish(claim, by="ed")
    address = path("claim", "change", claim.pk)
    _queries(desk, address)
    with_one = _queries(desk, address)

    publishing.publish_all([factories.full_claim(), factories.full_claim()], by="ed")

    assert _queries(desk, address) == with_one


@pytest.fixture
def four_states(db: None) -> None:
    """Topics in every state, called by it."""
    topics = {name: factories.TopicFactory.create(name=name) for name in ("draft", "public", "before", "retracted")}
    publishing.publish_all([topics["public"], topics["before"], topics["retracted"]], by="ed")
    changed(topics["before"], name="changed")
    publishing.retract(topics["retracted"], by="ed", reason="Why.")


@pytest.mark.usefixtures("four_states")
def test_list_shows_states(desk: Client) -> None:
    page = desk.get(path("topic", "changelist"))

    states = {item.name: item.publication_state.label for item in page.context["cl"].result_list}
    assert states == {
        "draft": "Draft",
        "public": "Published",
        "changed": "Published, changes not yet published",
        "retracted": "Retracted",
    }
    assert page.content.decode().count('<span class="state state-retracted">Retracted</span>') == 1


@pytest.mark.usefixtures("four_states")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("draft", ["draft"]),
        ("published", ["changed", "public"]),
        ("retracted", ["retracted"]),
        ("bogus", ["changed", "draft", "public", "retracted"]),
    ],
)
def test_filter_by_publication(desk: Client, value: str, expected: list[str]) -> None:
    assert _listed(desk, "topic", publication=value) == expected


def test_filter_of_claims_by_publication(desk: Client, claim: Claim) -> None:
    public = factories.ClaimFactory.create()
    publishing.publish(public, by="ed")

    assert _listed(desk, "claim", publication="published") == [public.text]
    assert _listed(desk, "claim", publication="draft") == [claim.text]


def test_filter_by_verdict(desk: Client, claim: Claim) -> None:
    judged = factories.VerdictFactory.create(rating=factories.rating("false")).claim

    assert _listed(desk, "claim", verdict="none") == [claim.text]
    assert _listed(desk, "claim", verdict=factories.rating("false").pk) == [judged.text]
    assert _listed(desk, "claim", verdict=factories.rating("true").pk) == []
    assert _listed(desk, "claim", verdict="x") == sorted([claim.text, judged.text])


@pytest.mark.parametrize(
    ("days", "value"), [(-400, "overdue"), (-1, "overdue"), (0, "soon"), (30, "soon"), (31, "later"), (9000, "later")]
)
def test_filter_by_due_date(desk: Client, db: None, days: int, value: str) -> None:
    due = {"due_end": timezone.localdate() + timedelta(days=days), "due_granularity": "day"}
    forecast = factories.ForecastFactory.create(**due)
    settled = factories.ForecastFactory.create(**due)
    factories.VerdictFactory.create(claim=settled)
    undecided = factories.ForecastFactory.create(**due)
    factories.VerdictFactory.create(claim=undecided, rating=factories.rating("unproven"))

    found = {each: _listed(desk, "claim", due=each) for each in ("overdue", "soon", "later")}

    expected = sorted([forecast.text, undecided.text])
    assert found == {each: expected if each == value else [] for each in found}


def test_filter_by_speaker(desk: Client, claim: Claim) -> None:
    factories.ClaimFactory.create()

    page = desk.get(path("claim", "changelist"), {"speaker": claim.speaker.slug})

    assert [item.text for item in page.context["cl"].result_list] == [claim.text]
    speakers = next(spec for spec in page.context["cl"].filter_specs if spec.title == "speaker")
    assert speakers.lookup_choices[0] == (claim.speaker.slug, claim.speaker.name)
    assert len(speakers.lookup_choices) == 2


@pytest.mark.parametrize(("words", "found"), [("weather kim", True), ("rain", False), ("a\x00b", True)])
def test_search_of_claims(desk: Client, db: None, words: str, found: bool) -> None:
    speaker = factories.SpeakerFactory.create(name="Kim")
    factories.ClaimFactory.create(text="The weather was fine.", speaker=speaker)

    # A search that cannot be made is said to be invalid, and nothing is filtered.
    assert _listed(desk, "claim", q=words) == (["The weather was fine."] if found else [])


@pytest.mark.parametrize(
    ("field", "term", "expected"),
    [
        ("speaker", "eui-kyeom", ["Kim Eui-kyeom"]),
        ("speaker", "김의겸", ["Kim Eui-kyeom"]),
        ("speaker", "no one", []),
        ("speaker", "kim\x00", ["Kim Eui-kyeom"]),
        ("topics", "arm", ["Arms"]),
    ],
)
def test_autocomplete(desk: Client, db: None, field: str, term: str, expected: list[str]) -> None:
    speaker = factories.SpeakerFactory.create(name="Kim Eui-kyeom")
    speaker.aliases.create(name="김의겸", language="ko")
    speaker.aliases.create(name="Kim Ui-gyeom")
    factories.TopicFactory.create(name="Arms")
    where = {"app_label": "claims", "model_name": "claim", "field_name": field}

    answer = desk.get("/admin/autocomplete/", where | {"term": term}).json()

    assert [item["text"] for item in answer["results"]] == expected


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("claim", ["speaker", "topics"]),
        ("appearance", ["claim", "source", "speaker"]),
        ("evidence", ["source"]),
        ("claimrelation", ["target"]),
        ("attributionlink", ["speaker"]),
        ("affiliation", ["organisation"]),
    ],
)
def test_autocomplete_of_every_reference(desk: Client, db: None, model: str, fields: list[str]) -> None:
    where = [{"app_label": "claims", "model_name": model, "field_name": field, "term": ""} for field in fields]

    answers = [desk.get("/admin/autocomplete/", query).json() for query in where]

    assert answers == [{"results": [], "pagination": {"more": False}}] * len(fields)


def test_autocomplete_without_permission(logged_in_as: Callable[[str], Client], claim: Claim) -> None:
    where = {"app_label": "claims", "model_name": "claim", "field_name": "speaker", "term": ""}

    answer = logged_in_as("staff").get("/admin/autocomplete/", where)

    assert (answer.status_code, answer.content.count(claim.speaker.name.encode())) == (403, 0)


def test_delete_of_chosen_drafts(desk: Client, db: None) -> None:
    topics = [factories.TopicFactory.create() for _ in range(2)]
    chosen = {"action": "delete_selected", "_selected_action": [topic.pk for topic in topics], "post": "yes"}

    response = desk.post(path("topic", "changelist"), chosen)

    assert told(desk, response) == ["Successfully deleted 2 topics."]
    assert not Topic.objects.exists()


@pytest.mark.parametrize("retracted", [False, True])
def test_delete_of_chosen_with_a_public_one_among_them(desk: Client, db: None, retracted: bool) -> None:
    draft, public = factories.TopicFactory.create(), factories.TopicFactory.create(name="Arms")
    publishing.publish(public, by="ed")
    if retracted:
        publishing.retract(public, by="ed", reason="Why.")
    chosen = {"action": "delete_selected", "_selected_action": [draft.pk, public.pk], "post": "yes"}

    response = desk.post(path("topic", "changelist"), chosen)

    text = "What is or was public cannot be deleted, only retracted. Nothing was deleted. Take out of your choice: Arms"
    assert told(desk, response) == [text]
    assert Topic.objects.count() == 2
