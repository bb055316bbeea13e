import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.domain import publishing, verifying
from claims.domain.errors import PublishingError
from claims.domain.planning import Change, carry_out, plan
from claims.models import Claim, Edition, PublishedClaim
from tests import factories
from tests.histories import changed

pytestmark = pytest.mark.django_db


def test_plan_changes_nothing(full_claim: Claim) -> None:
    plan([full_claim], Change.PUBLISH)

    assert not Edition.objects.exists()


def test_plan_says_what_publishing_then_does(full_claim: Claim) -> None:
    planned = plan([full_claim], Change.PUBLISH)

    carry_out([full_claim], Change.PUBLISH, by="ed", note="", seen=planned.fingerprint)

    published = list(Edition.objects.exclude(kind="claim").values_list("uid", flat=True))
    assert sorted(item.uid for item in planned.along) == sorted(published)
    assert planned.steps[0].after == publishing.preview(full_claim)
    assert planned.changes_something
    assert not plan([full_claim], Change.PUBLISH).changes_something


def test_plan_with_a_claim_that_comes_along_in_the_same_choice(db: None) -> None:
    relation = factories.ClaimRelationFactory.create()

    alone, together = (plan(items, Change.PUBLISH) for items in ([relation.claim], [relation.claim, relation.target]))

    assert (alone.hidden, together.hidden) == ([relation.target], [])


def test_carry_out_of_another_plan(claim: Claim) -> None:
    seen = plan([claim], Change.PUBLISH).fingerprint
    changed(claim, text="Changed.")

    with pytest.raises(PublishingError, match="Something changed since this page was opened"):
        carry_out([claim], Change.PUBLISH, by="ed", note="", seen=seen)

    assert not Edition.objects.exists()


def test_carry_out_after_the_record_moved_on(claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    changed(claim, text="Changed.")
    seen = plan([claim], Change.CORRECT).fingerprint
    publishing.publish(claim, by="colleague")

    with pytest.raises(PublishingError, match="Something changed since this page was opened"):
        carry_out([claim], Change.CORRECT, by="ed", note="Why.", seen=seen)

    assert Edition.objects.filter(kind="claim").count() == 2


@pytest.mark.parametrize("change", Change)
def test_carry_out_for_several(db: None, change: Change) -> None:
    relation = factories.ClaimRelationFactory.create()
    claims = [relation.claim, relation.target]
    if change != Change.PUBLISH:
        publishing.publish_all(claims, by="ed")
        for claim in claims:
            changed(claim, text=f"{claim.text} Changed.")

    editions = carry_out(claims, change, by="ed", note="Why.", seen=plan(claims, change).fingerprint)

    action = {"publish": "published", "correct": "corrected", "retract": "retracted"}[change]
    assert [(edition.uid, edition.action) for edition in editions] == [(claim.uid, action) for claim in claims]
    assert PublishedClaim.objects.count() == (0 if change == Change.RETRACT else 2)
    assert verifying.verify() == Edition.objects.count()


def test_carry_out_for_several_of_which_one_cannot(claim: Claim) -> None:
    publishing.publish(claim, by="ed")
    free = factories.SpeakerFactory.create()
    publishing.publish(free, by="ed")
    items = [free, claim.speaker]
    before = Edition.objects.count()

    with pytest.raises(PublishingError, match="It is named by 1 published pages"):
        carry_out(items, Change.RETRACT, by="ed", note="Why.", seen=plan(items, Change.RETRACT).fingerprint)

    assert Edition.objects.count() == before


def test_plan_queries_do_not_grow(db: None) -> None:
    claims = [factories.full_claim() for _ in range(3)]
    publishing.publish_all(claims, by="ed")
    counts = []
    for items in (claims[:1], claims):
        for claim in items:
            changed(claim, text=f"{claim.text}.")
        with CaptureQueriesContext(connection) as queries:
            plan(items, Change.PUBLISH)
        counts.append(len(queries))

    assert counts[0] == counts[1]
