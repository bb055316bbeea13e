import json

import pytest
from django.template.loader import get_template
from django.test import Client

from tests.web.pages import Page, get
from tests.wsgi import answer


@pytest.mark.django_db
def test_error_page_for_an_unknown_host(client: Client) -> None:
    response = client.get("/", headers={"host": "other.example"})

    assert response.status_code == 400
    assert "This request cannot be understood" in Page(response.content.decode()).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/nowhere", "/claims/a/b/", "/claims/%00/", "/claims/%EA%B0%80/", "/" + "x" * 3000]
)
def test_error_page_for_an_unknown_address(client: Client, address: str) -> None:
    page = get(client, address, status=404)

    assert "There is no page at this address" in page.text
    assert [form["action"] for form in page.all("form", role="search")] == ["/search/"]


def test_error_page_for_our_own_failure_needs_nothing() -> None:
    page = Page(get_template("500.html").render())

    assert "Something went wrong on our side" in page.text


UNREADABLE = {
    "CONTENT_TYPE": "application/x-www-form-urlencoded; charset=latin-1",
    "HTTP_COOKIE": f"csrftoken={'a' * 32}",
}
READING = [
    "/", "/claims/", "/claims/a/", "/claims/a/share.png", "/oembed", "/claims/feed.atom", "/robots.txt", "/sitemap.xml",
    "/sitemaps/1.xml", "/verify/", "/about/", "/search/", "/forecasts/", "/corrections/", "/claims/a.md", "/ko/claims/",
    "/healthz", "/readyz",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [*((address, 405) for address in READING), ("/tips/", 400), ("/admin/login/", 400), ("/nowhere", 404)],
)
def test_form_in_an_encoding_that_is_not_ours(address: str, status: int) -> None:
    answered, _, _ = answer("POST", address, b"text=a", **UNREADABLE)

    assert answered == status


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO"])
@pytest.mark.parametrize("address", READING)
def test_method_that_a_page_does_not_have(method: str, address: str) -> None:
    status, headers, _ = answer(method, address)

    assert (status, headers.get("Allow")) == (405, "GET, HEAD")


@pytest.mark.django_db
def test_error_page_for_a_form_that_cannot_be_read() -> None:
    _, headers, content = answer("POST", "/tips/", b"text=a", **UNREADABLE)

    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "This request cannot be understood" in Page(content.decode()).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "type_", "told"),
    [
        (
            "/api/v1/claims/",
            "application/problem+json",
            {
                "type": "urn:factcheck:problem:bad-request",
                "title": "Bad request",
                "status": 400,
                "detail": "This site does not answer to that host name.",
            },
        ),
        (
            "/v1alpha1/claims:search?query=a",
            "application/json",
            {
                "error": {
                    "code": 400,
                    "message": "This site does not answer to that host name.",
                    "status": "INVALID_ARGUMENT",
                }
            },
        ),
    ],
)
def test_error_of_an_api_for_an_unknown_host(address: str, type_: str, told: object) -> None:
    status, headers, content = answer("GET", address, HTTP_HOST="other.example")

    assert (status, headers["Content-Type"], json.loads(content)) == (400, type_, told)
    assert headers["Access-Control-Allow-Origin"] == "*"
