import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim, PublishedClaim
from claims.web.claim import render_claim
from tests import factories
from tests.web.pages import Page, get, page_of

pytestmark = pytest.mark.django_db


def published(claim: Claim) -> Claim:
    publishing.publish(claim, by="ed")
    return claim


def claim_page(client: Client, claim: Claim) -> Page:
    return get(client, f"/claims/{claim.slug}/")


def structured_data(page: Page) -> list[dict[str, object]]:
    assert len(page.scripts) == len(page.all("script", type="application/ld+json"))
    return [json.loads(script) for script in page.scripts]


def test_claim_page_shows_everything_published(client: Client, full_claim: Claim) -> None:
    page = claim_page(client, published(full_claim))

    shown = [
        full_claim.text,
        full_claim.speaker.name,
        "Envoy",
        "9 February 2019",
        "Our finding False",
        "It is not so.",
        "What “False” means The claim is not accurate, and nothing of substance in it holds.",
        "Reviewed on 1 March 2019",
        "We looked. It was not there.",
        "Refutes the claim It is not. It shows otherwise.",
        "Gives context It shows otherwise.",
        "Resolved It was to happen by 23 February 2019.",
        "“during the week”",
        "It is settled when it happens.",
        "… He said It is so. again. …",
        "Edition 1 Published",
    ]
    assert [text for text in shown if text not in page.text] == []


def test_claim_page_draws_attribution_chain_from_its_origin(client: Client, claim: Claim) -> None:
    appearance = factories.AppearanceFactory.create(claim=claim)
    for position, (name, act) in enumerate([("Trump", "said"), ("Biegun", "reported"), ("Kim", "interpreted")]):
        speaker = factories.SpeakerFactory.create(name=name)
        factories.AttributionLinkFactory.create(appearance=appearance, speaker=speaker, position=position, act=act)

    page = claim_page(client, published(claim))

    assert "Trump said Biegun reported Kim interpreted" in page.text


def test_claim_page_links_to_passage_and_archived_copy(client: Client, claim: Claim) -> None:
    source = factories.SourceFactory.create(url="https://paper.example/a", archived_url="https://archive.example/a")
    factories.AppearanceFactory.create(claim=claim, source=source, quotation="It is so-so.")

    page = claim_page(client, published(claim))

    external = [link["href"] for link in page.all("a", rel="noopener external")]
    assert external == [
        "https://paper.example/a#:~:text=It%20is%20so%2Dso.",
        "https://archive.example/a#:~:text=It%20is%20so%2Dso.",
    ]


def test_claim_page_of_unreviewed_claim_is_no_finding(client: Client, claim: Claim) -> None:
    page = claim_page(client, published(claim))

    assert "Not reviewed yet" in page.text
    assert "Our finding" not in page.text
    assert page.all("svg", **{"class": "mark"}) == []
    assert structured_data(page) == []


def test_claim_page_of_inconclusive_verdict_has_no_place_on_the_scale(client: Client, claim: Claim) -> None:
    factories.VerdictFactory.create(claim=claim, rating=factories.rating("unproven"))

    page = claim_page(client, published(claim))

    assert "Our finding Unproven" in page.text
    assert len(page.all("section", **{"class": "verdict verdict--apart"})) == 1
    assert page.all("svg", **{"class": "meter"}) == []
    assert structured_data(page) == []


def test_claim_page_has_one_claim_review(client: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")

    (review,) = structured_data(claim_page(client, full_claim))

    edition = PublishedClaim.objects.get().edition
    assert review["@type"] == "ClaimReview"
    assert review["url"] == f"http://testserver/claims/{full_claim.slug}/"
    assert review["author"] == {"@type": "Organization", "name": "Factcheck", "url": "http://testserver/"}
    assert review["dateModified"] == edition.published_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.mark.parametrize(
    ("today", "state"),
    [("2019-02-23", "Not due yet It is to happen by 23"), ("2019-02-24", "Overdue It is to happen by 23")],
)
def test_claim_page_forecast_state_follows_the_day(client: Client, today: str, state: str) -> None:
    claim = factories.ForecastFactory.create(due_end=date(2019, 2, 23), due_granularity="week")
    publishing.publish(claim, by="ed")

    with time_machine.travel(datetime.fromisoformat(f"{today}T12:00").replace(tzinfo=UTC), tick=False):
        page = claim_page(client, claim)

    assert state in page.text


def test_claim_page_shows_relations_both_ways(client: Client) -> None:
    earlier, later = factories.ClaimFactory.create(text="Earlier."), factories.ClaimFactory.create(text="Later.")
    factories.ClaimRelationFactory.create(claim=later, target=earlier, kind="contradicts")
    publishing.publish_all([earlier], by="ed")
    publishing.publish_all([later], by="ed")

    assert "This claim contradicts Earlier." in claim_page(client, later).text
    assert "Later. contradicts this claim" in claim_page(client, earlier).text


def test_claim_page_marks_the_claims_language(client: Client) -> None:
    claim = published(factories.ClaimFactory.create(text="그렇다.", language="ko"))

    page = get(client, f"/claims/{claim.slug}/")

    assert [found["lang"] for found in page.all("html") + page.all("h1")] == ["en", "ko"]


@pytest.mark.parametrize("count", [1, 3])
def test_claim_page_queries_are_constant(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    claim = factories.full_claim()
    factories.EvidenceFactory.create_batch(count, claim=claim)
    factories.AppearanceFactory.create_batch(count, claim=claim)
    publishing.publish(claim, by="ed")
    for relation in factories.ClaimRelationFactory.create_batch(count, target=claim):
        publishing.publish(relation.claim, by="ed")

    with django_assert_num_queries(3):  # head, editions with the current document, relations to it
        page = claim_page(client, claim)

    assert page.text.count("contradicts this claim") == count


def test_claim_edition_of_the_past_says_so(client: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    full_claim.verdict.rating = factories.rating("half-true")
    full_claim.verdict.save()
    publishing.correct(full_claim, by="ed", reason="We had overlooked a source.")

    page = get(client, f"/claims/{full_claim.slug}/editions/1/")

    assert "This is edition 1 of" in page.text
    assert "Our finding False" in page.text
    assert f"/claims/{full_claim.slug}/" in page.links()
    assert page.all("meta", name="robots", content="noindex") != []
    assert structured_data(page) == []
    assert "Our finding Half true" in claim_page(client, full_claim).text
    assert "Corrected" in page.text
    assert "We had overlooked a source." in page.text


def test_claim_edition_that_is_current_has_a_lasting_address(client: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")

    page = get(client, f"/claims/{full_claim.slug}/editions/1/")

    assert "lasting address of edition 1" in page.text
    assert structured_data(page) == []


@pytest.mark.parametrize("count", [1, 3])
def test_claim_edition_queries_are_constant(
    client: Client, claim: Claim, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        claim.text = f"Text {number}."
        claim.save()
        publishing.publish(claim, by="ed")

    with django_assert_num_queries(2):  # head, all editions with the document of the one asked for
        page = get(client, f"/claims/{claim.slug}/editions/1/")

    assert page.text.count("Edition ") == count


@pytest.mark.parametrize("number", ["0", "2", "9" * 30, "9" * 5000])
def test_claim_edition_unknown(client: Client, claim: Claim, number: str) -> None:
    publishing.publish(claim, by="ed")

    page = get(client, f"/claims/{claim.slug}/editions/{number}/", status=404)

    assert "There is no page at this address" in page.text


def test_claim_page_refuses_other_methods(client: Client, claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    response = client.post(f"/claims/{claim.slug}/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_render_claim_previews_a_draft(rf: RequestFactory, full_claim: Claim) -> None:
    document = publishing.preview(full_claim)

    page = page_of(render_claim(rf.get("/"), document, None, notice="Only you see this."))

    assert "Only you see this." in page.text
    assert "Our finding False" in page.text
    assert "Edition" not in page.text
    assert structured_data(page) == []
    assert page.all("link", rel="canonical") == []


def test_claim_page_shows_what_others_found_in_their_words(client: Client, claim: Claim) -> None:
    factories.ExternalReviewFactory.create(
        claim=claim,
        rating="متناقض",
        rating_value="2",
        rating_best="5",
        url="https://others.example/1",
        reviewed_on="2019-03",
    )
    factories.ExternalReviewFactory.create(claim=claim, publisher="<b>Third</b>", rating="", rating_value="4", url="")

    page = claim_page(client, published(claim))

    shown = ["Not reviewed yet", "What others found", "“متناقض” (2 of 5)", "March 2019", "<b>Third</b>", "“4”"]
    assert [text for text in shown if text not in page.text] == []
    assert page.all("a", href="https://others.example/1") != []


def test_claim_page_without_reviews_of_others_does_not_speak_of_them(client: Client, claim: Claim) -> None:
    assert "What others found" not in claim_page(client, published(claim)).text


def test_claim_page_says_when_a_copy_was_saved(client: Client, claim: Claim) -> None:
    moment = datetime(2019, 2, 22, 9, 30, tzinfo=UTC)
    source = factories.SourceFactory.create(archived_url="https://saved.example/a", archived_at=moment)
    factories.AppearanceFactory.create(claim=claim, source=source)
    publishing.publish(claim, by="ed")

    assert "saved on 22 February 2019" in get(client, f"/claims/{claim.slug}/").text


def test_claim_page_renders_the_rationale(client: Client) -> None:
    claim = factories.full_claim()
    claim.verdict.rationale = "# Why\n\n- *One*\n- [two](https://a.example/)\n\n<b>bold</b>"
    claim.verdict.save()
    publishing.publish(claim, by="ed")

    page = get(client, f"/claims/{claim.slug}/")

    assert "How we found it Why One two <b>bold</b>" in page.text
    assert "https://a.example/" in page.links()
    assert page.all("b") == []


@pytest.mark.parametrize(("length", "classes"), [(160, "claim__text"), (161, "claim__text claim__text--long")])
def test_claim_page_of_a_long_claim_is_set_smaller(client: Client, length: int, classes: str) -> None:
    claim = factories.ClaimFactory.create(text="x" * length)
    publishing.publish(claim, by="ed")

    assert [heading["class"] for heading in get(client, f"/claims/{claim.slug}/").all("h1")] == [classes]
