import json
from typing import Any

import pytest
from django.db import connection

from claims.domain import publishing, verifying
from claims.domain.errors import PublishingError
from claims.enums import Action
from claims.models import Claim, Edition, PublishedClaim, PublishedEntity, Speaker
from tests import factories
from tests.histories import changed

pytestmark = pytest.mark.django_db


def _log() -> list[tuple[str, str, int, str]]:
    """The record as (slug, action, number, note), in order."""
    return list(Edition.objects.order_by("sequence").values_list("slug", "action", "number", "note"))


def _document(edition: Edition | None) -> Any:
    assert edition is not None
    return json.loads(edition.document)


def test_publish_first_time(full_claim: Claim) -> None:
    edition = publishing.publish(full_claim, by="ed", note="It matters.")

    assert edition is not None
    assert (edition.action, edition.number, edition.author, edition.note) == (Action.PUBLISHED, 1, "ed", "It matters.")
    assert PublishedClaim.objects.get().edition == edition
    assert verifying.verify() == edition.sequence


def test_publish_unchanged(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    before = Edition.objects.count()

    assert publishing.publish(full_claim, by="ed") is None
    assert Edition.objects.count() == before


def test_publish_after_a_private_change(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    before = Edition.objects.count()

    assert publishing.publish(changed(full_claim, internal_note="Ask again."), by="ed") is None
    assert Edition.objects.count() == before


def test_publish_changed(claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    edition = publishing.publish(changed(claim, text="It was so."), by="ed", note="Clearer.")

    assert edition is not None
    assert (edition.action, edition.number, edition.note) == (Action.UPDATED, 2, "Clearer.")
    assert (_document(edition)["text"], PublishedClaim.objects.get().text) == ("It was so.", "It was so.")


def test_publish_reads_a_stale_instance_anew(claim: Claim) -> None:
    stale = Claim.objects.get(pk=claim.pk)
    changed(claim, text="It was so.")

    assert _document(publishing.publish(stale, by="ed"))["text"] == "It was so."


def test_publish_brings_what_is_named_along_and_first(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed", note="New.")

    kinds = list(Edition.objects.order_by("sequence").values_list("kind", flat=True))
    notes = dict(Edition.objects.values_list("kind", "note"))
    assert kinds == ["rating-scale"] + ["topic"] * 2 + ["source"] * 4 + ["speaker"] * 3 + ["claim"]
    assert notes == {"rating-scale": "", "topic": "", "source": "", "speaker": "", "claim": "New."}


def test_publish_leaves_drafts_of_what_is_named_alone(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    changed(full_claim.speaker, name="A draft")

    edition = publishing.publish(changed(full_claim, text="It was so."), by="ed")

    assert _document(edition)["speaker"]["name"] == PublishedEntity.objects.get(slug=full_claim.speaker.slug).name
    assert "A draft" not in "".join(Edition.objects.values_list("document", flat=True))


def test_publish_leaves_out_relations_to_private_claims(claim: Claim) -> None:
    private = factories.ClaimRelationFactory.create(claim=claim, target__text="Secret.").target

    alone = _document(publishing.publish(claim, by="ed"))
    publishing.publish(private, by="ed")
    together = _document(publishing.publish(claim, by="ed"))

    assert alone["relations"] == []
    assert together["relations"] == [
        {
            "kind": "contradicts",
            "claim": {"type": "claim", "id": str(private.uid), "slug": private.slug, "text": "Secret."},
        }
    ]


@pytest.mark.parametrize("criterion", ["", " \n"])
def test_publish_a_forecast_without_criterion(criterion: str) -> None:
    forecast = factories.ForecastFactory.create(criterion=criterion)

    with pytest.raises(PublishingError) as caught:
        publishing.publish(forecast, by="ed")

    assert str(caught.value) == "A forecast needs its criterion before it is published: what will settle it?"
    assert Edition.objects.count() == 0


def test_publish_with_a_rating_that_its_public_scale_lacks(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    scale = full_claim.verdict.rating.scale
    full_claim.verdict.rating = scale.ratings.create(slug="new", label="New", definition="New.", rank=9)
    full_claim.verdict.save()

    with pytest.raises(PublishingError, match=r"^The published scale “Truth scale” has no rating “new”"):
        publishing.publish(full_claim, by="ed")
    publishing.publish(scale, by="ed")

    assert _document(publishing.publish(full_claim, by="ed"))["verdict"]["rating"]["value"] == 9


def test_publish_under_a_slug_that_is_still_public_for_another(claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    slug = claim.slug
    changed(claim, slug="moved")
    other = factories.ClaimFactory.create(slug=slug)

    with pytest.raises(PublishingError) as caught:
        publishing.publish(other, by="ed")
    publishing.publish(claim, by="ed")
    publishing.publish(other, by="ed")

    assert str(caught.value) == f"The slug “{slug}” still belongs to another published claim."
    assert set(PublishedClaim.objects.values_list("uid", "slug")) == {(claim.uid, "moved"), (other.uid, slug)}


def test_publish_all_with_slugs_that_change_places() -> None:
    one, other = factories.ClaimFactory.create(slug="one"), factories.ClaimFactory.create(slug="other")
    publishing.publish_all([one, other], by="ed")
    changed(one, slug="between")
    changed(other, slug="one")
    changed(one, slug="other")

    publishing.publish_all([one, other], by="ed")

    assert set(PublishedClaim.objects.values_list("uid", "slug")) == {(one.uid, "other"), (other.uid, "one")}


def test_publish_all_or_none(claim: Claim) -> None:
    with pytest.raises(PublishingError, match="criterion"):
        publishing.publish_all([claim, factories.ForecastFactory.create(criterion="")], by="ed")

    assert (Edition.objects.count(), PublishedClaim.objects.count(), PublishedEntity.objects.count()) == (0, 0, 0)


def test_publish_all_publishes_what_they_share_once() -> None:
    speaker = factories.SpeakerFactory.create()
    claims = [factories.ClaimFactory.create(speaker=speaker) for _ in range(3)]

    editions = publishing.publish_all(claims, by="ed", note="New.")

    assert editions[0].slug == speaker.slug
    assert sorted(edition.slug for edition in editions[1:]) == sorted(claim.slug for claim in claims)
    assert [edition.note for edition in editions] == ["", "New.", "New.", "New."]


@pytest.mark.parametrize("claims", [1, 3])
def test_publish_all_asks_no_more_for_more_claims(claims: int, django_assert_num_queries: Any) -> None:
    items = [factories.full_claim() for _ in range(claims)]
    # PostgreSQL takes its lock with one more.
    expected = {"sqlite": 43, "postgresql": 44}[connection.vendor]

    with django_assert_num_queries(expected):
        publishing.publish_all(items, by="ed")


def test_correct_with_a_reason(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    full_claim.verdict.rating = factories.rating("true")
    full_claim.verdict.save()

    edition = publishing.correct(full_claim, by="ed", reason=" We misread the table. ")

    assert edition is not None
    assert (edition.action, edition.number, edition.note) == (Action.CORRECTED, 2, "We misread the table.")
    assert PublishedClaim.objects.get().rating_slug == "true"


def test_correct_unchanged(claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    assert publishing.correct(claim, by="ed", reason="We erred.") is None
    assert Edition.objects.filter(kind="claim").count() == 1


@pytest.mark.parametrize("reason", ["", " \n", "\u200b", "\u202e \ufeff"])
def test_correct_or_retract_without_a_reason(claim: Claim, reason: str) -> None:
    publishing.publish(claim, by="ed")
    before = _log()

    for change in (publishing.correct, publishing.retract):
        with pytest.raises(PublishingError) as caught:
            change(changed(claim, text="It was so."), by="ed", reason=reason)
        assert str(caught.value) == "Give the reason: readers see it beside the change."

    assert _log() == before


def test_correct_what_is_not_public(claim: Claim) -> None:
    with pytest.raises(PublishingError) as draft:
        publishing.correct(claim, by="ed", reason="We erred.")
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="We erred.")
    with pytest.raises(PublishingError) as retracted:
        publishing.correct(claim, by="ed", reason="We erred.")

    sentence = "Only what is public can be corrected. Publish it first."
    assert (str(draft.value), str(retracted.value)) == (sentence, sentence)


def test_retract_says_why_and_nothing_else(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")

    edition = publishing.retract(full_claim, by="ed", reason="It was never said.")

    assert (edition.action, edition.number, edition.note) == (Action.RETRACTED, 2, "It was never said.")
    assert sorted(_document(edition)) == ["id", "retracted", "schema", "slug", "type"]
    assert PublishedClaim.objects.count() == 0


def test_retract_what_is_not_public(claim: Claim) -> None:
    with pytest.raises(PublishingError) as draft:
        publishing.retract(claim, by="ed", reason="It was never said.")
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="It was never said.")
    with pytest.raises(PublishingError) as retracted:
        publishing.retract(claim, by="ed", reason="It was never said.")

    assert (str(draft.value), str(retracted.value)) == ("Only what is public can be retracted.",) * 2


def test_retract_what_a_public_page_names(claim: Claim) -> None:
    publishing.publish(claim, by="ed")

    with pytest.raises(PublishingError) as caught:
        publishing.retract(claim.speaker, by="ed", reason="Not a person.")
    publishing.retract(claim, by="ed", reason="It was never said.")
    publishing.retract(claim.speaker, by="ed", reason="Not a person.")

    assert str(caught.value) == "It is named by 1 published pages. Retract or change those first."
    assert PublishedEntity.objects.count() == 0


def test_retract_drops_the_relation_to_it(claim: Claim) -> None:
    related = factories.ClaimRelationFactory.create(claim=claim).target
    publishing.publish_all([claim, related], by="ed")

    publishing.retract(related, by="ed", reason="It was never said.")

    newest = Edition.objects.latest()
    assert (newest.uid, newest.action, newest.note) == (
        claim.uid,
        Action.UPDATED,
        "Renewed after a change of what is named here: Claim.",
    )
    assert _document(newest)["relations"] == []


def test_publish_again_after_retraction(claim: Claim) -> None:
    first = publishing.publish(claim, by="ed")
    assert first is not None
    publishing.retract(claim, by="ed", reason="It was never said.")

    again = publishing.publish(claim, by="ed", note="It was said after all.")

    assert _log()[1:] == [
        (claim.slug, "published", 1, ""),
        (claim.slug, "retracted", 2, "It was never said."),
        (claim.slug, "published", 3, "It was said after all."),
    ]
    row = PublishedClaim.objects.get()
    assert (row.first_sequence, row.first_published_at, row.edition) == (first.sequence, first.published_at, again)


def test_preview_is_what_publishing_gives(full_claim: Claim) -> None:
    previewed = publishing.preview(full_claim)

    assert (Edition.objects.count(), previewed) == (0, _document(publishing.publish(full_claim, by="ed")))


def test_preview_says_why_it_cannot_be_published() -> None:
    with pytest.raises(PublishingError, match="criterion"):
        publishing.preview(factories.ForecastFactory.create(criterion=""))


def test_draft_edits_reach_the_record_only_when_published(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    before = _log()
    changed(full_claim, text="MARKED", slug="marked")
    changed(Speaker.objects.get(pk=full_claim.speaker.pk), name="MARKED")
    full_claim.evidence.update(note="MARKED")

    publishing.publish(factories.ClaimFactory.create(speaker=full_claim.speaker), by="ed")

    assert _log()[: len(before)] == before
    assert "MARKED" not in "".join(Edition.objects.values_list("document", flat=True)).upper()


def test_publish_does_not_bring_back_a_retracted_speaker(claim: Claim) -> None:
    publishing.publish(claim.speaker, by="ed")
    publishing.retract(claim.speaker, by="ed", reason="Not who we thought.")
    before = Edition.objects.count()

    with pytest.raises(PublishingError) as error:
        publishing.publish(claim, by="ed")

    slug = claim.speaker.slug
    assert str(error.value) == f"It names a speaker that was retracted ({slug}). Publish that again first."
    assert Edition.objects.count() == before


def test_publish_of_what_was_deleted_meanwhile(claim: Claim) -> None:
    Claim.objects.all().delete()

    with pytest.raises(PublishingError) as error:
        publishing.publish(claim, by="ed")

    assert str(error.value) == "It is no longer on the desk: someone has deleted it."


def test_publish_all_appends_in_the_order_given(db: None) -> None:
    claims = [factories.ClaimFactory.create(slug=slug) for slug in ("b", "c", "a")]

    editions = publishing.publish_all([claims[2], claims[0], claims[1]], by="ed")

    assert [edition.slug for edition in editions if edition.kind == "claim"] == ["a", "b", "c"]
