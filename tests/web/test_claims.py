import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.web.pages import Page, get

pytestmark = pytest.mark.django_db


def texts(page: Page) -> list[str]:
    return re.findall(r"Claim \w+ of the list\.", page.text)


def publish(*names: object) -> list[Claim]:
    """Claims published in this order."""
    claims = [factories.ClaimFactory.create(text=f"Claim {name} of the list.") for name in names]
    for claim in claims:
        publishing.publish(claim, by="ed")
    return claims


def test_claim_list_newest_first(client: Client) -> None:
    publish("A", "B")

    assert texts(get(client, "/claims/")) == ["Claim B of the list.", "Claim A of the list."]


def test_claim_list_unreviewed_and_reviewed(client: Client) -> None:
    publish("A")
    (reviewed,) = publish("B")
    factories.VerdictFactory.create(claim=reviewed)
    publishing.publish(reviewed, by="ed")

    page = get(client, "/claims/")

    assert "False Claim B of the list." in page.text
    assert "Not reviewed yet Claim A of the list." in page.text
    assert len(page.all("svg", **{"class": "mark"})) == 1


def test_claim_list_pages_reach_every_claim_once_each_way(client: Client) -> None:
    publish(*range(45))
    pages = [get(client, "/claims/")]

    while older := [link["href"] for link in pages[-1].all("a", rel="next")]:
        pages.append(get(client, f"/claims/{older[0]}"))
    newer = get(client, f"/claims/{pages[2].all('a', rel='prev')[0]['href']}")

    assert [len(texts(page)) for page in pages] == [20, 20, 5]
    assert [text for page in pages for text in texts(page)] == [f"Claim {n} of the list." for n in range(44, -1, -1)]
    assert texts(newer) == texts(pages[1])
    assert pages[0].all("a", rel="prev") == []


def test_claim_list_pages_keep_the_filters(client: Client) -> None:
    publish(*range(21))

    page = get(client, "/claims/?q=list&kind=fact")

    (older,) = page.all("a", rel="next")
    assert str(older["href"]).startswith("?q=list&kind=fact&before=")


def test_claim_list_filters_by_everything_a_page_links_to(client: Client) -> None:
    full = factories.full_claim(text="Claim X of the list.")
    publishing.publish(full, by="ed")
    publish("Y")
    topic, evidence = full.topics.first(), full.evidence.first()
    assert topic
    assert evidence
    addresses = [
        "q=CLAIM+x",
        f"speaker={full.speaker.slug}",
        "rating=false&scale=truth",
        "reviewed=true",
        f"topic={topic.slug}",
        f"source={evidence.source.slug}",
        "kind=forecast",
        "forecast=resolved",
        "claimed_after=2019-02-09&claimed_before=2019-02-09",
    ]

    found = {address: texts(get(client, f"/claims/?{address}")) for address in addresses}

    assert found == {address: ["Claim X of the list."] for address in addresses}


def test_claim_list_shows_its_state_in_the_form(client: Client) -> None:
    full = factories.full_claim()
    publishing.publish(full, by="ed")

    page = get(client, f"/claims/?q=a&rating=false&kind=fact&claimed_after=2019-01-01&speaker={full.speaker.slug}")

    selected = [option["value"] for option in page.all("option") if "selected" in option]
    assert selected == ["false", "fact"]
    assert [field["value"] for field in page.all("input", name="q")] == ["a"]
    assert [field["value"] for field in page.all("input", name="claimed_after")] == ["2019-01-01"]
    assert "Filters (3 in use)" in page.text
    assert f"Speaker: {full.speaker.name}" in page.text
    assert "?q=a&rating=false&kind=fact&claimed_after=2019-01-01" in page.links()
    assert [field["value"] for field in page.all("input", name="speaker")] == [full.speaker.slug]


def test_claim_list_offers_published_ratings_and_topics(client: Client) -> None:
    factories.TopicFactory.create(name="A draft topic")
    publishing.publish(factories.full_claim(), by="ed")

    page = get(client, "/claims/")

    assert "Truth scale" in [group["label"] for group in page.all("optgroup")]
    assert "Mostly true" in page.text
    assert "A draft topic" not in page.text


def test_claim_list_without_a_result_helps(client: Client) -> None:
    publish("A")

    page = get(client, "/claims/?q=nowhere")

    assert "No public claim fits all of this." in page.text
    assert "/claims/" in page.links()


def test_claim_list_of_an_empty_record(client: Client) -> None:
    assert "Nothing is published yet." in get(client, "/claims/").text


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("kind=nonsense", "Kind: Select a valid choice."),
        ("forecast=nonsense", "Forecast: Select a valid choice."),
        ("reviewed=perhaps", "Reviewed: Select a valid choice."),
        ("claimed_after=yesterday", "Made on or after: Enter a valid date."),
        ("due_before=2019-02-30", "Due on or before: Enter a valid date."),
        ("q=%00", "Words: Null characters are not allowed."),
        ("speaker=a%00", "Speaker: Null characters are not allowed."),
        ("topic=%00", "Topic: Null characters are not allowed."),
        ("q=" + "x" * 301, "Words: Ensure this value has at most 300 characters"),
        ("before=x", "not valid"),
        ("after=-1", "not valid"),
        ("before=" + "9" * 19, "not valid"),
        ("before=%00", "not valid"),
        ("before=٣", "not valid"),
    ],
)
def test_claim_list_says_what_is_wrong(client: Client, address: str, message: str) -> None:
    publish("A")

    page = get(client, f"/claims/?{address}", status=400)

    assert message in page.text
    assert texts(page) == []


@pytest.mark.parametrize(
    "address",
    [
        "speaker=" + "x" * 3000,
        "q=%EF%BF%BF%F0%9F%98%80%E2%80%AE",
        "q=%ff%fe",
        "q='+OR+1=1--%25_\\",
        "rating=&kind=&q=",
        "before=0",
        "unknown=1&unknown=2",
        "before=999999999999999999",
        "after=999999999999999999",
        "q=" + "+".join("abcdefghijklmnopqrstuvwxyz" * 5),
    ],
)
def test_claim_list_survives(client: Client, address: str) -> None:
    publish("A")

    assert "Claims" in get(client, f"/claims/?{address}").text


@pytest.mark.parametrize("count", [1, 3])
def test_claim_list_queries_are_constant(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(1, count + 1):
        publishing.publish(factories.full_claim(text=f"Claim {day} of the list.", due_end=date(2019, 3, day)), by="ed")

    with django_assert_num_queries(3):  # head, what the form shows, claims with their editions
        page = get(client, "/claims/")
    with django_assert_num_queries(3):  # and the names of the speaker and the source
        get(client, "/claims/?speaker=a&source=b")

    assert len(texts(page)) == count
