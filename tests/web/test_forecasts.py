from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.web.pages import Page, get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_a_day_in_2019")]


@pytest.fixture
def _on_a_day_in_2019() -> Iterator[None]:
    with time_machine.travel("2019-02-20T12:00Z", tick=False):
        yield


def forecast(text: str, due_end: date | None = None, verdict: str = "") -> Claim:
    granularity = "day" if due_end else ""
    claim = factories.ForecastFactory.create(text=text, due_end=due_end, due_granularity=granularity)
    if verdict:
        factories.VerdictFactory.create(claim=claim, rating=factories.rating(verdict))
    publishing.publish(claim, by="ed")
    return claim


def order(page: Page, *texts: str) -> list[str]:
    """Those of the texts that the page shows, in the order in which it does."""
    return sorted((text for text in texts if text in page.text), key=page.text.index)


def test_forecast_list_sorts_by_state(client: Client) -> None:
    forecast("No time named.")
    forecast("Due tomorrow.", date(2019, 2, 21))
    forecast("Due today.", date(2019, 2, 20))
    forecast("Due yesterday.", date(2019, 2, 19))
    forecast("Due long ago.", date(2018, 2, 19), verdict="unproven")
    forecast("It came true.", date(2019, 2, 1), verdict="true")

    page = get(client, "/forecasts/")

    shown = ["Overdue", "Due yesterday.", "Due long ago.", "Due today.", "Due tomorrow."]
    shown += ["Resolved", "It came true.", "Open", "No time named."]
    assert order(page, *shown) == shown


def test_forecast_list_leaves_out_other_claims(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    page = get(client, "/forecasts/")

    assert claim.text not in page.text
    assert page.text.count("None at present.") == 4


def test_forecast_list_leads_to_the_rest(client: Client) -> None:
    for number in range(21):
        forecast(f"Forecast {number}.")

    page = get(client, "/forecasts/")

    assert page.text.count("Not reviewed yet") == 20
    assert "/claims/?forecast=open" in page.links()


@pytest.mark.parametrize("count", [1, 3])
def test_forecast_list_queries_are_constant(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        forecast(f"Forecast {number}.", date(2019, 3, 1 + number))

    with django_assert_num_queries(2):  # head, forecasts in each of the four states
        page = get(client, "/forecasts/")

    assert page.text.count("Forecast due by") == count
