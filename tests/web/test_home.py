from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from tests import factories
from tests.web.pages import get

pytestmark = pytest.mark.django_db


def test_home_of_an_empty_record(client: Client) -> None:
    page = get(client, "/")

    assert "No finding is published yet." in page.text
    assert "We have corrected nothing so far." in page.text
    assert [form["action"] for form in page.all("form")] == ["/search/"]


def test_home_shows_newest_findings_first_and_no_unreviewed_claim(client: Client) -> None:
    for text, reviewed_on in [("The older.", date(2019, 1, 1)), ("The newer.", date(2019, 1, 2))]:
        verdict = factories.VerdictFactory.create(claim__text=text, reviewed_on=reviewed_on)
        publishing.publish(verdict.claim, by="ed")
    publishing.publish(factories.ClaimFactory.create(text="The unreviewed."), by="ed")

    page = get(client, "/")

    assert page.text.index("The newer.") < page.text.index("The older.")
    assert "The unreviewed." not in page.text


def test_home_shows_forecasts_and_corrections(client: Client) -> None:
    today = timezone.localdate()
    for text, due_end in [("It is late.", today - timedelta(1)), ("It is due.", today), ("It is open.", None)]:
        claim = factories.ForecastFactory.create(text=text, due_end=due_end, due_granularity="day" if due_end else "")
        publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="Nobody said it.")

    page = get(client, "/")

    assert "Overdue It is late." in page.text
    assert "Due next It is due." in page.text
    assert "It is open." not in page.text
    assert "Nobody said it." in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_home_queries_are_constant(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        claim = factories.full_claim(text=f"Finding {number}.")
        publishing.publish(claim, by="ed")
        claim.text += " Or not."
        claim.save()
        publishing.correct(claim, by="ed", reason="A reason.")

    with django_assert_num_queries(3):  # head, findings and forecasts, corrections
        page = get(client, "/")

    assert page.text.count("A reason.") == count
