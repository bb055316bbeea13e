from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from tests import factories

TRANSLATED = ["affiliation", "appearance", "claim", "evidence", "page", "rating", "ratingscale", "source"]
TRANSLATED += ["speaker", "topic"]
# Everything that an editor works on, inlines too: Django asks for each table's own permission.
TABLES = [
    "affiliation",
    "appearance",
    "attributionlink",
    "claim",
    "claimrelation",
    "evidence",
    "page",
    "partner",
    "partnerkey",
    "rating",
    "ratingscale",
    "source",
    "speaker",
    "speakeralias",
    "tip",
    "topic",
    "verdict",
    *(f"{kind}translation" for kind in TRANSLATED),
]
MAY: dict[str, list[str]] = {
    "staff": [],
    "viewer": ["view"],
    "editor": ["view", "add", "change", "delete"],
    "publisher": ["view", "add", "change", "delete", "publish"],
}
PEOPLE = ["anonymous", *MAY, "superuser"]

As = Callable[[str], Client]


@pytest.fixture
def logged_in_as(db: None) -> As:
    """Gives a client for one of PEOPLE."""

    def logged_in(person: str) -> Client:
        client = Client()
        if person != "anonymous":
            user = factories.UserFactory.create(username=person, is_staff=True, is_superuser=person == "superuser")
            codenames = [f"{verb}_{table}" for verb in MAY.get(person, []) for table in TABLES]
            user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
            client.force_login(user)
        return client

    return logged_in


@pytest.fixture
def desk(logged_in_as: As) -> Client:
    """The client of someone who edits and publishes."""
    return logged_in_as("publisher")
