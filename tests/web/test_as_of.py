from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from claims.domain import publishing
from claims.models import Claim, Edition
from claims.web.as_of import AsOf
from tests import factories
from tests.histories import changed
from tests.web.pages import get

pytestmark = pytest.mark.django_db

FIRST, SECOND = datetime(2026, 3, 1, 20, tzinfo=UTC), datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def twice(full_claim: Claim) -> Claim:
    """Published on 1 March 2026 at 20:00 UTC, and with another text on 1 May."""
    with time_machine.travel(FIRST, tick=False):
        publishing.publish(changed(full_claim, slug="it", text="At first."), by="ed")
    with time_machine.travel(SECOND, tick=False):
        publishing.publish(changed(full_claim, text="Later on."), by="ed")
    return full_claim


@pytest.mark.parametrize(
    ("day", "text", "banner"),
    [
        ("2026-03-01", "At first.", "edition 1 of 1 March 2026. It has changed since"),
        ("2026-04-30", "At first.", "as it stood at the end of 30 April 2026: edition 1"),
        ("2026-05-01", "Later on.", "edition 2 of 1 May 2026. It has not changed since."),
    ],
)
def test_claim_as_of_a_day_that_is_over(client: Client, twice: Claim, day: str, text: str, banner: str) -> None:
    page = get(client, f"/claims/it/?as_of={day}")

    assert text in page.text
    assert banner in page.text
    assert page.all("meta", name="robots", content="noindex") != []
    assert page.all("link", rel="canonical") == []
    assert page.scripts == []
    assert [field["value"] for field in page.all("input", name="as_of")] == [day]


def test_claim_as_of_before_it_was_public(client: Client, twice: Claim) -> None:
    page = get(client, "/claims/it/?as_of=2026-02-28", status=404)

    assert "At the end of 28 February 2026 there was nothing at this address." in page.text
    assert "for the first time on 1 March 2026" in page.text
    assert "/claims/it/" in page.links()


@pytest.mark.parametrize("ahead", ["2026-06-01", "2026-06-02", "9999-12-31"])
def test_claim_as_of_a_day_that_is_not_over(client: Client, twice: Claim, ahead: str) -> None:
    with time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC), tick=False):
        page = get(client, f"/claims/it/?as_of={ahead}")

    assert "is not over yet. This is the claim as it stands now" in page.text
    assert "Later on." in page.text
    assert len(page.all("link", rel="canonical", href="http://testserver/claims/it/")) == 1


def test_claim_as_of_nothing_is_the_claim(client: Client, twice: Claim) -> None:
    page = get(client, "/claims/it/?as_of=")

    assert page.all("p", **{"class": "banner"}) == []


@pytest.mark.parametrize(
    "text",
    ["x", "2026-3-1", "2026-02-30", "0000-01-01", "2026-03-01T00:00", "%00", "２026-03-01", "1" * 5000, "20260301"],
)
def test_claim_as_of_says_what_is_wrong(client: Client, twice: Claim, text: str) -> None:
    page = get(client, f"/claims/it/?as_of={text}", status=400)

    assert "Write it as year, month and day, such as 2019-02-09." in page.text


def test_claim_as_of_the_first_day_there_is(client: Client, twice: Claim) -> None:
    assert "was not public yet" in get(client, "/claims/it/?as_of=0001-01-01", status=404).text


def test_claim_as_of_unknown_claim(client: Client, claim: Claim) -> None:
    assert "There is no page" in get(client, f"/claims/{claim.slug}/?as_of=2026-01-01", status=404).text


def test_claim_as_of_keeps_the_day_when_it_moved(client: Client, twice: Claim) -> None:
    publishing.publish(changed(twice, slug="new"), by="ed")

    response = client.get("/claims/it/?as_of=2026-03-01")

    assert (response.status_code, response["Location"]) == (301, "/claims/new/?as_of=2026-03-01")


def test_claim_as_of_before_and_after_its_retraction(client: Client, twice: Claim) -> None:
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC), tick=False):
        publishing.retract(twice, by="ed", reason="It was never said.")

    before, after = (get(client, f"/claims/it/?as_of={day}") for day in ("2026-05-31", "2026-06-01"))

    assert "It was retracted on 1 June 2026 : It was never said." in before.text
    assert "Later on." in before.text
    assert "We have retracted this" in after.text
    assert "Later on." not in after.text


def test_claim_as_of_tells_where_a_forecast_stood(client: Client) -> None:
    claim = factories.ForecastFactory.create(due_end=date(2026, 4, 1), due_granularity="month", slug="forecast")
    with time_machine.travel(FIRST, tick=False):
        publishing.publish(claim, by="ed")

    states = {day: get(client, f"/claims/forecast/?as_of={day}").text for day in ("2026-04-01", "2026-04-02")}

    assert ["Not due yet" in text for text in states.values()] == [True, False]
    assert ["Overdue" in text for text in states.values()] == [False, True]


def test_as_of_ends_at_midnight_of_the_site(twice: Claim, settings: Settings) -> None:
    """20:00 UTC on 1 March is 2 March in Seoul."""
    editions = list(Edition.objects.of("claim", "it"))
    utc = AsOf(date(2026, 3, 1)).in_force(editions)
    settings.TIME_ZONE = "Asia/Seoul"

    seoul = [AsOf(date(2026, 3, day)).in_force(editions) for day in (1, 2)]

    assert (utc, seoul) == (editions[1], [None, editions[1]])


@pytest.mark.parametrize("count", [1, 3])
def test_claim_as_of_queries_are_constant(
    client: Client, claim: Claim, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with time_machine.travel(FIRST, tick=False):
        for number in range(count):
            publishing.publish(changed(claim, text=f"Text {number}."), by="ed")

    with django_assert_num_queries(3):  # head, editions, the document in force
        page = get(client, f"/claims/{claim.slug}/?as_of=2026-03-01")

    assert page.text.count("Edition ") == count
