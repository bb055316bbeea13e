"""Methods, forms, conditional requests and addresses that are none."""

import pytest
from django.test import Client

from tests.api.v1alpha1.conftest import SEARCH, checked

pytestmark = pytest.mark.django_db
NOT_FOUND = {"error": {"code": 404, "message": "There is nothing at this address.", "status": "NOT_FOUND"}}
PATHS = [f"{SEARCH}?query=so", "/$discovery/rest?version=v1alpha1"]


def test_long_get_sent_as_a_form(client: Client) -> None:
    checked("It is so.")
    send = Client(enforce_csrf_checks=True).post

    override = {"x-http-method-override": "GET"}
    form = send(SEARCH, "query=so", content_type="application/x-www-form-urlencoded", headers=override)

    assert (form.status_code, form.json()) == (200, client.get(PATHS[0]).json())


@pytest.mark.parametrize("body", [b"", b"\xff\x00", b"{}", b"--x\r\n", b"query=%00", b"a=1&" * 6000, b"a" * 3_000_000])
def test_form_that_is_none(client: Client, body: bytes) -> None:
    override = {"x-http-method-override": "GET"}

    response = client.post(SEARCH, body, content_type="multipart/form-data; boundary=x", headers=override)

    assert (response.status_code, response.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert len(response.content) < 1000


@pytest.mark.parametrize(
    "added",
    [
        "fields=claims(text)",
        "userIp=192.0.2.1",
        "quotaUser=me",
        "$alt=json",
        "$alt=json;enum-encoding%3Dint",
        "alt=json",
    ],
)
def test_what_googles_clients_add_changes_nothing(client: Client, added: str) -> None:
    checked("It is so.")

    response = client.get(f"{PATHS[0]}&{added}")

    assert (response.status_code, response.json()) == (200, client.get(PATHS[0]).json())
    assert len(response.json()["claims"]) == 1


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", PATHS)
def test_other_methods(client: Client, path: str, method: str) -> None:
    response = getattr(client, method)(path)

    assert (response.status_code, response.json()["error"]["status"]) == (405, "UNIMPLEMENTED")
    assert response["Allow"].startswith("GET, ")


@pytest.mark.parametrize("path", PATHS)
def test_head_and_tag(client: Client, path: str) -> None:
    full, head = client.get(path), client.head(path)

    same = client.get(path, headers={"if-none-match": full["ETag"]})
    checked("It is so.")
    changed = client.get(path, headers={"if-none-match": full["ETag"]})

    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(full.headers))
    assert (same.status_code, changed.status_code) == (304, 200)


@pytest.mark.parametrize(
    "path",
    [
        "/v1alpha1/",
        "/v1alpha1/claims:search/",
        "/v1alpha1/claims:imageSearch",
        "/v1alpha1/pages",
        "/v1alpha1/%00",
        "/$discovery/",
        "/$discovery/rest?version=v2",
        "/$discovery/rest?version=",
    ],
)
def test_unknown_address(client: Client, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response.json()) == (404, NOT_FOUND)


def test_unknown_address_of_another_method() -> None:
    response = Client(enforce_csrf_checks=True).post("/v1alpha1/pages")

    assert (response.status_code, response.json()) == (404, NOT_FOUND)
