import pytest

from claims.domain import publishing
from claims.models import Edition
from tests import factories
from tests.histories import changed

pytestmark = pytest.mark.django_db


def test_after_a_sequence_in_order() -> None:
    publishing.publish_all([factories.ClaimFactory.create() for _ in range(2)], by="ed")

    sequences = [edition.sequence for edition in Edition.objects.after(2)]

    assert sequences == [3, 4]


def test_of_a_slug_that_an_object_had_before() -> None:
    claim = factories.ClaimFactory.create(slug="old")
    publishing.publish(claim, by="ed")
    publishing.publish(changed(claim, slug="new"), by="ed")

    found = {slug: [edition.slug for edition in Edition.objects.of("claim", slug)] for slug in ("old", "new", "none")}

    assert found == {"old": ["new", "old"], "new": ["new", "old"], "none": []}


def test_of_a_slug_that_went_to_another_object() -> None:
    first = factories.ClaimFactory.create(slug="old")
    publishing.publish(first, by="ed")
    publishing.publish(changed(first, slug="new"), by="ed")
    second = factories.ClaimFactory.create(slug="old")
    publishing.publish(second, by="ed")

    assert [edition.uid for edition in Edition.objects.of("claim", "old")] == [second.uid]


def test_of_a_slug_of_another_kind() -> None:
    publishing.publish(factories.TopicFactory.create(slug="peace"), by="ed")

    assert list(Edition.objects.of("claim", "peace")) == []


def test_of_object_has_the_newest_first() -> None:
    claim = factories.ClaimFactory.create()
    publishing.publish(claim, by="ed")
    publishing.publish(changed(claim, text="It was so."), by="ed")

    assert [edition.number for edition in Edition.objects.of_object("claim", claim.uid)] == [2, 1]
