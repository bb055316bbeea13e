"""The page on which people read the description."""

import re

import pytest
from django.test import Client

from claims.api.v1.schema.description import description

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client) -> str:
    response = client.get("/api/v1/docs/")
    assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8")
    return response.content.decode()


def test_page_has_every_address_and_schema(page: str) -> None:
    described = description()
    paths = re.findall(r"<summary><code>([^<]+)</code>", page)
    schemas = re.findall(r'<h3 id="(\w+)">', page)

    assert paths == list(described["paths"])
    assert schemas == list(described["components"]["schemas"])


def test_page_links_only_to_what_is_there(page: str) -> None:
    targets = re.findall(r'href="#([^"]+)"', page)
    identifiers = re.findall(r'id="([^"]+)"', page)

    assert set(targets) - set(identifiers) == set()
    assert len(set(identifiers)) == len(identifiers)


def test_page_has_parameters_with_form_and_example(page: str) -> None:
    assert '<code>page_size</code> <span class="small muted">integer (1 to 200)</span>' in page
    assert '<code>speaker</code> <span class="small muted">text</span>' in page
    assert "Slug of who made the claim. <span" in page


def test_page_has_no_script_and_nothing_from_elsewhere(page: str) -> None:
    sources = re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', page)

    assert "<script" not in page
    assert [source for source in sources if not source.startswith("/static/")] == []
