import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing, tips
from claims.models import Tip
from claims.web.tip_form import new_stamp
from tests import factories
from tests.web.pages import Page, get, page_of
from tests.web.test_hostile import HOSTILE, SECRET, addresses, assert_harmless

pytestmark = pytest.mark.django_db

START = datetime(2019, 3, 1, 12, tzinfo=UTC)
TEXT = "The minister said on television that all bridges are closed."


def post(client: Client, address: str, given: dict[str, str] | None = None) -> Any:
    return client.post(address, given)


def ask(client: Client, **given: str) -> Any:
    """Step one: send the form as a person would."""
    stamp = get(client, "/tips/").all("input", name="stamp")[0]["value"]
    return client.post("/tips/", {"text": TEXT, "stamp": stamp} | given)


def send(client: Client, **given: str) -> Any:
    """Both steps, ten seconds after the form was given out. Time must be travelled."""
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        stamp = get(client, "/tips/").all("input", name="stamp")[0]["value"]
        clock.shift(timedelta(seconds=10))
        return client.post("/tips/", {"text": TEXT, "stamp": stamp, "send": "1"} | given)


def problem_of(response: Any) -> str:
    page: Page = page_of(response)
    assert page.all("div", role="alert") != []
    return page.text


def test_tip_first_shows_what_is_published_already(client: Client) -> None:
    claim = factories.ClaimFactory.create(text="All bridges are closed.", slug="bridges")
    publishing.publish(claim, by="ed")

    page = page_of(ask(client))

    assert "/claims/bridges/" in page.links()
    assert (TEXT in page.text, Tip.objects.count()) == (True, 0)


def test_tip_like_nothing_published(client: Client) -> None:
    assert "We have published nothing like it" in page_of(ask(client)).text


def test_tip_can_be_changed_before_it_is_sent(client: Client) -> None:
    page = page_of(ask(client, edit="1"))

    assert len(page.all("textarea")) == 1
    assert TEXT in page.text
    assert page.all("div", role="alert") == []


def test_tip_reaches_the_inbox_and_its_sender_a_private_page(client: Client) -> None:
    response = send(client, url="https://tv.example/1", contact="a@b.example")

    tip = Tip.objects.get()
    assert (tip.text, tip.url, tip.contact, tip.state) == (TEXT, "https://tv.example/1", "a@b.example", "new")
    assert re.fullmatch(r"/tips/[0-9a-f]{40}/", response["Location"])
    assert "We have your tip" in get(client, response["Location"]).text


def test_addresses_are_written_from_the_left_in_arabic_too(client: Client) -> None:
    page = get(client, "/ar/tips/")

    assert [page.all("input", type=kind)[0]["dir"] for kind in ("url", "email")] == ["ltr", "ltr"]
    assert page.all("textarea")[0]["dir"] == "auto"


def test_tip_sent_twice_is_one(client: Client) -> None:
    stamp = new_stamp()
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10), tick=False):
        first, second = (client.post("/tips/", {"text": TEXT, "stamp": stamp, "send": "1"}) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Tip.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"text": ""}, "Write what was said, or the address where it can be found."),
        ({"text": "short"}, "Write what was said, or the address where it can be found."),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"text": "x" * 2_000_000}, "at most 2000 characters"),
        ({"text": "nul \0 in it, and more"}, "Null characters are not allowed."),
        ({"text": "bell \x07 in it, and more"}, "is a control character"),
        ({"text": "see http://a.example " * 6}, "There are too many links in it."),
        ({"url": "javascript:alert(1)"}, "This is not a web address."),
        ({"url": "http://[::1"}, "Invalid IPv6 URL"),
        ({"url": "https://a.example/" + "x" * 2000}, "at most 2000 characters"),
        ({"contact": "nobody"}, "Enter a valid email address."),
        ({"website": "https://spam.example"}, "looks like a program"),
        ({"stamp": ""}, "This form is too old."),
        ({"stamp": "forged"}, "This form is too old."),
        ({"stamp": "x" * 5000}, "at most 200 characters"),
    ],
)
@pytest.mark.parametrize("step", [{}, {"send": "1"}])
def test_tip_that_is_refused(client: Client, given: dict[str, str], step: dict[str, str], problem: str) -> None:
    response = ask(client, **given | step)

    assert response.status_code == 400
    assert problem in problem_of(response)
    assert Tip.objects.count() == 0


def test_tip_sent_a_day_later_gets_a_new_form(client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        stamp = new_stamp()
        clock.shift(timedelta(days=1, seconds=1))
        page = page_of(post(client, "/tips/", {"text": TEXT, "stamp": stamp, "send": "1"}))

    assert "This form is too old." in page.text
    assert page.all("input", name="stamp")[0]["value"] != stamp
    assert TEXT in page.text


def test_tip_is_never_cached(client: Client) -> None:
    sent = send(client)
    answers = [client.get("/tips/"), ask(client), sent, client.get(sent["Location"])]

    assert ["no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"] for answer in answers] == [
        True
    ] * 4
    assert [answer.get("ETag") for answer in answers] == [None] * 4


def test_status_page_is_found_by_nobody_else(client: Client) -> None:
    address = send(client)["Location"]

    response: Any = client.get(address)

    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    assert page_of(response).all("meta", name="robots", content="noindex, nofollow") != []
    assert address.split("/")[2] not in "".join(map(str, Tip.objects.values_list()))
    assert address not in client.get("/sitemaps/lists.xml").content.decode()


@pytest.mark.parametrize("token", ["0" * 40, "A" * 40, "0" * 39, "x"])
def test_status_page_that_never_was(client: Client, token: str) -> None:
    assert "There is no page at this address" in get(client, f"/tips/{token}/", status=404).text


def test_status_page_tells_what_became_of_it(client: Client) -> None:
    address = send(client)["Location"]
    claim = factories.ClaimFactory.create(text="All bridges are closed.", slug="bridges")
    tips.decide(Tip.objects.get(), "claimed", answer="Thank you.", claim=claim)

    before = get(client, address)
    publishing.publish(claim, by="ed")
    after = get(client, address)

    assert ("We are working on it as a claim" in before.text, claim.text in before.text) == (True, False)
    assert ("Thank you." in before.text, "/claims/bridges/" in after.links()) == (True, True)
    assert "We have published the claim" in after.text


def test_status_page_lets_its_sender_withdraw(client: Client) -> None:
    address = send(client)["Location"]

    page = page_of(post(client, address))

    assert ("Your tip is deleted" in page.text, Tip.objects.count()) == (True, 0)
    assert get(client, address, status=404).open == []


def test_form_from_elsewhere_is_refused(db: None) -> None:
    response = post(Client(enforce_csrf_checks=True), "/tips/", {"text": TEXT, "stamp": new_stamp()})

    assert (response.status_code, "This form could not be sent" in page_of(response).text) == (403, True)
    assert response["Content-Security-Policy"].startswith("default-src 'none'")


def test_hostile_text_stays_text(client: Client) -> None:
    response = send(client, text=HOSTILE, url="https://a.example/'\"><script>")

    assert_harmless(get(client, response["Location"]))
    assert_harmless(page_of(ask(client, text=HOSTILE)))


def test_nothing_of_a_tip_is_public(client: Client) -> None:
    claim = factories.full_claim()
    Tip.objects.create(
        text=SECRET,
        url=f"https://{SECRET}.example",
        contact=f"{SECRET}@a.example",
        answer=SECRET,
        claim=claim,
        internal_note=SECRET,
        token_digest=SECRET,
        origin=SECRET,
    )
    publishing.publish(claim, by="ed")
    claim.verdict.summary = "Otherwise."
    claim.verdict.save()
    publishing.publish(claim, by="ed")

    shown = [*addresses(claim), "/tips/", "/api/v1/claims/", "/api/v1/changes/", "/claims/feed.json", "/sitemaps/1.xml"]

    assert [address for address in shown if SECRET in client.get(address).content.decode()] == []


@pytest.mark.parametrize("count", [1, 3])
def test_tip_queries_are_constant(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        publishing.publish(factories.ClaimFactory.create(text=f"All bridges are closed, {number}."), by="ed")
    stamp = new_stamp()

    with django_assert_num_queries(4):  # how many are public, languages, claims with each word, their documents
        page = page_of(post(client, "/tips/", {"text": TEXT, "stamp": stamp}))

    assert page.text.count("All bridges are closed,") == count
