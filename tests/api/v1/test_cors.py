"""Scripts of other sites may read what the API gives, and nothing else."""

import pytest
from django.test import Client

from tests.api.v1.conftest import PATHS

ORIGIN = {"origin": "https://partner.example"}
EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Record-Head, Retry-After, WWW-Authenticate"


@pytest.mark.usefixtures("so")
@pytest.mark.parametrize("path", [*PATHS, "/claims/?nothing=1", "/claims/no-such/", "/nothing/", "/claims"])
def test_reading_from_another_site(client: Client, path: str) -> None:
    response = client.get(f"/api/v1{path}", headers=ORIGIN)

    assert (response["Access-Control-Allow-Origin"], response["Access-Control-Expose-Headers"]) == ("*", EXPOSED)
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.usefixtures("so")
@pytest.mark.parametrize("path", PATHS)
def test_preflight(client: Client, path: str) -> None:
    asked = ORIGIN | {"access-control-request-method": "GET", "access-control-request-headers": "if-none-match"}

    response = client.options(f"/api/v1{path}", headers=asked)

    headers = {name: value for name, value in response.headers.items() if name.startswith("Access-Control")}
    assert response.status_code == 204
    assert headers == {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": EXPOSED,
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "*, Authorization",
        "Access-Control-Max-Age": "86400",
    }


@pytest.mark.django_db
def test_other_method_is_refused_readably(client: Client) -> None:
    response = client.post("/api/v1/claims/", headers=ORIGIN)

    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (405, "*")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/claims/", "/admin/login/", "/healthz"])
def test_pages_are_not_for_scripts_of_other_sites(client: Client, path: str) -> None:
    response = client.get(path, headers=ORIGIN)

    assert (response.status_code, "Access-Control-Allow-Origin" in response) == (200, False)
