import pytest

from claims.domain import merging, publishing
from claims.domain.moved import present_slug
from tests import factories
from tests.histories import changed

pytestmark = pytest.mark.django_db


def test_slug_of_what_is_public() -> None:
    topic = factories.TopicFactory.create(slug="new")
    publishing.publish(topic, by="ed")

    assert (present_slug("topic", "new"), present_slug("speaker", "new")) == ("new", None)


def test_slug_of_what_was_renamed_twice() -> None:
    topic = factories.TopicFactory.create(slug="first")
    for slug in ("first", "second", "third"):
        publishing.publish(changed(topic, slug=slug), by="ed")

    assert [present_slug("topic", slug) for slug in ("first", "second", "third")] == ["third"] * 3


def test_slug_that_another_has_by_now() -> None:
    one, other = factories.TopicFactory.create(slug="one"), factories.TopicFactory.create(slug="other")
    publishing.publish(one, by="ed")
    publishing.publish(changed(one, slug="first"), by="ed")
    publishing.publish(changed(other, slug="one"), by="ed")

    assert present_slug("topic", "one") == "one"


def test_slug_of_whoever_was_merged_and_renamed() -> None:
    goes, stays = (factories.SpeakerFactory.create(slug=slug, name=slug) for slug in ("goes", "stays"))
    publishing.publish_all([goes, stays], by="ed")
    merging.merge(goes, stays, by="ed", reason="One person.")
    stays.refresh_from_db()
    publishing.publish(changed(stays, slug="stayed"), by="ed")

    assert (present_slug("speaker", "goes"), present_slug("speaker", "stays")) == ("stayed", "stayed")


def test_slug_of_what_was_retracted() -> None:
    topic = factories.TopicFactory.create(slug="gone")
    publishing.publish(topic, by="ed")
    publishing.retract(topic, by="ed", reason="Too wide.")

    assert present_slug("topic", "gone") is None
