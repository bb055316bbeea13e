"""Text from outside stays text, and what is not public stays inside."""

import json
from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.web.pages import Page, get

pytestmark = pytest.mark.django_db

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)><!-- \u202e& \u2028" + "W" * 200
SECRET = "never-for-readers"


def addresses(claim: Claim) -> list[str]:
    """Every page on which a full claim, or a part of it, stands."""
    evidence, topic, appearance = claim.evidence.first(), claim.topics.first(), claim.appearances.first()
    assert evidence
    assert topic
    assert appearance
    return [
        "/",
        "/claims/",
        f"/claims/?q=W&speaker={claim.speaker.slug}&source={evidence.source.slug}",
        "/search/?q=alert+W*",
        f"/search/?q={quote(HOSTILE[:290])}",
        f"/search/?q=alert&speaker={claim.speaker.slug}&fragment=1",
        f"/claims/{claim.slug}/",
        f"/claims/{claim.slug}/editions/1/",
        f"/claims/{claim.slug}/compare/?from=1&to=2",
        f"/claims/{claim.slug}/?as_of=9999-12-31",
        f"/speakers/{claim.speaker.slug}/",
        f"/sources/{evidence.source.slug}/",
        f"/sources/{appearance.source.slug}/",
        f"/topics/{topic.slug}/",
        "/rating-scales/truth/",
        "/forecasts/",
        "/corrections/",
        "/methodology/",
        "/about/",
        "/verify/",
    ]


def hostile_claim() -> Claim:
    speaker = factories.SpeakerFactory.create(name=HOSTILE[:200], description=HOSTILE)
    claim = factories.full_claim(text=HOSTILE, speaker=speaker, slug="hostile", due_words=HOSTILE, criterion=HOSTILE)
    for item in claim.evidence.all():
        item.quotation, item.note, item.locator = HOSTILE, HOSTILE, HOSTILE[:200]
        item.source.title = item.source.publisher = HOSTILE[:200]
        item.source.authors = HOSTILE
        item.source.save()
        item.save()
    for appearance in claim.appearances.all():
        appearance.quotation, appearance.prefix, appearance.suffix = HOSTILE, HOSTILE[:200], HOSTILE[:200]
        appearance.save()
    claim.verdict.summary = claim.verdict.rationale = HOSTILE
    claim.verdict.save()
    publishing.publish(claim, by="ed")
    claim.verdict.summary += "."
    claim.verdict.save()
    publishing.correct(claim, by="ed", reason=HOSTILE)
    return claim


def assert_harmless(page: Page) -> None:
    """Nothing on the page runs, styles or loads that is not ours."""
    attributes = [name for _, found in page.elements for name in found]
    assert [name for name in attributes if name.startswith("on") or name == "style"] == []
    scripts = page.all("script")
    assert {found.get("type") for found in scripts if "src" not in found} <= {"application/ld+json"}
    assert {found["src"] for found in scripts if "src" in found} <= {"/static/claims/search.js"}
    assert page.all("img") + page.all("iframe") + page.all("style") == []
    loaded = [str(link["href"]) for link in page.all("link") if link["rel"] not in {"canonical", "alternate"}]
    assert [address for address in loaded if not address.startswith("/static/claims/")] == []
    assert [link for link in page.links() if not link.startswith(("/", "?", "#", "http://", "https://"))] == []


def test_pages_show_hostile_text_as_text(client: Client) -> None:
    claim = hostile_claim()

    for address in addresses(claim):
        assert_harmless(get(client, address))


def test_claim_page_shows_hostile_text_whole(client: Client) -> None:
    claim = hostile_claim()

    page = get(client, f"/claims/{claim.slug}/")

    assert "".join(page.data).count(HOSTILE[:50]) >= 10
    assert json.loads(page.scripts[0])["claimReviewed"] == HOSTILE
    assert "<" not in page.scripts[0]


def test_pages_never_show_what_is_not_public(client: Client) -> None:
    claim = factories.full_claim()
    for item in [claim, claim.speaker, *claim.topics.all(), *(evidence.source for evidence in claim.evidence.all())]:
        item.internal_note = SECRET
        item.save()
    draft = factories.ClaimFactory.create(text=SECRET, speaker=claim.speaker)
    factories.ClaimRelationFactory.create(claim=claim, target=draft)
    factories.ClaimRelationFactory.create(claim=draft, target=claim)
    publishing.publish(claim, by=SECRET)
    claim.verdict.summary = "It was not so."
    claim.verdict.save()
    publishing.correct(claim, by=SECRET, reason="A reason.")
    claim.text, claim.criterion, claim.due_end = SECRET, SECRET, date(2030, 1, 1)
    claim.save()
    claim.speaker.name = SECRET
    claim.speaker.save()

    leaks = [address for address in addresses(claim) if SECRET in client.get(address).content.decode()]

    assert leaks == []
