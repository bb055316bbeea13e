"""A change of something public reaches what names it, from published documents only."""

import json
from typing import Any

import pytest
from django.db import connection

from claims.domain import publishing, verifying
from claims.domain.errors import PublishingError
from claims.models import Claim, Edition, PublishedClaim
from tests import factories
from tests.histories import changed

pytestmark = pytest.mark.django_db


def _public(claim: Claim) -> Any:
    return json.loads(PublishedClaim.objects.get(uid=claim.uid).edition.document)


def _appended_after(sequence: int) -> list[tuple[str, str, str]]:
    return list(Edition.objects.after(sequence).values_list("slug", "action", "note"))


def test_renew_claims_of_a_renamed_speaker(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    before = _public(full_claim)
    head = Edition.objects.latest().sequence

    publishing.publish(changed(full_claim.speaker, name="Renamed"), by="ed", note="A new name.")

    after = _public(full_claim)
    assert _appended_after(head) == [
        (full_claim.speaker.slug, "updated", "A new name."),
        (full_claim.slug, "updated", "Renewed after a change of what is named here: Speaker."),
    ]
    assert [after["speaker"]["name"], *(each["speaker"]["name"] for each in after["appearances"])] == ["Renamed"] * 3
    assert {name for name in after if after[name] != before[name]} == {"speaker", "appearances"}


def test_renew_leaves_a_draft_in_progress_private(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    text = full_claim.text
    changed(full_claim, text="A draft.", slug="draft")
    full_claim.verdict.delete()

    publishing.publish(changed(full_claim.speaker, name="Renamed"), by="ed")

    public = _public(full_claim)
    assert (public["text"], public["speaker"]["name"], public["verdict"]["summary"]) == (
        text,
        "Renamed",
        "It is not so.",
    )
    assert "draft" not in "".join(Edition.objects.values_list("document", flat=True)).lower()


def test_renew_members_of_a_renamed_organisation_and_their_claims(full_claim: Claim) -> None:
    organisation = full_claim.speaker.affiliations.get().organisation
    publishing.publish(full_claim, by="ed")
    head = Edition.objects.latest().sequence

    publishing.publish(changed(organisation, name="Renamed", slug="renamed"), by="ed")

    assert [slug for slug, _, _ in _appended_after(head)] == ["renamed", full_claim.speaker.slug, full_claim.slug]
    assert _public(full_claim)["speaker"]["roles"] == [
        {"title": "Envoy", "organisation": {"id": str(organisation.uid), "slug": "renamed", "name": "Renamed"}}
    ]


def test_renew_claims_of_a_speaker_with_a_new_role(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    factories.AffiliationFactory.create(speaker=full_claim.speaker, title="Minister", start="2019", end="2019")

    publishing.publish(full_claim.speaker, by="ed")

    assert [role["title"] for role in _public(full_claim)["speaker"]["roles"]] == ["Envoy", "Minister"]


def test_renew_verdicts_and_the_relation_of_a_claim_to_them(full_claim: Claim) -> None:
    related = factories.full_claim()
    factories.ClaimRelationFactory.create(claim=full_claim, target=related)
    publishing.publish_all([full_claim, related], by="ed")
    scale = full_claim.verdict.rating.scale
    scale.ratings.filter(slug="false").update(label="Wrong")

    publishing.publish(changed(scale, name="Renamed"), by="ed")

    ratings = [_public(claim)["verdict"]["rating"] for claim in (full_claim, related)]
    assert [(rating["label"], rating["scale"]["name"]) for rating in ratings] == [("Wrong", "Renamed")] * 2


def test_renew_claims_that_relate_to_a_changed_claim(claim: Claim) -> None:
    related = factories.ClaimRelationFactory.create(claim=claim).target
    publishing.publish_all([claim, related], by="ed")

    publishing.publish(changed(related, text="It was so.", slug="was-so"), by="ed")

    shown = _public(claim)["relations"][0]["claim"]
    assert (shown["text"], shown["slug"]) == ("It was so.", "was-so")


def test_renew_claims_of_a_changed_source_and_topic(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    source = full_claim.evidence.all()[0].source
    topic = full_claim.topics.all()[0]

    publishing.publish_all([changed(source, title="Renamed"), changed(topic, name="Renamed")], by="ed")

    public = _public(full_claim)
    assert (public["verdict"]["evidence"][0]["source"]["title"], public["topics"][0]["name"]) == ("Renamed", "Renamed")
    renewed = Edition.objects.latest()
    assert renewed.note == "Renewed after a change of what is named here: Source, Topic."
    assert json.loads(renewed.note_translations or "") == [
        {"language": "ar", "note": "حُدّث بعد تغيّر ما يُذكر هنا: مصدر، موضوع."},
        {"language": "ko", "note": "여기에 나오는 항목이 바뀌어 갱신했습니다: 주제, 출처."},
    ]


@pytest.mark.usefixtures("korean_newsroom")
def test_renewal_is_explained_in_the_language_of_the_newsroom(claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    publishing.publish(changed(claim.speaker, name="Renamed"), by="ed")

    renewed = Edition.objects.latest()
    assert renewed.note == "여기에 나오는 항목이 바뀌어 갱신했습니다: 발언자."
    assert [row["language"] for row in json.loads(renewed.note_translations or "")] == ["ar", "en"]


def test_renew_nothing_that_shows_none_of_the_change(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    head = Edition.objects.latest().sequence

    publishing.publish(changed(full_claim.speaker, description="Someone."), by="ed")

    assert _appended_after(head) == [(full_claim.speaker.slug, "updated", "")]


def test_renew_refuses_to_lose_a_rating_in_use(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    before = Edition.objects.count()
    rating = full_claim.verdict.rating
    full_claim.verdict.delete()
    scale = rating.scale
    rating.delete()

    with pytest.raises(PublishingError) as caught:
        publishing.publish(scale, by="ed")

    assert str(caught.value) == (
        "The published scale “Truth scale” has no rating “false”, which a claim uses. Publish the scale with this "
        "rating first, or give the claim another."
    )
    assert Edition.objects.count() == before


@pytest.mark.parametrize("claims", [1, 3])
def test_renew_asks_no_more_for_more_claims(claims: int, django_assert_num_queries: Any) -> None:
    speaker = factories.SpeakerFactory.create()
    publishing.publish_all([factories.ClaimFactory.create(speaker=speaker) for _ in range(claims)], by="ed")
    changed(speaker, name="Renamed")
    # PostgreSQL takes its lock with one more.
    expected = {"sqlite": 34, "postgresql": 35}[connection.vendor]

    with django_assert_num_queries(expected):
        publishing.publish(speaker, by="ed")

    assert verifying.verify() == 2 * (1 + claims)
