"""The strip above a form: where the object stands, and what is offered about it."""

import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Topic
from tests import factories
from tests.admin.forms import path
from tests.histories import changed


def _publication(client: Client, topic: Topic) -> dict[str, object]:
    page = client.get(path("topic", "change", topic.pk))
    publication = page.context["publication"]
    edition = publication["edition"]
    return {
        "state": publication["state"].value,
        "edition": edition and edition.number,
        "offered": [name for name, _, _ in publication["changes"]],
        "public": page.context["absolute_url"],
        "deletable": page.context["has_delete_permission"],
    }


@pytest.fixture
def topic(db: None) -> Topic:
    return factories.TopicFactory.create(name="Arms")


def test_draft(desk: Client, topic: Topic) -> None:
    assert _publication(desk, topic) == {
        "state": "draft",
        "edition": None,
        "offered": ["publish"],
        "public": None,
        "deletable": True,
    }


def test_published(desk: Client, topic: Topic) -> None:
    publishing.publish(topic, by="ed")

    assert _publication(desk, topic) == {
        "state": "published",
        "edition": 1,
        "offered": ["retract"],
        "public": "/topics/arms/",
        "deletable": False,
    }


def test_changed_with_another_slug_links_to_the_published_one(desk: Client, topic: Topic) -> None:
    publishing.publish(topic, by="ed")
    changed(topic, slug="weapons")

    assert _publication(desk, topic) == {
        "state": "changed",
        "edition": 1,
        "offered": ["publish", "correct", "retract"],
        "public": "/topics/arms/",
        "deletable": False,
    }


def test_retracted(desk: Client, topic: Topic) -> None:
    publishing.publish(topic, by="ed")
    publishing.retract(topic, by="ed", reason="Too vague.")

    page = desk.get(path("topic", "change", topic.pk))

    assert page.content.decode().count("by ed: “Too vague.”") == 1
    assert _publication(desk, topic) == {
        "state": "retracted",
        "edition": 2,
        "offered": ["publish"],
        "public": None,
        "deletable": False,
    }


def test_popup_offers_no_publication(desk: Client, db: None) -> None:
    page = desk.get(path("topic", "add"), {"_popup": "1"})

    assert (page.context["show_publish"], page.content.decode().count("_publish")) == (False, 0)
