import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1/nothing/",
        "/api/v1/nothing",
        "/api/v2/claims/",
        "/api/v1/claims/no-such-claim/",
        "/api/v1/claims/no-such-claim/editions/",
        "/api/v1/claims/no-such-claim/editions/1/",
        f"/api/v1/claims/x/editions/{'9' * 30}/",
        f"/api/v1/claims/x/editions/{'9' * 5000}/",
        "/api/v1/claims/not%20a%20slug/",
        "/api/v1/claims/%00/",
        "/api/v1/claims/북한/",
        f"/api/v1/speakers/{'x' * 100_000}/",
    ],
)
def test_unknown_address(client: Client, path: str) -> None:
    response = client.get(path)

    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, response.json()["type"]) == (404, "urn:factcheck:problem:not-found")


def test_unknown_address_says_where(client: Client) -> None:
    response = client.get("/api/v1/nothing/?page=1")

    assert response.json() == {
        "type": "urn:factcheck:problem:not-found",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing at this address.",
        "instance": "/api/v1/nothing/",
    }


def test_unknown_address_of_another_method(client: Client) -> None:
    response = Client(enforce_csrf_checks=True).post("/api/v1/nothing/")

    assert (response.status_code, response.json()["title"]) == (404, "Not found")


def test_missing_slash(client: Client) -> None:
    response = client.get("/api/v1/claims?kind=fact")

    assert (response.status_code, response["Location"]) == (301, "/api/v1/claims/?kind=fact")
