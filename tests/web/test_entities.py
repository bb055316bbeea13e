import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from claims.domain import publishing
from claims.models import Claim, SpeakerAlias
from claims.web.entities import render_entity
from tests import factories
from tests.web.pages import get, page_of

pytestmark = pytest.mark.django_db


def test_speaker_page_shows_roles_names_and_claims(client: Client) -> None:
    speaker = factories.SpeakerFactory.create(name="Kim Joon-hyung", description="A scholar.", wikidata_id="Q1")
    SpeakerAlias.objects.create(speaker=speaker, name="김준형", language="ko")
    university = factories.OrganisationFactory.create(name="Handong University")
    factories.AffiliationFactory.create(
        speaker=speaker, organisation=university, title="Professor", start="2000", end="2019-05"
    )
    claim = factories.ClaimFactory.create(speaker=speaker)
    publishing.publish(claim, by="ed")

    page = get(client, f"/speakers/{speaker.slug}/")

    assert "A scholar." in page.text
    assert "김준형" in page.text
    assert "2000 to May 2019 Professor , Handong University" in page.text
    assert claim.text in page.text
    assert "https://www.wikidata.org/wiki/Q1" in page.links()
    assert page.all("link", rel="canonical") == [
        {"rel": "canonical", "href": f"http://testserver/speakers/{speaker.slug}/"}
    ]


def test_speaker_page_of_an_organisation_names_its_people(client: Client) -> None:
    affiliation = factories.AffiliationFactory.create(speaker__name="Somebody")
    publishing.publish(affiliation.speaker, by="ed")

    page = get(client, f"/speakers/{affiliation.organisation.slug}/")

    assert "People with a role here, now or earlier Somebody" in page.text


def test_speaker_page_shows_claims_that_only_pass_through(client: Client) -> None:
    link = factories.AttributionLinkFactory.create()
    publishing.publish(link.appearance.claim, by="ed")

    page = get(client, f"/speakers/{link.speaker.slug}/")

    assert "No public claim is recorded as made by this speaker." in page.text
    assert "Named in other claims" in page.text
    assert link.appearance.claim.text in page.text


def test_source_page_says_what_it_is_and_what_it_is_used_for(client: Client, claim: Claim) -> None:
    source = factories.SourceFactory.create(
        title="A report",
        publisher="The Paper",
        authors="A. Writer\nB. Writer",
        published_on="2019-02",
        url="https://paper.example/report",
        archived_url="https://archive.example/report",
        language="ko",
    )
    factories.AppearanceFactory.create(claim=claim, source=source)
    factories.EvidenceFactory.create(claim=claim, source=source)
    factories.VerdictFactory.create(claim=claim)
    publishing.publish(claim, by="ed")

    page = get(client, f"/sources/{source.slug}/")

    assert "Article A report" in page.text
    assert "Publisher The Paper By A. Writer , B. Writer Published February 2019 Language Korean" in page.text
    assert "appears here, and the finding rests on it" in page.text
    assert [link["href"] for link in page.all("a", rel="noopener external")] == [
        "https://paper.example/report",
        "https://archive.example/report",
    ]


def test_source_page_of_a_source_without_address(client: Client) -> None:
    source = factories.SourceFactory.create(url="")
    publishing.publish(source, by="ed")

    page = get(client, f"/sources/{source.slug}/")

    assert "Date not known" in page.text
    assert page.all("a", rel="noopener external") == []


def test_topic_page_shows_its_claims(client: Client, claim: Claim) -> None:
    topic = factories.TopicFactory.create(name="Trade", description="Who sells what.")
    claim.topics.add(topic)
    publishing.publish(claim, by="ed")

    page = get(client, f"/topics/{topic.slug}/")

    assert "Topic Trade Who sells what." in page.text
    assert claim.text in page.text


def test_topic_page_leads_to_the_rest_of_many_claims(client: Client) -> None:
    topic = factories.TopicFactory.create()
    for claim in factories.ClaimFactory.create_batch(21):
        claim.topics.add(topic)
        publishing.publish(claim, by="ed")

    page = get(client, f"/topics/{topic.slug}/")

    assert page.text.count("Not reviewed yet") == 20
    assert f"/claims/?topic={topic.slug}" in page.links()


def test_rating_scale_page_defines_each_rating(client: Client, full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")

    page = get(client, "/rating-scales/truth/")

    labels = ["False", "Mostly false", "Half true", "Mostly true", "True", "Unproven", "Not checkable"]
    badges = [str(found["class"]) for found in page.all("span") if str(found.get("class")).startswith("badge ")]
    assert [label for label in labels if label not in page.text] == []
    assert badges == [f"badge badge--{step}" for step in ["1", "2", "3", "4", "5", "apart", "apart"]]
    assert page.text.count("It stands apart from the scale.") == 2
    assert "/claims/?rating=mostly-false&scale=truth" in page.links()


@pytest.mark.parametrize("count", [1, 3])
def test_entity_pages_queries_are_constant(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = factories.full_claim()
    source, topic = first.appearances.all()[0].source, first.topics.all()[0]
    publishing.publish(first, by="ed")
    for claim in factories.ClaimFactory.create_batch(count - 1, speaker=first.speaker):
        claim.topics.add(topic)
        factories.AppearanceFactory.create(claim=claim, source=source)
        publishing.publish(claim, by="ed")

    with django_assert_num_queries(3):  # head, speaker, all that its page lists
        speaker_page = get(client, f"/speakers/{first.speaker.slug}/")
    with django_assert_num_queries(3):  # head, source with edition, claims
        source_page = get(client, f"/sources/{source.slug}/")
    with django_assert_num_queries(3):  # head, topic with edition, claims
        topic_page = get(client, f"/topics/{topic.slug}/")
    with django_assert_num_queries(2):  # head, scale with edition
        get(client, "/rating-scales/truth/")

    shown = [len(page.all("h3", **{"class": "item__claim"})) for page in (speaker_page, source_page, topic_page)]
    assert shown == [count + 1, count, count]  # the forecast stands among those that came due, too


def test_render_entity_previews_a_draft(rf: RequestFactory) -> None:
    speaker = factories.SpeakerFactory.create(name="A draft")

    page = page_of(render_entity(rf.get("/"), publishing.preview(speaker), None, notice="Only you see this."))

    assert "Only you see this. Person A draft" in page.text
    assert page.all("link", rel="canonical") == []
