import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.admin.forms import path, record, told
from tests.histories import changed


def test_preview_of_a_changed_claim(desk: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    before = record()
    changed(claim, text="A draft of what comes next.", internal_note="MARKED")

    page = desk.get(path("claim", "preview", claim.pk))

    text = page.content.decode()
    assert page.context["claim"]["text"] == "A draft of what comes next."
    assert (text.count("Preview, not published"), text.count("MARKED"), record()) == (1, 0, before)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert not page.has_header("ETag")


@pytest.mark.parametrize("model", ["speaker", "source", "topic", "ratingscale", "page"])
def test_preview_of_everything_else(desk: Client, full_claim: Claim, model: str) -> None:
    item = {
        "speaker": full_claim.speaker,
        "source": full_claim.appearances.all()[0].source,
        "topic": full_claim.topics.all()[0],
        "ratingscale": factories.rating("true").scale,
        "page": factories.PageFactory.create(),
    }[model]

    page = desk.get(path(model, "preview", item.pk))

    assert page.context["entity"]["id"] == str(item.uid)
    assert (page.content.decode().count("Preview, not published"), record()) == (1, [])


def test_preview_of_what_cannot_be_published(desk: Client, db: None) -> None:
    forecast = factories.ForecastFactory.create(criterion="")

    response = desk.get(path("claim", "preview", forecast.pk))

    problem = "A forecast needs its criterion before it is published: what will settle it?"
    assert response["Location"] == path("claim", "change", forecast.pk)
    assert told(desk, response) == [f"There is no preview yet. {problem}"]


@pytest.mark.parametrize("pk", [0, 999999, 99999999999999999999])
def test_preview_of_nothing(desk: Client, db: None, pk: int) -> None:
    page = desk.get(path("claim", "preview", pk))

    assert (page.status_code, page.content.decode().count("Preview, not published")) == (404, 0)


@pytest.mark.usefixtures("korean_newsroom")
def test_preview_is_in_the_language_of_the_newsroom(desk: Client, claim: Claim) -> None:
    page = desk.get(path("claim", "preview", claim.pk)).content.decode()

    assert '<html lang="ko" dir="ltr">' in page
    assert 'href="/claims/"' in page
