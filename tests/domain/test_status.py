import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.domain import documents, publishing
from claims.domain.current import current_documents
from claims.domain.drafts import MODELS
from claims.domain.errors import PublishingError
from claims.domain.status import PublicationState, ever_public, newest_edition, states_of, status_of
from claims.models import Claim, ClaimRelation, Publishable
from tests import factories
from tests.histories import changed, eventful

pytestmark = pytest.mark.django_db

DRAFT, PUBLISHED, CHANGED, RETRACTED = PublicationState


def test_status_of_a_draft(claim: Claim) -> None:
    assert status_of(claim) == DRAFT
    assert newest_edition(claim) is None


def test_status_when_published(full_claim: Claim) -> None:
    edition = publishing.publish(full_claim, by="ed")

    assert status_of(full_claim) == PUBLISHED
    assert newest_edition(full_claim) == edition


def test_status_when_retracted_and_published_again(claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="Wrong.")
    retracted = status_of(claim)
    publishing.publish(claim, by="ed")

    assert (retracted, status_of(claim)) == (RETRACTED, PUBLISHED)


def test_status_after_saving_without_a_public_change(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    changed(full_claim, internal_note="Ask again.")

    assert status_of(full_claim) == PUBLISHED


def _new_topic(claim: Claim) -> None:
    claim.topics.add(factories.TopicFactory.create())


def _new_evidence(claim: Claim) -> None:
    factories.EvidenceFactory.create(claim=claim)


def _other_verdict(claim: Claim) -> None:
    type(claim.verdict).objects.update(summary="Changed.")


def _no_chain(claim: Claim) -> None:
    claim.appearances.all()[0].attribution.all().delete()


def _rating_that_is_not_public(claim: Claim) -> None:
    rating = claim.verdict.rating.scale.ratings.create(slug="new", label="New", definition="New.", rank=9)
    type(claim.verdict).objects.update(rating=rating)


def _no_criterion(claim: Claim) -> None:
    changed(claim, criterion="")


@pytest.mark.parametrize(
    "change", [_new_topic, _new_evidence, _other_verdict, _no_chain, _rating_that_is_not_public, _no_criterion]
)
def test_status_after_a_change_of_a_part(full_claim: Claim, change: object) -> None:
    publishing.publish(full_claim, by="ed")
    assert callable(change)
    change(full_claim)

    assert status_of(Claim.objects.get()) == CHANGED


def test_status_when_only_something_named_has_changed(claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    changed(claim.speaker, name="Renamed")

    assert (status_of(claim), status_of(claim.speaker)) == (PUBLISHED, CHANGED)


def test_status_of_two_that_name_each_other(db: None) -> None:
    """A draft of one must not be taken for the published state in the other."""
    relation: ClaimRelation = factories.ClaimRelationFactory.create()
    publishing.publish_all([relation.claim, relation.target], by="ed")
    changed(relation.target, text="Changed.")

    states = states_of([relation.claim, relation.target])

    assert states == {relation.claim.uid: PUBLISHED, relation.target.uid: CHANGED}


def test_relation_to_a_draft_is_no_change(claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    factories.ClaimRelationFactory.create(claim=claim)

    assert status_of(claim) == PUBLISHED


def test_states_agree_with_previews() -> None:
    eventful()

    for model in MODELS.values():
        items = list(model._default_manager.all())
        public = {item.uid: state for item in items for state in [states_of(items)[item.uid]] if state != DRAFT}
        assert {uid: state for uid, state in public.items() if state != RETRACTED} == _by_preview(items)


def _by_preview(items: list[Publishable]) -> dict[object, PublicationState]:
    current = current_documents(documents.key_of(item) for item in items)
    return {
        item.uid: PUBLISHED if _preview(item) == current[documents.key_of(item)] else CHANGED
        for item in items
        if documents.key_of(item) in current
    }


def _preview(item: Publishable) -> object:
    try:
        return publishing.preview(item)
    except PublishingError:
        return None


def test_states_queries_do_not_grow(db: None) -> None:
    claims = [factories.full_claim() for _ in range(3)]
    publishing.publish_all(claims, by="ed")
    counts = []
    for items in (claims[:1], claims):
        with CaptureQueriesContext(connection) as queries:
            states_of(items)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_ever_public(claim: Claim) -> None:
    draft = factories.ClaimFactory.create()
    publishing.publish(claim, by="ed")
    publishing.retract(claim, by="ed", reason="Wrong.")

    assert ever_public([claim, draft]) == {claim.uid}
