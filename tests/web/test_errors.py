import pytest
from django.template.loader import get_template
from django.test import Client

from tests.web.pages import Page, get


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
