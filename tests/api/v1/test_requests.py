"""Methods, forms and conditional requests, at every kind of address."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests import factories
from tests.api.v1.conftest import PATHS, Ask, publish

pytestmark = pytest.mark.usefixtures("so")


@pytest.mark.parametrize("path", PATHS)
def test_head_has_headers_and_no_body(client: Client, path: str) -> None:
    full, head = client.get(f"/api/v1{path}"), client.head(f"/api/v1{path}")

    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(full.headers)


@pytest.mark.parametrize("path", PATHS)
def test_options(client: Client, path: str) -> None:
    response = client.options(f"/api/v1{path}")

    assert (response.status_code, response.content, response["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_other_methods(client: Client, path: str, method: str) -> None:
    response = getattr(client, method)(f"/api/v1{path}")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "urn:factcheck:problem:method-not-allowed",
        "title": "Method not allowed",
        "status": 405,
        "detail": f'Method "{method.upper()}" not allowed. The API is read with GET, HEAD and OPTIONS.',
    }


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("accept", ["text/html", "application/xml", "nonsense"])
def test_json_whatever_is_accepted(ask: Ask, client: Client, path: str, accept: str) -> None:
    response = client.get(f"/api/v1{path}", headers={"accept": accept})

    assert (response["Content-Type"], response.json()) == ("application/json", ask(path))


@pytest.mark.parametrize("path", PATHS)
def test_tag_validates_until_something_is_published(client: Client, path: str) -> None:
    address = f"/api/v1{path}"
    tag = client.get(address)["ETag"]

    same = client.get(address, headers={"if-none-match": tag})
    publish(factories.ClaimFactory.create())
    changed = client.get(address, headers={"if-none-match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_address_follows_public_url(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://facts.example"

    assert client.get("/api/v1/").json()["claims"] == "https://facts.example/api/v1/claims/"
