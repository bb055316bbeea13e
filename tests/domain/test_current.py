from typing import Any
from uuid import UUID

import pytest

from claims.domain import publishing
from claims.domain.current import current_documents, public_slugs
from claims.domain.documents import key_of
from claims.models import Claim
from tests import factories
from tests.histories import changed

pytestmark = pytest.mark.django_db


def test_current_documents_of_what_is_public(claim: Claim) -> None:
    draft = factories.ClaimFactory.create()
    retracted = factories.ClaimFactory.create()
    publishing.publish_all([claim, retracted], by="ed")
    publishing.retract(retracted, by="ed", reason="It was never said.")
    keys = [key_of(item) for item in (claim, claim.speaker, draft, retracted)]

    found = current_documents([*keys, ("speaker", str(UUID(int=1)))])

    assert found == {keys[0]: publishing.preview(claim), keys[1]: publishing.preview(claim.speaker)}


@pytest.mark.parametrize("claims", [1, 3])
def test_current_documents_asks_twice_for_any_number(claims: int, django_assert_num_queries: Any) -> None:
    items = [factories.ClaimFactory.create() for _ in range(claims)]
    publishing.publish_all(items, by="ed")
    keys = [key_of(item) for claim in items for item in (claim, claim.speaker)]

    with django_assert_num_queries(2):
        found = current_documents(keys)

    assert len(found) == 2 * claims


def test_public_slugs_are_told_apart_by_kind(claim: Claim) -> None:
    publishing.publish(changed(claim, slug="same"), by="ed")
    topic = factories.TopicFactory.create(slug="same")
    publishing.publish(topic, by="ed")

    found = public_slugs([("claim", "same"), ("topic", "same"), ("source", "same"), ("claim", "none")])

    assert found == [("claim", "same", claim.uid), ("topic", "same", topic.uid)]
