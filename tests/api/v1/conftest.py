"""What the tests of the API share: short ways to publish and to ask."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from claims.domain import publishing
from claims.models import Edition, Publishable
from tests import factories

API = "/api/v1"
# One address of each kind, for the fixture `so`.
PATHS = ["/", "/changes/", "/claims/", "/claims/so/", "/claims/so/editions/", "/claims/so/editions/1/", "/topics/"]

Ask = Callable[..., Any]


def publish(item: Publishable, note: str = "") -> Edition:
    edition = publishing.publish(item, by="ed", note=note)
    assert edition is not None
    return edition


@pytest.fixture
def so(db: None) -> Edition:
    """A public claim whose slug is `so`."""
    return publish(factories.ClaimFactory.create(slug="so", text="It is so."))


@pytest.fixture
def ask(client: Client) -> Ask:
    """Give the JSON of an address below /api/v1, which must answer 200."""

    def get(path: str, **parameters: str | int) -> Any:
        response = client.get(f"{API}{path}", parameters)
        assert (response.status_code, response["Content-Type"]) == (200, "application/json"), response.content
        return json.loads(response.content)

    return get


@pytest.fixture
def refused(client: Client) -> Ask:
    """Give the errors, by parameter, of an address below /api/v1 that must answer 400."""

    def get(path: str) -> Any:
        response = client.get(f"{API}{path}")
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json"), response.content
        problem = json.loads(response.content)
        assert (problem["type"], problem["status"]) == ("urn:factcheck:problem:invalid-parameter", 400)
        return {error["parameter"]: error["detail"] for error in problem["errors"]}

    return get
