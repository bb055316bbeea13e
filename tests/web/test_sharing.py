import json

import pytest
from django.test import Client
from pytest_django import Settings

from claims import fonts
from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.histories import changed
from tests.web.pages import Page, get

pytestmark = pytest.mark.django_db

HOSTILE = '"><script>alert(1)</script>'


def tags(page: Page) -> dict[str, str]:
    return {
        str(tag.get("property") or tag["name"]): str(tag["content"])
        for tag in page.all("meta")
        if "property" in tag or str(tag.get("name", "")).startswith("twitter:")
    }


def test_claim_page_says_how_it_looks_where_it_is_shared(client: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")

    found = tags(get(client, f"/claims/{full_claim.slug}/"))

    title = f"False – {full_claim.speaker.name}: “{full_claim.text}”"
    assert found == {
        "og:type": "article",
        "og:site_name": "Factcheck",
        "og:title": title,
        "og:description": "It is not so.",
        "og:url": f"http://testserver/claims/{full_claim.slug}/",
        "og:image": f"http://testserver/claims/{full_claim.slug}/editions/1/share.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": title,
        "twitter:card": "summary_large_image",
    }


def test_claim_page_of_an_unreviewed_claim_says_so_where_it_is_shared(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    found = tags(get(client, f"/claims/{claim.slug}/"))

    assert found["og:title"].startswith("Not reviewed yet – ")
    assert found["og:description"] == "We have recorded this claim and have not looked into it."


def test_claim_page_without_a_picture_names_none(client: Client, claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "ImageFont", None)  # as where Pillow is not installed
    publishing.publish(claim, by="ed")

    found = tags(get(client, f"/claims/{claim.slug}/"))

    assert ("og:image" in found, found["twitter:card"]) == (False, "summary")
    assert "image" not in client.get(f"/claims/{claim.slug}.jsonld").json()


def test_hostile_text_stays_text_where_it_is_shared(client: Client, claim: Claim) -> None:
    claim = changed(claim, text=HOSTILE)
    factories.VerdictFactory.create(claim=claim, summary=HOSTILE)
    publishing.publish(claim, by="ed")

    page = get(client, f"/claims/{claim.slug}/")

    assert tags(page)["og:description"] == HOSTILE
    assert len(page.scripts) == 1
    assert HOSTILE in page.text


def test_past_edition_is_not_for_sharing(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    page = get(client, f"/claims/{claim.slug}/editions/1/")

    assert tags(page) == {}
    assert "Embed or cite this" not in page.text


def test_claim_page_offers_a_citation_and_a_card(client: Client, full_claim: Claim, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://facts.example"
    publishing.publish(full_claim, by="ed")

    text = get(client, f"/claims/{full_claim.slug}/").text

    assert f"Factcheck: False – {full_claim.speaker.name}: “{full_claim.text}” Edition 1, " in text
    assert f"https://facts.example/claims/{full_claim.slug}/editions/1/" in text
    assert f'<iframe src="https://facts.example/claims/{full_claim.slug}/embed/1/"' in text


def test_claim_page_says_how_it_looks_where_it_is_shared_in_its_language(client: Client) -> None:
    publishing.publish(factories.translated_claim(slug="so"), by="ed")

    found = tags(get(client, "/ko/claims/so/"))

    assert (found["og:title"], found["og:description"]) == ("판정 역 – 사람 역: “주장 역”", "요약 역")
    assert found["og:url"] == "http://testserver/ko/claims/so/"
    assert found["og:image"] == "http://testserver/ko/claims/so/editions/1/share.png"


@pytest.mark.parametrize("path", ["/", "/about/", "/methodology/"])
def test_page_about_us_says_who_publishes(client: Client, path: str) -> None:
    (script,) = get(client, path).scripts

    assert json.loads(script) == {
        "@context": "https://schema.org",
        "@type": "NewsMediaOrganization",
        "@id": "http://testserver/#publisher",
        "name": "Factcheck",
        "url": "http://testserver/",
        "publishingPrinciples": "http://testserver/methodology/",
        "verificationFactCheckingPolicy": "http://testserver/methodology/",
        "correctionsPolicy": "http://testserver/corrections-policy/",
    }


@pytest.mark.parametrize(
    ("path", "title"), [("/", "Factcheck"), ("/speakers/kim/", "Kim"), ("/topics/talks/", "Talks")]
)
def test_other_pages_say_how_they_look_where_they_are_shared(client: Client, path: str, title: str) -> None:
    claim = factories.ClaimFactory.create(speaker=factories.SpeakerFactory.create(name="Kim", slug="kim"))
    claim.topics.add(factories.TopicFactory.create(name="Talks", slug="talks"))
    publishing.publish(claim, by="ed")

    page = get(client, path)

    found = tags(page)
    assert (found["og:title"], found["og:url"], found["og:type"]) == (title, f"http://testserver{path}", "website")
    assert [link["href"] for link in page.all("link", rel="canonical")] == [f"http://testserver{path}"]


def test_texts_in_a_line_turn_nothing_round_that_stands_beside_them(client: Client) -> None:
    claim = factories.full_claim(slug="turned", text="Rate is \u202e05 percent \u2067so")
    changed(claim.speaker, name="Kim\u202e")
    claim.verdict.summary = "It is not\u202e so."
    claim.verdict.save()
    publishing.publish(claim, by="ed")

    page = get(client, "/claims/turned/")
    oembed = client.get("/oembed?url=http://testserver/claims/turned/").json()
    card = get(client, "/claims/turned/embed/").html

    title = "False – Kim: “Rate is 05 percent so”"
    assert (oembed["title"], tags(page)["og:title"]) == (title, title)
    assert tags(page)["og:description"] == "It is not so."
    assert "<title>Rate is 05 percent so – False – Factcheck</title>" in page.html
    assert "<title>Rate is 05 percent so – Factcheck</title>" in card
    assert "\u202e" not in oembed["html"]
