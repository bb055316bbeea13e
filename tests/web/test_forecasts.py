import re
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
    without_calendar = re.sub('<section class="section section--wide".*?</section>', "", page.html, flags=re.DOTALL)
    assert order(Page(without_calendar), *shown) == shown


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

    with django_assert_num_queries(2):  # head, sections, calendar, months and outcomes
        page = get(client, "/forecasts/")

    assert page.text.count("Forecast due by") == count
    assert len(page.all("a", href="/forecasts/2019-03/")) == 1


def test_forecast_month_puts_each_on_its_last_day(client: Client) -> None:
    forecast("Due in it.", date(2019, 2, 28))
    forecast("Due then, too.", date(2019, 2, 28), verdict="true")
    forecast("Due later.", date(2019, 3, 1))
    forecast("Due before.", date(2018, 12, 31))

    page = get(client, "/forecasts/2019-02/")

    assert order(page, "28 February", "Due in it.", "Due then, too.", "Due later.") == [
        "28 February",
        "Due in it.",
        "Due then, too.",
    ]
    assert "2 forecasts fall due." in page.text
    assert {"/forecasts/2018-12/", "/forecasts/2019-03/"} <= set(page.links())
    assert len(page.all("td")) == 35
    assert len(page.all("td", **{"class": "calendar__day calendar__day--empty calendar__day--today"})) == 1


def test_forecast_month_without_any(client: Client) -> None:
    page = get(client, "/forecasts/2020-02/")

    assert "0 forecasts fall due." in page.text
    assert page.all("meta", name="robots", content="noindex, follow") != []


@pytest.mark.parametrize(
    "month", ["2019-00", "2019-13", "0000-01", "9999-12", "0001-01", "2019-2", "20190-02", "२०१९-०२"]
)
def test_forecast_month_that_has_no_page(client: Client, month: str) -> None:
    assert "There is no page at this address" in get(client, f"/forecasts/{month}/", status=404).text


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_forecast_month_at_the_ends_of_time(client: Client, day: date) -> None:
    forecast("It ends.", day)

    assert "It ends." in get(client, f"/forecasts/{day:%Y-%m}/".replace("/1-", "/0001-")).text


def test_forecast_outcomes_are_counted_with_their_number(client: Client) -> None:
    for number in range(5):
        forecast(f"True {number}.", date(2018, 1, 1), verdict="true")
    forecast("Unproven.", date(2018, 1, 1), verdict="unproven")
    factories.VerdictFactory.create(claim=factories.ClaimFactory.create())

    page = get(client, "/forecasts/")

    assert "5 conclusive findings on the scale" in page.text
    assert "Inconclusive: Unproven 1" in page.text
    assert "/claims/?kind=forecast&scale=truth&rating=true" in page.links()


@pytest.mark.parametrize("count", [1, 3])
def test_forecast_month_queries_are_constant(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        forecast(f"Forecast {number}.", date(2019, 3, 1 + number), verdict="true")

    with django_assert_num_queries(2):  # head, the month, numbers by month and outcome
        page = get(client, "/forecasts/2019-03/")

    assert page.text.count("Forecast ") == count
