"""What the tests of the Fact Check Tools API share: short ways to publish fact checks and to ask."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from claims.domain import publishing
from tests import factories

SEARCH = "/v1alpha1/claims:search"

Ask = Callable[..., Any]


def checked(text: str, *, reviewed_on: str = "2019-03-01", rating: str = "false", **fields: Any) -> None:
    """Publish a claim with a verdict."""
    claim = factories.ClaimFactory.create(text=text, **fields)
    day = date.fromisoformat(reviewed_on)
    factories.VerdictFactory.create(claim=claim, reviewed_on=day, rating=factories.rating(rating))
    publishing.publish(claim, by="ed")


@pytest.fixture
def ask(client: Client) -> Ask:
    """Give the JSON of a search that must answer 200."""

    def get(**parameters: str | int) -> Any:
        response = client.get(SEARCH, parameters)
        assert (response.status_code, response["Content-Type"]) == (200, "application/json"), response.content
        return response.json()

    return get


@pytest.fixture
def texts(ask: Ask) -> Ask:
    """Give the texts of the claims that a search finds."""
    return lambda **parameters: [claim["text"] for claim in ask(**parameters).get("claims", [])]


@pytest.fixture
def refused(client: Client) -> Ask:
    """Give the message of a search that must answer 400 in Google's shape."""

    def get(query: str) -> Any:
        response = client.get(f"{SEARCH}?{query}")
        assert (response.status_code, response["Content-Type"]) == (400, "application/json"), response.content
        error = response.json()["error"]
        assert (sorted(error), error["code"], error["status"]) == (
            ["code", "message", "status"],
            400,
            "INVALID_ARGUMENT",
        )
        return error["message"]

    return get
