import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.web.pages import get

pytestmark = pytest.mark.django_db


def correct(text: str, reason: str) -> Claim:
    claim = factories.ClaimFactory.create()
    publishing.publish(claim, by="ed")
    claim.text = text
    claim.save()
    publishing.correct(claim, by="ed", reason=reason)
    return claim


def test_correction_list_newest_first_with_reason(client: Client) -> None:
    first = correct("The first.", "A wrong date.")
    second = correct("The second.", "A wrong name.")
    publishing.retract(second, by="ed", reason="It was never said.")

    page = get(client, "/corrections/")

    assert [page.text.index(reason) for reason in ("It was never said.", "A wrong name.", "A wrong date.")] == sorted(
        page.text.index(reason) for reason in ("It was never said.", "A wrong name.", "A wrong date.")
    )
    assert [link for link in page.links() if "/editions/" in link] == [
        f"/claims/{second.slug}/editions/3/",
        f"/claims/{second.slug}/editions/2/",
        f"/claims/{first.slug}/editions/2/",
    ]


@pytest.mark.parametrize("kind", ["Speaker", "Source", "Topic"])
def test_correction_list_of_what_claims_name(client: Client, kind: str) -> None:
    item = getattr(factories, f"{kind}Factory").create()
    publishing.publish(item, by="ed")
    setattr(item, "title" if kind == "Source" else "name", "A better name")
    item.save()
    publishing.correct(item, by="ed", reason="It was misspelt.")

    page = get(client, "/corrections/")

    assert f"{kind} A better name It was misspelt." in page.text
    assert f"/{kind.lower()}s/{item.slug}/" in page.links()


def test_correction_list_of_a_corrected_scale(client: Client) -> None:
    scale = factories.rating("true").scale
    publishing.publish(scale, by="ed")
    scale.name = "The scale"
    scale.save()
    publishing.correct(scale, by="ed", reason="A better name.")

    assert "/rating-scales/truth/" in get(client, "/corrections/").links()


def test_correction_list_of_a_retracted_topic(client: Client) -> None:
    topic = factories.TopicFactory.create(name="A wrong topic", slug="wrong")
    publishing.publish(topic, by="ed")
    publishing.retract(topic, by="ed", reason="It says nothing.")

    page = get(client, "/corrections/")

    assert "Topic wrong It says nothing." in page.text
    assert "/topics/wrong/" not in page.links()


def test_correction_list_without_any(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    page = get(client, "/corrections/")

    assert "There is no correction so far." in page.text


def test_correction_list_pages(client: Client) -> None:
    for number in range(21):
        correct(f"Claim {number}.", f"Reason {number}.")

    first = get(client, "/corrections/")
    second = get(client, f"/corrections/{first.all('a', rel='next')[0]['href']}")

    assert (first.text.count("Reason "), second.text.count("Reason ")) == (20, 1)
    assert "Reason 0." in second.text


@pytest.mark.parametrize("cursor", ["before=x", "after=%00", "before=1e9"])
def test_correction_list_says_what_is_wrong(client: Client, cursor: str) -> None:
    page = get(client, f"/corrections/?{cursor}", status=400)

    assert "This link to a page of the list is not valid." in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_correction_list_queries_are_constant(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        correct(f"Claim {number}.", "A reason.")

    with django_assert_num_queries(2):  # head, editions
        page = get(client, "/corrections/")

    assert page.text.count("A reason.") == count
