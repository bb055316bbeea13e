import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.histories import changed
from tests.web.pages import get

pytestmark = pytest.mark.django_db

HTML, JSON_LD, MARKDOWN = "text/html; charset=utf-8", "application/ld+json", "text/markdown; charset=utf-8"


@pytest.mark.parametrize(("suffix", "content_type"), [("jsonld", JSON_LD), ("md", MARKDOWN)])
def test_rendition_by_suffix_and_by_accept_is_the_same(
    client: Client, full_claim: Claim, suffix: str, content_type: str
) -> None:
    publishing.publish(full_claim, by="ed")

    by_suffix = client.get(f"/claims/{full_claim.slug}.{suffix}")
    by_accept = client.get(f"/claims/{full_claim.slug}/", headers={"Accept": content_type})

    assert (by_suffix["Content-Type"], by_accept["Content-Type"]) == (content_type, content_type)
    assert by_suffix.content == by_accept.content
    assert by_suffix["Link"] == f'<http://testserver/claims/{full_claim.slug}/>; rel="canonical"'
    assert (by_suffix["Access-Control-Allow-Origin"], by_accept["Vary"]) == ("*", "Accept, Accept-Encoding")


def test_page_is_html_for_a_browser(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    response = client.get(f"/claims/{claim.slug}/", headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})

    assert response["Content-Type"] == HTML


def test_json_ld_of_a_reviewed_claim_is_what_its_page_has(client: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")

    (on_page,) = get(client, f"/claims/{full_claim.slug}/").scripts

    found = client.get(f"/claims/{full_claim.slug}.jsonld").json()
    assert json.loads(on_page) == found
    image = f"http://testserver/claims/{full_claim.slug}/editions/1/share.png"
    assert (found["@type"], found["version"], found["image"]) == ("ClaimReview", 1, image)
    assert "correction" not in found


def test_json_ld_lists_corrections(client: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    publishing.correct(changed(full_claim, text="It will be."), by="ed", reason="We had misheard </script>.")

    (comment,) = client.get(f"/claims/{full_claim.slug}.jsonld").json()["correction"]

    published_at = comment.pop("datePublished")
    assert comment == {
        "@type": "CorrectionComment",
        "text": "We had misheard </script>.",
        "url": f"http://testserver/claims/{full_claim.slug}/editions/2/",
    }
    assert published_at.endswith("Z")


def test_json_ld_of_an_unreviewed_claim(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    found = client.get(f"/claims/{claim.slug}.jsonld").json()

    assert found.pop("image").endswith("/editions/1/share.png")
    assert found == {
        "@context": "https://schema.org",
        "@type": "Claim",
        "url": f"http://testserver/claims/{claim.slug}/",
        "text": claim.text,
        "inLanguage": "en",
        "author": {"@type": "Person", "name": claim.speaker.name},
        "version": 1,
    }


def test_json_ld_of_an_inconclusive_finding_has_no_value(client: Client, claim: Claim) -> None:
    factories.VerdictFactory.create(claim=claim, rating=factories.rating("unproven"))
    publishing.publish(claim, by="ed")

    found = client.get(f"/claims/{claim.slug}.jsonld").json()

    rating = {"@type": "Rating", "alternateName": "Unproven", "ratingExplanation": "It is not so."}
    assert (found["@type"], found["review"]["reviewRating"]) == ("Claim", rating)
    assert "itemReviewed" not in found["review"]


def test_renditions_are_in_the_language_of_their_address(client: Client) -> None:
    publishing.publish(factories.translated_claim(slug="so"), by="ed")

    (on_page,) = get(client, "/ko/claims/so/").scripts
    data, text = client.get("/ko/claims/so.jsonld"), client.get("/ko/claims/so.md")
    by_accept = client.get("/ko/claims/so/", headers={"Accept": "text/markdown"})
    other, own = client.get("/ar/claims/so.jsonld").json(), client.get("/claims/so.jsonld").json()

    assert json.loads(on_page) == data.json()
    named = [(found["inLanguage"], found["claimReviewed"], found["url"]) for found in (data.json(), other, own)]
    address = "http://testserver{}/claims/so/"
    assert named == [
        ("ko", "주장 역", address.format("/ko")),
        ("en", own["claimReviewed"], address.format("/ar")),
        ("en", own["claimReviewed"], address.format("")),
    ]
    assert data.json()["image"] == "http://testserver/ko/claims/so/editions/1/share.png"
    assert (data["Content-Language"], data["Link"]) == ("ko", f'<{address.format("/ko")}>; rel="canonical"')
    assert text.content.decode().startswith("# 주장 역\n")
    assert by_accept.content == text.content


def test_markdown_says_days_in_the_language_of_its_address(client: Client) -> None:
    publishing.publish(factories.translated_claim(slug="so"), by="ed")

    english, korean = (client.get(f"{front}/claims/so.md").content.decode() for front in ("", "/ko"))

    assert ("Reviewed on 1 March 2019." in english, "2019년 3월 1일 검증." in korean) == (True, True)
    assert ("(9 February 2019)" in english, "(2019년 2월 9일)" in korean) == (True, True)


def test_json_leads_to_the_api(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    response = client.get(f"/claims/{claim.slug}.json", follow=True)

    assert response.redirect_chain == [(f"/api/v1/claims/{claim.slug}/", 302)]
    assert response.json()["slug"] == claim.slug


@pytest.mark.parametrize("suffix", ["jsonld", "md", "json"])
def test_rendition_of_what_moved_was_retracted_or_never_was(client: Client, claim: Claim, suffix: str) -> None:
    publishing.publish(changed(claim, slug="old"), by="ed")
    publishing.publish(changed(claim, slug="new"), by="ed")
    gone = factories.ClaimFactory.create(slug="gone")
    publishing.publish(gone, by="ed")
    publishing.retract(gone, by="ed", reason="It was a joke.")

    moved: Any = client.get(f"/claims/old.{suffix}")

    assert (moved.status_code, moved.url) == (301, f"/claims/new.{suffix}")
    assert "It was a joke." in get(client, f"/claims/gone.{suffix}", status=410).text
    get(client, f"/claims/never.{suffix}", status=404)


def test_feed_is_not_taken_for_a_claim(client: Client) -> None:
    publishing.publish(factories.ClaimFactory.create(slug="feed"), by="ed")

    assert client.get("/claims/feed.json")["Content-Type"] == "application/feed+json"


def test_page_names_its_other_forms(client: Client, claim: Claim, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://facts.example"
    publishing.publish(claim, by="ed")

    page = get(client, f"/claims/{claim.slug}/")

    base = f"https://facts.example/claims/{claim.slug}"
    asked = f"https://facts.example/oembed?url=https%3A%2F%2Ffacts.example%2Fclaims%2F{claim.slug}%2F"
    assert {link["type"]: link["href"] for link in page.all("link", rel="alternate") if "type" in link} == {
        "application/ld+json": f"{base}.jsonld",
        "text/markdown": f"{base}.md",
        "application/json": f"{base}.json",
        "application/json+oembed": f"{asked}&format=json",
        "text/xml+oembed": f"{asked}&format=xml",
    }


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("suffix", ["jsonld", "md"])
def test_rendition_queries_are_constant(
    client: Client, count: int, suffix: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claim = factories.full_claim()
    factories.EvidenceFactory.create_batch(count, claim=claim)
    for number in range(count):
        publishing.publish(changed(claim, text=f"Text {number}."), by="ed")

    with django_assert_num_queries(2):  # head, editions with the current document
        response = client.get(f"/claims/{claim.slug}.{suffix}")

    assert f"Text {count - 1}." in response.content.decode()
