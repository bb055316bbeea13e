"""Nothing of the desk reaches a partner before it is published, and what is not public never does."""

import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Claim
from tests import factories
from tests.api.v1.conftest import PATHS, publish

pytestmark = pytest.mark.usefixtures("so")


def test_draft_edit_reaches_nothing_until_published(client: Client, full_claim: Claim) -> None:
    publish(full_claim)
    addresses = [
        "/claims/",
        f"/claims/{full_claim.slug}/",
        f"/claims/{full_claim.slug}/editions/",
        "/changes/?limit=1000",
        "/speakers/",
        "/claims/?q=marked",
        f"/claims/?speaker={full_claim.speaker.slug}",
    ]
    before = [client.get(f"/api/v1{address}").content for address in addresses]

    full_claim.text = full_claim.internal_note = "marked"
    full_claim.save()
    full_claim.verdict.summary = "marked"
    full_claim.verdict.save()
    full_claim.speaker.name = "marked"
    full_claim.speaker.save()
    factories.ClaimFactory.create(text="marked")
    after = [client.get(f"/api/v1{address}").content for address in addresses]
    publishing.publish(full_claim, by="ed")
    published = client.get(f"/api/v1/claims/{full_claim.slug}/").json()

    assert after == before
    assert (published["text"], published["verdict"]["summary"]) == ("marked", "marked")


def test_what_is_not_public_is_in_no_answer(client: Client, full_claim: Claim) -> None:
    full_claim.internal_note = "marked"
    full_claim.save()
    publishing.publish(full_claim, by="marked-author")

    answers = [client.get(f"/api/v1{path}").content for path in [*PATHS, "/speakers/", "/sources/", "/rating-scales/"]]

    assert [answer for answer in answers if b"marked" in answer] == []


def test_draft_claim_is_unknown(client: Client) -> None:
    draft = factories.ClaimFactory.create()

    response = client.get(f"/api/v1/claims/{draft.slug}/")

    assert (response.status_code, response.json()["title"]) == (404, "Not found")
