import json
from typing import Any
from uuid import uuid5

import feedparser
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from claims.domain import publishing
from claims.models import Claim, Edition, PublishedClaim
from tests import factories
from tests.histories import changed
from tests.web.pages import get
from tests.web.test_hostile import HOSTILE, SECRET, hostile_claim

pytestmark = pytest.mark.django_db

CLAIMS, CORRECTIONS = "/claims/feed", "/corrections/feed"


def atom(client: Client, address: str) -> Any:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    found = feedparser.parse(response.content)
    assert not found.bozo, found.bozo_exception
    return found


def json_feed(client: Client, address: str) -> Any:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/feed+json")
    return json.loads(response.content)


def publish(count: int) -> list[Claim]:
    claims = [factories.ClaimFactory.create(text=f"Claim {number}.") for number in range(count)]
    for claim in claims:
        publishing.publish(claim, by="ed")
    return claims


def correct(count: int) -> list[Claim]:
    claims = publish(count)
    for number, claim in enumerate(claims):
        publishing.correct(changed(claim, text=f"Better {number}."), by="ed", reason=f"Reason {number}.")
    return claims


def test_claim_feed_says_the_finding_with_the_claim(client: Client) -> None:
    speaker = factories.SpeakerFactory.create(name="Kim")
    claim = factories.full_claim(text="It is so.", slug="it", speaker=speaker)
    publishing.publish(claim, by="ed")
    row = PublishedClaim.objects.get()

    (entry,) = atom(client, f"{CLAIMS}.atom").entries

    assert (entry.title, entry.content[0].value) == ("False – Kim: “It is so.”", "It is not so.")
    assert (entry.id, entry.link) == (f"urn:uuid:{claim.uid}", "http://testserver/claims/it/")
    assert entry.published == f"{row.first_published_at:%Y-%m-%dT%H:%M:%SZ}"
    assert [tag.term for tag in entry.tags] == [topic.name for topic in claim.topics.order_by("name")]


def test_claim_feed_of_an_unreviewed_claim_is_no_finding(client: Client) -> None:
    publish(1)

    (item,) = json_feed(client, f"{CLAIMS}.json")["items"]

    assert item["title"].startswith("Not reviewed yet – ")
    assert item["content_text"] == "We have recorded this claim and have not looked into it."


def test_claim_feed_keeps_one_entry_for_a_claim_that_changes(client: Client, claim: Claim) -> None:
    publishing.publish(changed(claim, text="At first."), by="ed")
    (before,) = atom(client, f"{CLAIMS}.atom").entries
    publishing.publish(changed(claim, text="Later.", slug="moved"), by="ed")

    (after,) = atom(client, f"{CLAIMS}.atom").entries

    assert after.id == before.id
    assert after.published == before.published
    assert after.updated == f"{Edition.objects.latest().published_at:%Y-%m-%dT%H:%M:%SZ}"
    assert after.link == "http://testserver/claims/moved/"


def test_claim_feed_filters_as_the_page_does(client: Client) -> None:
    publish(2)
    publishing.publish(factories.full_claim(text="A forecast."), by="ed")

    feed = json_feed(client, f"{CLAIMS}.json?utm=x&kind=forecast&rating=false&q=&before=99999")

    assert ["A forecast." in item["title"] for item in feed["items"]] == [True]
    assert feed["feed_url"] == "http://testserver/claims/feed.json?rating=false&kind=forecast"
    assert feed["home_page_url"] == "http://testserver/claims/?rating=false&kind=forecast"


def test_claim_feed_pages_reach_every_claim_once(client: Client) -> None:
    publish(51)

    first = json_feed(client, f"{CLAIMS}.json?kind=fact")
    second = json_feed(client, first["next_url"].removeprefix("http://testserver"))

    assert [len(first["items"]), len(second["items"])] == [50, 1]
    assert len({item["id"] for item in first["items"] + second["items"]}) == 51
    assert "next_url" not in second


def test_correction_feed_has_each_with_its_reason(client: Client) -> None:
    (claim,) = correct(1)
    publishing.retract(claim, by="ed", reason="It was never said.")
    retraction, correction = Edition.objects.order_by("-sequence")[:2]

    feed = atom(client, f"{CORRECTIONS}.atom")

    assert [entry.content[0].value for entry in feed.entries] == ["It was never said.", "Reason 0."]
    assert [entry.id for entry in feed.entries] == [
        f"urn:uuid:{uuid5(claim.uid, str(edition.sequence))}" for edition in (retraction, correction)
    ]
    assert feed.entries[1].title == "Corrected – Claim: “Better 0.”"
    assert feed.entries[1].link == f"http://testserver/claims/{claim.slug}/editions/2/"
    assert feed.feed.updated == f"{retraction.published_at:%Y-%m-%dT%H:%M:%SZ}"


def test_correction_feed_of_what_has_no_page_any_more(client: Client) -> None:
    topic = factories.TopicFactory.create()
    publishing.publish(topic, by="ed")
    publishing.retract(topic, by="ed", reason="Too wide.")

    (item,) = json_feed(client, f"{CORRECTIONS}.json")["items"]

    assert item["url"] == "http://testserver/corrections/"


def test_feeds_name_the_public_address(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://facts.example"
    correct(1)

    for address in (CLAIMS, CORRECTIONS):
        feed = json_feed(client, f"{address}.json")
        addresses = [feed["feed_url"], feed["home_page_url"], feed["items"][0]["url"], feed["authors"][0]["url"]]
        assert [found for found in addresses if not found.startswith("https://facts.example/")] == []


@pytest.mark.parametrize("form", ["atom", "json"])
@pytest.mark.parametrize(
    ("address", "message"),
    [
        (f"{CLAIMS}.{{}}?kind=x", "kind: Select a valid choice."),
        (f"{CLAIMS}.{{}}?q=%00", "q: Null characters are not allowed."),
        (f"{CLAIMS}.{{}}?before=x", "This link to a page of the list is not valid."),
        (f"{CORRECTIONS}.{{}}?before=%00", "This link to a page of the list is not valid."),
    ],
)
def test_feeds_say_what_is_wrong(client: Client, form: str, address: str, message: str) -> None:
    response = client.get(address.format(form))

    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert message in response.content.decode()


@pytest.mark.parametrize("address", [f"{CLAIMS}.rss", f"{CORRECTIONS}.atom/", f"{CLAIMS}."])
def test_feeds_of_another_form(client: Client, address: str) -> None:
    assert "There is no page" in get(client, address, status=404).text


@pytest.mark.parametrize(
    ("front", "language", "title"), [("", "en", "False – "), ("/ko", "ko", "판정 역 – 사람 역: “주장 역”")]
)
def test_feeds_are_in_the_language_of_their_address(client: Client, front: str, language: str, title: str) -> None:
    publishing.publish(factories.translated_claim(slug="so"), by="ed")

    feed = client.get(f"{front}/claims/feed.json").json()
    atom = client.get(f"{front}/claims/feed.atom").content.decode()

    (item,) = feed["items"]
    assert (feed["language"], item["language"]) == (language, language)
    assert item["title"].startswith(title)
    assert f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">' in atom


def test_feeds_keep_hostile_text_as_text(client: Client) -> None:
    hostile_claim()

    (claim,), (correction,) = (atom(client, f"{address}.atom").entries for address in (CLAIMS, CORRECTIONS))

    assert HOSTILE.replace("\u202e", "") in claim.title  # which would turn round what comes after it
    assert (claim.content[0].value, correction.content[0].value) == (f"{HOSTILE}.", HOSTILE)


def test_feeds_never_show_what_is_not_public(client: Client) -> None:
    (claim,) = correct(1)
    changed(claim, text=SECRET, internal_note=SECRET)
    changed(claim.speaker, name=SECRET)
    addresses = [f"{address}.{form}" for address in (CLAIMS, CORRECTIONS) for form in ("atom", "json")]

    assert [address for address in addresses if SECRET in client.get(address).content.decode()] == []


def test_pages_name_their_feeds(client: Client) -> None:
    publishing.publish(factories.full_claim(speaker=factories.SpeakerFactory.create(slug="kim")), by="ed")

    feeds = {
        address: [link["href"] for link in get(client, address).all("link", rel="alternate") if "hreflang" not in link]
        for address in ("/", "/claims/?kind=fact&before=9", "/corrections/", "/speakers/kim/", "/rating-scales/truth/")
    }

    assert feeds == {
        "/": ["/claims/feed.atom", "/corrections/feed.atom"],
        "/claims/?kind=fact&before=9": ["/claims/feed.atom?kind=fact", "/claims/feed.json?kind=fact"],
        "/corrections/": ["/corrections/feed.atom", "/corrections/feed.json"],
        "/speakers/kim/": ["/claims/feed.atom?speaker=kim", "/claims/feed.json?speaker=kim"],
        "/rating-scales/truth/": ["/claims/feed.atom?scale=truth", "/claims/feed.json?scale=truth"],
    }


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", [CLAIMS, CORRECTIONS])
def test_feed_queries_are_constant(
    client: Client, address: str, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    correct(count)

    with django_assert_num_queries(2):  # head, claims with their editions or editions
        feed = json_feed(client, f"{address}.json")

    assert len(feed["items"]) == count


@pytest.mark.parametrize("address", [f"{CLAIMS}.atom", f"{CLAIMS}.json", f"{CORRECTIONS}.atom", f"{CORRECTIONS}.json"])
def test_feed_may_be_read_by_scripts_of_any_site(client: Client, address: str) -> None:
    assert client.get(address)["Access-Control-Allow-Origin"] == "*"
