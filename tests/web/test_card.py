from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from claims.domain import publishing
from claims.models import Claim
from claims.web.card import CARD_POLICY
from tests import factories
from tests.histories import changed
from tests.web.pages import get

pytestmark = pytest.mark.django_db


def corrected(claim: Claim) -> Claim:
    publishing.publish(claim, by="ed")
    publishing.correct(changed(claim, text="It will be so."), by="ed", reason="We had misheard.")
    return claim


def test_card_shows_the_claim_and_the_finding(client: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")

    page = get(client, f"/claims/{full_claim.slug}/embed/")

    finding = ["False", "Reviewed on 1 March 2019", "It is not so."]
    shown = [f"“{full_claim.text}”", full_claim.speaker.name, "9 February 2019", *finding]
    assert [text for text in shown if text not in page.text] == []
    assert "Corrected" not in page.text
    assert {link["href"] for link in page.all("a")} == {f"http://testserver/claims/{full_claim.slug}/"}
    assert {(link["target"], link["rel"]) for link in page.all("a")} == {("_blank", "noopener")}
    assert (page.all("script"), page.all("form"), page.all("meta", name="robots", content="noindex") != []) == (
        [],
        [],
        True,
    )


def test_card_alone_may_be_framed(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    card, page = client.get(f"/claims/{claim.slug}/embed/1/"), client.get(f"/claims/{claim.slug}/")

    assert card["Content-Security-Policy"] == CARD_POLICY
    assert "frame-ancestors *" in CARD_POLICY
    assert ("X-Frame-Options" in card, page["X-Frame-Options"]) == (False, "DENY")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_card_tells_what_was_corrected_after_it_was_embedded(client: Client, full_claim: Claim) -> None:
    corrected(full_claim)

    texts = {path: get(client, f"/claims/{full_claim.slug}/embed/{path}").text for path in ("", "1/", "2/")}

    since = {path: "Corrected since this was embedded" in text for path, text in texts.items()}
    assert since == {"": False, "1/": True, "2/": False}
    assert all("We had misheard." in text and "It will be so." in text for text in texts.values())


@pytest.mark.parametrize("path", ["", "1/"])
def test_card_of_a_retracted_claim_says_so(client: Client, claim: Claim, path: str) -> None:
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="It was a joke.")

    page = get(client, f"/claims/{claim.slug}/embed/{path}", status=410)

    assert "We have retracted this" in page.text
    assert "It was a joke." in page.text
    assert claim.text not in page.text
    assert client.get(f"/claims/{claim.slug}/embed/")["Content-Security-Policy"] == CARD_POLICY


def test_card_follows_a_claim_that_moved(client: Client, claim: Claim) -> None:
    publishing.publish(changed(claim, slug="old"), by="ed")
    publishing.publish(changed(claim, slug="new"), by="ed")

    found: list[Any] = [client.get(f"/claims/old/embed/{path}") for path in ("", "1/")]

    assert [(answer.status_code, answer.url) for answer in found] == [
        (301, "/claims/new/embed/"),
        (301, "/claims/new/embed/1/"),
    ]


@pytest.mark.parametrize("path", ["never/embed/", "it/embed/0/", "it/embed/2/", f"it/embed/{'9' * 5000}/"])
def test_card_unknown(client: Client, path: str) -> None:
    publishing.publish(factories.ClaimFactory.create(slug="it"), by="ed")

    assert "There is no page at this address" in get(client, f"/claims/{path}", status=404).text


@pytest.mark.parametrize("count", [1, 3])
def test_card_queries_are_constant(
    client: Client, full_claim: Claim, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        publishing.publish(changed(full_claim, text=f"Text {number}."), by="ed")

    with django_assert_num_queries(2):  # head, editions with the current document
        page = get(client, f"/claims/{full_claim.slug}/embed/1/")

    assert f"Text {count - 1}." in page.text


def ask(client: Client, **parameters: str) -> Any:
    return client.get("/oembed", parameters)


def test_oembed_as_json(client: Client, full_claim: Claim, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://facts.example"
    publishing.publish(full_claim, by="ed")

    response = ask(client, url=f"https://facts.example/claims/{full_claim.slug}/")

    title = f"False – {full_claim.speaker.name}: “{full_claim.text}”"
    base = f"https://facts.example/claims/{full_claim.slug}"
    assert (response["Content-Type"], response["Access-Control-Allow-Origin"]) == ("application/json", "*")
    assert response.json() == {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Factcheck",
        "provider_url": "https://facts.example/",
        "cache_age": 3600,
        "html": f'<iframe src="{base}/embed/1/" title="{title}" width="600" height="400" loading="lazy" '
        'style="border:0;max-width:100%"></iframe>',
        "width": 600,
        "height": 400,
        "thumbnail_url": f"{base}/editions/1/share.png",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


def test_oembed_and_its_card_are_in_the_language_of_the_address(client: Client) -> None:
    publishing.publish(factories.translated_claim(slug="so"), by="ed")

    answer = client.get("/oembed", {"url": "http://testserver/ko/claims/so/"}).json()
    card = get(client, "/ko/claims/so/embed/1/")

    assert answer["title"] == "판정 역 – 사람 역: “주장 역”"
    assert 'src="http://testserver/ko/claims/so/embed/1/"' in answer["html"]
    assert answer["thumbnail_url"] == "http://testserver/ko/claims/so/editions/1/share.png"
    assert [text for text in ("주장 역", "사람 역", "판정 역", "요약 역") if text not in card.text] == []


def test_oembed_as_xml(client: Client, claim: Claim) -> None:
    publishing.publish(changed(claim, text='<b>"It" & \x85so</b>'), by="ed")
    url = f"http://testserver/claims/{claim.slug}/"

    response = ask(client, url=url, format="xml")

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    found = {element.tag: element.text for element in root}
    assert (root.tag, found["type"], found["version"]) == ("oembed", "rich", "1.0")
    assert found["html"] == ask(client, url=url).json()["html"]
    assert "<b>" not in str(found["html"])


@pytest.mark.parametrize(("asked", "given"), [("", 600), ("300", 300), ("450", 450), ("9000", 600)])
def test_oembed_is_no_wider_than_asked_for(client: Client, claim: Claim, asked: str, given: int) -> None:
    publishing.publish(claim, by="ed")

    found = ask(client, url=f"http://testserver/claims/{claim.slug}/", maxwidth=asked).json()

    assert (found["width"], f'width="{given}"' in found["html"]) == (given, True)


@pytest.mark.parametrize("path", ["/claims/it/", "/claims/it/?utm_source=x#top", "/claims/it/editions/1/"])
def test_oembed_of_every_address_of_a_claim(client: Client, path: str) -> None:
    publishing.publish(factories.ClaimFactory.create(slug="it"), by="ed")

    assert "/claims/it/embed/1/" in ask(client, url=f"http://testserver{path}").json()["html"]


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({}, 400),
        ({"url": "http://testserver/claims/it/", "maxwidth": "wide"}, 400),
        ({"url": "http://testserver/claims/it/", "maxwidth": "9" * 5000}, 400),
        ({"url": "http://testserver/claims/it/", "maxwidth": "299"}, 404),
        ({"url": "http://testserver/claims/it/", "maxheight": "10"}, 404),
        ({"url": "http://testserver/claims/never/"}, 404),
        ({"url": "http://testserver/claims/"}, 404),
        ({"url": "http://evil.example/claims/it/"}, 404),
        ({"url": "javascript://testserver/claims/it/"}, 404),
        ({"url": "http://[/claims/it/"}, 404),
        ({"url": "http://testserver/claims/it\x00/"}, 404),
        ({"url": "x" * 10_000}, 404),
        ({"url": "http://testserver/claims/it/", "format": "yaml"}, 501),
        ({"url": "http://testserver/claims/it/", "format": "<b>"}, 501),
    ],
)
def test_oembed_refuses(client: Client, parameters: dict[str, str], status: int) -> None:
    publishing.publish(factories.ClaimFactory.create(slug="it"), by="ed")

    response = client.get("/oembed", parameters)

    assert (response.status_code, response["Content-Type"]) == (status, "text/plain; charset=utf-8")


def test_oembed_of_a_retracted_claim(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="It was a joke.")

    assert ask(client, url=f"http://testserver/claims/{claim.slug}/").status_code == 404


@pytest.mark.parametrize("address", ["/claims/old/", "/claims/old/editions/1/"])
def test_oembed_of_an_earlier_slug(client: Client, claim: Claim, address: str) -> None:
    publishing.publish(changed(claim, slug="old"), by="ed")
    publishing.publish(changed(claim, slug="new"), by="ed")

    answer = client.get(f"/oembed?url=http://testserver{address}")

    assert answer.status_code == 200
    assert "http://testserver/claims/new/embed/2/" in answer.json()["html"]


def test_oembed_of_an_earlier_slug_of_what_was_retracted(client: Client, claim: Claim) -> None:
    publishing.publish(changed(claim, slug="old"), by="ed")
    publishing.publish(changed(claim, slug="new"), by="ed")
    publishing.retract(claim, by="ed", reason="It was a joke.")

    assert client.get("/oembed?url=http://testserver/claims/old/").status_code == 404
