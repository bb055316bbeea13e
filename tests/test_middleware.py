from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from claims.domain import publishing
from claims.middleware import NOT_FROM_RECORD, POLICY, record_head_middleware, response_middleware
from claims.models import Claim
from claims.models.record import GENESIS

NOON = datetime(2019, 3, 1, 12, tzinfo=UTC)
get = RequestFactory().get


class View:
    """Answers with one status, and counts how often it was asked."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.asked = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        return HttpResponse("body", status=self.status)


def _etag(path: str) -> str:
    return record_head_middleware(View())(get(path)).headers["ETag"]


@pytest.mark.django_db
def test_etag_of_the_same_state() -> None:
    with time_machine.travel(NOON, tick=False):
        first = _etag("/claims/?page=2")
        second = _etag("/claims/?page=2")

    assert first == second
    assert first.startswith(f'W/"0-{GENESIS[:12]}-20190301-')


@pytest.mark.parametrize("path", ["/claims/?page=3", "/claims/", "/", "/api/v1/claims/?page=2"])
@pytest.mark.django_db
def test_etag_of_another_address(path: str) -> None:
    assert _etag(path) != _etag("/claims/?page=2")


@pytest.mark.django_db
def test_etag_of_another_head(claim: Claim) -> None:
    before = _etag("/claims/")

    publishing.publish(claim, by="ed")

    assert _etag("/claims/") != before


@pytest.mark.django_db
def test_etag_of_another_day() -> None:
    tags = set()
    for moment in (NOON, NOON.replace(hour=23), NOON.replace(day=2, hour=0)):
        with time_machine.travel(moment, tick=False):
            tags.add(_etag("/forecasts/"))

    assert len(tags) == 2


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.django_db
def test_validation_runs_no_view(method: str) -> None:
    view = View()
    etag = _etag("/claims/")
    request = RequestFactory().generic(method, "/claims/", headers={"If-None-Match": f'"other", {etag}'})

    response = record_head_middleware(view)(request)

    assert (response.status_code, view.asked) == (304, 0)
    assert {name: response.headers[name] for name in ("ETag", "Cache-Control", "Vary")} == {
        "ETag": etag,
        "Cache-Control": "public, no-cache",
        "Vary": "Accept, Accept-Encoding",
    }


@pytest.mark.django_db
def test_tag_is_compared_weakly() -> None:
    etag = _etag("/claims/").removeprefix("W/")

    response = record_head_middleware(View())(get("/claims/", headers={"If-None-Match": f'"other", {etag}'}))

    assert (response.status_code, response.headers["ETag"]) == (304, f"W/{etag}")


@pytest.mark.parametrize(("made", "status"), [(200, 304), (410, 410), (404, 404), (301, 301), (400, 400)])
@pytest.mark.django_db
def test_any_tag_validates_what_is_there(made: int, status: int) -> None:
    response = record_head_middleware(View(made))(get("/claims/", headers={"If-None-Match": "*"}))

    assert response.status_code == status
    assert status != 304 or response.headers["ETag"] == _etag("/claims/")


@pytest.mark.django_db
def test_any_tag_leaves_the_answer_to_others(client: Client) -> None:
    """Pages are kept, and the empty answer must not be."""
    statuses = [client.get("/claims/", headers=sent).status_code for sent in ({"If-None-Match": "*"}, {}) * 2]

    assert statuses == [304, 200, 304, 200]
    assert client.get("/claims/no-such/", headers={"If-None-Match": "*"}).status_code == 404
    assert client.get("/api/v1/exports/claims.csv", headers={"If-None-Match": "*"}).status_code == 304


@pytest.mark.parametrize("sent", ['W/"0-20010101-0-0"', '"*"', "\x00", '"', "W/" * 5000])
@pytest.mark.django_db
def test_validation_of_another_tag(sent: str) -> None:
    response = record_head_middleware(View())(get("/claims/", headers={"If-None-Match": sent}))

    assert (response.status_code, response.headers["Cache-Control"]) == (200, "public, no-cache")


@pytest.mark.django_db
def test_validation_while_debugging_runs_the_view(settings: LazySettings) -> None:
    settings.DEBUG = True
    view = View()

    response = record_head_middleware(view)(get("/claims/", headers={"If-None-Match": _etag("/claims/")}))

    assert (response.status_code, view.asked) == (200, 1)


@pytest.mark.django_db
def test_validation_asks_the_database_once(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        etag = _etag("/claims/")

    assert etag.startswith('W/"0-')


@pytest.mark.parametrize(("status", "validated"), [(200, True), (410, True), (301, False), (400, False), (404, False)])
@pytest.mark.django_db
def test_status_that_is_validated(status: int, validated: bool) -> None:
    response = record_head_middleware(View(status))(get("/claims/"))

    assert ("ETag" in response.headers, "Cache-Control" in response.headers) == (validated, validated)


@pytest.mark.parametrize("path", NOT_FROM_RECORD)
def test_address_that_does_not_come_from_the_record(path: str) -> None:
    """Nor is the database asked."""
    response = record_head_middleware(View())(get(path))

    assert ("ETag" in response.headers, "Cache-Control" in response.headers) == (False, False)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_method_that_does_not_read(method: str) -> None:
    response = record_head_middleware(View())(RequestFactory().generic(method, "/claims/"))

    assert "ETag" not in response.headers


def test_policy_of_a_view_is_kept() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'self'"})

    response = response_middleware(view)(get("/"))

    assert response.headers["Content-Security-Policy"] == "default-src 'self'"


def test_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    sources = {part.split()[0]: part.split()[1:] for part in POLICY.split("; ")}

    assert sources == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.parametrize("path", ["/", "/claims/", "/admin/login/", "/api/v1/claims/", "/nowhere/"])
@pytest.mark.django_db
def test_policy_on_every_face(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.headers["Content-Security-Policy"] == POLICY


@pytest.mark.django_db
def test_admin_is_never_kept_by_a_shared_cache(client: Client) -> None:
    response = client.get("/admin/login/")

    assert "ETag" not in response.headers
    assert "public" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize(("method", "body"), [("GET", b"body"), ("HEAD", b"")])
def test_head_has_the_length_and_not_the_body(method: str, body: bytes) -> None:
    response = response_middleware(View())(RequestFactory().generic(method, "/"))

    assert isinstance(response, HttpResponse)
    assert (response.content, response.headers.get("Content-Length", "4")) == (body, "4")


def test_head_of_what_is_unchanged_has_no_length() -> None:
    response = response_middleware(View(304))(RequestFactory().head("/"))

    assert ("Content-Length" in response.headers, getattr(response, "content", None)) == (False, b"body")


@pytest.mark.parametrize("path", ["/tips/", "/ko/tips/", "/tips/0000/"])
def test_tips_do_not_come_from_the_record_in_any_language(path: str) -> None:
    assert "ETag" not in record_head_middleware(View())(get(path)).headers
