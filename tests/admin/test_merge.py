import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Claim, Speaker
from tests import factories
from tests.admin.conftest import PEOPLE, As
from tests.admin.forms import path, record, told

pytestmark = pytest.mark.django_db


def address(merged: object, into: object) -> str:
    return f"{path('speaker', 'merge')}?merged={merged}&into={into}"


def two() -> tuple[Speaker, Speaker]:
    one, other = factories.SpeakerFactory.create(name="Kim"), factories.SpeakerFactory.create(name="Un")
    publishing.publish_all([one, other, factories.ClaimFactory.create(speaker=other)], by="ed")
    return one, other


def test_two_of_the_list_lead_to_the_page_and_the_older_stays(desk: Client) -> None:
    one, other = two()

    response = desk.post(
        path("speaker", "changelist"), {"action": "merge_selected", "_selected_action": [other.pk, one.pk]}
    )

    assert response["Location"] == address(other.pk, one.pk)
    page = desk.get(response["Location"]).content.decode()
    assert "1 public page that names “Un” gets a new edition that names “Kim”." in page
    assert address(one.pk, other.pk).replace("&", "&amp;") in page


def test_merge_asks_for_a_reason_and_nothing_else(desk: Client) -> None:
    one, other = two()

    refused = desk.post(address(other.pk, one.pk), {"reason": ""})
    done = desk.post(address(other.pk, one.pk), {"reason": "One person."})

    assert refused.context["form"].errors == {"reason": ["Give the reason: readers see it beside the change."]}
    assert told(desk, done) == ["“Un” is now part of “Kim”."]
    assert Claim.objects.get().speaker == one
    assert record()[-1] == ("speaker", "retracted", "One person.")


def test_merge_that_cannot_be_offers_no_button(desk: Client) -> None:
    one, body = factories.SpeakerFactory.create(), factories.OrganisationFactory.create()

    page = desk.get(address(one.pk, body.pk)).content.decode()
    response = desk.post(address(one.pk, body.pk), {"reason": "One."})

    assert ("They are of different kinds." in page, 'value="Merge"' in page) == (True, False)
    assert response.context["form"].non_field_errors()[0].startswith("They are of different kinds.")


@pytest.mark.parametrize("count", [1, 3])
def test_merge_of_other_than_two(desk: Client, count: int) -> None:
    chosen = [speaker.pk for speaker in factories.SpeakerFactory.create_batch(count)]

    response = desk.post(path("speaker", "changelist"), {"action": "merge_selected", "_selected_action": chosen})

    assert told(desk, response) == ["Choose exactly two speakers."]


@pytest.mark.parametrize("pk", ["", "0", "x", "९", "9" * 40])
def test_merge_of_what_is_not_there(desk: Client, pk: str) -> None:
    response = desk.get(address(pk, factories.SpeakerFactory.create().pk))

    assert told(desk, response) == ["Choose two speakers that are on the desk."]


@pytest.mark.parametrize("person", PEOPLE)
def test_merge_is_for_those_who_publish(logged_in_as: As, person: str) -> None:
    one, other = two()

    logged_in_as(person).post(address(other.pk, one.pk), {"reason": "One person."})

    assert Speaker.objects.count() == (1 if person in {"publisher", "superuser"} else 2)
