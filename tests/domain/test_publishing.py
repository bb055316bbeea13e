import pytest

from claims.domain import publishing, verifying
from claims.enums import Action
from claims.models import Claim, Edition, PublishedClaim

pytestmark = pytest.mark.django_db


def test_publish_first_time(full_claim: Claim) -> None:
    edition = publishing.publish(full_claim, by="ed")

    assert edition is not None
    assert edition.action == Action.PUBLISHED
    assert PublishedClaim.objects.get().edition == edition
    assert verifying.verify() == edition.sequence


def test_publish_unchanged(full_claim: Claim) -> None:
    publishing.publish(full_claim, by="ed")
    before = Edition.objects.count()

    assert publishing.publish(full_claim, by="ed") is None
    assert Edition.objects.count() == before
