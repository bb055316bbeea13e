"""What goes wrong on our side is told in the form of each face, without what it was."""

import json
import logging
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from rest_framework.request import Request

from claims.api.base import ApiView
from claims.api.problems import is_out_of_reach
from claims.api.v1alpha1.views import GoogleView
from claims.domain.partners import create_key
from factcheck import urls
from tests.factories import PartnerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_counts")]

EXPORTS = [f"/api/v1/exports/claims.{form}" for form in ("ndjson", "ndjson.gz", "csv", "csv.gz", "xlsx")]
DETAIL = "Something went wrong on our side. It has been logged; ask again later."


def _unreachable() -> BaseDatabaseWrapper:
    """A database whose file cannot be there, or whose server does not listen."""
    settings = connection.settings_dict | {"HOST": "127.0.0.1", "PORT": "1"}
    if connection.vendor == "sqlite":
        settings["NAME"] = str(Path("/nowhere/at/all.sqlite3"))
    return ConnectionHandler({"default": settings})["default"]


class Lost(ApiView):
    def get(self, request: Request) -> HttpResponse:
        _unreachable().ensure_connection()
        return HttpResponse()


class LostToGoogle(GoogleView):
    def get(self, request: Request) -> HttpResponse:
        _unreachable().ensure_connection()
        return HttpResponse()


urlpatterns = [
    path("api/v1/lost/", Lost.as_view()),
    path("v1alpha1/lost", LostToGoogle.as_view()),
    *urls.urlpatterns,
]
handler500 = urls.handler500


@pytest.fixture
def server() -> Client:
    """Asks as readers do, who see the answer where tests would see the exception."""
    return Client(raise_request_exception=False)


def _hide(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO claims_elsewhere")


@pytest.mark.parametrize("table", ["claims_edition", "claims_publishedclaim"])
@pytest.mark.parametrize("address", ["/api/v1/claims/", "/api/v1/claims/?q=so", *EXPORTS])
def test_failure_of_ours(server: Client, table: str, address: str) -> None:
    _hide(table)

    response = server.get(address)

    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert json.loads(response.content) == {
        "type": "urn:factcheck:problem:server-error",
        "title": "Server error",
        "status": 500,
        "detail": DETAIL,
    }
    assert (response["Access-Control-Allow-Origin"], response["Cache-Control"]) == ("*", "no-cache")


@pytest.mark.parametrize("address", ["/v1alpha1/claims:search?query=so", "/$discovery/rest"])
def test_failure_of_ours_in_googles_shape(server: Client, address: str) -> None:
    _hide("claims_edition")

    response = server.get(address)

    assert (response.status_code, response["Content-Type"]) == (500, "application/json")
    assert response.json() == {"error": {"code": 500, "message": DETAIL, "status": "INTERNAL"}}
    assert response["Access-Control-Allow-Origin"] == "*"


def test_failure_while_looking_at_a_key(server: Client) -> None:
    _, secret = create_key(PartnerFactory.create(), name="mirror", scopes=["read"], rate=5)
    _hide("claims_partnerkey")

    response = server.get("/api/v1/claims/", headers={"Authorization": f"Bearer {secret}"})

    assert (response.status_code, response.json()["type"]) == (500, "urn:factcheck:problem:server-error")


def test_failure_of_ours_is_logged(server: Client, caplog: pytest.LogCaptureFixture) -> None:
    _hide("claims_edition")

    with caplog.at_level(logging.ERROR, "django.request"):
        server.get("/api/v1/claims/")

    [logged] = [entry for entry in caplog.records if entry.name == "django.request"]
    assert logged.getMessage() == "Internal Server Error: /api/v1/claims/"
    assert "claims_edition" in (logged.exc_text or "")


def test_failure_of_ours_on_a_page(server: Client) -> None:
    _hide("claims_edition")

    response = server.get("/claims/")

    assert (response.status_code, response["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert "Access-Control-Allow-Origin" not in response


def test_database_that_cannot_be_reached(server: Client, settings: LazySettings) -> None:
    settings.ROOT_URLCONF = __name__

    response, google = server.get("/api/v1/lost/"), server.get("/v1alpha1/lost")

    detail = "The database does not answer. Ask again later."
    assert json.loads(response.content) == {
        "type": "urn:factcheck:problem:not-ready",
        "title": "Not ready",
        "status": 503,
        "detail": detail,
    }
    assert google.json() == {"error": {"code": 503, "message": detail, "status": "UNAVAILABLE"}}
    assert [answer["Retry-After"] for answer in (response, google)] == ["30", "30"]
    assert [answer["Access-Control-Allow-Origin"] for answer in (response, google)] == ["*", "*"]


@pytest.mark.parametrize("error", [None, ValueError("no"), KeyError("database")])
def test_what_is_none_of_the_database_is_no_matter_of_reach(error: Exception | None) -> None:
    assert not is_out_of_reach(error)
