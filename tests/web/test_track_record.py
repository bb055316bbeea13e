import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import PublishedClaim, Speaker
from claims.web.track_record import track_record
from tests import factories
from tests.web.pages import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker() -> Speaker:
    return factories.SpeakerFactory.create(name="Kim", slug="kim")


def found(speaker: Speaker, rating: str, count: int = 1) -> None:
    for _ in range(count):
        claim = factories.ClaimFactory.create(speaker=speaker)
        if rating:
            factories.VerdictFactory.create(claim=claim, rating=factories.rating(rating))
        publishing.publish(claim, by="ed")


def test_track_record_keeps_inconclusive_and_unreviewed_claims_apart(speaker: Speaker) -> None:
    found(speaker, "false", 4)
    found(speaker, "true", 1)
    found(speaker, "unproven", 2)
    found(speaker, "", 3)
    found(factories.SpeakerFactory.create(), "true", 2)

    record = track_record(PublishedClaim.objects.filter(speaker_slug="kim"))

    [chart] = record.charts
    assert [(bar.rating["slug"], bar.claims, bar.length) for bar in chart.conclusive] == [
        ("true", 1, 25),
        ("mostly-true", 0, 0),
        ("half-true", 0, 0),
        ("mostly-false", 0, 0),
        ("false", 4, 100),
    ]
    assert [(bar.rating["slug"], bar.claims) for bar in chart.inconclusive] == [("unproven", 2)]
    assert (chart.findings, chart.is_enough, record.unreviewed) == (5, True, 3)


def test_track_record_of_few_findings_draws_no_chart(client: Client, speaker: Speaker) -> None:
    found(speaker, "false", 4)

    page = get(client, "/speakers/kim/")

    assert "4 conclusive findings: too few for a chart, which needs 5." in page.text
    assert page.all("table") == []


def test_track_record_of_few_inconclusive_claims_says_them_in_words(client: Client, speaker: Speaker) -> None:
    found(speaker, "false", 5)
    found(speaker, "unproven", 3)
    found(speaker, "not-checkable", 1)

    page = get(client, "/speakers/kim/")

    assert "Inconclusive: Unproven 3, Not checkable 1" in page.text
    assert len(page.all("table")) == 1
    assert "/claims/?speaker=kim&scale=truth&rating=unproven" in page.links()


def test_track_record_of_enough_inconclusive_claims_draws_them_apart(client: Client, speaker: Speaker) -> None:
    found(speaker, "unproven", 5)

    page = get(client, "/speakers/kim/")

    assert "0 conclusive findings: too few for a chart" in page.text
    assert len(page.all("table")) == 1


def test_track_record_of_enough_findings_says_how_claims_are_chosen(client: Client, speaker: Speaker) -> None:
    found(speaker, "false", 5)

    page = get(client, "/speakers/kim/")

    assert "We choose claims for what hangs on them, not at random." in page.text
    assert "5 conclusive findings on the scale" in page.text
    assert len(page.all("table")) == 1


def test_scales_are_never_mixed(speaker: Speaker) -> None:
    other = factories.rating("true").scale.__class__.objects.create(name="A promise scale", slug="promises")
    kept = other.ratings.create(slug="kept", label="Kept", definition="It was done.", rank=1)
    claim = factories.ClaimFactory.create(speaker=speaker)
    factories.VerdictFactory.create(claim=claim, rating=kept)
    publishing.publish(claim, by="ed")
    found(speaker, "true")

    record = track_record(PublishedClaim.objects.filter(speaker_slug="kim"))

    assert [(chart.scale["slug"], chart.findings) for chart in record.charts] == [("promises", 1), ("truth", 1)]


def test_forecasts_that_came_due_are_shown(client: Client, speaker: Speaker) -> None:
    due = {"due_granularity": "day", "speaker": speaker}
    over = factories.ForecastFactory.create(text="Over.", due_end="2019-02-01", **due)
    ahead = factories.ForecastFactory.create(text="Ahead.", due_end="2999-02-01", **due)
    promise = factories.ClaimFactory.create(text="Promised.", kind="promise", due_end="2019-02-01", **due)
    publishing.publish_all([over, ahead, promise], by="ed")

    section = get(client, "/speakers/kim/").text.partition("Forecasts that came due")[2].partition("Claims")[0]

    assert [text in section for text in ("Over.", "Ahead.", "Promised.")] == [True, False, False]
